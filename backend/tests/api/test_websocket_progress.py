"""Live progress (DESIGN, section 8)."""

import asyncio
import json
import time
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import delete
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from app.api import websocket as endpoint
from app.core import security
from app.core.settings import Settings
from app.models import Job
from app.repositories import lanes as lane_rows
from app.services.accounts.keys import load_secrets
from app.services.lanes import LANE_PACING, LaneName
from app.services.rate_limiter import Outcome, Pacer
from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.pacing import granted, throttle
from tests.support.server import Client, ProgressSocket, RunningApp, progress_socket, running_app


async def closing_code(url: str, first_message: str | None) -> int | None:
    address = url.replace("http://", "ws://") + "/api/ws/progress"
    async with connect(address, proxy=None) as socket:
        if first_message is not None:
            await socket.send(first_message)
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 10)
        return socket.close_code


@pytest.mark.parametrize(
    "message",
    [
        '{"type": "auth", "token": "nonsense"}',
        '{"type": "hello"}',
        "no json",
        "[]",
        '{"type": "auth"}',
        "\x00",
    ],
)
async def test_a_first_message_that_proves_nothing_closes_with_4401(
    idle_app: RunningApp, message: str
) -> None:
    assert await closing_code(idle_app.url, message) == 4401


async def test_silence_closes_with_4401(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "AUTH_SECONDS", 0.2)
    assert await closing_code(idle_app.url, None) == 4401


async def test_an_expired_token_closes_with_4401_at_once_and_later(idle_app: RunningApp) -> None:
    keys = await load_secrets(idle_app.runtime.database)
    client = await idle_app.sign_in()
    user_id = (await client.http.get("/auth/me")).json()["id"]
    old = security.issue_access_token(
        user_id, keys.jwt_key, now=datetime(2020, 1, 1, tzinfo=UTC), lifetime_seconds=60
    )
    message = json.dumps({"type": "auth", "token": old})
    assert await closing_code(idle_app.url, message) == 4401

    short = security.issue_access_token(
        user_id, keys.jwt_key, now=datetime.now(UTC), lifetime_seconds=2
    )
    async with progress_socket(idle_app.url, short) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await socket.until_stage("never", 1)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


async def test_ready_then_a_snapshot_of_what_is_not_over(
    idle_client: Client, idle_app: RunningApp
) -> None:
    ids = video_ids(3)
    import_id = (await idle_client.batch({"urls": ids})).json()["import_id"]

    async with progress_socket(idle_app.url, idle_client.token) as socket:
        ready = await socket.next()
        snapshot = await socket.next()

    assert ready["type"] == "ready"
    assert ready["epoch"] == idle_app.runtime.hub.epoch
    assert snapshot["type"] == "import_progress"
    assert snapshot["snapshot"] is True
    assert snapshot["seq"] > ready["seq"]
    assert {video["youtube_id"] for video in snapshot["videos"]} == set(ids)
    assert {video["progress"] for video in snapshot["videos"]} == {0}
    assert [shown["id"] for shown in snapshot["imports"]] == [import_id]
    assert {lane["name"] for lane in snapshot["lanes"]} >= {"oembed", "player", "timedtext"}


async def test_progress_arrives_in_order_and_never_goes_back(
    app: RunningApp, client: Client
) -> None:
    ids = video_ids(20)
    async with progress_socket(app.url, client.token) as socket:
        await socket.next()
        await client.batch({"text": links(ids)})
        await socket.until_stage("complete", 20)
        numbers = [message["seq"] for message in socket.messages]
        told = socket.progress()

    assert numbers == sorted(set(numbers))
    assert len(told) == 20
    for percent in told.values():
        assert percent == sorted(percent)
        assert percent[-1] == 100


async def test_the_first_frame_comes_soon_after_the_drop(app: RunningApp, client: Client) -> None:
    async with progress_socket(app.url, client.token) as socket:
        await socket.next()
        await socket.next()
        await asyncio.sleep(0.3)
        await client.add(video_ids(1)[0])
        frame = await socket.next(2)

    assert frame["videos"]


async def test_a_thousand_changes_cost_a_handful_of_frames(app: RunningApp, client: Client) -> None:
    async with progress_socket(app.url, client.token) as socket:
        await socket.next()
        await client.batch({"text": links(video_ids(1000))})
        before = len(socket.messages)
        seen: set[str] = set()
        while len(seen) < 1000:
            message = await socket.next()
            seen |= {video["video_id"] for video in message["videos"]}
        frames = len(socket.messages) - before

    assert frames <= 12


async def test_a_socket_that_was_away_while_videos_ended_misses_nothing(
    app: RunningApp, client: Client
) -> None:
    async with progress_socket(app.url, client.token) as socket:
        await socket.next()
        import_id = (await client.batch({"urls": video_ids(8)})).json()["import_id"]
        await socket.next()
    await client.until_settled()

    async with progress_socket(app.url, client.token) as socket:
        await socket.next()
        snapshot = await socket.next()

    # Nothing is under way any more, and the list and the import say how it ended.
    assert snapshot["videos"] == []
    assert {video["import_progress"] for video in await client.videos()} == {100}
    assert (await client.http.get(f"/imports/{import_id}")).json()["summary"]["imported"] == 8


