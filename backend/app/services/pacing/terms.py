"""The words in which a lane's users and its pacer talk."""

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum


class Priority(IntEnum):
    """Who waits for a request; the smaller goes first."""

    INTERACTIVE = 0
    BATCH = 1


class Outcome(Enum):
    """What came of a request."""

    OK = "ok"
    THROTTLED = "throttled"
    FAILED = "failed"


class LanePhase(StrEnum):
    """A lane as people see it."""

    OPEN = "open"
    SLOW = "slow"
    PAUSED = "paused"
    PROBING = "probing"


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to send requests back to back.

    Args:
        send_at: Not before this time, in seconds.
        cost: How many requests.
        epoch: In which it was granted; its answers count for no other.
        probe: The number of the probe that it is; 0 if it is none.
    """

    send_at: float
    cost: int
    epoch: int = 0
    probe: int = 0

    @property
    def is_probe(self) -> bool:
        """Whether everybody waits for its answer."""
        return self.probe > 0


@dataclass(frozen=True, slots=True)
class Wait:
    """No leave yet.

    Args:
        until: Ask again at this time, in seconds, or whenever the lane's state has changed.
    """

    until: float


@dataclass(frozen=True, slots=True)
class PacerView:
    """A lane's pace as people see it.

    Args:
        phase: Whether requests flow.
        resumes_at: When a pause ends, in seconds; None if there is none.
        rate_per_second: The pace now, in requests a second.
        is_down: The pause is because of failures, not of throttles.
    """

    phase: LanePhase
    resumes_at: float | None
    rate_per_second: float
    is_down: bool
