"""Questions about jobs."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Job, Video
from app.repositories.dialects import dialect_of, insert_of, table_of

_JOBS = table_of(Job)

_NEXT_DUE = (
    select(
        _JOBS.c.id,
        _JOBS.c.kind,
        _JOBS.c.video_id,
        Video.youtube_id,
        _JOBS.c.priority,
        _JOBS.c.batch,
        _JOBS.c.attempts,
        _JOBS.c.handed_back_at,
        _JOBS.c.suspicion,
    )
    .join(Video, Video.id == _JOBS.c.video_id)
    .where(
        _JOBS.c.lane == bindparam("lane"),
        _JOBS.c.run_at <= bindparam("now"),
        # Nobody works on it, or its worker has let its lease run out.
        or_(_JOBS.c.locked_by.is_(None), _JOBS.c.locked_until < bindparam("now")),
    )
    .order_by(_JOBS.c.priority, _JOBS.c.batch, _JOBS.c.id)
    .limit(1)
    .with_for_update(of=_JOBS, skip_locked=True)
)
# Who has come back empty before goes last, and of the others nobody knows which one is good.
_NEXT_PROBE = _NEXT_DUE.order_by(None).order_by(
    _JOBS.c.handed_back_at.is_not(None),
    func.coalesce(_JOBS.c.handed_back_at, 0.0),
    _JOBS.c.priority,
    func.random(),
)
_NEXT_DUE_AFTER = _NEXT_DUE.where(
    _JOBS.c.priority == bindparam("this_priority"), _JOBS.c.batch > bindparam("served_batch")
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
_CANCEL = delete(_JOBS).where(
    _JOBS.c.video_id == bindparam("this_video"), _JOBS.c.kind == bindparam("this_kind")
)


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job, and YouTube's id of its video."""

    id: int
    kind: str
    video_id: str
    youtube_id: str
    priority: int
    batch: str
    attempts: int
    handed_back_at: float | None
    suspicion: int


async def add_many(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert jobs of videos that have none yet."""
    if rows:
        await session.execute(insert(_JOBS), rows)


async def add_or_reschedule(session: AsyncSession, row: dict[str, Any]) -> None:
    """Insert a job; one of this kind that the video has already runs at the new time instead.

    One that is in work stays as it is.
    """
    await session.execute(_add_or_reschedule(dialect_of(session)), row)


@functools.cache
def _add_or_reschedule(dialect: str) -> Any:
    statement = insert_of(dialect, _JOBS)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["video_id", "kind"],
        set_={"run_at": new.run_at, "priority": new.priority},
        where=_JOBS.c.locked_by.is_(None),
    )


async def next_due(session: AsyncSession, lane: str, now: float) -> JobRow | None:
    """The job that should run next in a lane, locked against other transactions."""
    found = (await session.execute(_NEXT_DUE, {"lane": lane, "now": now})).one_or_none()
    return JobRow(*found) if found else None


async def next_probe(session: AsyncSession, lane: str, now: float) -> JobRow | None:
    """The due job that is most likely to be answered well, locked against other transactions."""
    parameters = {"lane": lane, "now": now}
    found = (await session.execute(_NEXT_PROBE, parameters)).one_or_none()
    return JobRow(*found) if found else None


async def next_due_after(
    session: AsyncSession, lane: str, priority: int, batch: str, now: float
) -> JobRow | None:
    """Like ``next_due``, only of one priority and of the batches after this one."""
    parameters = {"lane": lane, "now": now, "this_priority": priority, "served_batch": batch}
    found = (await session.execute(_NEXT_DUE_AFTER, parameters)).one_or_none()
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
    session: AsyncSession,
    job_id: int,
    *,
    worker_id: str,
    run_at: float,
    attempts: int,
    handed_back_at: float | None,
    suspicion: int,
) -> None:
    """Hand a job back to the queue, to run again at ``run_at``, if it is still this worker's."""
    await session.execute(
        update(_JOBS)
        .where(_JOBS.c.id == job_id, _JOBS.c.locked_by == worker_id)
        .values(
            run_at=run_at,
            attempts=attempts,
            handed_back_at=handed_back_at,
            suspicion=suspicion,
            locked_by=None,
            locked_until=None,
        )
    )


async def cancel(session: AsyncSession, video_id: str, kind: str) -> None:
    """Remove a job of a video; whoever works on it finds that it is no longer theirs."""
    await session.execute(_CANCEL, {"this_video": video_id, "this_kind": kind})


async def restart(
    session: AsyncSession, video_ids: Sequence[str], priority: int, now: float
) -> None:
    """Let the jobs of videos that nobody works on begin anew, at once."""
    await session.execute(
        update(_JOBS)
        .where(_JOBS.c.video_id.in_(video_ids), _JOBS.c.locked_by.is_(None))
        .values(run_at=now, attempts=0, suspicion=0, priority=priority)
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


async def count_by_lane(session: AsyncSession, now: float) -> dict[str, int]:
    """How many jobs each lane has, in work or waiting for it; not those that wait for a later time."""
    rows = await session.execute(
        select(_JOBS.c.lane, func.count())
        .where(or_(_JOBS.c.run_at <= now, _JOBS.c.handed_back_at.is_not(None)))
        .group_by(_JOBS.c.lane)
    )
    return {lane: count for lane, count in rows.all()}  # noqa: C416 - rows are not pairs to mypy


async def count_by_lane_and_batch(session: AsyncSession) -> dict[tuple[str, str], int]:
    """How many jobs each batch has in each lane."""
    rows = await session.execute(
        select(_JOBS.c.lane, _JOBS.c.batch, func.count()).group_by(_JOBS.c.lane, _JOBS.c.batch)
    )
    return {(lane, batch): count for lane, batch, count in rows}


async def remove_of_videos(session: AsyncSession, video_ids: Sequence[str]) -> None:
    """Remove the jobs of videos that are about to be deleted.

    The database would do it too, but after the videos, and workers lock jobs before videos.
    """
    await session.execute(delete(_JOBS).where(_JOBS.c.video_id.in_(video_ids)))


async def remove_of_list(session: AsyncSession, list_id: str) -> None:
    """Remove the jobs of a list's videos, likewise before the videos."""
    videos = select(Video.id).where(Video.list_id == list_id)
    await session.execute(delete(_JOBS).where(_JOBS.c.video_id.in_(videos)))


async def wake_copies_of_list(session: AsyncSession, list_id: str, kind: str, now: float) -> None:
    """Make jobs of a kind due for the same videos in other lists."""
    gone = select(Video.youtube_id).where(Video.list_id == list_id)
    copies = select(Video.id).where(Video.youtube_id.in_(gone), Video.list_id != list_id)
    await session.execute(
        update(_JOBS)
        .where(_JOBS.c.video_id.in_(copies), _JOBS.c.kind == kind, _JOBS.c.locked_by.is_(None))
        .values(run_at=now)
    )
