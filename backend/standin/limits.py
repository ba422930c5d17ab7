"""Hidden rate limits: what an upstream tolerates without ever saying so."""

import math
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from standin.faults import FaultError, check_fault_name
from standin.routing import KINDS

_FORGET_SECONDS = 600.0
_MAX_LEVEL = 40


@dataclass(slots=True)
class LimitSpec:
    """How one hidden limit behaves.

    Attributes:
        kinds: Which requests draw on it (`*` for all).
        model: `bucket` (tokens refilled steadily) or `window` (so many in any window).
        rate_per_second: What is tolerated in the long run.
        burst: Size of the bucket.
        window_seconds: Length of the window; it tolerates `rate_per_second * window_seconds`.
        penalty_seconds: A refusal also closes the door for so long; asking again extends it.
        penalty_growth: Factor from one penalty to the next; the memory fades in ten minutes.
        penalty_max_seconds: No single penalty is longer.
        retry_after: `none`, `honest`, `lie` (always `lie_seconds`) or `half` (every other time).
        lie_seconds: What a lying header says.
        steps: `[{"at_seconds" or "at_request": x, "factor": f}]`: from there on, rate times f.
        bans: `[{"at_seconds" or "at_request": x, "duration_seconds": d, "extends_seconds": e}]`:
            a time of refusing everything; each request meanwhile makes it longer by e.
        answer: How a refusal looks: any fault's name.
        seed: For what is left to chance.
    """

    kinds: list[str] = field(default_factory=lambda: ["*"])
    model: str = "bucket"
    rate_per_second: float = 1.0
    burst: float = 10.0
    window_seconds: float = 60.0
    penalty_seconds: float = 0.0
    penalty_growth: float = 1.0
    penalty_max_seconds: float = 3_600.0
    retry_after: str = "none"
    lie_seconds: float = 5.0
    steps: list[dict[str, float]] = field(default_factory=list)
    bans: list[dict[str, float]] = field(default_factory=list)
    answer: str = "status_429"
    seed: int = 1

    @classmethod
    def of_json(cls, raw: dict[str, Any]) -> "LimitSpec":
        """Read a limit from the control API.

        Raises:
            FaultError: If something in it does not exist.
        """
        known = {entry.name for entry in fields(cls)}
        if unknown := set(raw) - known:
            raise FaultError(f"unknown {sorted(unknown)}; a limit has {sorted(known)}")
        spec = cls(**raw)
        if spec.model not in ("bucket", "window"):
            raise FaultError("model must be bucket or window")
        if spec.retry_after not in ("none", "honest", "lie", "half"):
            raise FaultError("retry_after must be none, honest, lie or half")
        if unknown := set(spec.kinds) - {*KINDS, "*"}:
            raise FaultError(f"unknown kinds {sorted(unknown)}")
        check_fault_name(spec.answer)
        _check_marks(spec.steps, "factor")
        _check_marks(spec.bans, "duration_seconds")
        return spec


def _check_marks(marks: list[dict[str, float]], needed: str) -> None:
    for mark in marks:
        if needed not in mark or not {"at_seconds", "at_request"} & set(mark):
            raise FaultError(f"{mark} needs {needed!r} and 'at_seconds' or 'at_request'")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that was too much."""

    answer: str
    retry_after_seconds: int | None


class HiddenLimit:
    """One limit with its memory."""

    def __init__(self, spec: LimitSpec, now: float) -> None:
        self.spec = spec
        self.accepted = 0
        self.refused = 0
        self._started = now
        self._tokens = spec.burst
        self._filled_at = now
        self._accepted_at: deque[float] = deque()
        self._closed_until = now
        self._level = 0
        self._last_refusal = now
        self._ban_ends: list[float | None] = [None] * len(spec.bans)
        self._random = random.Random(spec.seed)  # noqa: S311 - repeatable on purpose

    def covers(self, kind: str) -> bool:
        """Tell whether a kind of request draws on this limit."""
        return kind in self.spec.kinds or "*" in self.spec.kinds

    def arrive(self, now: float) -> Refusal | None:
        """Judge a request; None means that it is tolerated."""
        banned = self._ban_left(now)
        if banned > 0:
            return self._refuse(banned)
        if now < self._closed_until:
            return self._refuse(self._punish(now))
        wait = self._wait(now)
        if wait > 0:
            return self._refuse(max(wait, self._punish(now)))
        self.accepted += 1
        return None

    def rate(self, now: float) -> float:
        """Return the rate tolerated at a moment."""
        factor = 1.0
        for step in self.spec.steps:
            if self._reached(step, now):
                factor = step["factor"]
        return self.spec.rate_per_second * factor

    def closed_for(self, now: float) -> float:
        """Return for how many seconds everything will be refused."""
        ends = [end for end in self._ban_ends if end is not None]
        return max(0.0, max([self._closed_until, *ends]) - now)

    def _reached(self, mark: dict[str, float], now: float) -> bool:
        if "at_request" in mark:
            return self.accepted + self.refused >= mark["at_request"]
        return now - self._started >= mark["at_seconds"]

    def _ban_left(self, now: float) -> float:
        for index, ban in enumerate(self.spec.bans):
            end = self._ban_ends[index]
            if end is None and self._reached(ban, now):
                end = self._ban_ends[index] = now + ban["duration_seconds"]
            elif end is not None and now < end:
                end = self._ban_ends[index] = end + ban.get("extends_seconds", 0.0)
            if end is not None and now < end:
                return end - now
        return 0.0

    def _wait(self, now: float) -> float:
        """Take what the request costs, or return for how long there is nothing to take."""
        rate = self.rate(now)
        if self.spec.model == "bucket":
            gained = (now - self._filled_at) * rate
            self._tokens = min(self.spec.burst, self._tokens + gained)
            self._filled_at = now
            if self._tokens >= 1:
                self._tokens -= 1
                return 0.0
            return (1 - self._tokens) / max(rate, 1e-6)
        seen, window = self._accepted_at, self.spec.window_seconds
        while seen and seen[0] <= now - window:
            seen.popleft()
        if len(seen) < max(1, round(rate * window)):
            seen.append(now)
            return 0.0
        return seen[0] + window - now

    def _punish(self, now: float) -> float:
        spec = self.spec
        if not spec.penalty_seconds:
            return 0.0
        quiet = now - self._last_refusal
        self._level = max(0, self._level - int(quiet // _FORGET_SECONDS))
        length = spec.penalty_seconds * spec.penalty_growth ** min(self._level, _MAX_LEVEL)
        self._level += 1
        self._last_refusal = now
        length = min(length, spec.penalty_max_seconds)
        self._closed_until = max(self._closed_until, now + length)
        return self._closed_until - now

    def _refuse(self, left: float) -> Refusal:
        self.refused += 1
        honest = max(1, math.ceil(left))
        said: dict[str, int | None] = {
            "none": None,
            "honest": honest,
            "lie": int(self.spec.lie_seconds),
            "half": honest if self._random.random() < 0.5 else None,  # noqa: PLR2004 - a coin
        }
        return Refusal(self.spec.answer, said[self.spec.retry_after])


class Limits:
    """All hidden limits; a request must be tolerated by each that covers its kind."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.active: list[HiddenLimit] = []

    def set(self, specs: list[LimitSpec]) -> None:
        """Replace all limits; their memory starts empty."""
        self.active = [HiddenLimit(spec, self._clock()) for spec in specs]

    def judge(self, kind: str) -> Refusal | None:
        """Judge a request that arrives now."""
        now = self._clock()
        for limit in self.active:
            if limit.covers(kind) and (refusal := limit.arrive(now)):
                return refusal
        return None
