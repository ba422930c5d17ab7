"""What a lane remembers, as plain data."""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Self


class BreakerPhase(StrEnum):
    """Whether requests flow; `OPEN` stands for an open circuit, so nothing does."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(slots=True)
class SlotState:
    """When the next requests are due (GCRA's theoretical arrival times).

    Args:
        next_slot_at: The next free slot of all.
        interactive_next_at: The next free slot of interactive requests, which get a share.
        burst_used: Interactive requests of the running burst; a batch request ends the burst.
        budget_next_at: When the budget of the long window will have been paid back.
    """

    next_slot_at: float = 0.0
    interactive_next_at: float = 0.0
    burst_used: float = 0.0
    budget_next_at: float = 0.0


@dataclass(slots=True)
class RateState:
    """What is known of the upstream's limit.

    Args:
        rate_per_second: The pace now; 0 before the first request.
        is_startup: No throttle so far, so the limit is unknown.
        limit_per_second: The estimate of the limit.
        probing_seconds: How long the pace takes to come back to the estimate.
        active_seconds: Time in use since the last cut: only time with demand counts.
        ok_count: Requests that went well since the last cut, over `measured_seconds` in use.
        measured_seconds: See `ok_count`.
        last_grant_at: When time was last counted.
    """

    rate_per_second: float = 0.0
    is_startup: bool = True
    limit_per_second: float = 0.0
    probing_seconds: float = 0.0
    active_seconds: float = 0.0
    ok_count: float = 0.0
    measured_seconds: float = 0.0
    last_grant_at: float = 0.0


@dataclass(slots=True)
class BreakerState:
    """What is known of pauses.

    Args:
        phase: Whether requests flow.
        open_until: When the first probe may go out.
        is_down: It is open because of failures, not of throttles.
        last_throttle_at: When the last throttle was answered.
        probes: Probes ever sent; the last number is the outstanding one.
        probe_until: When the outstanding probe counts as lost.
        cool_down_seconds: The pause of our own choice that was made last.
        learned_cool_down_seconds: What sufficed before; 0 before the first pause ended.
        failed_probes: Throttled probes of this pause.
        failures_in_a_row: Answers that were failures, since the last good one.
        failure_pauses: Pauses in a row for failures.
        is_retry_after_kept: The pause is the one that the upstream asked for.
        is_retry_after_a_lie: The upstream throttled after the time that it had named.
    """

    phase: BreakerPhase = BreakerPhase.CLOSED
    open_until: float = 0.0
    is_down: bool = False
    last_throttle_at: float = 0.0
    probes: int = 0
    probe_until: float = 0.0
    cool_down_seconds: float = 0.0
    learned_cool_down_seconds: float = 0.0
    failed_probes: int = 0
    failures_in_a_row: int = 0
    failure_pauses: int = 0
    is_retry_after_kept: bool = False
    is_retry_after_a_lie: bool = False


@dataclass(slots=True)
class PacerState:
    """What a lane remembers: everything, since each step may happen in another process.

    Args:
        epoch: Counts the cuts and pauses; answers to what was sent in an older one change nothing.
        slots: When requests are due.
        rate: How fast.
        breaker: Whether at all.
    """

    epoch: int = 0
    slots: SlotState = field(default_factory=SlotState)
    rate: RateState = field(default_factory=RateState)
    breaker: BreakerState = field(default_factory=BreakerState)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for the lane's row."""
        return {
            "epoch": self.epoch,
            "slots": _members(self.slots),
            "rate": _members(self.rate),
            "breaker": _members(self.breaker),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Return the state from a lane's row; members of another version are left out.

        Args:
            data: What `to_dict` returned, of this version or another.
        """
        breaker = _known(_BREAKER, data.get("breaker"))
        if "phase" in breaker:
            breaker["phase"] = BreakerPhase(breaker["phase"])
        return cls(
            epoch=data.get("epoch", 0),
            slots=SlotState(**_known(_SLOTS, data.get("slots"))),
            rate=RateState(**_known(_RATE, data.get("rate"))),
            breaker=BreakerState(**breaker),
        )


_SLOTS = [member.name for member in fields(SlotState)]
_RATE = [member.name for member in fields(RateState)]
_BREAKER = [member.name for member in fields(BreakerState)]
_MEMBERS: dict[type, list[str]] = {SlotState: _SLOTS, RateState: _RATE, BreakerState: _BREAKER}


def _members(part: SlotState | RateState | BreakerState) -> dict[str, Any]:
    # Not `asdict`: it copies deeply, which is most of the time of a step.
    return {name: getattr(part, name) for name in _MEMBERS[type(part)]}


def _known(names: list[str], data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        return {}
    return {name: data[name] for name in names if name in data}
