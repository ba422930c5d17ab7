"""Runs one job: fetch without a session, store in one transaction, and what happens on failure."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from app.core.database import Database, UnitOfWork
from app.core.errors import (
    UpstreamError,
    UpstreamThrottled,
    VideoUnavailable,
)
from app.models import JobKind
from app.services.enrichment.enrichment_service import EnrichmentService
from app.services.job_queue import JobQueue, QueuedJob
from app.services.lanes import LaneLimiter, LaneReport
from app.services.rate_limiter import Outcome, Permit, Wait
from app.services.retry_policy import long_retry_delay_seconds, quick_retry_delay_seconds

_log = logging.getLogger(__name__)

Fetch = Callable[[QueuedJob, "RequestBudget"], Awaitable[Any]]
Store = Callable[[UnitOfWork, QueuedJob, Any], Awaitable[None]]
GiveUp = Callable[[UnitOfWork, QueuedJob], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its two halves, and what to do when its quick retries are spent.

    Without ``give_up`` it climbs the long ladder for as long as it takes.
    """

    fetch: Fetch
    store: Store
    give_up: GiveUp | None = None


class RequestBudget:
    """Charges every single request of a job to its lane.

    The permit covers the known ones; a hidden one has to get a permit of its own first.

    Args:
        permit: What the job was started with; None in a lane without an upstream.
        job: Whose requests they are.
        limiter: Grants more.
    """

    def __init__(self, permit: Permit | None, job: QueuedJob, limiter: LaneLimiter) -> None:
        self._covered = permit.cost if permit else 0
        self._job = job
        self._limiter = limiter
        self._loop = asyncio.get_running_loop()

    def charge(self) -> None:
        """Take leave for one request, from a worker thread; blocks until it may go out."""
        if self._covered > 0:
            self._covered -= 1
            return
        asyncio.run_coroutine_threadsafe(self._acquire_extra(), self._loop).result()

    async def _acquire_extra(self) -> None:
        while isinstance(answer := await self._ask(), Wait):
            delay = answer.until - await self._limiter.now()
            await asyncio.sleep(max(0.05, delay))

    async def _ask(self) -> Permit | Wait:
        return await self._limiter.acquire_now(self._job.lane, self._job.priority)


class VideoProcessor:
    """Runs jobs.

    Args:
        database: For the transactions.
        queue: Where jobs are finished or put back.
        limiter: Told what came of each permit.
        service: The steps.
        pacing_scale: Divides every delay (tests and the demo).
        rng: For jitter.
    """

    def __init__(
        self,
        *,
        database: Database,
        queue: JobQueue,
        limiter: LaneLimiter,
        service: EnrichmentService,
        pacing_scale: float = 1.0,
        rng: random.Random | None = None,
    ) -> None:
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
                give_up=lambda unit, job: service.store_title(unit, job, None),
            ),
            JobKind.EXTRACT: Step(
                lambda job, budget: service.fetch_extraction(job, budget.charge),
                service.store_extraction,
            ),
            JobKind.CAPTIONS: Step(
                lambda job, _budget: service.fetch_captions(job),
                service.store_captions,
                give_up=service.give_up_captions,
            ),
            JobKind.REUSE: Step(lambda job, _budget: service.fetch_twin(job), service.store_twin),
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
        step = self._steps[job.kind]
        try:
            found = await step.fetch(job, RequestBudget(permit, job, self._limiter))
        except UpstreamThrottled as throttled:
            await self._hand_back(job, permit, throttled)
        except VideoUnavailable as unavailable:
            _log.info("video %s: %s (%s)", job.youtube_id, unavailable.code, unavailable.detail)
            await self._end_unavailable(job, permit, unavailable)
        except UpstreamError as failed:
            _log.info("%s of %s failed: %s", job.kind, job.youtube_id, failed.detail)
            await self._retry(step, job, permit)
        except Exception:  # noqa: BLE001 - whatever went wrong, the job must not be lost
            _log.exception("%s of %s failed unexpectedly", job.kind, job.youtube_id)
            await self._retry(step, job, permit)
        else:
            await self._store(step, job, permit, found)

    async def _store(self, step: Step, job: QueuedJob, permit: Permit | None, found: Any) -> None:
        async with self._database.write() as unit:
            await self._report(unit, job, permit, Outcome.OK)
            if await self._queue.finish(unit, job):
                await step.store(unit, job, found)

    async def _end_unavailable(
        self, job: QueuedJob, permit: Permit | None, reason: VideoUnavailable
    ) -> None:
        async with self._database.write() as unit:
            # The upstream answered, if not as we hoped: the lane is fine.
            await self._report(unit, job, permit, Outcome.OK)
            if await self._queue.finish(unit, job):
                await self._service.mark_unavailable(unit, job, reason)

    async def _hand_back(
        self, job: QueuedJob, permit: Permit | None, throttled: UpstreamThrottled
    ) -> None:
        """The lane is to blame: it pauses, and the job waits for it without spending an attempt."""
        _log.warning("lane %s: %s (%s)", job.lane, throttled.code, throttled.detail)
        async with self._database.write() as unit:
            if permit is not None:
                report = LaneReport(
                    job.lane,
                    permit,
                    Outcome.THROTTLED,
                    throttled.retry_after_seconds,
                    throttled.code,
                )
                await self._limiter.report(unit, report)
            await self._queue.put_back(unit, job, delay_seconds=0.0, attempts=job.attempts)

    async def _retry(self, step: Step, job: QueuedJob, permit: Permit | None) -> None:
        attempts = job.attempts + 1
        delay = quick_retry_delay_seconds(attempts, self._rng)
        async with self._database.write() as unit:
            await self._report(unit, job, permit, Outcome.FAILED)
            if delay is None and step.give_up is not None:
                if await self._queue.finish(unit, job):
                    await step.give_up(unit, job)
                return
            if delay is None:
                delay = long_retry_delay_seconds(attempts, self._rng)
                await self._service.postpone(unit, job, attempts, delay / self._pacing_scale)
            await self._queue.put_back(
                unit, job, delay_seconds=delay / self._pacing_scale, attempts=attempts
            )

    async def _report(
        self, unit: UnitOfWork, job: QueuedJob, permit: Permit | None, outcome: Outcome
    ) -> None:
        if permit is not None:
            await self._limiter.report(unit, LaneReport(job.lane, permit, outcome))
