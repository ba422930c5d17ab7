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
    JobKind.SOUND: LaneName.MEDIA,
    JobKind.TRANSCRIBE: LaneName.GROQ,
    JobKind.GO_ON: LaneName.LOCAL,
    JobKind.REUSE: LaneName.LOCAL,
    JobKind.FINISH: LaneName.LOCAL,
}

FIRST_JOBS = (JobKind.TITLE, JobKind.EXTRACT)
"""What a new video begins with. Neither waits for the other, for either lane may be paused."""

JOB_COSTS: dict[JobKind, int] = {
    JobKind.TITLE: 1,
    # The watch page and the player's answer, sent back to back.
    JobKind.EXTRACT: 2,
    JobKind.CAPTIONS: 1,
    JobKind.SOUND: 1,
    JobKind.TRANSCRIBE: 1,
    JobKind.GO_ON: 0,
    JobKind.REUSE: 0,
    JobKind.FINISH: 0,
}
"""Upstream requests of each job, reserved at once."""

# Only processes of another host are found dead by their lease; on this host the lock file tells at
# once. Three missed renewals of 20 s.
LEASE_SECONDS = 60.0

# Up to this many videos at once a person sits and waits for, so they go before batches.
INTERACTIVE_MAX_VIDEOS = 5


def priority_for(video_count: int) -> Priority:
    """The place in the queue of what a person asks for at once."""
    return Priority.INTERACTIVE if video_count <= INTERACTIVE_MAX_VIDEOS else Priority.BATCH


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to be deferred, to run after ``delay_seconds``.

    Args:
        kind: The step.
        video_id: Of which video.
        priority: Who waits for it.
        batch: The import that brought the video; batches of a lane take turns.
        delay_seconds: Not before so long.
    """

    kind: JobKind
    video_id: str
    priority: Priority
    batch: str = ""
    delay_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job that a worker has taken on.

    Args:
        id: In the queue.
        kind: The step.
        video_id: Of which video.
        youtube_id: YouTube's id of it.
        priority: Who waits for it.
        batch: The import that brought the video.
        attempts: How often it has failed by itself.
        handed_back_at: When its lane was last blamed for it, in seconds of the lanes' clock.
        suspicion: How often the lane worked for others between two such times.
    """

    id: int
    kind: JobKind
    video_id: str
    youtube_id: str
    priority: Priority
    batch: str = ""
    attempts: int = 0
    handed_back_at: float | None = None
    suspicion: int = 0

    @property
    def lane(self) -> LaneName:
        """The lane it belongs to."""
        return JOB_LANES[self.kind]


class JobQueue(Protocol):
    """Jobs are deferred and finished inside the transaction that stores what they belong to."""

    async def defer(self, unit: UnitOfWork, jobs: Sequence[NewJob]) -> None:
        """Queue jobs of videos that have none of this kind."""

    async def defer_again(self, unit: UnitOfWork, jobs: Sequence[NewJob]) -> None:
        """Queue jobs, or let those of their kind that the videos have already run at this time.

        One that is in work stays as it is.
        """

    async def hold_still(self, unit: UnitOfWork) -> None:
        """Nobody takes, finishes or defers a job until this transaction ends; before all else."""

    async def peek(self, unit: UnitOfWork, lane: LaneName) -> QueuedJob | None:
        """The job that should run next in a lane, not taken on yet.

        What waits in the batch of a paused import is passed over.
        """

    async def peek_probe(self, unit: UnitOfWork, lane: LaneName) -> QueuedJob | None:
        """The job that should ask whether a paused lane works again: one not refused before."""

    async def take(self, unit: UnitOfWork, job: QueuedJob) -> None:
        """Take on the job that was peeked at in this transaction."""

    async def finish(self, unit: UnitOfWork, job: QueuedJob) -> QueuedJob | None:
        """Remove a job that is done.

        Returns:
            The job with the place it has among the others by now; None if it is no longer this
            worker's.
        """

    async def put_back(
        self,
        unit: UnitOfWork,
        job: QueuedJob,
        *,
        delay_seconds: float,
        attempts: int,
        has_failed: bool = False,
    ) -> QueuedJob | None:
        """Hand a job back, to run again after a delay; one that has failed is no good probe.

        Returns:
            Like ``finish``.
        """

    async def hand_back(
        self, unit: UnitOfWork, job: QueuedJob, *, delay_seconds: float, suspicion: int
    ) -> None:
        """Hand a job back because its lane is to blame: no attempt is spent."""

    async def cancel(self, unit: UnitOfWork, video_id: str, kind: JobKind) -> None:
        """Nobody needs this job any more; the result of one in work is dropped."""

    async def hasten(self, unit: UnitOfWork, video_ids: Sequence[str]) -> None:
        """Let the jobs of these videos go before batches."""

    async def restart(self, unit: UnitOfWork, video_ids: Sequence[str]) -> None:
        """Let the jobs of videos begin anew: at once, with all attempts."""

    async def put_batch(self, unit: UnitOfWork, batch: str, priority: Priority) -> None:
        """Give all jobs of a batch this place among the others."""

    async def wake_copies_of_list(self, unit: UnitOfWork, list_id: str) -> None:
        """A list is about to be deleted: who waits for its videos elsewhere must not."""

    async def wake_copies_of_import(self, unit: UnitOfWork, import_id: str) -> None:
        """An import stops: likewise."""

    async def wake_copies_of_videos(self, unit: UnitOfWork, video_ids: Sequence[str]) -> None:
        """Videos are about to be deleted: likewise."""

    async def wake(self, unit: UnitOfWork, video_ids: Sequence[str], kind: JobKind) -> None:
        """Make waiting jobs of a kind due now."""

    async def seconds_until_next(self, unit: UnitOfWork, lane: LaneName) -> float | None:
        """How long until something of a lane is due; None if there is nothing."""

    async def release_dead_workers(self) -> int:
        """Free what processes that are gone have begun, jobs and playlists; the number of them."""

    async def keep_alive(self, jobs: Sequence[QueuedJob], read_ids: Sequence[str]) -> None:
        """Say that this worker lives, works on these jobs and reads these playlists: on nothing else.

        What it has begun and does not work on any more (its result could not be stored, or nobody
        told it that it had been given the job) is free again after a while.
        """

    async def release_own(self) -> int:
        """Hand back everything this worker holds, at its end."""
