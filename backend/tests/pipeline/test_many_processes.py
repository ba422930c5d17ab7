"""Two that serve and two that work, on one PostgreSQL: as good as one process that does both."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.databases import PostgresTemplates, SqliteTemplates
from tests.support.server import (
    NO_AUTHORITIES,
    AppProcess,
    Client,
    OnlyApp,
    WorkerProcess,
    progress_socket,
    sign_in,
    until,
)

pytestmark = pytest.mark.timeout(180)

Process = TypeVar("Process", bound=AppProcess)

# The watch page, the player's answer, the captions, oEmbed.
REQUESTS_PER_VIDEO = 4
# On a busy machine the stand-in's answer may take longer than the deadline, and is asked for again.
TOO_LATE = 8
# What a service manager waits before it kills.
STOP_SECONDS = 10.0


class Installation:
    """Processes on one database, each on a host of its own."""

    def __init__(self, stack: ExitStack, directory: Path, **environment: str) -> None:
        self._stack = stack
        self._directory = directory
        self._environment = environment
        self._clients: list[Client] = []
        self.processes: list[AppProcess] = []

    def add(self, kind: type[Process]) -> Process:
        directory = self._directory / f"host-{len(self.processes)}"
        directory.mkdir()
        process = self._stack.enter_context(kind(directory, **self._environment))
        self.processes.append(process)
        return process

    async def start(self, kind: type[Process]) -> Process:
        process = self.add(kind)
        await process.start()
        return process

    async def sign_in(self, app: AppProcess) -> Client:
        client = await sign_in(app.url)
        self._clients.append(client)
        return client

    async def close(self) -> None:
        for client in self._clients:
            await client.http.aclose()


@pytest.fixture
def url(postgres_templates: PostgresTemplates, tmp_path: Path) -> Iterator[str]:
    with postgres_templates.fresh(tmp_path) as found:
        yield found


@pytest.fixture
async def installation(url: str, standin: StandIn, tmp_path: Path) -> AsyncIterator[Installation]:
    with ExitStack() as stack:
        found = Installation(
            stack,
            tmp_path,
            VIDEOTHEK_DATABASE_URL=url,
            VIDEOTHEK_YOUTUBE_GATEWAY=standin.url,
            VIDEOTHEK_PACING_SCALE="500",
        )
        yield found
        await found.close()


def repeated_requests(standin: StandIn) -> int:
    asked = standin.counts()["videos"].values()
    return sum(max(0, sum(kinds.values()) - REQUESTS_PER_VIDEO) for kinds in asked)


async def stop(process: AppProcess) -> float:
    """Ask it to end; how many seconds that took."""
    began = time.monotonic()
    await asyncio.get_running_loop().run_in_executor(None, process.stop)
    return time.monotonic() - began


async def test_what_one_app_accepts_is_done_by_workers_and_told_by_another_app(
    installation: Installation, standin: StandIn
) -> None:
    first, second = [await installation.start(OnlyApp) for _ in range(2)]
    client, watcher = await installation.sign_in(first), await installation.sign_in(second)
    ids = video_ids(24)
    await client.batch({"text": links(ids)})
    async with progress_socket(second.url, watcher.token) as socket:
        await socket.next()
        for _ in range(2):
            await installation.start(WorkerProcess)
        await socket.until_stage("complete", len(ids), 90)

        # What a person does on one page is seen on the other, too.
        name = (await client.http.post("/lists", json={"name": "Neu"})).json()["id"]
        while name not in [
            told for message in socket.messages for told in message.get("lists", ())
        ]:
            await socket.next()
    told = socket.progress()
    assert all(steps == sorted(steps) for steps in told.values())
    assert [video["import_stage"] for video in await watcher.videos()] == ["complete"] * len(ids)
    assert repeated_requests(standin) <= TOO_LATE


async def test_a_worker_serves_the_lanes_it_was_given_and_no_other(
    installation: Installation, standin: StandIn
) -> None:
    client = await installation.sign_in(await installation.start(OnlyApp))
    await client.batch({"text": links(video_ids(5))})
    titles = installation.add(WorkerProcess).serving("oembed")
    await titles.start()

    async def all_titled() -> Any:
        videos = await client.videos()
        return videos if all(video["import_progress"] for video in videos) else None

    videos = await until(all_titled, 30)
    assert {video["import_stage"] for video in videos} == {"metadata"}
    assert set(standin.counts()["total"]) == {"oembed"}

    rest = installation.add(WorkerProcess).serving("player, timedtext,local")
    await rest.start()
    assert {video["import_stage"] for video in await client.until_settled(60)} == {"complete"}


async def test_a_restart_of_the_database_in_mid_import_is_outlived_by_all(
    installation: Installation, standin: StandIn, postgres_templates: PostgresTemplates
) -> None:
    app = await installation.start(OnlyApp)
    client = await installation.sign_in(app)
    for _ in range(2):
        await installation.start(WorkerProcess)
    standin.set_latency(0.1)
    import_id = (await client.batch({"text": links(video_ids(40))})).json()["import_id"]
    async with progress_socket(app.url, client.token) as socket:
        await socket.until_stage("complete", 10, 60)

        postgres_templates.server.stop()
        try:
            health = await client.http.get("/health")
            assert health.status_code == 503
            await asyncio.sleep(2)
        finally:
            postgres_templates.server.start()
        # Who watched is told without having to come back: what got on, and, of what ended while the app
        # did not hear the workers, that the list is to be read again.
        before = len(socket.messages)
        await client.until_settled(90)
        while not any(message.get("lists") for message in socket.messages[before:]):
            if sum(stages[-1] == "complete" for stages in socket.stages().values()) == 40:
                break
            await socket.next()

    assert all(steps == sorted(steps) for steps in socket.progress().values())
    assert all(process.is_running for process in installation.processes)
    assert (await client.http.get("/health")).status_code == 200
    shown = (await client.http.get(f"/imports/{import_id}")).json()
    assert (shown["state"], shown["summary"]["imported"]) == ("finished", 40)
    # What an upstream had answered was kept until it could be stored.
    assert repeated_requests(standin) <= TOO_LATE


async def test_a_rolling_restart_under_load_loses_and_doubles_nothing(
    installation: Installation, standin: StandIn
) -> None:
    apps = [await installation.start(OnlyApp) for _ in range(2)]
    workers = [await installation.start(WorkerProcess) for _ in range(2)]
    client = await installation.sign_in(apps[0])
    standin.set_latency(0.1)
    ids = video_ids(40)
    await client.batch({"text": links(ids)})

    for process in (*workers, *apps):
        assert await stop(process) < STOP_SECONDS
        await process.start()

    other = await installation.sign_in(apps[1])
    videos = await other.until_settled(90)
    assert [video["youtube_id"] for video in videos] == ids
    assert {video["import_stage"] for video in videos} == {"complete"}
    assert repeated_requests(standin) <= TOO_LATE


async def test_a_worker_whose_upstream_never_answers_still_ends_in_time(
    installation: Installation, standin: StandIn
) -> None:
    app = await installation.start(OnlyApp)
    client = await installation.sign_in(app)
    worker = await installation.start(WorkerProcess)
    standin.set_latency(60)
    await client.batch({"text": links(video_ids(10))})

    async def is_asked() -> Any:
        return standin.counts()["videos"] or None

    await until(is_asked)

    assert await stop(worker) < STOP_SECONDS
    standin.set_latency(0)
    await installation.start(WorkerProcess)
    assert {video["import_stage"] for video in await client.until_settled(90)} == {"complete"}


async def test_an_app_says_that_it_is_not_ready_while_the_database_is_away(
    installation: Installation, postgres_templates: PostgresTemplates
) -> None:
    app = await installation.start(OnlyApp)
    async with httpx.AsyncClient(base_url=app.url, verify=NO_AUTHORITIES) as http:
        postgres_templates.server.stop()
        try:
            answer = await http.get("/api/health", headers={"Accept-Language": "de"})
        finally:
            postgres_templates.server.start()
        assert answer.status_code == 503
        assert "psycopg" not in answer.text

        async def is_ready() -> Any:
            found = await http.get("/api/health")
            return found if found.status_code == 200 else None

        assert await until(is_ready)


async def test_on_sqlite_a_worker_beside_the_app_does_the_work_and_the_page_sees_it(
    standin: StandIn, sqlite_templates: SqliteTemplates, tmp_path: Path
) -> None:
    with sqlite_templates.fresh(tmp_path) as url, ExitStack() as stack:
        one_machine = Installation(
            stack,
            tmp_path,
            VIDEOTHEK_DATABASE_URL=url,
            VIDEOTHEK_YOUTUBE_GATEWAY=standin.url,
            VIDEOTHEK_PACING_SCALE="500",
        )
        app = await one_machine.start(OnlyApp)
        client = await one_machine.sign_in(app)
        ids = video_ids(10)
        async with progress_socket(app.url, client.token) as socket:
            await socket.next()
            await client.batch({"text": links(ids)})
            await one_machine.start(WorkerProcess)
            # What has ended between two looks is not in a snapshot: the list is read again.
            videos = await client.until_settled(60)
            while not any(message.get("lists") for message in socket.messages):
                await socket.next()
        assert [video["import_stage"] for video in videos] == ["complete"] * len(ids)
        await one_machine.close()
