"""How long imports still take, asked once for all that are shown together."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ImportState, JobKind, VideoImport
from app.repositories import jobs
from app.repositories.imports import ImportTally
from app.services.estimates import LaneWork, SteadyEstimates, remaining_seconds
from app.services.job_queue import JOB_COSTS
from app.services.lanes import LaneLimiter, LaneName, LaneOutlook


@dataclass(frozen=True, slots=True)
class _Outlook:
    lanes: Mapping[LaneName, LaneOutlook]
    queued: Mapping[tuple[str, str], int]


class ImportEstimates:
    """Estimates from the observed rates of the lanes.

    Args:
        limiter: Knows the lanes' rates.
        time_scale: How many times faster than real this installation runs.
        clock: Seconds that never run backwards, for steady estimates.
    """

    def __init__(
        self,
        limiter: LaneLimiter,
        time_scale: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limiter = limiter
        self._steady = SteadyEstimates(time_scale)
        self._clock = clock

    async def of(
        self, session: AsyncSession, shown: list[tuple[VideoImport, ImportTally]]
    ) -> dict[str, float | None]:
        """How long each import still takes.

        None when it is over or paused, when what is left waits for a time of its own, when a lane it
        needs was asked whether it works again and does not yet, and while one of its playlists is
        still to be read: nobody knows how many videos that brings.
        """
        outlook: _Outlook | None = None
        seconds: dict[str, float | None] = {}
        for row, tally in shown:
            seconds[row.id] = None
            is_known = row.state == ImportState.RUNNING and not tally.reads.waiting
            if is_known and tally.under_way:
                outlook = outlook or await self._look(session)
                seconds[row.id] = self._estimate(row.id, tally, outlook)
            if seconds[row.id] is None:
                self._steady.forget(row.id)
        return seconds

    async def _look(self, session: AsyncSession) -> _Outlook:
        return _Outlook(
            await self._limiter.outlook(session), await jobs.count_by_lane_and_batch(session)
        )

    def _estimate(self, import_id: str, tally: ImportTally, outlook: _Outlook) -> float | None:
        requests = {
            # Titles come with the extraction at the latest, so nobody has to wait for them.
            LaneName.PLAYER: tally.unextracted * JOB_COSTS[JobKind.EXTRACT],
            LaneName.TIMEDTEXT: tally.uncaptioned * JOB_COSTS[JobKind.CAPTIONS],
        }
        if any(outlook.lanes[lane].is_uncertain for lane, number in requests.items() if number):
            return None
        seconds = remaining_seconds(
            LaneWork(
                requests=requests[lane],
                competing=_competing(lane, import_id, outlook.queued),
                rate_per_second=outlook.lanes[lane].rate_per_second,
                pause_seconds=outlook.lanes[lane].pause_seconds,
            )
            for lane in requests
        )
        return round(self._steady.settle(import_id, seconds, self._clock()), 1)


def _competing(lane: LaneName, own: str, queued: Mapping[tuple[str, str], int]) -> list[int]:
    """How many requests each other batch has in a lane; captions come after their extraction."""
    batches = {batch for _, batch in queued} - {own}
    cost = JOB_COSTS[JobKind.EXTRACT] if lane is LaneName.PLAYER else 1
    upstream = LaneName.PLAYER if lane is LaneName.TIMEDTEXT else None
    return [
        cost * queued.get((lane, batch), 0) + (queued.get((upstream, batch), 0) if upstream else 0)
        for batch in batches
    ]
