"""Questions about jobs, and their end: the same in each queue, for both show a table ``jobs``."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ImportState, Job, Video, VideoImport
from app.repositories.dialects import table_of

_JOBS = table_of(Job)

# What a person waits for (services.rate_limiter.Priority.INTERACTIVE).
_PERSON = 0
_PAUSED = select(VideoImport.id).where(VideoImport.state == text(f"'{ImportState.PAUSED.value}'"))
# Never copied into the jobs: so whatever becomes of a job while its import is paused, it stays held,
# and whatever ends the pause frees all of them. What a person asks for meanwhile goes nevertheless.
_IS_HELD = and_(_JOBS.c.priority > _PERSON, _JOBS.c.batch.in_(_PAUSED))

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
        _IS_HELD,
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
_NEXT_PROBE = (
    _NEXT_DUE.where(~_IS_HELD)
    .order_by(None)
    .order_by(
        _JOBS.c.handed_back_at.is_not(None),
        func.coalesce(_JOBS.c.handed_back_at, 0.0),
        _JOBS.c.priority,
        func.random(),
    )
)
_NEXT_DUE_AFTER = _NEXT_DUE.where(
    _JOBS.c.priority == bindparam("this_priority"), _JOBS.c.batch > bindparam("served_batch")
)
IS_OWN = and_(
    _JOBS.c.id == bindparam("job_id"),
    _JOBS.c.locked_by == bindparam("worker_id"),
    # SQLite gives the number of a job that was removed to the next one.
    _JOBS.c.video_id == bindparam("this_video"),
    _JOBS.c.kind == bindparam("this_kind"),
)
_FINISH = delete(_JOBS).where(IS_OWN).returning(_JOBS.c.priority)
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
    is_held: bool


@dataclass(frozen=True, slots=True)
class OwnJob:
    """A job as its worker knows it: nobody else's answers to all four."""

    id: int
    video_id: str
    kind: str
    worker_id: str

    def parameters(self) -> dict[str, Any]:
        """For the statements that change only such a job."""
        return {
            "job_id": self.id,
            "this_video": self.video_id,
            "this_kind": self.kind,
            "worker_id": self.worker_id,
        }


class QueueState(StrEnum):
    """How a piece of work stands in its queue."""

    RUNNING = "running"
    WAITING = "waiting"
    # Its import was paused by a person.
    HELD = "held"
    # It waits for a time of its own.
    LATER = "later"


@dataclass(frozen=True, slots=True)
class WorkInState:
    """How much work of a lane is in a state, and since when the oldest of it has been due."""

    lane: str
    state: QueueState
    count: int
    oldest_run_at: float


@dataclass(frozen=True, slots=True)
class JobChange:
    """What becomes of jobs.

    Args:
        priority: Their place among the others.
        run_at: Now, in seconds of the lanes' clock: they are due.
        is_fresh: Their attempts and suspicions are forgotten.
    """

    priority: int | None = None
    run_at: float | None = None
    is_fresh: bool = False


async def next_due(session: AsyncSession, lane: str, now: float) -> JobRow | None:
    """The job that should run next in a lane, locked against other transactions."""
    parameters = {"lane": lane, "now": now}
    found = (await session.execute(_NEXT_DUE, parameters)).one_or_none()
    return await _past_held(session, JobRow(*found) if found else None, parameters)


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
    return await _past_held(session, JobRow(*found) if found else None, parameters)


async def _past_held(
    session: AsyncSession, job: JobRow | None, parameters: dict[str, Any]
) -> JobRow | None:
    """The job, or the first one behind the paused batches: one seek for each, whatever its size."""
    while job is not None and job.is_held:
        after = {"this_priority": job.priority, "served_batch": job.batch}
        found = (await session.execute(_NEXT_DUE_AFTER, parameters | after)).one_or_none()
        job = JobRow(*found) if found else None
    return job


async def next_run_at(session: AsyncSession, lane: str) -> float | None:
    """When something of a lane is due next that is not being worked on."""
    earliest: float | None = await session.scalar(
        select(func.min(_JOBS.c.run_at)).where(
            _JOBS.c.lane == lane, ~_IS_HELD, _JOBS.c.locked_by.is_(None)
        )
    )
    return earliest


