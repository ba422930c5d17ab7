"""The contract of the queue, kept by the table of SQLite and by the engine on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app.core.database import Database
from app.models import Job, JobKind, Video
from app.runtime import open_queue
from app.services.job_queue import JobQueue, NewJob, QueuedJob
from app.services.lanes import LaneName
from app.services.rate_limiter import Priority
from tests.support.databases import die
from tests.support.library import add_list, add_video


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def deferred(database: Database, queue: JobQueue, *priorities: Priority) -> list[str]:
    async with database.write() as unit:
        list_id = await add_list(unit)
        ids = [await add_video(unit, list_id, f"video-{n:05}") for n in range(len(priorities))]
        await queue.defer(
            unit,
            [
                NewJob(JobKind.TITLE, video_id, p)
                for video_id, p in zip(ids, priorities, strict=True)
            ],
        )
    return ids


async def taken(database: Database, queue: JobQueue) -> QueuedJob | None:
    async with database.write() as unit:
        job = await queue.peek(unit, LaneName.OEMBED)
        if job is not None:
            await queue.take(unit, job)
        return job


async def test_what_a_person_waits_for_goes_first_then_the_oldest(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    ids = await deferred(database, queue, Priority.BATCH, Priority.BATCH, Priority.INTERACTIVE)

    jobs = [await taken(database, queue) for _ in range(3)]

    assert [job.video_id for job in jobs if job] == [ids[2], ids[0], ids[1]]
    assert await taken(database, queue) is None


async def test_a_job_is_taken_once_and_finished_once(database: Database, tmp_path: Path) -> None:
    first, second = await open_queue(database, tmp_path), await open_queue(database, tmp_path)
    await deferred(database, first, Priority.BATCH)
    job = await taken(database, first)
    assert job is not None
    assert await taken(database, second) is None

    async with database.write() as unit:
        assert not await second.finish(unit, job)
        assert await first.finish(unit, job)
        assert not await first.finish(unit, job)


async def test_only_the_jobs_of_the_dead_are_freed(database: Database, tmp_path: Path) -> None:
    dying, living = await open_queue(database, tmp_path), await open_queue(database, tmp_path)
    await deferred(database, dying, Priority.BATCH, Priority.BATCH)
    lost, kept = await taken(database, dying), await taken(database, living)
    assert lost is not None
    assert kept is not None
    starting = await open_queue(database, tmp_path)
    assert await starting.release_dead_workers() == 0

    die(dying)

    assert await starting.release_dead_workers() == 1
    again = await taken(database, starting)
    assert again is not None
    assert again.id == lost.id


async def test_workers_of_another_host_are_left_alone(database: Database, tmp_path: Path) -> None:
    there, here = (
        await open_queue(database, tmp_path / "a"),
        await open_queue(database, tmp_path / "b"),
    )
    await deferred(database, there, Priority.BATCH)
    await taken(database, there)

    assert await here.release_dead_workers() == 0


async def test_a_job_put_back_waits_for_its_time_and_remembers_its_attempts(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    await deferred(database, queue, Priority.BATCH)
    job = await taken(database, queue)
    assert job is not None
    async with database.write() as unit:
        await queue.put_back(unit, job, delay_seconds=100, attempts=2)

    assert await taken(database, queue) is None
    async with database.write() as unit:
        due_in = await queue.seconds_until_next(unit, LaneName.OEMBED)
    assert due_in == pytest.approx(100, abs=5)
    async with database.write() as unit:
        await queue.wake(unit, [job.video_id], JobKind.TITLE)
    again = await taken(database, queue)
    assert again is not None
    assert again.attempts == 2


async def test_deferring_again_keeps_the_job_that_is_there(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    (video_id,) = await deferred(database, queue, Priority.BATCH)
    async with database.write() as unit:
        await queue.defer_again(unit, [NewJob(JobKind.TITLE, video_id, Priority.BATCH)])

    assert await taken(database, queue) is not None
    assert await taken(database, queue) is None


async def test_a_rolled_back_transaction_leaves_neither_video_nor_job(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    with pytest.raises(ZeroDivisionError):
        async with database.write() as unit:
            video_id = await add_video(unit, await add_list(unit), "dQw4w9WgXcQ")
            await queue.defer(unit, [NewJob(JobKind.TITLE, video_id, Priority.BATCH)])
            raise ZeroDivisionError

    assert await taken(database, queue) is None


async def test_batches_take_turns_and_each_goes_oldest_first(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    async with database.write() as unit:
        list_id = await add_list(unit)
        ids = [await add_video(unit, list_id, f"video-{n:05}") for n in range(7)]
        batches = ["first"] * 4 + ["second"] * 2 + ["third"]
        await queue.defer(
            unit,
            [
                NewJob(JobKind.TITLE, video_id, Priority.BATCH, batch)
                for video_id, batch in zip(ids, batches, strict=True)
            ],
        )

    jobs = [await taken(database, queue) for _ in range(7)]

    assert [job.batch for job in jobs if job] == [
        *("first", "second", "third"),
        *("first", "second"),
        *("first", "first"),
    ]
    assert [job.video_id for job in jobs if job and job.batch == "first"] == ids[:4]


async def test_a_person_s_own_video_goes_before_every_batch_and_costs_none_its_turn(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    async with database.write() as unit:
        list_id = await add_list(unit)
        a, b, own = [await add_video(unit, list_id, f"video-{n:05}") for n in range(3)]
        await queue.defer(unit, [NewJob(JobKind.TITLE, a, Priority.BATCH, "a")])
        await queue.defer(unit, [NewJob(JobKind.TITLE, b, Priority.BATCH, "b")])
    first = await taken(database, queue)
    async with database.write() as unit:
        await queue.defer(unit, [NewJob(JobKind.TITLE, own, Priority.INTERACTIVE, "own")])

    rest = [await taken(database, queue) for _ in range(2)]

    assert [job.video_id for job in (first, *rest) if job] == [a, own, b]


async def test_a_job_that_is_handed_back_keeps_its_attempts_and_remembers_why(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    await deferred(database, queue, Priority.BATCH)
    job = await taken(database, queue)
    assert job is not None
    async with database.write() as unit:
        await queue.hand_back(unit, job, delay_seconds=0, suspicion=2)

    again = await taken(database, queue)

    assert again is not None
    assert (again.attempts, again.suspicion) == (0, 2)
    assert again.handed_back_at is not None


async def test_a_restart_by_hand_makes_a_postponed_job_due_with_all_its_attempts(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    (video_id,) = await deferred(database, queue, Priority.BATCH)
    job = await taken(database, queue)
    assert job is not None
    async with database.write() as unit:
        await queue.put_back(unit, job, delay_seconds=3600, attempts=5)
    assert await taken(database, queue) is None

    async with database.write() as unit:
        await queue.restart(unit, [video_id])
    again = await taken(database, queue)

    assert again is not None
    assert (again.attempts, again.priority) == (0, Priority.BATCH)


async def test_a_removed_video_takes_its_jobs_along(database: Database, tmp_path: Path) -> None:
    queue = await open_queue(database, tmp_path)
    (video_id,) = await deferred(database, queue, Priority.BATCH)
    async with database.write() as unit:
        await unit.session.execute(delete(Video).where(Video.id == video_id))

    assert await taken(database, queue) is None
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Job)) == 0


async def test_a_worker_that_ends_hands_back_what_it_holds_and_is_known_no_more(
    database: Database, tmp_path: Path
) -> None:
    ending, staying = await open_queue(database, tmp_path), await open_queue(database, tmp_path)
    await deferred(database, ending, Priority.BATCH, Priority.BATCH)
    held = await taken(database, ending)
    assert held is not None

    assert await ending.release_own() == 1

    again = await taken(database, staying)
    assert again is not None
    assert again.video_id == held.video_id
    assert await staying.release_dead_workers() == 0


async def test_a_second_of_the_same_kind_for_one_video_is_refused(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    (video_id,) = await deferred(database, queue, Priority.BATCH)

    with pytest.raises(IntegrityError):
        async with database.write() as unit:
            await queue.defer(unit, [NewJob(JobKind.TITLE, video_id, Priority.BATCH)])


async def test_deferring_again_changes_the_time_of_a_job_that_waits_and_not_one_in_work(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    (video_id,) = await deferred(database, queue, Priority.BATCH)
    later = NewJob(JobKind.TITLE, video_id, Priority.INTERACTIVE, delay_seconds=100)
    job = await taken(database, queue)
    assert job is not None
    async with database.write() as unit:
        await queue.defer_again(unit, [later])
        own = await queue.put_back(unit, job, delay_seconds=0, attempts=1)
    assert own is not None
    assert own.priority is Priority.BATCH

    async with database.write() as unit:
        await queue.defer_again(unit, [later])

    assert await taken(database, queue) is None
    async with database.write() as unit:
        due_in = await queue.seconds_until_next(unit, LaneName.OEMBED)
    assert due_in == pytest.approx(100, abs=5)


async def test_a_cancelled_job_is_nobody_s_any_more(database: Database, tmp_path: Path) -> None:
    queue = await open_queue(database, tmp_path)
    await deferred(database, queue, Priority.BATCH)
    job = await taken(database, queue)
    assert job is not None

    async with database.write() as unit:
        await queue.cancel(unit, job.video_id, JobKind.TITLE)
        assert await queue.finish(unit, job) is None
        assert await queue.put_back(unit, job, delay_seconds=0, attempts=0) is None


async def test_a_batch_can_be_given_another_place_and_a_video_be_hastened(
    database: Database, tmp_path: Path
) -> None:
    queue = await open_queue(database, tmp_path)
    async with database.write() as unit:
        list_id = await add_list(unit)
        a, b, c = [await add_video(unit, list_id, f"video-{n:05}") for n in range(3)]
        jobs = [NewJob(JobKind.TITLE, video, Priority.BATCH, video) for video in (a, b, c)]
        await queue.defer(unit, jobs)
        await queue.put_batch(unit, b, Priority.INTERACTIVE)
        await queue.hasten(unit, [c])

    order = [await taken(database, queue) for _ in range(3)]

    assert [job.video_id for job in order if job] == [*sorted([b, c]), a]
