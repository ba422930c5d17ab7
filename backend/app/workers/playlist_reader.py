"""Reads playlists: one permit for each page, each page stored before the next one is asked for."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from app.core.database import DATABASE_AWAY, Database, UnitOfWork
from app.core.errors import (
    LaneClosed,
    PlaylistUnavailable,
    ReasonCode,
    UpstreamError,
    UpstreamFailed,
    UpstreamThrottled,
)
from app.core.logs import log_context
from app.core.storage import first_line
from app.services.lanes import LaneLimiter, LaneName, LaneReport, LaneVerdict
from app.services.metrics.measuring import OK, MeasuredStep, measured_step
from app.services.metrics.meter import Meter
from app.services.playlists.checks import Check, FollowChecks
from app.services.playlists.ports import PlaylistPage, PlaylistReader
from app.services.playlists.read_queue import ReadQueue, ReadRow, put_back
from app.services.playlists.reading import ImportReads, Reading
from app.services.playlists.sources import is_page
from app.services.rate_limiter import Outcome, Permit, Priority, Wait
from app.workers.dispatcher import Dispatcher, Started
from app.workers.settings import IDLE_POLL_SECONDS, OUTAGE_SECONDS, PLAYLISTS_AT_ONCE

_log = logging.getLogger(__name__)

Conclude = Callable[[], Coroutine[Any, Any, None]]
Result = TypeVar("Result")

_LANE = LaneName.PLAYLIST


class _Enough(UpstreamError):
    """Nothing more has to be read: it is over, nobody wants it, or its import was paused."""


class PageBudget:
    """Charges every request of a reading to the lane; the first one with the permit it began with.

    Args:
        permit: What it began with.
        limiter: Grants the others.
        database: For the transactions.
    """

    def __init__(self, permit: Permit, limiter: LaneLimiter, database: Database) -> None:
        self._limiter = limiter
        self._database = database
        self._unused: Permit | None = permit
        self._sent: Permit | None = None

    async def charge(self) -> None:
        """Wait for the turn of one more request.

        Raises:
            LaneClosed: The lane pauses meanwhile: the reading goes on after it.
        """
        if self._sent is not None:
            # It was answered well, or nobody would ask for more.
            async with self._database.write() as unit:
                await self.report(unit, Outcome.OK)
        if self._unused is None:
            self._unused = await self._next_turn()
        self._sent, self._unused = self._unused, None

    async def report(
        self, unit: UnitOfWork, outcome: Outcome, reason: UpstreamThrottled | None = None
    ) -> LaneVerdict | None:
        """Tell the lane what came of the last request, if it was not told yet.

        Last of all in its transaction: whoever grants a permit has locked a read before the lane.
        """
        permit = self._sent or self._unused
        self._sent = self._unused = None
        if permit is None:
            return None
        report = LaneReport(_LANE, permit, outcome)
        if reason is not None:
            report = replace(
                report,
                retry_after_seconds=reason.retry_after_seconds,
                pause_seconds=reason.pause_seconds,
                reason_code=reason.code,
            )
        return await self._limiter.report(unit, report)

    async def _next_turn(self) -> Permit:
        while True:
            # Behind those who begin: nobody waits for the hundredth page as for the first one.
            answer = await self._limiter.acquire_unless_paused(_LANE, Priority.BATCH)
            if answer is None:
                raise LaneClosed("the lane paused in the middle of a playlist")
            if isinstance(answer, Wait):
                await asyncio.sleep(max(0.0, answer.until - await self._limiter.now()))
                continue
            return answer


class _FromThread:
    """Runs our own steps for yt-dlp's thread, which blocks meanwhile; ends with its reading."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._running: Future[Any] | None = None
        self._is_over = False

    def call(self, step: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Run a step and wait for it."""
        if self._is_over:
            raise _Enough("the reading was given up")
        self._running = asyncio.run_coroutine_threadsafe(step(), self._loop)
        result: Result = self._running.result()
        return result

    def end(self) -> None:
        """Run nothing more: the process stops."""
        self._is_over = True
        if self._running is not None:
            self._running.cancel()


class PlaylistProcessor:
    """Reads a playlist, for an import or for a follow.

    Args:
        database: For the transactions.
        limiter: Grants permits, and is told what came of them.
        reads: Where the reads are.
        reader: Talks to the upstream.
        imports: Stores what is read for imports.
        follows: Stores what follows see.
        meter: Counts what is read.
    """

    def __init__(
        self,
        *,
        database: Database,
        limiter: LaneLimiter,
        reads: ReadQueue,
        reader: PlaylistReader,
        imports: ImportReads,
        follows: FollowChecks,
        meter: Meter,
    ) -> None:
        self._meter = meter
        self._database = database
        self._limiter = limiter
        self._reads = reads
        self._reader = reader
        self._imports = imports
        self._follows = follows

    async def confirm(self, read: ReadRow, permit: Permit) -> bool:
        """Whether a permit is still good after its holder waited for its time; if not, hand back."""
        answer = await self._limiter.extend_now(_LANE, permit, 0)
        if isinstance(answer, Permit):
            return True
        await self._database.insist(partial(self._hand_back, read))
        return False

    async def run(self, read: ReadRow, permit: Permit) -> None:
        """Read until the end, or until something gets in the way.

        Args:
            read: Which playlist.
            permit: For its first request.
        """
        belonging = log_context(import_id=read.import_id, lane=_LANE, job_kind=_LANE)
        with belonging, measured_step(self._meter, _LANE) as measured:
            await self._run(read, permit, measured)

    async def _run(self, read: ReadRow, permit: Permit, measured: MeasuredStep) -> None:
        budget = PageBudget(permit, self._limiter, self._database)
        try:
            await measured.noting(self._read(read, budget))
        except _Enough:
            measured.outcome = OK
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the read must not be lost
            await self._database.insist(self._after_failure(read, budget, error))

    def _after_failure(self, read: ReadRow, budget: PageBudget, error: Exception) -> Conclude:
        """What is to be stored about it, in one transaction."""
        match error:
            case UpstreamThrottled():
                _log.warning("lane %s: %s (%s)", _LANE, error.code, error.detail)
                conclude = partial(self._hand_back, read, budget, error)
            case LaneClosed():
                _log.info("%s", error.detail)
                conclude = partial(self._hand_back, read)
            case PlaylistUnavailable():
                _log.info("%s: %s", read.source, error.detail)
                conclude = partial(self._fail, read, budget)
            case UpstreamError():
                _log.info("reading %s failed: %s", read.source, error.detail)
                conclude = partial(self._spend_attempt, read, budget, error)
            case _ if isinstance(error, DATABASE_AWAY):
                _log.warning("reading %s: %s", read.source, first_line(error))
                conclude = partial(self._hand_back, read)
            case _:
                _log.error("reading %s failed unexpectedly", read.source, exc_info=error)
                conclude = partial(self._spend_attempt, read, budget, error)
        return conclude

    async def _read(self, read: ReadRow, budget: PageBudget) -> None:
        thread = _FromThread()

        def charge() -> None:
            thread.call(budget.charge)

        try:
            if is_page(read.source):
                source = await self._reader.resolve(read.source, charge)
                read = await self._note_source(read, source, budget)
            deliver = await self._deliverer(read, budget)
            await self._reader.read(
                read.source, charge, lambda page: thread.call(lambda: deliver(page))
            )
        finally:
            thread.end()

    async def _note_source(self, read: ReadRow, source: str, budget: PageBudget) -> ReadRow:
        async with self._database.write() as unit:
            resolved = await self._reads.note_source(unit, read, source)
            await budget.report(unit, Outcome.OK)
        if resolved is None:
            raise _Enough
        return resolved

    async def _deliverer(
        self, read: ReadRow, budget: PageBudget
    ) -> Callable[[PlaylistPage], Coroutine[Any, Any, None]]:
        async with self._database.write() as unit:
            if read.follow_id is None:
                reading = await self._imports.begin(unit, read)
                return lambda page: self._store_page(reading, page, budget)
            check = await self._follows.begin(unit, read)
            return lambda page: self._look_at(check, page, budget)

    async def _store_page(self, reading: Reading, page: PlaylistPage, budget: PageBudget) -> None:
        async with self._database.write() as unit:
            goes_on = await self._imports.store_page(unit, reading, page)
            await unit.session.flush()
            await budget.report(unit, Outcome.OK)
        if not goes_on:
            raise _Enough

    async def _look_at(self, check: Check, page: PlaylistPage, budget: PageBudget) -> None:
        has_seen_enough = check.take(page)
        async with self._database.write() as unit:
            if has_seen_enough:
                await self._follows.end(unit, check)
            elif await self._reads.hold(unit, check.read) is None:
                has_seen_enough = True
            await unit.session.flush()
            await budget.report(unit, Outcome.OK)
        if has_seen_enough:
            raise _Enough

    async def _hand_back(
        self,
        read: ReadRow,
        budget: PageBudget | None = None,
        throttled: UpstreamThrottled | None = None,
        outcome: Outcome = Outcome.THROTTLED,
    ) -> None:
        """The lane is to blame: no attempt is spent. Who was refused goes behind the others."""
        async with self._database.write() as unit:
            if row := await self._reads.hold(unit, read):
                await put_back(unit, row, delay_seconds=None if budget is None else 0.0)
            await unit.session.flush()
            if budget is not None:
                await budget.report(unit, outcome, throttled)

    async def _is_outage(self) -> bool:
        """Nothing but failures comes from there, which is nobody's own; but not for ever."""
        async with self._database.read() as session:
            seconds = await self._limiter.outage_seconds(session, _LANE)
        return seconds is not None and seconds < OUTAGE_SECONDS

    async def _fail(self, read: ReadRow, budget: PageBudget) -> None:
        async with self._database.write() as unit:
            # The upstream answered, if not as we hoped: the lane is fine.
            if read.follow_id is None:
                await self._imports.fail(unit, read, ReasonCode.PLAYLIST_UNAVAILABLE)
            else:
                await self._follows.fail(unit, read, ReasonCode.PLAYLIST_UNAVAILABLE)
            await unit.session.flush()
            await budget.report(unit, Outcome.OK)

    async def _spend_attempt(self, read: ReadRow, budget: PageBudget, error: Exception) -> None:
        is_answer = isinstance(error, UpstreamFailed) and error.is_answer
        if not is_answer and await self._is_outage():
            await self._hand_back(read, budget, outcome=Outcome.FAILED)
            return
        async with self._database.write() as unit:
            if read.follow_id is None:
                await self._imports.spend_attempt(unit, read)
            else:
                await self._follows.spend_attempt(unit, read)
            await unit.session.flush()
            await budget.report(unit, Outcome.OK if is_answer else Outcome.FAILED)


class PlaylistDispatcher(Dispatcher[ReadRow]):
    """Starts to read playlists, each in the transaction that also got its first permit.

    Args:
        database: For the transactions.
        limiter: Grants permits.
        reads: Where the reads are.
        processor: Reads them.
    """

    def __init__(
        self,
        *,
        database: Database,
        limiter: LaneLimiter,
        reads: ReadQueue,
        processor: PlaylistProcessor,
    ) -> None:
        super().__init__(_LANE, PLAYLISTS_AT_ONCE, database)
        self._limiter = limiter
        self._reads = reads
        self._processor = processor

    async def start_next(self) -> Started[ReadRow] | float:
        """See ``Dispatcher``."""
        async with self._database.write() as unit:
            read = await self._reads.peek(unit)
            if read is None:
                due_in = await self._reads.seconds_until_next(unit)
                return IDLE_POLL_SECONDS if due_in is None else min(IDLE_POLL_SECONDS, due_in)
            answer = await self._limiter.acquire(unit, _LANE, Priority(read.priority), 1)
            if isinstance(answer, Wait):
                return max(0.0, answer.until - await self._limiter.now())
            await self._reads.take(unit, read)
        return Started(read.id, read, answer)

    async def work(self, started: Started[ReadRow]) -> None:
        """See ``Dispatcher``."""
        permit = started.permit
        if permit is None:
            raise AssertionError("a lane with an upstream has permits")
        delay = permit.send_at - await self._limiter.now()
        if delay > 0:
            await asyncio.sleep(delay)
            if not await self._processor.confirm(started.work, permit):
                return
        await self._processor.run(started.work, permit)
