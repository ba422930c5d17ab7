"""Takes jobs from the queue as fast as the lanes allow, one dispatcher per lane."""

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.core.database import DATABASE_AWAY, Database, UnitOfWork
from app.services.job_queue import JOB_COSTS, JobQueue, QueuedJob
from app.services.lanes import LaneLimiter, LaneName
from app.services.rate_limiter import Permit, Wait
from app.services.transcription.steps import SendingJob
from app.services.transcription.turns import TranscriptTurns
from app.workers.settings import (
    IDLE_POLL_SECONDS,
    LANE_CONCURRENCY,
)
from app.workers.video_processor import VideoProcessor

Work = TypeVar("Work")

_log = logging.getLogger(__name__)

# After an error of the database itself: long enough not to fill the log, short enough to go unnoticed.
_ERROR_PAUSE_SECONDS = 1.0
# An import in other processes tells of ten steps per video, and each look costs a transaction.
_LOOK_AFTER_OTHERS_SECONDS = 0.2


class Dispatcher(ABC, Generic[Work]):
    """Takes work of one lane on, as much at once as there are slots.

    Args:
        lane: The lane.
        slots: How much at once.
        database: For the transactions.
    """

    def __init__(self, lane: LaneName, slots: int, database: Database) -> None:
        self.lane = lane
        self._database = database
        self._slots = asyncio.Semaphore(slots)
        self._wake = asyncio.Event()
        self._stopping = False
        self._looked_at = 0.0
        self._looks_at: asyncio.TimerHandle | None = None
        self._running: dict[asyncio.Task[None], Work] = {}

    @property
    def in_work(self) -> list[Work]:
        """What is being worked on."""
        return list(self._running.values())

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    def wake_soon(self) -> None:
        """Likewise, as somebody else says, who will mostly do it before we have looked.

        Now if that was not said for a while, otherwise a moment later, once for all that is said until
        then.
        """
        if self._looks_at is not None:
            return
        loop = asyncio.get_running_loop()
        at = max(loop.time(), self._looked_at + _LOOK_AFTER_OTHERS_SECONDS)
        self._looks_at = loop.call_at(at, self._look_after_others)

    def _look_after_others(self) -> None:
        self._looks_at = None
        self._looked_at = asyncio.get_running_loop().time()
        self.wake()

    async def run(self) -> None:
        """Start work until cancelled."""
        while not self._stopping:
            await self._slots.acquire()
            self._wake.clear()
            try:
                started = await self.start_next()
            except asyncio.CancelledError:
                raise
            except DATABASE_AWAY as away:
                self._database.note_away(away)
                started = _ERROR_PAUSE_SECONDS
            except Exception:  # noqa: BLE001 - the loop must go on, whatever is wrong with one job
                _log.exception("lane %s could not take anything on", self.lane)
                started = _ERROR_PAUSE_SECONDS
            if isinstance(started, Started):
                self._launch(started)
                continue
            self._slots.release()
            # Not wait_for: until Python 3.12 it swallows a cancellation that comes with the wake-up,
            # and a process that is asked to stop would go on.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(started):
                    await self._wake.wait()

    def stop(self) -> None:
        """Take nothing more on."""
        self._stopping = True
        self._wake.set()

    async def drain(self, seconds: float) -> None:
        """Wait for work in progress, then give it up."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        unfinished = list(self._running)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)

    @abstractmethod
    async def start_next(self) -> "Started[Work] | float":
        """Take the next work on, or say how many seconds there is nothing to do."""

    @abstractmethod
    async def work(self, started: "Started[Work]") -> None:
        """Do what was taken on."""

    def _launch(self, started: "Started[Work]") -> None:
        task = asyncio.create_task(self.work(started), name=f"{self.lane}:{started.name}")
        self._running[task] = started.work
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._slots.release()
        if not task.cancelled() and (error := task.exception()):
            # The result could not be stored: it is nobody's after a while, and done again.
            _log.error("something of lane %s was not stored", self.lane, exc_info=error)


@dataclass(frozen=True, slots=True)
class Started(Generic[Work]):
    """Work that was taken on.

    Args:
        name: For the log.
        work: What is to be done.
        permit: With which; None in a lane without an upstream.
    """

    name: str
    work: Work
    permit: Permit | None


class LaneDispatcher(Dispatcher[QueuedJob]):
    """Starts the jobs of one lane.

    A job is taken on only in the transaction that also got its permit, so nothing waits for its
    turn in memory, and what comes with a higher priority meanwhile goes first.

    Args:
        lane: The lane.
        database: For the transactions.
        queue: Where the jobs are.
        limiter: Grants permits.
        processor: Runs the jobs.
        slots: How many at once, if not as many as for any lane of this name.
    """

    def __init__(
        self,
        lane: LaneName,
        *,
        database: Database,
        queue: JobQueue,
        limiter: LaneLimiter,
        processor: VideoProcessor,
        slots: int | None = None,
    ) -> None:
        super().__init__(lane, slots or LANE_CONCURRENCY[lane], database)
        self._queue = queue
        self._limiter = limiter
        self._processor = processor

    async def start_next(self) -> Started[QueuedJob] | float:
        """See ``Dispatcher``."""
        async with self._database.write() as unit:
            job = await self._queue.peek(unit, self.lane)
            if job is None:
                due_in = await self._queue.seconds_until_next(unit, self.lane)
                return IDLE_POLL_SECONDS if due_in is None else min(IDLE_POLL_SECONDS, due_in)
            return await self.begin(unit, job)

    async def begin(self, unit: UnitOfWork, job: QueuedJob) -> Started[QueuedJob] | float:
        """Take on the job that was peeked at in this transaction, if it gets a permit.

        Returns:
            Seconds after which to look again if it does not.
        """
        permit: Permit | None = None
        if cost := JOB_COSTS[job.kind]:
            answer = await self._limiter.acquire(unit, self.lane, job.priority, cost)
            if isinstance(answer, Wait):
                return max(0.0, answer.until - await self._limiter.now())
            permit = answer
            if permit.is_probe:
                # Of all jobs the one most likely to be answered; in a lane all cost the same.
                job = await self._queue.peek_probe(unit, self.lane) or job
        return await self.take(unit, job, permit)

    async def take(
        self, unit: UnitOfWork, job: QueuedJob, permit: Permit | None
    ) -> Started[QueuedJob]:
        """Take a job on."""
        await self._queue.take(unit, job)
        return Started(str(job.id), job, permit)

    async def work(self, started: Started[QueuedJob]) -> None:
        """See ``Dispatcher``."""
        permit = started.permit
        if permit is not None:
            delay = permit.send_at - await self._limiter.now()
            if delay > 0:
                await asyncio.sleep(delay)
                if not await self._processor.confirm(started.work, permit):
                    return
        await self._processor.run(started.work, permit)


class SoundDispatcher(LaneDispatcher):
    """Starts to fetch sounds, not too far ahead of what is sent.

    Args:
        turns: Knows when.
        parts: As for any lane.
    """

    def __init__(self, turns: TranscriptTurns, **parts: Any) -> None:
        super().__init__(LaneName.MEDIA, **parts)
        self._turns = turns

    async def begin(self, unit: UnitOfWork, job: QueuedJob) -> Started[QueuedJob] | float:
        """See ``LaneDispatcher``."""
        wait = await self._turns.may_fetch(unit, job)
        return await super().begin(unit, job) if wait is None else min(wait, IDLE_POLL_SECONDS)


class PartDispatcher(LaneDispatcher):
    """Starts to send parts of sounds, as the budget and the upstream's quota allow.

    Args:
        turns: Knows when.
        parts: As for any lane.
    """

    def __init__(self, turns: TranscriptTurns, **parts: Any) -> None:
        super().__init__(LaneName.GROQ, **parts)
        self._turns = turns

    async def begin(self, unit: UnitOfWork, job: QueuedJob) -> Started[QueuedJob] | float:
        """See ``LaneDispatcher``."""
        sending = await self._turns.may_send(unit, job)
        if not isinstance(sending, SendingJob):
            return min(sending, IDLE_POLL_SECONDS)
        permit = sending.admission.permit if sending.admission else None
        return await self.take(unit, sending, permit)
