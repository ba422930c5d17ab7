"""Questions about jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Job, Video
from app.repositories.dialects import insert_for, table_of

_JOBS = table_of(Job)

_NEXT_DUE = (
    select(
        _JOBS.c.id,
        _JOBS.c.kind,
        _JOBS.c.video_id,
        Video.youtube_id,
        _JOBS.c.priority,
        _JOBS.c.attempts,
    )
    .join(Video, Video.id == _JOBS.c.video_id)
    .where(
        _JOBS.c.lane == bindparam("lane"),
        _JOBS.c.run_at <= bindparam("now"),
        # Nobody works on it, or its worker has let its lease run out.
        or_(_JOBS.c.locked_by.is_(None), _JOBS.c.locked_until < bindparam("now")),
    )
    .order_by(_JOBS.c.priority, _JOBS.c.id)
    .limit(1)
    .with_for_update(of=_JOBS, skip_locked=True)
)
_LOCK = (
    update(_JOBS)
    .where(_JOBS.c.id == bindparam("job_id"))
    .values(locked_by=bindparam("worker_id"), locked_until=bindparam("until"))
)
_FINISH = (
    delete(_JOBS)
    .where(_JOBS.c.id == bindparam("job_id"), _JOBS.c.locked_by == bindparam("worker_id"))
    .returning(_JOBS.c.id)
)


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job, and YouTube's id of its video."""

    id: int
    kind: str
    video_id: str
    youtube_id: str
    priority: int
    attempts: int


async def add_many(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert jobs of videos that have none yet."""
    if rows:
        await session.execute(insert(_JOBS), rows)


async def add_or_keep(session: AsyncSession, row: dict[str, Any]) -> None:
    """Insert a job unless the video has one of this kind already."""
    statement = insert_for(session, _JOBS).on_conflict_do_nothing(
        index_elements=["video_id", "kind"]
    )
    await session.execute(statement, row)


async def next_due(session: AsyncSession, lane: str, now: float) -> JobRow | None:
    """The job that should run next in a lane, locked against other transactions."""
    found = (await session.execute(_NEXT_DUE, {"lane": lane, "now": now})).one_or_none()
    return JobRow(*found) if found else None


async def next_run_at(session: AsyncSession, lane: str) -> float | None:
    """When something of a lane is due next that is not being worked on."""
    earliest: float | None = await session.scalar(
        select(func.min(_JOBS.c.run_at)).where(_JOBS.c.lane == lane, _JOBS.c.locked_by.is_(None))
    )
    return earliest


async def lock(session: AsyncSession, job_id: int, *, worker_id: str, until: float) -> None:
    """Take a job on."""
    await session.execute(_LOCK, {"job_id": job_id, "worker_id": worker_id, "until": until})


async def finish(session: AsyncSession, job_id: int, worker_id: str) -> bool:
    """Remove a job that is done.

    Returns:
        False if it is no longer this worker's: its result must not be stored twice.
    """
    result = await session.execute(_FINISH, {"job_id": job_id, "worker_id": worker_id})
    return result.scalar_one_or_none() is not None


async def put_back(
    session: AsyncSession, job_id: int, *, worker_id: str, run_at: float, attempts: int
) -> None:
    """Hand a job back to the queue, to run again at ``run_at``, if it is still this worker's."""
    await session.execute(
        update(_JOBS)
        .where(_JOBS.c.id == job_id, _JOBS.c.locked_by == worker_id)
        .values(run_at=run_at, attempts=attempts, locked_by=None, locked_until=None)
    )


async def extend_leases(
    session: AsyncSession, job_ids: Sequence[int], worker_id: str, until: float
) -> None:
    """Say that a worker still works on these jobs."""
    await session.execute(
        update(_JOBS)
        .where(_JOBS.c.id.in_(job_ids), _JOBS.c.locked_by == worker_id)
        .values(locked_until=until)
    )


async def lock_owners(session: AsyncSession) -> list[str]:
    """The workers that hold jobs."""
    rows = await session.scalars(
        select(_JOBS.c.locked_by).where(_JOBS.c.locked_by.is_not(None)).distinct()
    )
    return [row for row in rows if row is not None]


async def release_of(session: AsyncSession, worker_ids: Sequence[str]) -> int:
    """Free the jobs of workers that are gone.

    Returns:
        How many there were.
    """
    result = await session.execute(
        update(_JOBS)
        .where(_JOBS.c.locked_by.in_(worker_ids))
        .values(locked_by=None, locked_until=None)
        .returning(_JOBS.c.id)
    )
    return len(result.all())


async def hasten(session: AsyncSession, video_ids: Sequence[str], priority: int) -> None:
    """Give the jobs of some videos a better place in the queue."""
    await session.execute(
        update(_JOBS)
        .where(_JOBS.c.video_id.in_(video_ids), _JOBS.c.priority > priority)
        .values(priority=priority)
    )


async def wake(session: AsyncSession, video_ids: Sequence[str], kind: str, now: float) -> None:
    """Make waiting jobs of a kind due now."""
    await session.execute(
        update(_JOBS)
        .where(
            _JOBS.c.video_id.in_(video_ids),
            _JOBS.c.kind == kind,
            _JOBS.c.locked_by.is_(None),
        )
        .values(run_at=now)
    )


async def count_by_lane(session: AsyncSession) -> dict[str, int]:
    """How many jobs each lane has, in work or waiting."""
    rows = await session.execute(select(_JOBS.c.lane, func.count()).group_by(_JOBS.c.lane))
    return {lane: count for lane, count in rows.all()}  # noqa: C416 - rows are not pairs to mypy
