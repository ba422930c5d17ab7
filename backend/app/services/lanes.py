"""Lanes: one upstream each, with one limiter whose state is a row shared by all processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database, UnitOfWork
from app.core.errors import ErrorCode
from app.models import Lane
from app.repositories import jobs as job_rows
from app.repositories import lanes as lane_rows
from app.repositories import playlist_reads
from app.repositories.lanes import LaneRow
from app.schemas.lanes import (
    LaneHistoryOut,
    LaneMinuteOut,
    LaneOut,
    LanePauseOut,
    LaneState,
)
from app.services.lane_history import HISTORY_SECONDS, LaneHistory, pauses_between
from app.services.lane_quota import with_quota
from app.services.metrics.meter import Meter
from app.services.metrics.names import UPSTREAM_REQUESTS
from app.services.rate_limiter import (
    LanePhase,
    Outcome,
    Pacer,
    PacerState,
    PacerView,
    PacingSettings,
    Permit,
    Priority,
    Wait,
)


class LaneName(StrEnum):
    """Every queue of work. ``LOCAL`` is work without an upstream, so it has no limiter."""

    OEMBED = "oembed"
    PLAYER = "player"
    TIMEDTEXT = "timedtext"
    THUMBNAIL = "thumbnail"
    PLAYLIST = "playlist"
    MEDIA = "media"
    GROQ = "groq"
    LOCAL = "local"


# What YouTube tolerates from a guest, by public reports: about 1000 watch and player requests an
# hour in all, so the player starts at one per 5.5 s and never sends more than 900 an hour; captions
# 5 s apart were never throttled, 2 s apart were. These two look for more ten times more slowly than
# the others, because a block costs up to an hour. oEmbed and pictures come from hosts that browsers
# load by the dozen. The bursts let a person add five videos at once without waiting; a batch behind
# them pays the debt.
LANE_PACING: Mapping[LaneName, PacingSettings] = {
    LaneName.OEMBED: PacingSettings(start_rate_per_second=2.0, interactive_burst=10),
    LaneName.PLAYER: PacingSettings(
        start_rate_per_second=1 / 5.5,
        startup_doubling_seconds=600.0,
        interactive_burst=10,
        budget_requests=900,
        budget_window_seconds=3600.0,
    ),
    LaneName.TIMEDTEXT: PacingSettings(
        start_rate_per_second=1 / 5.0, startup_doubling_seconds=600.0, interactive_burst=5
    ),
    LaneName.THUMBNAIL: PacingSettings(
        start_rate_per_second=10.0, max_rate_per_second=20.0, interactive_burst=40
    ),
    # Sound comes from hosts that serve whole films: a request for each block of one is far below what
    # watching costs them.
    LaneName.MEDIA: PacingSettings(
        start_rate_per_second=1.0, max_rate_per_second=4.0, interactive_burst=10
    ),
    # What is allowed is known here and kept by a quota (services.pacing.quota); the pace only keeps
    # a server that is in trouble from being hammered.
    LaneName.GROQ: PacingSettings(
        start_rate_per_second=4.0, max_rate_per_second=8.0, interactive_burst=10
    ),
    # Pages of 100 videos from the host of the watch pages. No report names a limit of their own, so
    # they are asked for about as often as one person scrolls, and looked for as slowly as the player's;
    # the burst reads a playlist of 500 at once.
    LaneName.PLAYLIST: PacingSettings(
        start_rate_per_second=0.5,
        max_rate_per_second=2.0,
        startup_doubling_seconds=600.0,
        interactive_burst=5,
    ),
}


@dataclass(frozen=True, slots=True)
class LaneReport:
    """What came of a permit, to be stored with the result it brought.

    Args:
        lane: Whose permit.
        permit: With all requests that were charged to it.
        outcome: What came of them.
        retry_after_seconds: What the upstream asked for; kept as it is at any pacing scale.
        pause_seconds: How long this kind of block is known to last; divided by the pacing scale.
        reason_code: Why it was throttled.
    """

    lane: LaneName
    permit: Permit
    outcome: Outcome
    retry_after_seconds: float | None = None
    pause_seconds: float | None = None
    reason_code: ErrorCode | None = None


@dataclass(frozen=True, slots=True)
class LaneVerdict:
    """How a lane stands after a report.

    Args:
        now: The lanes' clock.
        resumes_in_seconds: How long it pauses now; 0 if it does not.
        is_down: It pauses because nothing but failures came from the upstream.
        worked_at: When the newest request was sent that was answered well.
    """

    now: float
    resumes_in_seconds: float
    is_down: bool
    worked_at: float


@dataclass(frozen=True, slots=True)
class LaneOutlook:
    """What an estimate has to know of a lane.

    Args:
        rate_per_second: How fast it really is.
        pause_seconds: How long it pauses yet.
        is_uncertain: It was asked whether it works again, and did not: nobody knows when it will.
    """

    rate_per_second: float
    pause_seconds: float
    is_uncertain: bool


class LaneLimiter:
    """Grants permits: loads the lane's row, takes the pure step, writes it back, in one transaction.

    Args:
        database: Where the rows are.
        pacing_scale: How many times faster than real this installation runs (tests and the demo).
        meter: Counts the requests that were reported.
    """

    def __init__(
        self, database: Database, pacing_scale: float = 1.0, meter: Meter | None = None
    ) -> None:
        self._database = database
        self._meter = meter or Meter()
        self._scale = pacing_scale
        self._settings = {lane: pacing.scaled(pacing_scale) for lane, pacing in LANE_PACING.items()}

    async def acquire(
        self, unit: UnitOfWork, lane: LaneName, priority: Priority, cost: int
    ) -> Permit | Wait:
        """Ask for a permit inside the caller's transaction.

        Args:
            unit: The transaction.
            lane: Whose permit.
            priority: Who waits for it.
            cost: Requests that it has to cover.
        """
        now = await lane_rows.clock(unit.session)
        pacer = await self._load(unit.session, lane)
        before = pacer.view(now)
        answer = pacer.acquire(now, priority, cost)
        if isinstance(answer, Permit):
            await lane_rows.save(unit.session, lane, pacer.state.to_dict())
            if pacer.view(now).phase is not before.phase:
                unit.changes.lanes.add(lane)
        return answer

    async def acquire_unless_paused(
        self, lane: LaneName, priority: Priority, cost: int = 1
    ) -> Permit | Wait | None:
        """Ask for a permit in a transaction of its own, for work that can only wait for its turn.

        Returns:
            None if the lane pauses, or asks whether it works again: nobody knows for how long.
        """
        async with self._database.write() as unit:
            now = await lane_rows.clock(unit.session)
            pacer = await self._load(unit.session, lane)
            if pacer.view(now).phase in (LanePhase.PAUSED, LanePhase.PROBING):
                return None
            return await self.acquire(unit, lane, priority, cost)

    async def acquire_now(self, lane: LaneName, priority: Priority, cost: int = 1) -> Permit | Wait:
        """Ask for a permit in a transaction of its own."""
        async with self._database.write() as unit:
            return await self.acquire(unit, lane, priority, cost)

    async def extend_now(self, lane: LaneName, permit: Permit, cost: int) -> Permit | Wait:
        """Ask, in a transaction of its own, whether a permit is still good, for more requests.

        Args:
            lane: Whose permit.
            permit: What the job holds.
            cost: Requests that nobody had foreseen; 0 only asks.
        """
        async with self._database.write() as unit:
            now = await lane_rows.clock(unit.session)
            pacer = await self._load(unit.session, lane)
            answer = pacer.extend(permit, now, cost)
            if isinstance(answer, Permit) and cost:
                await lane_rows.save(unit.session, lane, pacer.state.to_dict())
            return answer

    async def now(self) -> float:
        """The lanes' clock, in seconds since the epoch."""
        async with self._database.read() as session:
            return await lane_rows.clock(session)

    async def report(self, unit: UnitOfWork, report: LaneReport) -> LaneVerdict:
        """Store what came of a permit, inside the caller's transaction."""
        came_of_it = report.reason_code or report.outcome.value
        self._meter.count(
            UPSTREAM_REQUESTS, report.permit.cost, lane=report.lane, outcome=came_of_it
        )
        now = await lane_rows.clock(unit.session)
        row = await lane_rows.load_with_history(unit.session, report.lane)
        pacer = self._pacer(report.lane, row.pacer_state if row else None)
        history = LaneHistory.from_dict(row.history if row else None)
        before = pacer.view(now)
        pacer.report(report.permit, now, report.outcome, self._retry_after(report))
        after = pacer.view(now)
        reason = _reason(report, after, row.reason_code if row else None)
        _note(history, now, report, before, after, reason, self._scale)
        stored = LaneRow(pacer.state.to_dict(), history.to_dict(), reason)
        await lane_rows.save_with_history(unit.session, report.lane, stored)
        if (before.phase, before.resumes_at) != (after.phase, after.resumes_at):
            unit.changes.lanes.add(report.lane)
        return LaneVerdict(
            now=now,
            resumes_in_seconds=max(0.0, (after.resumes_at or now) - now),
            is_down=after.is_down,
            worked_at=history.worked_at,
        )

    async def report_now(self, report: LaneReport) -> None:
        """Store what came of a permit in a transaction of its own."""
        async with self._database.write() as unit:
            await self.report(unit, report)

    async def overview(self, session: AsyncSession) -> list[LaneOut]:
        """Every lane's state as people see it."""
        now = await lane_rows.clock(session)
        waiting = await job_rows.count_by_lane(session, now)
        waiting[LaneName.PLAYLIST] = await playlist_reads.count_due(session, now)
        lanes = []
        for lane, (row, pacer) in (await self._load_all(session)).items():
            view, reason = pacer.view(now), row.reason_code if row else None
            if row and waiting.get(lane):
                view, reason = with_quota(view, reason, row.quota, now)
            phase = view.phase
            if phase is not LanePhase.PAUSED and not waiting.get(lane):
                # Nobody is kept waiting, so there is nothing to say.
                phase = LanePhase.OPEN
            reason = reason if phase is not LanePhase.OPEN else None
            lanes.append(
                LaneOut(
                    name=lane,
                    state=LaneState(phase.value),
                    reason_code=ErrorCode(reason) if reason else None,
                    rate_per_minute=round(view.rate_per_second * 60, 2),
                    waiting=waiting.get(lane, 0),
                    resumes_at=_moment(view.resumes_at) if view.resumes_at else None,
                )
            )
        return lanes

    async def last_hour(self, session: AsyncSession) -> list[LaneHistoryOut]:
        """What every lane did in the last hour."""
        now = await lane_rows.clock(session)
        return [
            _show_history(lane, LaneHistory.from_dict(row.history if row else None), now)
            for lane, (row, _pacer) in (await self._load_all(session)).items()
        ]

    async def outlook(self, session: AsyncSession) -> dict[LaneName, LaneOutlook]:
        """How fast every lane really is, and how long it pauses yet."""
        now = await lane_rows.clock(session)
        found = {}
        for lane, (row, pacer) in (await self._load_all(session)).items():
            view, _ = with_quota(pacer.view(now), None, row.quota if row else None, now)
            history = LaneHistory.from_dict(row.history if row else None)
            found[lane] = LaneOutlook(
                rate_per_second=history.throughput_per_second or view.rate_per_second,
                pause_seconds=max(0.0, (view.resumes_at or now) - now),
                is_uncertain=view.is_down or pacer.state.breaker.failed_probes > 0,
            )
        return found

    async def outage_seconds(self, session: AsyncSession, lane: LaneName) -> float | None:
        """How long nothing has worked in a lane that pauses because of failures, as if at full scale.

        Returns:
            None if it does not pause for that.
        """
        row, pacer = (await self._load_all(session))[lane]
        now = await lane_rows.clock(session)
        if not pacer.view(now).is_down:
            return None
        history = LaneHistory.from_dict(row.history if row else None)
        return (now - history.worked_at) * self._scale

    def _retry_after(self, report: LaneReport) -> float | None:
        if report.pause_seconds is None:
            return report.retry_after_seconds
        return max(report.retry_after_seconds or 0.0, report.pause_seconds / self._scale)

    async def _load(self, session: AsyncSession, lane: LaneName) -> Pacer:
        return self._pacer(lane, await lane_rows.load_for_update(session, lane))

    async def _load_all(self, session: AsyncSession) -> dict[LaneName, tuple[Lane | None, Pacer]]:
        rows = await lane_rows.load_all(session)
        found: dict[LaneName, tuple[Lane | None, Pacer]] = {}
        for lane in self._settings:
            row = rows.get(lane)
            found[lane] = row, self._pacer(lane, row.pacer_state if row else None)
        return found

    def _pacer(self, lane: LaneName, state: dict[str, object] | None) -> Pacer:
        pacer = Pacer(self._settings[lane])
        if state:
            pacer.state = PacerState.from_dict(state)
        return pacer


