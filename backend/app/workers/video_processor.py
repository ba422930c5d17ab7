"""Runs one job: fetch without a session, store in one transaction, and what happens on failure."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.core.database import DATABASE_AWAY, Database, UnitOfWork
from app.core.errors import (
    ErrorCode,
    LaneClosed,
    UpstreamError,
    UpstreamFailed,
    UpstreamThrottled,
    VideoNotYet,
    VideoUnavailable,
)
from app.core.logs import log_context
from app.core.storage import first_line
from app.models import JobKind
from app.services.enrichment.enrichment_service import EnrichmentService
from app.services.enrichment.ports import Unfinished
from app.services.enrichment.reuse import ReuseService
from app.services.job_queue import JobQueue, QueuedJob
from app.services.lanes import LaneLimiter, LaneVerdict
from app.services.metrics.measuring import MeasuredStep, measured_step
from app.services.metrics.meter import Meter
from app.services.rate_limiter import Outcome, Permit, Wait
from app.services.retry_policy import (
    CAPTION_LADDER_RUNGS,
    QUICK_RETRIES,
    TRANSCRIPT_LADDER_RUNGS,
    long_retry_delay_seconds,
    quick_retry_delay_seconds,
)
from app.services.transcription.steps import TranscriptSteps
from app.services.transcription.transcripts import Transcripts
from app.workers.conclusion import Conclusion
from app.workers.settings import OUTAGE_SECONDS

_log = logging.getLogger(__name__)

Fetch = Callable[[QueuedJob, "RequestBudget"], Awaitable[Any]]
Store = Callable[[UnitOfWork, QueuedJob, Any], Awaitable[None]]
Forgive = Callable[[UnitOfWork, QueuedJob], Awaitable[None]]
Conclude = Callable[[], Awaitable[None]]
GiveUp = Callable[[UnitOfWork, QueuedJob, ErrorCode | None], Awaitable[None]]

# So often the lane must have worked for others between two refusals of a job before the job itself is
# to blame. A lane that is throttled now and then refuses 5 requests of 1000, so that the same job is
# met twice more by chance once in 40,000, and it costs it an attempt.
_SUSPICIONS_MAX = 2
# A job that was refused before lets others go on for a while once the lane works again.
_STEP_ASIDE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its two halves, and what to do when its retries are spent.

    Args:
        fetch: Talks to the upstream.
        store: Stores what came.
        postpone: What to do when its quick retries are spent; it climbs the long ladder afterwards.
        give_up: What to store when ``ladder_rungs`` are climbed too, if anything.
        ladder_rungs: None climbs for as long as it takes.
        forgive: What to undo when the upstream refused, and surely did not bill it.
    """

    fetch: Fetch
    store: Store
    postpone: GiveUp | None = None
    give_up: GiveUp | None = None
    ladder_rungs: int | None = None
    forgive: Forgive | None = None

    @property
    def is_needed(self) -> bool:
        """Whether the video can't go on without it."""
        return self.ladder_rungs is None


class RequestBudget:
    """Charges every single request of a job to its lane.

    The permit covers the known ones; for a hidden one it has to be extended first.

    Args:
        permit: What the job was started with; None in a lane without an upstream.
        job: Whose requests they are.
        limiter: Extends it.
    """

    def __init__(self, permit: Permit | None, job: QueuedJob, limiter: LaneLimiter) -> None:
        self.permit = permit
        self._covered = permit.cost if permit else 0
        self.job = job
        self._limiter = limiter
        self._loop = asyncio.get_running_loop()

    def charge(self) -> None:
        """Take leave for one request, from a worker thread.

        Raises:
            LaneClosed: The lane has paused meanwhile.
        """
        if self._covered > 0:
            self._covered -= 1
            return
        asyncio.run_coroutine_threadsafe(self._extend(), self._loop).result()

    async def _extend(self) -> None:
        if self.permit is None:
            return
        answer = await self._limiter.extend_now(self.job.lane, self.permit, 1)
        if isinstance(answer, Wait):
            raise LaneClosed(f"{self.job.lane} paused in the middle of {self.job.kind}")
        self.permit = answer


