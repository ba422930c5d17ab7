"""Questions about jobs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Job, Video
from app.repositories.dialects import insert_for


async def add_many(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert jobs of videos that have none yet."""
    if rows:
        await session.execute(insert(Job), rows)


async def add_or_keep(session: AsyncSession, row: dict[str, Any]) -> None:
    """Insert a job unless the video has one of this kind already."""
    statement = insert_for(session, Job).values(**row)
    await session.execute(statement.on_conflict_do_nothing(index_elements=["video_id", "kind"]))


def _free(now: float) -> Any:
    """A job that nobody works on, or whose worker has let its lease run out."""
    return or_(Job.locked_by.is_(None), Job.locked_until < now)


async def next_due(session: AsyncSession, lane: str, now: float) -> tuple[Job, str] | None:
    """The job that should run next in a lane, locked against other transactions.

    Returns:
        The job and YouTube's id of its video.
    """
    statement = (
        select(Job, Video.youtube_id)
        .join(Video, Video.id == Job.video_id)
        .where(Job.lane == lane, Job.run_at <= now, _free(now))
        .order_by(Job.priority, Job.id)
        .limit(1)
        .with_for_update(of=Job, skip_locked=True)
    )
    found = (await session.execute(statement)).one_or_none()
    return (found[0], found[1]) if found else None


async def next_run_at(session: AsyncSession, lane: str) -> float | None:
    """When something of a lane is due next that is not being worked on."""
    earliest: float | None = await session.scalar(
        select(func.min(Job.run_at)).where(Job.lane == lane, Job.locked_by.is_(None))
    )
    return earliest


async def lock(session: AsyncSession, job_id: int, *, worker_id: str, until: float) -> None:
    """Take a job on."""
    await session.execute(
        update(Job).where(Job.id == job_id).values(locked_by=worker_id, locked_until=until)
    )


async def finish(session: AsyncSession, job_id: int, worker_id: str) -> bool:
    """Remove a job that is done.

    Returns:
        False if it is no longer this worker's: its result must not be stored twice.
    """
    result = await session.execute(
        delete(Job).where(Job.id == job_id, Job.locked_by == worker_id).returning(Job.id)
    )
    return result.scalar_one_or_none() is not None


async def put_back(
    session: AsyncSession, job_id: int, *, worker_id: str, run_at: float, attempts: int
) -> None:
    """Hand a job back to the queue, to run again at ``run_at``, if it is still this worker's."""
    await session.execute(
        update(Job)
        .where(Job.id == job_id, Job.locked_by == worker_id)
        .values(run_at=run_at, attempts=attempts, locked_by=None, locked_until=None)
    )


async def extend_leases(
    session: AsyncSession, job_ids: Sequence[int], worker_id: str, until: float
) -> None:
    """Say that a worker still works on these jobs."""
    await session.execute(
        update(Job)
        .where(Job.id.in_(job_ids), Job.locked_by == worker_id)
        .values(locked_until=until)
    )


async def lock_owners(session: AsyncSession) -> list[str]:
    """The workers that hold jobs."""
    rows = await session.scalars(select(Job.locked_by).where(Job.locked_by.is_not(None)).distinct())
    return [row for row in rows if row is not None]


async def release_of(session: AsyncSession, worker_ids: Sequence[str]) -> int:
    """Free the jobs of workers that are gone.

    Returns:
        How many there were.
    """
    result = await session.execute(
        update(Job)
        .where(Job.locked_by.in_(worker_ids))
        .values(locked_by=None, locked_until=None)
        .returning(Job.id)
    )
    return len(result.all())


async def hasten(session: AsyncSession, video_ids: Sequence[str], priority: int) -> None:
    """Give the jobs of some videos a better place in the queue."""
    await session.execute(
        update(Job)
        .where(Job.video_id.in_(video_ids), Job.priority > priority)
        .values(priority=priority)
    )


async def wake(session: AsyncSession, video_ids: Sequence[str], kind: str, now: float) -> None:
    """Make waiting jobs of a kind due now."""
    await session.execute(
        update(Job)
        .where(and_(Job.video_id.in_(video_ids), Job.kind == kind, Job.locked_by.is_(None)))
        .values(run_at=now)
    )


async def count_by_lane(session: AsyncSession) -> dict[str, int]:
    """How many jobs each lane has, in work or waiting."""
    rows = await session.execute(select(Job.lane, func.count()).group_by(Job.lane))
    return {lane: count for lane, count in rows.all()}  # noqa: C416 - rows are not pairs to mypy
