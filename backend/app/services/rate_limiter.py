"""Pacing of one upstream: pure, without a clock and without I/O.

A caller asks ``acquire`` before each request and tells ``report`` what came of it; times come in as
arguments (seconds), and ``state`` is plain data that is stored in the lane's row.
"""

from dataclasses import asdict, dataclass, fields
from enum import Enum, IntEnum
from typing import Any, Self


class Priority(IntEnum):
    """Who waits for a request; the smaller goes first."""

    INTERACTIVE = 0
    BATCH = 1


class Outcome(Enum):
    """What came of a request."""

    OK = "ok"
    THROTTLED = "throttled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PacingSettings:
    """How one lane is paced.

    Args:
        rate_per_second: Requests a second.
        interactive_burst: Requests that a person's own action may send ahead of the pace: two
            videos of an extraction and its captions (notes on the limiter).
        cool_down_seconds: Pause after a throttle that names no time.
        cool_down_max_seconds: The longest such pause.
    """

    rate_per_second: float = 0.5
    interactive_burst: int = 6
    cool_down_seconds: float = 60.0
    cool_down_max_seconds: float = 1800.0

    def scaled(self, factor: float) -> "PacingSettings":
        """The same settings in a world that runs ``factor`` times faster (tests and the demo)."""
        return PacingSettings(
            rate_per_second=self.rate_per_second * factor,
            interactive_burst=self.interactive_burst,
            cool_down_seconds=self.cool_down_seconds / factor,
            cool_down_max_seconds=self.cool_down_max_seconds / factor,
        )


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to send ``cost`` requests back to back, not before ``send_at``."""

    send_at: float
    cost: int


@dataclass(frozen=True, slots=True)
class Wait:
    """No leave yet: ask again at ``until``."""

    until: float


@dataclass(slots=True)
class PacerState:
    """What a lane remembers.

    Args:
        next_slot_at: When the next request is due (GCRA's theoretical arrival time).
        paused_until: No request before this time.
        throttles_in_a_row: Doubles the pause.
    """

    next_slot_at: float = 0.0
    paused_until: float = 0.0
    throttles_in_a_row: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Plain data for the lane's row."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The state from a lane's row; members of another version are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})


class Pacer:
    """One request per interval, with a burst for people and a pause after a throttle.

    Args:
        settings: The lane's pace.
        seed: For jitter.
    """

    def __init__(self, settings: PacingSettings | None = None, seed: int = 0) -> None:
        self.settings = settings or PacingSettings()
        self.seed = seed
        self.state = PacerState()

    def acquire(self, now: float, priority: Priority, cost: int = 1) -> Permit | Wait:
        """Ask for leave to send.

        Args:
            now: Seconds.
            priority: Who waits for it.
            cost: Requests that the permit has to cover.
        """
        state = self.state
        if now < state.paused_until:
            return Wait(state.paused_until)
        interval = 1.0 / self.settings.rate_per_second
        ahead = self.settings.interactive_burst if priority is Priority.INTERACTIVE else 0
        earliest = state.next_slot_at - max(0, ahead - cost) * interval
        if now < earliest:
            return Wait(earliest)
        state.next_slot_at = max(state.next_slot_at, now) + cost * interval
        return Permit(send_at=now, cost=cost)

    def report(
        self,
        permit: Permit,
        now: float,
        outcome: Outcome,
        retry_after_seconds: float | None = None,
    ) -> None:
        """Tell what came of a permit's requests.

        Args:
            permit: The permit they were sent with.
            now: Seconds.
            outcome: What came of them.
            retry_after_seconds: What the upstream asked for with a throttle.
        """
        state = self.state
        if outcome is Outcome.OK:
            state.throttles_in_a_row = 0
        elif outcome is Outcome.THROTTLED and permit.send_at >= state.paused_until:
            pause = self.settings.cool_down_seconds * 2**state.throttles_in_a_row
            pause = min(pause, self.settings.cool_down_max_seconds)
            # Retry-After is a lower bound: upstreams name less than they mean.
            state.paused_until = now + max(pause, retry_after_seconds or 0.0)
            state.throttles_in_a_row = min(state.throttles_in_a_row + 1, 16)
