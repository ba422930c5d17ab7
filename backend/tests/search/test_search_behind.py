"""Titles of waiting videos are indexed while there is time for it."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from app.core.database import Database
from app.models import ImportStage, JobKind, SearchDocument, Video
from app.runtime import open_queue
from app.services.job_queue import JobQueue, NewJob
from app.services.rate_limiter import Priority
from app.services.search import catch_up
from app.services.search.catch_up import SearchCatchUp
from tests.support.server import until
from tests.support.spoken import Shelf, Spoken

JOBS = 60


@pytest.fixture
async def queue(shelf: Shelf, tmp_path: Path) -> JobQueue:
    return await open_queue(shelf.database, tmp_path)


async def _wake(database: Database) -> None:
    async with database.write() as unit:
        unit.changes.search = True


async def test_titles_wait_while_more_videos_are_to_be_completed_than_can_be(
    shelf: Shelf, queue: JobQueue, monkeypatch: pytest.MonkeyPatch
):
    looks = 0

    class Watched(SearchCatchUp):
        async def _stale(self) -> list[str]:
            nonlocal looks
            looks += 1
            return await super()._stale()

    async def looked(times: int) -> bool | None:
        return True if looks >= times else None

    monkeypatch.setattr(catch_up, "_BEHIND_JOBS", JOBS - 1)
    task = asyncio.create_task(Watched(shelf.database).run())
    await until(lambda: looked(1))
    ids = await shelf.add(*(Spoken(f"walrus {n}") for n in range(JOBS)))
    async with shelf.database.write() as unit:
        await unit.session.execute(update(Video).values(import_stage=ImportStage.METADATA))
        await unit.session.execute(delete(SearchDocument))
        jobs = [NewJob(JobKind.FINISH, each, Priority.BATCH) for each in ids]
        await queue.defer(unit, jobs)
    await _wake(shelf.database)
    await until(lambda: looked(2))
    # Whoever looks once more is done with what was found before.
    await _wake(shelf.database)
    await until(lambda: looked(3))
    assert await shelf.names("walrus") == []

    async with shelf.database.write() as unit:
        await queue.cancel(unit, ids[0], JobKind.FINISH)
    await _wake(shelf.database)

    async def found() -> bool | None:
        return True if (await shelf.find("walrus")).total == JOBS else None

    await until(found)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