def _reason(report: LaneReport, view: PacerView, known: str | None) -> str | None:
    if report.reason_code is not None:
        return report.reason_code
    is_failure = report.outcome is Outcome.FAILED and view.phase is LanePhase.PAUSED
    return ErrorCode.UPSTREAM_DOWN if view.is_down or is_failure else known


def _note(
    history: LaneHistory,
    now: float,
    report: LaneReport,
    before: PacerView,
    after: PacerView,
    reason: str | None,
    scale: float,
) -> None:
    permit = report.permit
    history.note(now, permit.send_at, report.outcome, permit.cost, after.rate_per_second, scale)
    if after.resumes_at is not None and after.resumes_at != before.resumes_at:
        history.note_pause(now, after.resumes_at, reason)
    elif after.resumes_at is None:
        history.note_opened(now)


def _show_history(lane: LaneName, history: LaneHistory, now: float) -> LaneHistoryOut:
    start = now - HISTORY_SECONDS
    return LaneHistoryOut(
        name=lane,
        from_at=_moment(start),
        to_at=_moment(now),
        minutes=[
            LaneMinuteOut(
                at=_moment(minute.minute * 60.0),
                requests=minute.requests,
                throttled=minute.throttled,
                failed=minute.failed,
                rate_per_minute=minute.rate_per_minute,
            )
            for minute in history.minutes
            if minute.minute * 60.0 > start - 60.0
        ],
        pauses=[
            LanePauseOut(
                from_at=_moment(pause.from_at),
                until_at=_moment(pause.until_at),
                reason_code=ErrorCode(pause.reason_code) if pause.reason_code else None,
            )
            for pause in pauses_between(history.pauses, start, now)
        ],
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
