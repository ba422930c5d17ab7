"""What a lane did in the last hour, and how fast it really was. Pure; times in seconds.

It is kept in the lane's row, beside the limiter's state, and written with each report: an hour is
about two kilobytes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from app.services.rate_limiter import Outcome

HISTORY_SECONDS = 3600.0
_MINUTE_SECONDS = 60.0
# A busy lane in trouble pauses every minute at most; older pauses leave first.
_MAX_PAUSES = 60
# Rates of the last five minutes count most: long enough for a lane with one request per 5 s, short
# enough to notice a new limit before the coffee is cold.
_THROUGHPUT_MEMORY_SECONDS = 300.0
# A longer gap means that there was nothing to do or a pause, not that the lane was slow: the slowest
# rate a limiter may fall to is one request per 50 s.
_IDLE_GAP_SECONDS = 60.0


@dataclass(slots=True)
class LaneMinute:
    """One minute: ``minute`` counts them since the epoch."""

    minute: int
    requests: int = 0
    throttled: int = 0
    failed: int = 0
    rate_per_minute: float = 0.0


@dataclass(slots=True)
class LanePause:
    """A pause, and the code of its reason."""

    from_at: float
    until_at: float
    reason_code: str | None


@dataclass(slots=True)
class LaneHistory:
    """The last hour of a lane.

    Args:
        minutes: Those in which something came back, oldest first.
        pauses: Oldest first.
        decayed_requests: Requests that were answered, the older the less they count.
        decayed_seconds: The seconds they took, decayed alike.
        reported_at: When a good answer was last noted.
        worked_at: When the newest request was sent that was answered well.
    """

    minutes: list[LaneMinute] = field(default_factory=list)
    pauses: list[LanePause] = field(default_factory=list)
    decayed_requests: float = 0.0
    decayed_seconds: float = 0.0
    reported_at: float = 0.0
    worked_at: float = 0.0

    def note(
        self,
        now: float,
        sent_at: float,
        outcome: Outcome,
        requests: int,
        rate_per_second: float,
        time_scale: float,
    ) -> None:
        """Note what came of a permit.

        Args:
            now: Seconds since the epoch.
            sent_at: When its first request went out.
            outcome: What came of it.
            requests: How many it covered.
            rate_per_second: What the lane allows itself now.
            time_scale: How many times faster than real this installation runs.
        """
        minute = self._minute(now)
        minute.requests += requests
        minute.throttled += outcome is Outcome.THROTTLED
        minute.failed += outcome is Outcome.FAILED
        minute.rate_per_minute = round(rate_per_second * _MINUTE_SECONDS, 2)
        self._forget(now)
        if outcome is Outcome.OK:
            self.worked_at = max(self.worked_at, sent_at)
            self._measure(now, requests, time_scale)

    def note_pause(self, now: float, until: float, reason_code: str | None) -> None:
        """Note that the lane pauses; one that goes on is prolonged."""
        last = self.pauses[-1] if self.pauses else None
        if last is not None and now <= last.until_at:
            last.until_at = until
            last.reason_code = reason_code or last.reason_code
            return
        self.pauses.append(LanePause(now, until, reason_code))
        del self.pauses[:-_MAX_PAUSES]

    def note_opened(self, now: float) -> None:
        """The lane works: a pause that was to last longer has ended."""
        if self.pauses and self.pauses[-1].until_at > now:
            self.pauses[-1].until_at = now

    @property
    def throughput_per_second(self) -> float | None:
        """Requests a second that were really answered while there was work; None if unknown."""
        if self.decayed_seconds <= 0.0 or self.decayed_requests < 1.0:
            return None
        return self.decayed_requests / self.decayed_seconds

    def to_dict(self) -> dict[str, Any]:
        """Plain data for the lane's row: lists, since their members' names would be most of it."""
        return {
            "minutes": [
                [m.minute, m.requests, m.throttled, m.failed, m.rate_per_minute]
                for m in self.minutes
            ],
            "pauses": [[p.from_at, p.until_at, p.reason_code] for p in self.pauses],
            "throughput": [self.decayed_requests, self.decayed_seconds, self.reported_at],
            "worked_at": self.worked_at,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Self:
        """The history from a lane's row."""
        if not data:
            return cls()
        requests, seconds, reported_at = data["throughput"]
        return cls(
            minutes=[LaneMinute(*row) for row in data["minutes"]],
            pauses=[LanePause(*row) for row in data["pauses"]],
            decayed_requests=requests,
            decayed_seconds=seconds,
            reported_at=reported_at,
            worked_at=data["worked_at"],
        )

    def _minute(self, now: float) -> LaneMinute:
        number = int(now // _MINUTE_SECONDS)
        if not self.minutes or self.minutes[-1].minute < number:
            self.minutes.append(LaneMinute(number))
        return self.minutes[-1]

    def _forget(self, now: float) -> None:
        oldest = int((now - HISTORY_SECONDS) // _MINUTE_SECONDS)
        while self.minutes and self.minutes[0].minute < oldest:
            del self.minutes[0]
        while self.pauses and self.pauses[0].until_at < now - HISTORY_SECONDS:
            del self.pauses[0]

    def _measure(self, now: float, requests: int, time_scale: float) -> None:
        gap = max(0.0, now - self.reported_at)
        self.reported_at = now
        kept = math.exp(-gap * time_scale / _THROUGHPUT_MEMORY_SECONDS)
        self.decayed_requests *= kept
        self.decayed_seconds *= kept
        if gap * time_scale <= _IDLE_GAP_SECONDS:
            self.decayed_requests += requests
            self.decayed_seconds += gap


def pauses_between(pauses: Sequence[LanePause], start: float, end: float) -> list[LanePause]:
    """The pauses that touch a span of time."""
    return [pause for pause in pauses if pause.until_at > start and pause.from_at < end]
