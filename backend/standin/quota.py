"""Groq's limits: four leaky buckets, told in headers and in the words of a refusal."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

MIN_BILLED_SECONDS = 10.0
_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0

Limit = Literal["RPM", "RPD", "ASPH", "ASPD"]

SCOPES: dict[str, str] = {
    "RPM": "requests per minute (RPM)",
    "RPD": "requests per day (RPD)",
    "ASPH": "seconds of audio per hour (ASPH)",
    "ASPD": "seconds of audio per day (ASPD)",
}


class QuotaError(ValueError):
    """A quota was asked for that does not exist."""


@dataclass(frozen=True, slots=True)
class QuotaSpec:
    """What an organisation may use; the defaults are Groq's without paying.

    Attributes:
        requests_per_minute: Size of a bucket that empties once a minute.
        requests_per_day: The same, once a day.
        seconds_per_hour: Of sound, the same once an hour.
        seconds_per_day: Of sound, the same once a day.
        enforced: False only tells of the limits and refuses nothing.
        retry_after: Whether a refusal has the header; the words are always there.
        speed: So many times as fast do the buckets empty, and so much shorter are the waits told.
    """

    requests_per_minute: float = 20
    requests_per_day: float = 2_000
    seconds_per_hour: float = 7_200
    seconds_per_day: float = 28_800
    enforced: bool = True
    retry_after: bool = True
    speed: float = 1.0

    @classmethod
    def of_json(cls, raw: dict[str, Any]) -> "QuotaSpec":
        """Read a quota from the control API.

        Raises:
            QuotaError: If something in it does not exist.
        """
        known = {entry.name for entry in fields(cls)}
        if unknown := set(raw) - known:
            raise QuotaError(f"unknown {sorted(unknown)}; a quota has {sorted(known)}")
        return cls(**raw)


NOT_ENFORCED = QuotaSpec(enforced=False)


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A request that was too much.

    Attributes:
        limit: Which of the limits.
        ceiling: Its size.
        used: What was in the bucket.
        requested: What the request would have added.
        wait_seconds: When there is room; None if there never will be.
    """

    limit: str
    ceiling: float
    used: float
    requested: float
    wait_seconds: float | None


class _Bucket:
    """It fills with what is used and empties steadily, once in its window."""

    def __init__(self, name: str, ceiling: float, window_seconds: float, now: float) -> None:
        self.name = name
        self.ceiling = ceiling
        self._rate = ceiling / window_seconds
        self._level = 0.0
        self._at = now

    def used(self, now: float) -> float:
        """Return what is in it."""
        self._level = max(0.0, self._level - (now - self._at) * self._rate)
        self._at = now
        return self._level

    def emptied_in(self, now: float) -> float:
        """Return in how many seconds nothing is left in it."""
        return self.used(now) / self._rate

    def exceeded(self, amount: float, now: float) -> Exceeded | None:
        """Tell whether an amount does not fit."""
        used = self.used(now)
        if used + amount <= self.ceiling + 1e-6:
            return None
        fits = amount <= self.ceiling
        wait = (used + amount - self.ceiling) / self._rate if fits else None
        return Exceeded(self.name, self.ceiling, used, amount, wait)

    def fill(self, amount: float, now: float) -> None:
        """Use an amount."""
        self._level = self.used(now) + amount


class Quota:
    """What one organisation has used of its limits."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.spec = NOT_ENFORCED
        self.set(NOT_ENFORCED)

    def set(self, spec: QuotaSpec) -> None:
        """Choose the limits; nothing of them is used yet."""
        self.spec = spec
        now = self._clock() * spec.speed
        self._requests = (
            _Bucket("RPM", spec.requests_per_minute, _MINUTE, now),
            _Bucket("RPD", spec.requests_per_day, _DAY, now),
        )
        self._seconds = (
            _Bucket("ASPH", spec.seconds_per_hour, _HOUR, now),
            _Bucket("ASPD", spec.seconds_per_day, _DAY, now),
        )

    def take(self, billed_seconds: float) -> Exceeded | None:
        """Use what a request needs, or tell what it exceeds; then nothing is used."""
        if not self.spec.enforced:
            # Without limits every request is the first one.
            self.set(self.spec)
        now = self._now()
        needs = [*((each, 1.0) for each in self._requests)]
        needs += [(each, billed_seconds) for each in self._seconds]
        exceeded = [found for each, amount in needs if (found := each.exceeded(amount, now))]
        if exceeded and self.spec.enforced:
            worst = max(exceeded, key=lambda one: one.wait_seconds or float("inf"))
            never = [one for one in exceeded if one.wait_seconds is None]
            return self._told(never[0] if never else worst)
        for each, amount in needs:
            each.fill(amount, now)
        return None

    def fill(self, limit: Limit, amount: float) -> None:
        """Use up some of one limit, as somebody else with the same key would."""
        for bucket in self._all():
            if bucket.name == limit:
                bucket.fill(amount, self._now())

    def headers(self) -> dict[str, str]:
        """Return what an answer tells: requests of the day, seconds of the hour."""
        now, told = self._now(), {}
        for name, bucket in (("requests", self._requests[1]), ("audio-seconds", self._seconds[0])):
            left = max(0.0, bucket.ceiling - bucket.used(now))
            told[f"x-ratelimit-limit-{name}"] = f"{bucket.ceiling:.0f}"
            told[f"x-ratelimit-remaining-{name}"] = f"{int(left)}"
            reset = bucket.emptied_in(now) / self.spec.speed
            told[f"x-ratelimit-reset-{name}"] = spelled(reset)
        return told

    def as_json(self) -> dict[str, Any]:
        """Return the limits and what is used of them."""
        now = self._now()
        used = {bucket.name: round(bucket.used(now), 3) for bucket in self._all()}
        return asdict(self.spec) | {"used": used}

    def _all(self) -> tuple[_Bucket, ...]:
        return (*self._requests, *self._seconds)

    def _now(self) -> float:
        return self._clock() * self.spec.speed

    def _told(self, exceeded: Exceeded) -> Exceeded:
        if exceeded.wait_seconds is None:
            return exceeded
        wait = exceeded.wait_seconds / self.spec.speed
        return Exceeded(exceeded.limit, exceeded.ceiling, exceeded.used, exceeded.requested, wait)


def spelled(seconds: float) -> str:
    """Write a time as Groq does: 570ms, 43.2s, 19m48s, 2h0m5.5s."""
    if 0 < seconds < 1:
        return f"{seconds * 1000:.6g}ms"
    hours, rest = divmod(seconds, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    last = f"{round(left, 3):.6g}s"
    if hours:
        return f"{int(hours)}h{int(minutes)}m{last}"
    return f"{int(minutes)}m{last}" if minutes else last