class VideoProcessor:
    """Runs jobs.

    Args:
        database: For the transactions.
        queue: Where jobs are finished or put back.
        limiter: Told what came of each permit.
        service: The steps.
        reuse: The step of a video that is known already.
        transcripts: The step of a video that goes on without waiting for its transcript.
        transcript_steps: The steps of a transcript.
        pacing_scale: Divides every delay (tests and the demo).
        rng: For jitter.
        meter: Counts the steps.
    """

    def __init__(
        self,
        *,
        database: Database,
        queue: JobQueue,
        limiter: LaneLimiter,
        service: EnrichmentService,
        reuse: ReuseService,
        transcripts: Transcripts,
        transcript_steps: TranscriptSteps,
        pacing_scale: float = 1.0,
        rng: random.Random | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._meter = meter or Meter()
        self._database = database
        self._queue = queue
        self._limiter = limiter
        self._service = service
        self._pacing_scale = pacing_scale
        self._rng = rng or random.Random()  # noqa: S311 - jitter, no secret
        self._steps = {
            JobKind.TITLE: Step(
                lambda job, _budget: service.fetch_title(job),
                service.store_title,
                ladder_rungs=0,
            ),
            JobKind.EXTRACT: Step(
                lambda job, budget: service.fetch_extraction(job, budget.charge),
                service.store_extraction,
            ),
            JobKind.CAPTIONS: Step(
                lambda job, _budget: service.fetch_captions(job),
                service.store_captions,
                postpone=service.postpone_captions,
                give_up=service.give_up_captions,
                ladder_rungs=CAPTION_LADDER_RUNGS,
            ),
            JobKind.SOUND: Step(
                lambda job, budget: transcript_steps.fetch_sound(job, budget.charge),
                transcript_steps.store_sound,
                postpone=transcript_steps.postpone,
                give_up=transcript_steps.give_up,
                ladder_rungs=CAPTION_LADDER_RUNGS,
            ),
            JobKind.TRANSCRIBE: Step(
                lambda job, _budget: transcript_steps.fetch_words(job),
                transcript_steps.store_words,
                postpone=transcript_steps.postpone,
                give_up=transcript_steps.give_up,
                ladder_rungs=TRANSCRIPT_LADDER_RUNGS,
                forgive=transcript_steps.forgive,
            ),
            JobKind.GO_ON: Step(_nothing_to_fetch, transcripts.go_on),
            JobKind.REUSE: Step(lambda job, _budget: reuse.fetch_twin(job), reuse.store_twin),
            JobKind.FINISH: Step(
                lambda job, _budget: service.settle_chapters(job), service.store_completion
            ),
        }

    async def run(self, job: QueuedJob, permit: Permit | None) -> None:
        """Run one job to its end: its result stored, or the job handed back.

        Args:
            job: A job this worker has taken on.
            permit: The lane's leave for its known requests.
        """
        with _belonging_to(job), measured_step(self._meter, job.kind) as measured:
            await self._run(job, permit, measured)

    async def _run(self, job: QueuedJob, permit: Permit | None, measured: MeasuredStep) -> None:
        step = self._steps[job.kind]
        budget = RequestBudget(permit, job, self._limiter)
        try:
            found = await measured.noting(step.fetch(job, budget))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the job must not be lost
            conclude = self._after_failure(step, self._conclusion(budget), error)
        else:
            conclude = partial(self._store, step, self._conclusion(budget), found)
        await self._database.insist(conclude)

    def _conclusion(self, budget: RequestBudget) -> Conclusion:
        return Conclusion(self._database, self._limiter, budget.job, budget.permit)

    def _after_failure(self, step: Step, ending: Conclusion, error: Exception) -> Conclude:
        """What is to be stored about it, in one transaction."""
        job = ending.job
        match error:
            case UpstreamThrottled():
                conclude = partial(self._refused, step, ending, error)
            case LaneClosed():
                _log.info("%s", error.detail)
                conclude = partial(self._step_back, ending)
            case VideoNotYet():
                _log.info("video %s: %s (%s)", job.youtube_id, error.code, error.detail)
                conclude = partial(self._wait_for_video, ending, error)
            case VideoUnavailable():
                _log.info("video %s: %s (%s)", job.youtube_id, error.code, error.detail)
                conclude = partial(self._end_unavailable, ending, error)
            case UpstreamError():
                _log.info("%s of %s failed: %s", job.kind, job.youtube_id, error.detail)
                conclude = partial(self._failed, step, ending, error)
            case _ if isinstance(error, DATABASE_AWAY):
                _log.warning("%s of %s: %s", job.kind, job.youtube_id, first_line(error))
                conclude = partial(self._step_back, ending)
            case _:
                _log.error("%s of %s failed unexpectedly", job.kind, job.youtube_id, exc_info=error)
                conclude = partial(self._failed, step, ending, error)
        return conclude

    async def confirm(self, job: QueuedJob, permit: Permit) -> bool:
        """Whether a permit is still good after its holder waited for its time; if not, hand back."""
        answer = await self._limiter.extend_now(job.lane, permit, 0)
        if isinstance(answer, Permit):
            return True
        await self._database.insist(lambda: self._put_back_unsent(job))
        return False

    async def _put_back_unsent(self, job: QueuedJob) -> None:
        forgive = self._steps[job.kind].forgive
        async with self._database.write() as unit:
            await self._queue.put_back(unit, job, delay_seconds=0.0, attempts=job.attempts)
            if forgive is not None:
                await forgive(unit, job)

    async def _store(self, step: Step, ending: Conclusion, found: Any) -> None:
        job = ending.job
        async with ending.storing(Outcome.OK) as (unit, _):
            if isinstance(found, Unfinished):
                delay = found.again_in_seconds / self._pacing_scale
                own = await self._queue.put_back(unit, job, delay_seconds=delay, attempts=0)
            else:
                own = await self._queue.finish(unit, job)
            if own is not None:
                await step.store(unit, own, found)

    async def _step_back(self, ending: Conclusion) -> None:
        job = ending.job
        async with ending.storing(Outcome.OK) as (unit, _):
            await self._queue.put_back(unit, job, delay_seconds=0.0, attempts=job.attempts)

    async def _wait_for_video(self, ending: Conclusion, not_yet: VideoNotYet) -> None:
        job = ending.job
        async with ending.storing(Outcome.OK) as (unit, _):
            delay = await self._service.next_look_seconds(unit, job, not_yet, self._pacing_scale)
            # The job first, then the video: the order in which everybody locks them.
            if delay is None:
                if own := await self._queue.finish(unit, job):
                    await self._service.end_round(unit, own)
            elif own := await self._queue.put_back(unit, job, delay_seconds=delay, attempts=0):
                await self._service.wait_for_video(unit, own, not_yet, delay)

    async def _end_unavailable(self, ending: Conclusion, reason: VideoUnavailable) -> None:
        # The upstream answered, if not as we hoped: the lane is fine.
        async with ending.storing(Outcome.OK) as (unit, _):
            if own := await self._queue.finish(unit, ending.job):
                await self._service.mark_unavailable(unit, own, reason)

    async def _refused(self, step: Step, ending: Conclusion, throttled: UpstreamThrottled) -> None:
        """The lane is to blame: it pauses, and the job waits for it without spending an attempt."""
        job = ending.job
        if job.suspicion >= _SUSPICIONS_MAX:
            await self._failed(step, ending, UpstreamFailed(throttled.detail))
            return
        _log.warning("lane %s: %s (%s)", job.lane, throttled.code, throttled.detail)
        async with ending.storing(Outcome.THROTTLED, throttled) as (unit, verdict):
            if verdict is None:
                raise AssertionError("a lane without an upstream is never throttled")
            await self._hand_back(unit, job, verdict)
            if step.forgive is not None:
                await step.forgive(unit, job)

    async def _failed(self, step: Step, ending: Conclusion, error: Exception) -> None:
        job = ending.job
        failed = error if isinstance(error, UpstreamFailed) else UpstreamFailed()
        is_fine = failed.is_answer and not failed.is_down
        async with ending.storing(Outcome.OK if is_fine else Outcome.FAILED) as (unit, verdict):
            if verdict is not None and step.is_needed and self._is_outage(verdict):
                await self._hand_back(unit, job, verdict)
            else:
                aside = self._step_aside_seconds(job, verdict) if job.suspicion else 0.0
                await self._spend_attempt(unit, step, job, failed.code, aside)
            if step.forgive is not None and failed.is_answer:
                await step.forgive(unit, job)

    def _is_outage(self, verdict: LaneVerdict) -> bool:
        """Nothing but failures comes from there, which is nobody's own; but not for ever."""
        silence = (verdict.now - verdict.worked_at) * self._pacing_scale
        return verdict.is_down and silence < OUTAGE_SECONDS

    async def _hand_back(self, unit: UnitOfWork, job: QueuedJob, verdict: LaneVerdict) -> None:
        before = job.handed_back_at
        suspicion = job.suspicion + (before is not None and verdict.worked_at > before)
        delay = 0.0 if before is None else self._step_aside_seconds(job, verdict)
        await self._queue.hand_back(unit, job, delay_seconds=delay, suspicion=suspicion)

    def _step_aside_seconds(self, job: QueuedJob, verdict: LaneVerdict | None) -> float:
        """How long a job that was refused before waits: through the pause, and a while after it."""
        pause = verdict.resumes_in_seconds if verdict else 0.0
        return pause + (1 + job.suspicion) * _STEP_ASIDE_SECONDS / self._pacing_scale

    async def _spend_attempt(
        self,
        unit: UnitOfWork,
        step: Step,
        job: QueuedJob,
        code: ErrorCode | None,
        aside_seconds: float,
    ) -> None:
        attempts = job.attempts + 1
        quick = quick_retry_delay_seconds(attempts, self._rng)
        rung = attempts - QUICK_RETRIES
        if quick is None and step.ladder_rungs is not None and rung > step.ladder_rungs:
            if (own := await self._queue.finish(unit, job)) and step.give_up is not None:
                await step.give_up(unit, own, code)
            return
        delay = long_retry_delay_seconds(attempts, self._rng) if quick is None else quick
        own = await self._queue.put_back(
            unit,
            job,
            delay_seconds=aside_seconds + delay / self._pacing_scale,
            attempts=attempts,
            has_failed=attempts <= QUICK_RETRIES,
        )
        if quick is not None or own is None:
            return
        if step.postpone is None:
            await self._service.postpone(unit, own, attempts, delay / self._pacing_scale)
        else:
            await step.postpone(unit, own, code)


def _belonging_to(job: QueuedJob) -> AbstractContextManager[None]:
    return log_context(
        video_id=job.video_id,
        youtube_id=job.youtube_id,
        import_id=job.batch,
        lane=job.lane,
        job_kind=job.kind,
    )


async def _nothing_to_fetch(_job: QueuedJob, _budget: RequestBudget) -> None:
    """The step is only about what is stored."""