async def test_a_restarted_server_has_a_new_epoch_and_the_same_progress(settings: Settings) -> None:
    ids = video_ids(6)
    async with running_app(settings, with_workers=False) as first:
        client = await first.sign_in()
        await client.batch({"urls": ids})
        async with progress_socket(first.url, client.token) as socket:
            old_epoch = (await socket.next())["epoch"]

    async with running_app(settings) as second:
        client = await second.sign_in()
        async with progress_socket(second.url, client.token) as socket:
            ready = await socket.next()
            assert ready["epoch"] != old_epoch
            await socket.until_stage("complete", 6)


async def test_a_person_is_told_only_what_is_theirs(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    async with progress_socket(idle_app.url, stranger.token) as socket:
        await socket.next()
        await owner.batch({"urls": video_ids(3)})
        await stranger.add("https://youtu.be/zzzzzzzzzz8")
        mine: list[str] = []
        while not mine:
            message = await socket.next()
            mine += [video["youtube_id"] for video in message["videos"]]
            assert all(shown["summary"]["total"] < 3 for shown in message["imports"])

    assert mine == ["zzzzzzzzzz8"]


async def test_an_import_tells_its_end(app: RunningApp, client: Client) -> None:
    async with progress_socket(app.url, client.token) as socket:
        await socket.next()
        await client.batch({"urls": video_ids(7)})
        states: list[str] = []
        while "finished" not in states:
            message = await socket.next()
            states += [shown["state"] for shown in message["imports"]]

    assert states[0] == "running"


async def test_a_pause_and_its_end_are_told(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    standin.add_fault(
        kind="watch", fault="status_429_retry_after", retry_after_seconds=2, count=1, after=4
    )
    told: list[dict[str, Any]] = []
    async with progress_socket(app.url, client.token) as socket:
        await socket.next()
        told += await player_lanes(socket)
        await client.batch({"text": links(video_ids(12))})
        while "paused" not in states_of(told) or told[-1]["state"] != "open":
            told += await player_lanes(socket)

    assert states_of(told)[:2] == ["open", "paused"]
    paused = next(lane for lane in told if lane["state"] == "paused")
    assert paused["reason_code"] == "upstream_throttled"
    assert paused["resumes_at"] is not None
    assert paused["waiting"] > 0


async def test_a_slow_lane_is_told_to_be_open_when_nothing_waits_any_more(
    idle_app: RunningApp, idle_client: Client
) -> None:
    pacer = slow_pacer()
    async with idle_app.runtime.database.write() as unit:
        await lane_rows.save(unit.session, "player", pacer.state.to_dict())
    await idle_client.batch({"urls": video_ids(3)})
    told: list[dict[str, Any]] = []
    async with progress_socket(idle_app.url, idle_client.token) as socket:
        while "slow" not in states_of(told):
            told += await player_lanes(socket)
        async with idle_app.runtime.database.write() as unit:
            await unit.session.execute(delete(Job))
        while told[-1]["state"] != "open":
            told += await player_lanes(socket)

    assert told[-1]["waiting"] == 0


def slow_pacer() -> Pacer:
    """What a lane remembers just after a pause."""
    pacer = Pacer(LANE_PACING[LaneName.PLAYER])
    until = throttle(pacer, time.time() - 4000)
    pacer.report(granted(pacer, until), until + 1, Outcome.OK)
    return pacer


async def player_lanes(socket: ProgressSocket) -> list[dict[str, Any]]:
    message = await socket.next()
    return [lane for lane in message.get("lanes", []) if lane["name"] == "player"]


def states_of(lanes: list[dict[str, Any]]) -> list[str]:
    return [state for state, _ in groupby(lane["state"] for lane in lanes)]


async def test_an_estimate_counts_a_pause_as_soon_as_it_begins(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    standin.add_fault(
        kind="watch", fault="status_429_retry_after", retry_after_seconds=600, count=1, after=4
    )
    async with progress_socket(app.url, client.token) as socket:
        await socket.next()
        await client.batch({"text": links(video_ids(12))})
        estimates: list[float] = []
        while not estimates or estimates[-1] < 500:
            message = await socket.next()
            estimates += [shown["eta_seconds"] or 0.0 for shown in message["imports"]]

    assert estimates[0] < 60
    assert estimates[-1] < 700


async def test_a_client_that_reads_nothing_costs_no_more_than_its_videos(
    idle_app: RunningApp, idle_client: Client
) -> None:
    connection = idle_app.runtime.hub.connect((await idle_client.http.get("/auth/me")).json()["id"])
    await idle_client.batch({"urls": video_ids(50)})
    for _ in range(20):
        async with idle_app.runtime.database.write() as unit:
            unit.changes.videos.update(video["id"] for video in await idle_client.videos())
        await asyncio.sleep(0.12)

    message = connection.take()
    assert len(message.videos) == 50
    assert not connection.has_pending


async def test_what_is_encoded_once_for_all_says_the_same(
    idle_app: RunningApp, idle_client: Client
) -> None:
    connection = idle_app.runtime.hub.connect((await idle_client.http.get("/auth/me")).json()["id"])
    await idle_client.batch({"urls": video_ids(3)})
    await idle_app.runtime.hub.load_snapshot(connection)

    message = connection.take(snapshot=True)

    assert (len(message.videos), len(message.imports)) == (3, 1)
    assert message.lanes
    assert json.loads(message.encoded()) == message.model_dump(mode="json")
