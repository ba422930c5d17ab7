"""Changing jobs that are rows of a table of our own: the queue of one machine, on SQLite."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Job
from app.repositories.dialects import table_of
from app.repositories.jobs import IS_OWN, JobChange, OwnJob

_JOBS = table_of(Job)
_LOCK = (
    update(_JOBS)
    .where(_JOBS.c.id == bindparam("job_id"))
    .values(locked_by=bindparam("worker_id"), locked_until=bindparam("until"))
)
_PUT_BACK = (
    update(_JOBS)
    .where(IS_OWN)
    .values(
        run_at=bindparam("new_run_at"),
        attempts=bindparam("new_attempts"),
        handed_back_at=bindparam("new_handed_back_at"),
        suspicion=bindparam("new_suspicion"),
        locked_by=None,
        locked_until=None,
    )
    .returning(_JOBS.c.priority)
)
_NEW = sqlite_insert(_JOBS)
_ADD_OR_RESCHEDULE = _NEW.on_conflict_do_update(
    index_elements=["video_id", "kind"],
    set_={"run_at": _NEW.excluded.run_at, "priority": _NEW.excluded.priority},
    where=_JOBS.c.locked_by.is_(None),
)


async def add_many(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert jobs of videos that have none of their kind yet."""
    if rows:
        await session.execute(insert(_JOBS), list(rows))


async def add_or_reschedule(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert jobs; one of its kind that a video has already runs at the new time instead.

    One that is in work stays as it is.
    """
    if rows:
        await session.execute(_ADD_OR_RESCHEDULE, list(rows))


async def lock(session: AsyncSession, job_id: int, *, worker_id: str, until: float) -> None:
    """Take a job on."""
    await session.execute(_LOCK, {"job_id": job_id, "worker_id": worker_id, "until": until})


async def put_back(
    session: AsyncSession,
    job: OwnJob,
    *,
    run_at: float,
    attempts: int,
    handed_back_at: float | None,
    suspicion: int,
) -> int | None:
    """Hand a job back to the queue, to run again at ``run_at``, if it is still this worker's.

    Returns:
        Like ``finish``.
    """
    values = {
        "new_run_at": run_at,
        "new_attempts": attempts,
        "new_handed_back_at": handed_back_at,
        "new_suspicion": suspicion,
    }
    priority: int | None = await session.scalar(_PUT_BACK, job.parameters() | values)
    return priority


async def extend_leases(
    session: AsyncSession, job_ids: Sequence[int], worker_id: str, until: float
) -> None:
    """Say that a worker still works on these jobs."""
    await session.execute(
        update(_JOBS)
        .where(_JOBS.c.id.in_(job_ids), _JOBS.c.locked_by == worker_id)
        .values(locked_until=until)
    )


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


async def change(session: AsyncSession, new: JobChange, *conditions: ColumnElement[bool]) -> None:
    """Change all jobs that fulfil the conditions."""
    values: dict[str, Any] = {}
    if new.priority is not None:
        values["priority"] = new.priority
    if new.run_at is not None:
        values["run_at"] = new.run_at
    if new.is_fresh:
        values |= {"attempts": 0, "suspicion": 0}
    await session.execute(update(_JOBS).where(*conditions).values(values))
