"""Lanes: one upstream each, with one limiter whose state is a row shared by all processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database, UnitOfWork
from app.core.errors import ErrorCode
from app.repositories import jobs as job_rows
from app.repositories import lanes as lane_rows
from app.schemas.lanes import LaneOut, LaneState
from app.services.rate_limiter import (
    Outcome,
    Pacer,
    PacerState,
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
    LOCAL = "local"


# What YouTube tolerates from a guest, by public reports: about 1000 watch and player requests an
# hour in all, so one per 5.5 s (655 an hour) leaves room; captions 5 s apart were never throttled,
# 2 s apart were. oEmbed and pictures come from hosts that browsers load by the dozen. The bursts let
# a person add five videos at once without waiting; a batch behind them pays the debt.
LANE_PACING: Mapping[LaneName, PacingSettings] = {
    LaneName.OEMBED: PacingSettings(start_rate_per_second=2.0, interactive_burst=10),
    LaneName.PLAYER: PacingSettings(start_rate_per_second=1 / 5.5, interactive_burst=10),
    LaneName.TIMEDTEXT: PacingSettings(start_rate_per_second=1 / 5.0, interactive_burst=5),
    LaneName.THUMBNAIL: PacingSettings(
        start_rate_per_second=10.0, max_rate_per_second=20.0, interactive_burst=40
    ),
}


@dataclass(frozen=True, slots=True)
class LaneReport:
    """What came of a permit, to be stored with the result it brought."""

    lane: LaneName
    permit: Permit
    outcome: Outcome
    retry_after_seconds: float | None = None
    reason_code: ErrorCode | None = None


class LaneLimiter:
    """Grants permits: loads the lane's row, takes the pure step, writes it back, in one transaction.

    Args:
        database: Where the rows are.
        pacing_scale: How many times faster than real this installation runs (tests and the demo).
    """

    def __init__(self, database: Database, pacing_scale: float = 1.0) -> None:
        self._database = database
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
        answer = pacer.acquire(now, priority, cost)
        if isinstance(answer, Permit):
            await lane_rows.save(unit.session, lane, pacer.state.to_dict())
        return answer

    async def acquire_now(self, lane: LaneName, priority: Priority, cost: int = 1) -> Permit | Wait:
        """Ask for a permit in a transaction of its own."""
        async with self._database.write() as unit:
            return await self.acquire(unit, lane, priority, cost)

    async def now(self) -> float:
        """The lanes' clock, in seconds since the epoch."""
        async with self._database.read() as session:
            return await lane_rows.clock(session)

    async def report(self, unit: UnitOfWork, report: LaneReport) -> None:
        """Store what came of a permit, inside the caller's transaction."""
        now = await lane_rows.clock(unit.session)
        pacer = await self._load(unit.session, report.lane)
        before = pacer.view(now).phase
        pacer.report(report.permit, now, report.outcome, report.retry_after_seconds)
        await lane_rows.save(
            unit.session, report.lane, pacer.state.to_dict(), reason_code=report.reason_code
        )
        if pacer.view(now).phase is not before:
            unit.changes.lanes.add(report.lane)

    async def report_now(self, report: LaneReport) -> None:
        """Store what came of a permit in a transaction of its own."""
        async with self._database.write() as unit:
            await self.report(unit, report)

    async def overview(self, session: AsyncSession) -> list[LaneOut]:
        """Every lane's state as people see it."""
        now = await lane_rows.clock(session)
        waiting = await job_rows.count_by_lane(session)
        rows = await lane_rows.load_all(session)
        lanes = []
        for lane, settings in self._settings.items():
            pacer, reason = Pacer(settings), None
            if row := rows.get(lane):
                pacer.state = PacerState.from_dict(row.pacer_state)
                reason = row.reason_code
            view = pacer.view(now)
            paused = view.resumes_at is not None
            lanes.append(
                LaneOut(
                    name=lane,
                    state=LaneState.PAUSED if paused else LaneState.OPEN,
                    reason_code=ErrorCode(reason) if paused and reason else None,
                    rate_per_minute=round(view.rate_per_second * 60, 2),
                    waiting=waiting.get(lane, 0),
                    resumes_at=(
                        datetime.fromtimestamp(view.resumes_at, UTC) if view.resumes_at else None
                    ),
                )
            )
        return lanes

    def rate_per_second(self, lane: LaneName) -> float:
        """The pace of a lane in requests a second."""
        return self._settings[lane].start_rate_per_second

    async def _load(self, session: AsyncSession, lane: LaneName) -> Pacer:
        pacer = Pacer(self._settings[lane])
        if data := await lane_rows.load_for_update(session, lane):
            pacer.state = PacerState.from_dict(data)
        return pacer
