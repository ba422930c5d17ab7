"""Quotas that an upstream names: leaky buckets, corrected by what it says. Pure; times in seconds.

Used up is used up for everybody who shares the account, and asking nevertheless is answered with a
refusal that says how long to wait. So nothing is sought here, unlike the pace of a lane: what is
allowed is known, and what was used drains steadily, as Groq reckons it: what a refusal asks one to wait
is (used + requested - limit) / (limit / window).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from math import isfinite, log
from typing import Any, Self

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0

# What is sent now arrives a little later, and not always equally late: an upload takes its time.
_LATENESS_SECONDS = 2.0
# An upstream's clock and rounding: it names less than it means.
_WAIT_FACTOR, _WAIT_MARGIN_SECONDS = 1.02, 0.3
_LONGEST_WAIT_SECONDS = _DAY
# Refused again right after the time that it had named: our own patience grows from here.
_PATIENCE_SECONDS, _PATIENCE_MAX_SECONDS = 1.0, 600.0
# A window that was reckoned from an answer may be this much off: one told second is a rounded one.
_WINDOW_TOLERANCE = log(3.0)
# Rounding makes no wait.
_NOTHING = 1e-6


class QuotaUnit(StrEnum):
    """What is counted."""

    REQUESTS = "requests"
    AUDIO_SECONDS = "audio_seconds"


class QuotaName(StrEnum):
    """Every quota that is known of."""

    REQUESTS_PER_MINUTE = "requests_per_minute"
    REQUESTS_PER_DAY = "requests_per_day"
    AUDIO_SECONDS_PER_HOUR = "audio_seconds_per_hour"
    AUDIO_SECONDS_PER_DAY = "audio_seconds_per_day"


QUOTAS: Mapping[QuotaName, tuple[QuotaUnit, float]] = {
    QuotaName.REQUESTS_PER_MINUTE: (QuotaUnit.REQUESTS, _MINUTE),
    QuotaName.REQUESTS_PER_DAY: (QuotaUnit.REQUESTS, _DAY),
    QuotaName.AUDIO_SECONDS_PER_HOUR: (QuotaUnit.AUDIO_SECONDS, _HOUR),
    QuotaName.AUDIO_SECONDS_PER_DAY: (QuotaUnit.AUDIO_SECONDS, _DAY),
}
"""What each counts, and its window in seconds."""


@dataclass(frozen=True, slots=True)
class QuotaTerms:
    """What is allowed, as far as the settings know.

    Args:
        allowed: How much in each quota's window; 0 or none is no limit.
        chosen: Those that a person has set: what an upstream says may lower them, never raise them.
        scale: How many times faster than real this installation runs: multiplies what is allowed.
    """

    allowed: Mapping[QuotaName, float]
    chosen: frozenset[QuotaName] = frozenset()
    scale: float = 1.0


@dataclass(slots=True)
class QuotaState:
    """What a lane remembers of quotas, as plain data for its row.

    Args:
        fingerprint: Of the settings it belongs to.
        used: By quota, at the time ``drained_at``; what has drained since is to be taken off.
        drained_at: See ``used``.
        told: What the upstream says is allowed, by quota.
        blocked_until: The upstream refused, and said to wait so long.
        refusals: In a row.
        waits_until: Something waits for room until then.
        problem_code: What has to be put right in the settings, if something has.
        stopped_until: Nothing is sent before that.
    """

    fingerprint: str = ""
    used: dict[str, float] = field(default_factory=dict)
    drained_at: float = 0.0
    told: dict[str, float] = field(default_factory=dict)
    blocked_until: float = 0.0
    refusals: int = 0
    waits_until: float = 0.0
    problem_code: str | None = None
    stopped_until: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {name: getattr(self, name) for name in _MEMBERS}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Self:
        """The state again; members of another version are left out."""
        known = {name: data[name] for name in _MEMBERS if name in data} if data else {}
        state = cls(**known)
        state.used, state.told = dict(state.used), dict(state.told)
        return state

    def pause_until(self, now: float) -> float | None:
        """Until when nothing is sent that waits; None if something may be."""
        until = max(self.blocked_until, self.waits_until, self.stopped_until)
        return until if until > now else None


_MEMBERS = [member.name for member in fields(QuotaState)]


class Quota:
    """Says when something may be sent, and counts it.

    Args:
        terms: What is allowed.
        state: What was used; is changed.
    """

    def __init__(self, terms: QuotaTerms, state: QuotaState) -> None:
        self._terms = terms
        self.state = state

    def allowed(self, name: QuotaName) -> float | None:
        """How much there is in a quota's window, before the scale; None without a limit."""
        known = self._terms.allowed.get(name, 0.0)
        told = self.state.told.get(name, 0.0)
        if not known or not told:
            return known or told or None
        return min(known, told) if name in self._terms.chosen else told

    def due_at(self, now: float, audio_seconds: float) -> float:
        """When a request with so much sound may be sent, if nothing else is meanwhile.

        What is more than a whole quota may go once nothing of it is used: it is for the upstream to
        say that it is too much.

        Args:
            now: Seconds.
            audio_seconds: How much sound.
        """
        self._drain(now)
        due_at = max(now, self.state.blocked_until)
        for name, (unit, window) in QUOTAS.items():
            if (capacity := self._capacity(name)) is None:
                continue
            amount = _amount(unit, audio_seconds)
            rate = capacity / window
            usable = max(amount, capacity - rate * _LATENESS_SECONDS)
            excess = self.state.used.get(name, 0.0) + amount - usable
            if excess > _NOTHING:
                due_at = max(due_at, now + excess / rate)
        return due_at

    def charge(self, now: float, audio_seconds: float) -> None:
        """Count a request that is being sent.

        Args:
            now: Seconds.
            audio_seconds: How much sound it brings.
        """
        self._drain(now)
        for name, (unit, _) in QUOTAS.items():
            if self._capacity(name) is not None:
                used = self.state.used.get(name, 0.0)
                self.state.used[name] = used + _amount(unit, audio_seconds)
        self.state.waits_until = 0.0

    def give_back(self, now: float, audio_seconds: float, charged_at: float) -> None:
        """Sound that was charged did not count. The request itself did: it was sent.

        What may have drained of it since stays charged, or the room it has made would be there twice.

        Args:
            now: Seconds.
            audio_seconds: As it was charged.
            charged_at: When.
        """
        self._drain(now)
        for name, (unit, window) in QUOTAS.items():
            capacity = self._capacity(name)
            if capacity is None or unit is not QuotaUnit.AUDIO_SECONDS:
                continue
            left = audio_seconds - max(0.0, now - charged_at) * capacity / window
            used = self.state.used.get(name, 0.0)
            self.state.used[name] = max(0.0, used - max(0.0, left))

    def observe(self, now: float, levels: Sequence[tuple[QuotaName, float, float | None]]) -> None:
        """Something was answered well, and the upstream said how its quotas stand.

        Args:
            now: Seconds.
            levels: For each quota what is allowed, and what is left of it if it was said.
        """
        self._drain(now)
        self.state.refusals = 0
        for name, allowed, remaining in levels:
            self._tell(name, allowed, remaining)

    def refuse(
        self,
        now: float,
        *,
        retry_after_seconds: float | None,
        name: QuotaName | None = None,
        allowed: float | None = None,
        used: float | None = None,
    ) -> None:
        """The upstream refused: everybody waits for as long as it said, which no scale shortens.

        Args:
            now: Seconds.
            retry_after_seconds: What it said.
            name: Which quota is used up, if it said so.
            allowed: How much there is in its window, likewise.
            used: How much of it is used, likewise.
        """
        self._drain(now)
        state = self.state
        if name is not None and allowed:
            left = None if used is None else max(0.0, allowed - used)
            self._tell(name, allowed, left)
        asked = min(max(0.0, retry_after_seconds or 0.0), _LONGEST_WAIT_SECONDS)
        asked = asked * _WAIT_FACTOR + _WAIT_MARGIN_SECONDS
        own = min(_PATIENCE_SECONDS * 2.0**state.refusals, _PATIENCE_MAX_SECONDS)
        state.refusals = min(state.refusals + 1, 30)
        state.blocked_until = max(state.blocked_until, now + max(asked, own / self._terms.scale))

    def name_of(
        self,
        unit: str,
        allowed: float | None,
        remaining: float | None,
        reset_seconds: float | None,
    ) -> QuotaName | None:
        """Which quota an answer's headers mean: they do not say over which window they count.

        Groq counts requests a day and seconds an hour there, OpenAI requests a minute. As all of them
        drain steadily, the time until all is there again tells the window; if nothing is used, the
        quota that has this limit already is meant.

        Args:
            unit: What is counted.
            allowed: In its window.
            remaining: What is left of it.
            reset_seconds: When all of it is there again.
        """
        if not allowed or unit not in QuotaUnit.__members__.values():
            return None
        candidates = [name for name, (counted, _) in QUOTAS.items() if counted == unit]
        used = allowed - remaining if remaining is not None else 0.0
        if used > 0.0 and reset_seconds:
            window = min(reset_seconds, _LONGEST_WAIT_SECONDS) * allowed / used
            nearest = min(candidates, key=lambda name: _distance(name, window))
            return nearest if _distance(nearest, window) < _WINDOW_TOLERANCE else None
        return next((name for name in candidates if self.allowed(name) == allowed), None)

    def _tell(self, name: QuotaName, allowed: float, remaining: float | None) -> None:
        """The upstream says what there is; there may be less room than was thought, never more."""
        if not isfinite(allowed) or allowed <= 0.0:
            return
        self.state.told[name] = allowed
        capacity = self._capacity(name)
        if remaining is not None and capacity is not None:
            used = max(0.0, capacity - max(0.0, remaining))
            self.state.used[name] = max(self.state.used.get(name, 0.0), used)

    def _capacity(self, name: QuotaName) -> float | None:
        allowed = self.allowed(name)
        return None if allowed is None else allowed * self._terms.scale

    def _drain(self, now: float) -> None:
        seconds = max(0.0, now - self.state.drained_at)
        self.state.drained_at = max(now, self.state.drained_at)
        for name, (_, window) in QUOTAS.items():
            capacity = self._capacity(name)
            if capacity is None:
                self.state.used.pop(name, None)
            elif name in self.state.used:
                used = self.state.used[name] - seconds * capacity / window
                self.state.used[name] = max(0.0, used)


def _distance(name: QuotaName, window: float) -> float:
    return abs(log(max(window, _NOTHING) / QUOTAS[name][1]))


def _amount(unit: QuotaUnit, audio_seconds: float) -> float:
    return 1.0 if unit is QuotaUnit.REQUESTS else audio_seconds
