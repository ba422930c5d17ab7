"""How long an import still takes: from what the lanes really do, and steady. Pure; times in seconds."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A new figure is taken over to two thirds within so long: quick enough to be true, slow enough not to
# jump about with every answer.
_SETTLING_SECONDS = 20.0
# What changes at once: a pause begins, or an import beside this one ends. Smaller news than this share
# of what is left only moves the figure gently.
_NEWS_SHARE = 0.5
_NEWS_SECONDS = 30.0
_LEAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class LaneWork:
    """What an import still needs of one lane.

    Args:
        requests: How many of its own.
        competing: How many of each other batch in the same lane.
        rate_per_second: How many the lane answers.
        pause_seconds: How long it pauses yet.
    """

    requests: int
    competing: Sequence[int]
    rate_per_second: float
    pause_seconds: float


def lane_seconds(work: LaneWork) -> float:
    """How long a lane needs for an import, when batches take turns.

    While this import has n requests to go, another batch gets n turns too, or as many as it has.
    """
    if work.requests == 0:
        return 0.0
    turns = work.requests + sum(min(other, work.requests) for other in work.competing)
    return work.pause_seconds + turns / max(work.rate_per_second, 1e-6)


def remaining_seconds(lanes: Iterable[LaneWork]) -> float:
    """How long an import still takes: its lanes work side by side, so the slowest one decides."""
    return max((lane_seconds(work) for work in lanes), default=0.0)


@dataclass(frozen=True, slots=True)
class _Shown:
    ends_at: float
    at: float


class SteadyEstimates:
    """Remembers what was said of each import, so that the next figure does not jump about.

    Args:
        time_scale: How many times faster than real this installation runs.
    """

    def __init__(self, time_scale: float = 1.0) -> None:
        self._time_scale = time_scale
        self._shown: dict[str, _Shown] = {}

    def settle(self, import_id: str, remaining: float, now: float) -> float:
        """The figure to show.

        Args:
            import_id: Of which import.
            remaining: The figure as it was computed just now.
            now: Any clock that does not run backwards.

        Returns:
            Seconds, never less than one: what is left takes time.
        """
        ends_at = now + remaining
        before = self._shown.get(import_id)
        if before is not None:
            ends_at = self._blend(before, ends_at, now)
        self._shown[import_id] = _Shown(ends_at, now)
        return max(_LEAST_SECONDS, ends_at - now)

    def forget(self, import_id: str) -> None:
        """An import is over."""
        self._shown.pop(import_id, None)

    def _blend(self, before: _Shown, ends_at: float, now: float) -> float:
        left = before.ends_at - now
        change = abs(ends_at - before.ends_at)
        if left <= 0.0 or change > max(_NEWS_SECONDS / self._time_scale, _NEWS_SHARE * left):
            return ends_at
        since = max(0.0, now - before.at) * self._time_scale
        weight = 1.0 - math.exp(-since / _SETTLING_SECONDS)
        return before.ends_at + weight * (ends_at - before.ends_at)
