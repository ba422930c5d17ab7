"""The queue of work: a port, so that one table serves one machine and an engine serves many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.database import UnitOfWork
from app.models import JobKind
from app.services.lanes import LaneName
from app.services.rate_limiter import Priority

JOB_LANES: dict[JobKind, LaneName] = {
    JobKind.TITLE: LaneName.OEMBED,
    JobKind.EXTRACT: LaneName.PLAYER,
    JobKind.CAPTIONS: LaneName.TIMEDTEXT,
    JobKind.REUSE: LaneName.LOCAL,
    JobKind.FINISH: LaneName.LOCAL,
}

JOB_COSTS: dict[JobKind, int] = {
    JobKind.TITLE: 1,
    # The watch page and the player's answer, sent back to back.
    JobKind.EXTRACT: 2,
    JobKind.CAPTIONS: 1,
    JobKind.REUSE: 0,
    JobKind.FINISH: 0,
}
"""Upstream requests of each job, reserved at once."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to be deferred, to run after ``delay_seconds``."""

    kind: JobKind
    video_id: str
    priority: Priority
    delay_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job that a worker has taken on."""

    id: int
    kind: JobKind
    video_id: str
    youtube_id: str
    priority: Priority
    attempts: int

    @property
    def lane(self) -> LaneName:
        """The lane it belongs to."""
        return JOB_LANES[self.kind]


class JobQueue(Protocol):
    """Jobs are deferred and finished inside the transaction that stores what they belong to."""

    async def defer(self, unit: UnitOfWork, jobs: Sequence[NewJob]) -> None:
        """Queue jobs of videos that have none of this kind."""

    async def defer_again(self, unit: UnitOfWork, job: NewJob) -> None:
        """Queue a job unless the video has one of this kind already."""

    async def peek(self, unit: UnitOfWork, lane: LaneName) -> QueuedJob | None:
        """The job that should run next in a lane, not taken on yet."""

    async def take(self, unit: UnitOfWork, job: QueuedJob) -> None:
        """Take on the job that was peeked at in this transaction."""

    async def finish(self, unit: UnitOfWork, job: QueuedJob) -> bool:
        """Remove a job that is done; False if it is no longer this worker's."""

    async def put_back(
        self, unit: UnitOfWork, job: QueuedJob, *, delay_seconds: float, attempts: int
    ) -> None:
        """Hand a job back, to run again after a delay."""

    async def hasten(self, unit: UnitOfWork, video_ids: Sequence[str]) -> None:
        """Let the jobs of these videos go before batches."""

    async def wake(self, unit: UnitOfWork, video_ids: Sequence[str], kind: JobKind) -> None:
        """Make waiting jobs of a kind due now."""

    async def seconds_until_next(self, unit: UnitOfWork, lane: LaneName) -> float | None:
        """How long until something of a lane is due; None if there is nothing."""

    async def release_dead_workers(self) -> int:
        """Free the jobs of processes that are gone; the number of them."""

    async def keep_alive(self, jobs: Sequence[QueuedJob]) -> None:
        """Say that this worker still works on these jobs."""

    async def release_own(self) -> int:
        """Hand back everything this worker holds, at its end."""