async def finish(session: AsyncSession, job: OwnJob) -> int | None:
    """Remove a job that is done.

    Returns:
        The priority it has by now; None if it is no longer this worker's, so that its result must
        not be stored.
    """
    priority: int | None = await session.scalar(_FINISH, job.parameters())
    return priority


async def cancel(session: AsyncSession, video_id: str, kind: str) -> None:
    """Remove a job of a video; whoever works on it finds that it is no longer theirs."""
    await session.execute(_CANCEL, {"this_video": video_id, "this_kind": kind})


async def lock_owners(session: AsyncSession) -> list[str]:
    """The workers that hold jobs."""
    rows = await session.scalars(
        select(_JOBS.c.locked_by).where(_JOBS.c.locked_by.is_not(None)).distinct()
    )
    return [row for row in rows if row is not None]


async def ids_of(session: AsyncSession, worker_id: str) -> list[int]:
    """The jobs that a worker holds."""
    return list(await session.scalars(select(_JOBS.c.id).where(_JOBS.c.locked_by == worker_id)))


async def has_more_due(session: AsyncSession, lane: str, count: int, now: float) -> bool:
    """Whether more than so many jobs of a lane could be worked on."""
    due = select(_JOBS.c.id).where(_JOBS.c.lane == lane, _JOBS.c.run_at <= now, ~_IS_HELD)
    return await session.scalar(due.offset(count).limit(1)) is not None


async def count_by_lane(session: AsyncSession, now: float) -> dict[str, int]:
    """How many jobs each lane has, in work or waiting for it.

    Not those that wait for a later time, nor for the end of their import's pause.
    """
    rows = await session.execute(
        select(_JOBS.c.lane, func.count())
        .where(or_(_JOBS.c.run_at <= now, _JOBS.c.handed_back_at.is_not(None)), ~_IS_HELD)
        .group_by(_JOBS.c.lane)
    )
    return dict(rows.all())


async def count_by_lane_and_batch(session: AsyncSession) -> dict[tuple[str, str], int]:
    """How many jobs each batch that is not paused has in each lane."""
    rows = await session.execute(
        select(_JOBS.c.lane, _JOBS.c.batch, func.count())
        .where(~_IS_HELD)
        .group_by(_JOBS.c.lane, _JOBS.c.batch)
    )
    return {(lane, batch): count for lane, batch, count in rows}


async def is_anybody_at(session: AsyncSession, video_id: str) -> bool:
    """Whether somebody works on a video, or will without anybody's doing."""
    return bool(
        await session.scalar(select(exists().where(_JOBS.c.video_id == video_id, ~_IS_HELD)))
    )


async def is_in_work(session: AsyncSession, video_id: str, kinds: Sequence[str]) -> bool:
    """Whether a worker has taken on a job of one of these kinds."""
    taken = exists().where(
        _JOBS.c.video_id == video_id, _JOBS.c.kind.in_(kinds), _JOBS.c.locked_by.is_not(None)
    )
    return bool(await session.scalar(select(taken)))


async def count_abandoned(session: AsyncSession, now: float) -> int:
    """How many jobs of a table with leases nobody works on, though somebody took them on."""
    gone = select(func.count()).where(_JOBS.c.locked_by.is_not(None), _JOBS.c.locked_until < now)
    return await session.scalar(gone) or 0


async def by_state(session: AsyncSession, now: float) -> list[WorkInState]:
    """How many jobs each lane has in each state."""
    # A lease that ran out is nobody's: it waits to be taken on again.
    state = case(
        (_JOBS.c.locked_until >= now, QueueState.RUNNING.value),
        (_IS_HELD, QueueState.HELD.value),
        (
            or_(_JOBS.c.run_at <= now, _JOBS.c.handed_back_at.is_not(None)),
            QueueState.WAITING.value,
        ),
        else_=QueueState.LATER.value,
    )
    rows = await session.execute(
        select(
            _JOBS.c.lane, state.label("queue_state"), func.count(), func.min(_JOBS.c.run_at)
        ).group_by(_JOBS.c.lane, text("queue_state"))
    )
    return [
        WorkInState(lane, QueueState(name), count, oldest) for lane, name, count, oldest in rows
    ]
