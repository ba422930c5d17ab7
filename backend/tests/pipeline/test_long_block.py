"""A block of an hour, in a world 200 times faster: eighteen seconds."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import text

from app.core.settings import Settings
from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.conftest import PACING_SCALE
from tests.support.server import Client, RunningApp, running_app, until

pytestmark = pytest.mark.timeout(240)

HOUR = 3600 / PACING_SCALE
PLAYER = ("watch", "player")
# Extractions at once (workers.settings): what was under way when the block began.
IN_FLIGHT = 3


async def attempts_spent(app: RunningApp) -> int:
    """The most attempts that any job or video has spent."""
    async with app.runtime.database.read() as session:
        jobs = await session.scalar(text("SELECT max(attempts) FROM jobs"))
        found = await session.scalar(text("SELECT max(attempts) FROM video_enrichments"))
    return max(jobs or 0, found or 0)


async def player_lane(client: Client) -> dict[str, Any]:
    lanes = (await client.http.get("/lanes")).json()
    return next(lane for lane in lanes if lane["name"] == "player")


# Both at once are a lot for a small machine.
@pytest.mark.parametrize(
    ("database_url", "count"), [("sqlite", 100), ("postgresql", 40)], indirect=["database_url"]
)
async def test_an_hour_of_block_in_the_middle_of_many_videos_costs_nothing_but_time(
    app: RunningApp, client: Client, standin: StandIn, count: int
) -> None:
    ids = video_ids(count)
    for video_id in ids:
        standin.set_scenario(video_id, captions="auto")
    standin.set_limits(
        {
            "kinds": list(PLAYER),
            "rate_per_second": 1000,
            "burst": 1000,
            "bans": [{"at_request": count * 2 // 3, "duration_seconds": HOUR}],
        }
    )
    await client.batch({"text": links(ids)})

    async def blocked() -> dict[str, Any] | None:
        lane = await player_lane(client)
        return lane if lane["state"] == "paused" else None

    lane = await until(blocked, 60)
    assert lane["reason_code"] == "upstream_throttled"
    began = next(request.at for request in standin.requests if request.status == 429)

    async def over() -> bool | None:
        assert await attempts_spent(app) == 0
        refused = [request.at for request in standin.requests if request.status == 429]
        answered = [r.at for r in standin.requests if r.kind == "player" and r.status == 200]
        return True if answered[-1] > max(refused[-1], began + HOUR) else None

    # Everything else went on: titles of all, captions of those that were extracted before.
    await until(over, HOUR + 60)
    videos = await client.videos()
    assert all(video["title"] for video in videos)
    assert all(video["error_code"] is None for video in videos)

    refused = [r.at for r in standin.requests if r.kind in PLAYER and r.status == 429]
    gaps = [after - before for before, after in pairwise(refused)]
    # Those that were under way come as the machine lets them. The pause grows two and a half times with
    # each refused probe, and each is one request: none is close to another.
    under_way = max((number for number, gap in enumerate(gaps, 2) if gap < 0.5), default=1)
    assert under_way <= 2 * IN_FLIGHT
    assert 2 <= len(refused) - under_way <= 8

    videos = await client.until_settled(120)
    assert {video["import_stage"] for video in videos} == {"complete"}
    assert {video["captions_source"] for video in videos} == {"youtube_auto"}
    assert await attempts_spent(app) == 0


async def test_a_restart_in_the_middle_of_a_pause_keeps_its_end(
    settings: Settings, standin: StandIn
) -> None:
    (video_id,) = video_ids(1)
    standin.set_scenario(video_id, captions="auto")
    standin.add_fault(kind="watch", fault="status_429_retry_after", retry_after_seconds=4, count=1)
    async with running_app(settings) as app:
        client = await app.sign_in()
        await client.add(video_id)

        async def paused() -> dict[str, Any] | None:
            lane = await player_lane(client)
            return lane if lane["state"] == "paused" else None

        before = await until(paused)

    async with running_app(settings) as app:
        client = await app.sign_in()
        assert (await player_lane(client))["resumes_at"] == before["resumes_at"]
        await asyncio.sleep(1)
        assert standin.counts()["total"]["watch"] == 1
        (video,) = await client.until_settled()

    assert video["import_stage"] == "complete"
    first, second = (request.at for request in standin.requests if request.kind == "watch")
    assert second - first >= 4
