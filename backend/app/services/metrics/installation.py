"""How the whole installation stands, read from its database."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from app.core.database import Database
from app.models import ImportStage, ImportState
from app.repositories import jobs, lanes, library_counts, metric_totals, playlist_reads
from app.repositories.jobs import QueueState, WorkInState
from app.schemas.lanes import LaneOut
from app.services.lanes import LaneLimiter, LaneName
from app.services.metrics.meter import labels_of

# Whoever scrapes more often, or from several places, gets the same numbers.
_FRESH_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Queue:
    """The work of one lane.

    Args:
        lane: Its name.
        jobs: How many in each state.
        oldest_seconds: For how long the one has been due that waits longest; 0 if none waits.
    """

    lane: str
    jobs: Mapping[QueueState, int]
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class Total:
    """Something that was counted: its name, its labels, how much."""

    name: str
    labels: Mapping[str, str]
    value: float


@dataclass(frozen=True, slots=True)
class Installation:
    """One moment of an installation."""

    lanes: Sequence[LaneOut]
    queues: Sequence[Queue]
    videos: Mapping[str, int]
    errors: Mapping[str, int]
    imports: Mapping[str, int]
    totals: Sequence[Total]


class InstallationReader:
    """Reads how the installation stands, for all who ask within a few seconds once.

    Args:
        database: What is read.
        limiter: Knows the lanes.
    """

    def __init__(self, database: Database, limiter: LaneLimiter) -> None:
        self._database = database
        self._limiter = limiter
        self._lock = asyncio.Lock()
        self._known: Installation | None = None
        self._read_at = float("-inf")

    async def read(self) -> Installation | None:
        """How it stands; None while the database does not answer."""
        async with self._lock:
            if time.monotonic() >= self._read_at + _FRESH_SECONDS:
                try:
                    self._known = await self._read()
                except (SQLAlchemyError, OSError):
                    self._known = None
                self._read_at = time.monotonic()
            return self._known

    def forget(self) -> None:
        """Read anew next time."""
        self._read_at = float("-inf")

    async def _read(self) -> Installation:
        async with self._database.read() as session:
            now = await lanes.clock(session)
            work = await jobs.by_state(session, now)
            work += await playlist_reads.by_state(session, LaneName.PLAYLIST, now)
            return Installation(
                lanes=await self._limiter.overview(session),
                queues=[_queue(lane, work, now) for lane in LaneName],
                videos=_all_of(ImportStage, await library_counts.videos_by_stage(session)),
                errors=await library_counts.videos_by_error(session),
                imports=_all_of(ImportState, await library_counts.imports_by_state(session)),
                totals=[
                    Total(name, labels_of(labels), value)
                    for (name, labels), value in (await metric_totals.all_of(session)).items()
                ],
            )


def _queue(lane: str, work: Sequence[WorkInState], now: float) -> Queue:
    own = {row.state: row for row in work if row.lane == lane}
    waiting = own.get(QueueState.WAITING)
    return Queue(
        lane=lane,
        jobs={state: own[state].count if state in own else 0 for state in QueueState},
        oldest_seconds=max(0.0, now - waiting.oldest_run_at) if waiting else 0.0,
    )


def _all_of(names: type[ImportStage] | type[ImportState], found: dict[str, int]) -> dict[str, int]:
    """Every state that there is: what nobody is in is 0, and not unknown."""
    return {name.value: 0 for name in names} | found
