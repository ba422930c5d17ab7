"""What came of a job is stored, and its lane hears of it once."""

import asyncio
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from app.services.enrichment.enrichment_service import EnrichmentService
from app.services.lanes import LaneName
from app.services.rate_limiter import Priority
from tests.api.test_batch_import import video_ids
from tests.database.test_lost_jobs import extraction, fetching, processor_of, taken
from tests.support.server import Client, RunningApp

_STORE = EnrichmentService.store_extraction


async def requests_told(app: RunningApp) -> int:
    async with app.runtime.database.read() as session:
        lanes = await app.runtime.limiter.last_hour(session)
    return sum(
        minute.requests for lane in lanes if lane.name == LaneName.PLAYER for minute in lane.minutes
    )


async def test_the_lane_is_told_once_however_often_the_result_has_to_be_stored(
    idle_client: Client, idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    await idle_client.batch({"urls": video_ids(1)})
    job, permit = await taken(idle_app)
    fetching(idle_app, monkeypatch, lambda: extraction("Beim dritten Mal"))
    attempts = 0

    async def store(self: EnrichmentService, *arguments: Any) -> None:
        nonlocal attempts
        attempts += 1
        if attempts < 3:
            raise OperationalError("INSERT", {}, Exception("the database is away"))
        await _STORE(self, *arguments)

    monkeypatch.setattr(EnrichmentService, "store_extraction", store)

    await processor_of(idle_app).run(job, permit)

    assert attempts == 3
    assert [video["title"] for video in await idle_client.videos()] == ["Beim dritten Mal"]
    assert await requests_told(idle_app) == permit.cost


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_nobody_of_the_same_lane_waits_while_a_result_is_stored(
    idle_client: Client, idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    await idle_client.batch({"urls": video_ids(1)})
    job, permit = await taken(idle_app)
    fetching(idle_app, monkeypatch, lambda: extraction("Gemächlich"))

    async def store(self: EnrichmentService, *arguments: Any) -> None:
        await _STORE(self, *arguments)
        async with asyncio.timeout(5):
            await idle_app.runtime.limiter.acquire_now(LaneName.PLAYER, Priority.BATCH)

    monkeypatch.setattr(EnrichmentService, "store_extraction", store)

    await processor_of(idle_app).run(job, permit)

    assert [video["title"] for video in await idle_client.videos()] == ["Gemächlich"]
