"""Processes that share a database share its pace."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import update

from app.core.database import Database
from app.models import Lane
from app.repositories import jobs
from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.server import AppProcess, sign_in

pytestmark = pytest.mark.timeout(180)

# Slow enough that the pace decides, and not the processor: 3.6 requests a second to the player.
SCALE = "20"
WINDOW_SECONDS = 2.0


def busiest_window(times: Sequence[float]) -> int:
    """The most requests within any two seconds."""
    return max(sum(1 for at in times if start <= at < start + WINDOW_SECONDS) for start in times)


async def import_with(
    processes: int, standin: StandIn, directory: Path, database_url: str, ids: list[str]
) -> list[float]:
    """Import videos with so many processes on one database; when the player was asked."""
    environment = {
        "VIDEOTHEK_DATABASE_URL": database_url,
        "VIDEOTHEK_YOUTUBE_GATEWAY": standin.url,
        "VIDEOTHEK_PACING_SCALE": SCALE,
    }
    standin.clear_requests()
    async with AsyncExitStack() as stack:
        apps = [stack.enter_context(AppProcess(directory, **environment)) for _ in range(processes)]
        for app in apps:
            await app.start()
        client = await sign_in(apps[0].url)
        stack.push_async_callback(client.http.aclose)
        await client.batch({"text": links(ids)})
        seen: set[str] = set()
        async with asyncio.timeout(90):
            while any(video["import_stage"] != "complete" for video in await client.videos()):
                seen |= await workers_at_work(database_url)
                await asyncio.sleep(0.1)
        # All of them worked, or the comparison would say nothing.
        assert len(seen) == processes
    return [request.at for request in standin.requests if request.kind in ("watch", "player")]


async def workers_at_work(database_url: str) -> set[str]:
    database = Database(database_url)
    async with database.read() as session:
        owners = set(await jobs.lock_owners(session))
    await database.close()
    return owners


async def forget_the_pace(database_url: str) -> None:
    """The second run must not begin with what the first one learned."""
    database = Database(database_url)
    async with database.write() as unit:
        await unit.session.execute(update(Lane).values(pacer_state={}, history=None))
    await database.close()


async def test_two_processes_together_send_no_faster_than_one(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    ids = video_ids(60)
    for video_id in ids:
        standin.set_scenario(video_id, captions="none")

    alone = await import_with(1, standin, tmp_path, database_url, ids[:30])
    await forget_the_pace(database_url)
    together = await import_with(2, standin, tmp_path, database_url, ids[30:])

    assert len(alone) == len(together) == 60
    assert busiest_window(together) <= busiest_window(alone) + 2
    assert together[-1] - together[0] >= 0.75 * (alone[-1] - alone[0])
