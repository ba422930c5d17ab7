"""How workers of an installation on PostgreSQL know of each other."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.core.database import Database
from app.models import JobKind
from app.runtime import open_queue
from app.services.job_queue import JobQueue, NewJob, QueuedJob
from app.services.lanes import LaneName
from app.services.rate_limiter import Priority
from tests.support.library import add_list, add_video


@pytest.fixture
def database_url(postgres_templates: Any, tmp_path: Path) -> Iterator[str]:
    with postgres_templates.fresh(tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def a_job_of(database: Database, queue: JobQueue) -> QueuedJob:
    async with database.write() as unit:
        video_id = await add_video(unit, await add_list(unit), "dQw4w9WgXcQ")
        await queue.defer(unit, [NewJob(JobKind.TITLE, video_id, Priority.BATCH)])
        job = await queue.peek(unit, LaneName.OEMBED)
        assert job is not None
        await queue.take(unit, job)
    return job


async def pass_time(database: Database, seconds: float, *workers: Any) -> None:
    """So long ago these said last that they live."""
    async with database.write() as unit:
        await unit.session.execute(
            text(
                "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat"
                " - make_interval(secs => :seconds) WHERE id = ANY(:ids)"
            ),
            {"seconds": seconds, "ids": [int(worker.worker_id) for worker in workers]},
        )


async def beats(*workers: JobQueue, times: int = 3) -> None:
    for _ in range(times):
        for worker in workers:
            await worker.keep_alive([], [])


async def test_who_was_not_heard_of_for_half_a_minute_loses_its_jobs_to_others(
    database: Database, tmp_path: Path
) -> None:
    there = await open_queue(database, tmp_path / "there")
    here = await open_queue(database, tmp_path / "here")
    job = await a_job_of(database, there)
    await beats(here, there, times=1)
    await beats(here)
    assert await here.release_dead_workers() == 0

    await pass_time(database, 31, there)

    assert await here.release_dead_workers() == 1
    async with database.write() as unit:
        assert await there.finish(unit, job) is None
        again = await here.peek(unit, LaneName.OEMBED)
    assert again is not None
    assert again.attempts == 0


async def test_after_the_database_was_away_nobody_is_called_dead_before_all_had_the_time_to_speak(
    database: Database, tmp_path: Path
) -> None:
    there = await open_queue(database, tmp_path / "there")
    here = await open_queue(database, tmp_path / "here")
    await a_job_of(database, there)
    await beats(here, there)
    await pass_time(database, 3600, here, there)

    await beats(here, times=2)

    assert await here.release_dead_workers() == 0


async def test_who_slept_for_weeks_and_was_forgotten_comes_back_under_its_number(
    database: Database, tmp_path: Path
) -> None:
    sleeping = await open_queue(database, tmp_path / "there")
    ending = await open_queue(database, tmp_path / "here")
    job = await a_job_of(database, ending)
    await pass_time(database, 8 * 24 * 3600, sleeping)
    await ending.release_own()

    await sleeping.keep_alive([], [])

    async with database.write() as unit:
        again = await sleeping.peek(unit, LaneName.OEMBED)
        assert again is not None
        assert again.id == job.id
        await sleeping.take(unit, again)
        assert await sleeping.finish(unit, again) is not None


async def test_a_job_that_nobody_told_its_worker_of_is_free_at_the_second_look(
    database: Database, tmp_path: Path
) -> None:
    """The answer to the commit that gave it was lost."""
    worker = await open_queue(database, tmp_path)
    other = await open_queue(database, tmp_path)
    await a_job_of(database, worker)

    await worker.keep_alive([], [])
    async with database.write() as unit:
        assert await other.peek(unit, LaneName.OEMBED) is None
    await worker.keep_alive([], [])

    async with database.write() as unit:
        assert await other.peek(unit, LaneName.OEMBED) is not None


async def test_a_job_in_work_stays_its_worker_s_however_often_it_looks(
    database: Database, tmp_path: Path
) -> None:
    worker = await open_queue(database, tmp_path)
    job = await a_job_of(database, worker)
    for _ in range(3):
        await worker.keep_alive([job], [])

    async with database.write() as unit:
        assert await worker.finish(unit, job) is not None


async def test_a_worker_of_another_database_in_the_same_directory_is_not_mistaken_for_ours(
    database: Database, postgres_templates: Any, tmp_path: Path
) -> None:
    with postgres_templates.fresh(tmp_path) as other_url:
        elsewhere = Database(other_url)
        first = await open_queue(database, tmp_path)
        same_number = await open_queue(elsewhere, tmp_path)
        assert first.worker_id == same_number.worker_id
        await a_job_of(elsewhere, same_number)
        await first.release_own()

        others = await open_queue(elsewhere, tmp_path)
        assert await others.release_dead_workers() == 0
        await elsewhere.close()
