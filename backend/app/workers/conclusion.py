"""The transaction at the end of a job, and what its lane is told of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from app.core.database import Database, UnitOfWork
from app.core.errors import UpstreamThrottled
from app.services.job_queue import QueuedJob
from app.services.lanes import LaneLimiter, LaneName, LaneReport, LaneVerdict
from app.services.rate_limiter import Outcome, Permit

# Under the locks of these lanes' rows is also counted what sounds cost (services.transcription.turns):
# what came of a part has to be in the account before the next one is judged.
_ACCOUNTED = frozenset({LaneName.MEDIA, LaneName.GROQ})


class Concluding(NamedTuple):
    """A transaction that stores what came of a job.

    Args:
        unit: The transaction.
        verdict: How the lane stands now; None in a lane without an upstream.
    """

    unit: UnitOfWork
    verdict: LaneVerdict | None


class Conclusion:
    """Stores what came of a job and tells its lane, which hears of it once however often that is tried.

    Args:
        database: For the transactions.
        limiter: Tells the lane.
        job: The job.
        permit: What it was sent with, with all requests that were charged to it; None in a lane without
            an upstream.
    """

    def __init__(
        self, database: Database, limiter: LaneLimiter, job: QueuedJob, permit: Permit | None
    ) -> None:
        self.job = job
        self._database = database
        self._limiter = limiter
        self._permit = permit
        self._verdict: LaneVerdict | None = None

    @asynccontextmanager
    async def storing(
        self, outcome: Outcome, throttled: UpstreamThrottled | None = None
    ) -> AsyncIterator[Concluding]:
        """The transaction, of which the lane knows.

        Args:
            outcome: What came of the permit.
            throttled: Why, where that is ``THROTTLED``.
        """
        report = self._report(outcome, throttled)
        if report is not None and self._is_told_before:
            await self._tell_before(report)
            report = None
        async with self._database.write() as unit:
            verdict = await self._limiter.report(unit, report) if report else self._verdict
            yield Concluding(unit, verdict)

    @property
    def _is_told_before(self) -> bool:
        return not self._database.is_sqlite and self.job.lane not in _ACCOUNTED

    async def _tell_before(self, report: LaneReport) -> None:
        # In a transaction of its own: all others of this lane, on all machines, wait for its row, and
        # with it for everything that is stored in the same one. SQLite's wait for each other anyway, and
        # one transaction less is one fsync less.
        if self._verdict is None:
            async with self._database.write() as unit:
                self._verdict = await self._limiter.report(unit, report)

    def _report(self, outcome: Outcome, throttled: UpstreamThrottled | None) -> LaneReport | None:
        if self._permit is None:
            return None
        if throttled is None:
            return LaneReport(self.job.lane, self._permit, outcome)
        return LaneReport(
            self.job.lane,
            self._permit,
            outcome,
            retry_after_seconds=throttled.retry_after_seconds,
            pause_seconds=throttled.pause_seconds,
            reason_code=throttled.code,
        )
