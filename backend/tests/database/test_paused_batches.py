"""The queue passes over what waits in a paused import, whoever asks it for work."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from app.core.database import Database
from app.models import ImportState, JobKind, VideoImport
from app.repositories import jobs as job_rows
from app.runtime import open_queue
from app.services.job_queue import JobQueue, NewJob, QueuedJob
from app.services.lanes import LaneName
from app.services.rate_limiter import Priority
from tests.support.databases import die
from tests.support.library import add_import, add_list, add_video

LANE = LaneName.OEMBED


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def queue(database: Database, tmp_path: Path) -> JobQueue:
    return await open_queue(database, tmp_path)


async def batches(database: Database, queue: JobQueue, **states: str) -> dict[str, list[str]]:
    """Imports of two videos each, in these states; their videos by the import's name."""
    found: dict[str, list[str]] = {}
    async with database.write() as unit:
        list_id = await add_list(unit)
        for name, state in states.items():
            await add_import(unit, name, list_id, state)
            found[name] = [await add_video(unit, list_id, f"{name}-{n:05}") for n in range(2)]
            await queue.defer(
                unit, [NewJob(JobKind.TITLE, v, Priority.BATCH, name) for v in found[name]]
            )
    return found


async def set_state(database: Database, name: str, state: ImportState) -> None:
    async with database.write() as unit:
        await unit.session.execute(
            update(VideoImport).where(VideoImport.id == name).values(state=state)
        )


async def taken(database: Database, queue: JobQueue) -> QueuedJob | None:
    async with database.write() as unit:
        job = await queue.peek(unit, LANE)
        if job is not None:
            await queue.take(unit, job)
        return job


async def all_taken(database: Database, queue: JobQueue) -> list[str]:
    found = []
    while job := await taken(database, queue):
        found.append(job.batch)
    return found


async def test_paused_batches_before_between_and_behind_the_others_are_passed_over(
    database: Database, queue: JobQueue
) -> None:
    await batches(database, queue, a="paused", b="running", c="paused", d="running", e="paused")

    assert await all_taken(database, queue) == ["b", "d", "b", "d"]
    async with database.write() as unit:
        assert await queue.peek(unit, LANE) is None
        assert await queue.peek_probe(unit, LANE) is None
        assert await queue.seconds_until_next(unit, LANE) is None
        assert await job_rows.count_by_lane(unit.session, 9e9) == {LANE: 4}
        assert await job_rows.count_by_lane_and_batch(unit.session) == {
            (LANE, "b"): 2,
            (LANE, "d"): 2,
        }

    await set_state(database, "c", ImportState.RUNNING)
    assert await all_taken(database, queue) == ["c", "c"]


async def test_a_batch_that_had_its_turn_and_is_paused_then_gives_it_to_the_next(
    database: Database, queue: JobQueue
) -> None:
    await batches(database, queue, a="running", b="running", c="running")
    first = await taken(database, queue)
    await set_state(database, "b", ImportState.PAUSED)
    rest = await all_taken(database, queue)

    assert first is not None
    assert [first.batch, *rest] == ["a", "c", "a", "c"]


async def test_a_probe_is_never_one_of_a_paused_batch(database: Database, queue: JobQueue) -> None:
    await batches(database, queue, a="paused", b="running")

    for _ in range(20):
        async with database.write() as unit:
            job = await queue.peek_probe(unit, LANE)
            assert job is not None
            assert job.batch == "b"


async def test_what_a_person_asks_for_goes_although_its_batch_is_paused_and_so_does_what_follows(
    database: Database, queue: JobQueue
) -> None:
    videos = await batches(database, queue, a="paused")
    async with database.write() as unit:
        await queue.hasten(unit, videos["a"][1:])

    job = await taken(database, queue)

    assert job is not None
    assert (job.video_id, job.priority) == (videos["a"][1], Priority.INTERACTIVE)
    assert await taken(database, queue) is None


async def test_a_job_in_work_knows_at_its_end_that_a_person_waits_for_it_by_now(
    database: Database, queue: JobQueue
) -> None:
    await batches(database, queue, a="running")
    first, second = await taken(database, queue), await taken(database, queue)
    assert first is not None
    assert second is not None
    async with database.write() as unit:
        await queue.hasten(unit, [first.video_id, second.video_id])

    async with database.write() as unit:
        put_back = await queue.put_back(unit, first, delay_seconds=0, attempts=1)
        finished = await queue.finish(unit, second)
        assert put_back is not None
        assert finished is not None
        assert put_back.priority is finished.priority is Priority.INTERACTIVE
        # It is not this worker's any more.
        assert await queue.put_back(unit, first, delay_seconds=0, attempts=1) is None


async def test_a_job_of_a_paused_batch_whose_process_died_stays_where_it_is(
    database: Database, tmp_path: Path
) -> None:
    dying, living = await open_queue(database, tmp_path), await open_queue(database, tmp_path)
    await batches(database, dying, a="running")
    assert await taken(database, dying) is not None
    await set_state(database, "a", ImportState.PAUSED)
    die(dying)

    assert await living.release_dead_workers() == 1
    assert await taken(database, living) is None
    await set_state(database, "a", ImportState.RUNNING)
    assert await all_taken(database, living) == ["a", "a"]
