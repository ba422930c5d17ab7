"""What every queue of jobs that are rows does alike; how it knows the dead is its own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement

from app.core.database import UnitOfWork
from app.models import JobKind, Video
from app.repositories import job_groups, playlist_reads
from app.repositories import jobs as job_rows
from app.repositories import lanes as lane_rows
from app.repositories.job_writes import writes_of
from app.repositories.jobs import JobRow, OwnJob
from app.services.job_queue import JOB_LANES, LEASE_SECONDS, NewJob, QueuedJob
from app.services.lanes import LaneName
from app.services.rate_limiter import Priority

# While a batch has a lane for itself, how often to look whether another one has come.
_ALONE_SECONDS = 1.0


class QueueOnRows:
    """The part of ``JobQueue`` that happens in the caller's transaction.

    Args:
        worker_id: Who takes jobs on here.
    """

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self._served_batch: dict[LaneName, str] = {}
        self._alone_until: dict[LaneName, float] = {}

    async def defer(self, unit: UnitOfWork, jobs: Sequence[NewJob]) -> None:
        """See ``JobQueue``."""
        now = await lane_rows.clock(unit.session)
        await writes_of(unit.session).add_many(unit.session, [_row(job, now) for job in jobs])
        unit.changes.jobs_for_lanes.update(JOB_LANES[job.kind] for job in jobs)

    async def defer_again(self, unit: UnitOfWork, jobs: Sequence[NewJob]) -> None:
        """See ``JobQueue``."""
        now = await lane_rows.clock(unit.session)
        await writes_of(unit.session).add_or_reschedule(
            unit.session, [_row(job, now) for job in jobs]
        )
        unit.changes.jobs_for_lanes.update(JOB_LANES[job.kind] for job in jobs)

    async def hold_still(self, unit: UnitOfWork) -> None:
        """See ``JobQueue``."""
        await job_groups.hold_still(unit.session)

    async def peek(self, unit: UnitOfWork, lane: LaneName) -> QueuedJob | None:
        """See ``JobQueue``."""
        now = await lane_rows.clock(unit.session)
        job = await job_rows.next_due(unit.session, lane, now)
        if job is None:
            return None
        if job.priority == Priority.BATCH:
            job = await self._next_turn(unit, lane, job, now)
        return _queued(job)

    async def peek_probe(self, unit: UnitOfWork, lane: LaneName) -> QueuedJob | None:
        """See ``JobQueue``."""
        now = await lane_rows.clock(unit.session)
        job = await job_rows.next_probe(unit.session, lane, now)
        return _queued(job) if job else None

    async def _next_turn(
        self, unit: UnitOfWork, lane: LaneName, first: JobRow, now: float
    ) -> JobRow:
        """The oldest job of the batch after the one served last; from the front after the last one.

        Each process takes its own turns: what all of them serve together is as fair.
        """
        served = self._served_batch.get(lane)
        if not served or now < self._alone_until.get(lane, 0.0):
            return first
        found = await job_rows.next_due_after(unit.session, lane, Priority.BATCH, served, now)
        if found is None and first.batch == served:
            self._alone_until[lane] = now + _ALONE_SECONDS
        return found or first

    async def take(self, unit: UnitOfWork, job: QueuedJob) -> None:
        """See ``JobQueue``."""
        now = await lane_rows.clock(unit.session)
        await writes_of(unit.session).lock(
            unit.session, job.id, worker_id=self.worker_id, until=now + LEASE_SECONDS
        )
        if job.priority is Priority.BATCH:
            self._served_batch[job.lane] = job.batch

    async def finish(self, unit: UnitOfWork, job: QueuedJob) -> QueuedJob | None:
        """See ``JobQueue``."""
        return _still(job, await job_rows.finish(unit.session, self._own(job)))

    async def put_back(
        self,
        unit: UnitOfWork,
        job: QueuedJob,
        *,
        delay_seconds: float,
        attempts: int,
        has_failed: bool = False,
    ) -> QueuedJob | None:
        """See ``JobQueue``."""
        now = await lane_rows.clock(unit.session)
        priority = await writes_of(unit.session).put_back(
            unit.session,
            self._own(job),
            run_at=now + delay_seconds,
            attempts=attempts,
            handed_back_at=now if has_failed else None,
            suspicion=job.suspicion,
        )
        unit.changes.jobs_for_lanes.add(job.lane)
        return _still(job, priority)

    async def hand_back(
        self, unit: UnitOfWork, job: QueuedJob, *, delay_seconds: float, suspicion: int
    ) -> None:
        """See ``JobQueue``."""
        now = await lane_rows.clock(unit.session)
        await writes_of(unit.session).put_back(
            unit.session,
            self._own(job),
            run_at=now + delay_seconds,
            attempts=job.attempts,
            handed_back_at=now,
            suspicion=suspicion,
        )
        unit.changes.jobs_for_lanes.add(job.lane)

    async def cancel(self, unit: UnitOfWork, video_id: str, kind: JobKind) -> None:
        """See ``JobQueue``."""
        await job_rows.cancel(unit.session, video_id, kind)

    async def restart(self, unit: UnitOfWork, video_ids: Sequence[str]) -> None:
        """See ``JobQueue``."""
        now = await lane_rows.clock(unit.session)
        await job_groups.restart(unit.session, video_ids, now)
        unit.changes.jobs_for_lanes.update(LaneName)

    async def put_batch(self, unit: UnitOfWork, batch: str, priority: Priority) -> None:
        """See ``JobQueue``."""
        await job_groups.set_priority_of_batch(unit.session, batch, priority)
        unit.changes.jobs_for_lanes.update(LaneName)

    async def wake_copies_of_list(self, unit: UnitOfWork, list_id: str) -> None:
        """See ``JobQueue``."""
        await self._wake_copies(unit, Video.list_id == list_id)

    async def wake_copies_of_import(self, unit: UnitOfWork, import_id: str) -> None:
        """See ``JobQueue``."""
        await self._wake_copies(unit, Video.import_id == import_id)

    async def wake_copies_of_videos(self, unit: UnitOfWork, video_ids: Sequence[str]) -> None:
        """See ``JobQueue``."""
        await self._wake_copies(unit, Video.id.in_(video_ids))

    async def _wake_copies(self, unit: UnitOfWork, *gone: ColumnElement[bool]) -> None:
        now = await lane_rows.clock(unit.session)
        await job_groups.wake_copies(unit.session, JobKind.REUSE, now, *gone)
        unit.changes.jobs_for_lanes.add(JOB_LANES[JobKind.REUSE])

    async def hasten(self, unit: UnitOfWork, video_ids: Sequence[str]) -> None:
        """See ``JobQueue``."""
        await job_groups.hasten(unit.session, video_ids, Priority.INTERACTIVE)

    async def wake(self, unit: UnitOfWork, video_ids: Sequence[str], kind: JobKind) -> None:
        """See ``JobQueue``."""
        now = await lane_rows.clock(unit.session)
        await job_groups.wake(unit.session, video_ids, kind, now)
        unit.changes.jobs_for_lanes.add(JOB_LANES[kind])

    async def seconds_until_next(self, unit: UnitOfWork, lane: LaneName) -> float | None:
        """See ``JobQueue``."""
        run_at = await job_rows.next_run_at(unit.session, lane)
        if run_at is None:
            return None
        return max(0.0, run_at - await lane_rows.clock(unit.session))

    def _own(self, job: QueuedJob) -> OwnJob:
        return OwnJob(job.id, job.video_id, job.kind.value, self.worker_id)


async def lock_owners(unit: UnitOfWork) -> set[str]:
    """Who has begun something: jobs, or playlists that are read."""
    return {
        *await job_rows.lock_owners(unit.session),
        *await playlist_reads.lock_owners(unit.session),
    }


async def release(unit: UnitOfWork, worker_ids: Sequence[str]) -> int:
    """Free what workers have begun; how much that was."""
    unit.changes.jobs_for_lanes.update(LaneName)
    jobs = await writes_of(unit.session).release_of(unit.session, worker_ids)
    return jobs + await playlist_reads.release_of(unit.session, worker_ids)


def _still(job: QueuedJob, priority: int | None) -> QueuedJob | None:
    """The job as it stands now: somebody may have come to wait for it while it was in work."""
    return None if priority is None else replace(job, priority=Priority(priority))


def _queued(job: JobRow) -> QueuedJob:
    return QueuedJob(
        id=job.id,
        kind=JobKind(job.kind),
        video_id=job.video_id,
        youtube_id=job.youtube_id,
        priority=Priority(job.priority),
        batch=job.batch,
        attempts=job.attempts,
        handed_back_at=job.handed_back_at,
        suspicion=job.suspicion,
    )


def _row(job: NewJob, now: float) -> dict[str, Any]:
    return {
        "lane": JOB_LANES[job.kind],
        "kind": job.kind,
        "video_id": job.video_id,
        "priority": int(job.priority),
        "batch": job.batch,
        "run_at": now + job.delay_seconds,
    }
