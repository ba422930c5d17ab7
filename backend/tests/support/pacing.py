"""Steps of a pacer, as tests speak of them."""

import json

from app.services.rate_limiter import (
    Outcome,
    Pacer,
    PacerState,
    PacingSettings,
    Permit,
    Priority,
    Wait,
)

NOW = 1_800_000_000.0
ONE_A_SECOND = PacingSettings(start_rate_per_second=1.0)


def stored(pacer: Pacer) -> Pacer:
    """Return the next step's pacer: made anew from what the lane's row holds."""
    successor = Pacer(pacer.settings, pacer.seed)
    successor.state = PacerState.from_dict(json.loads(json.dumps(pacer.state.to_dict())))
    assert successor.state == pacer.state
    return successor


def granted(pacer: Pacer, now: float, priority: Priority = Priority.BATCH, cost: int = 1) -> Permit:
    """Acquire a permit, or fail."""
    answer = pacer.acquire(now, priority, cost)
    assert isinstance(answer, Permit), answer
    assert answer.send_at >= now
    return answer


def refused(pacer: Pacer, now: float, priority: Priority = Priority.BATCH, cost: int = 1) -> Wait:
    """Be told to wait, or fail."""
    answer = pacer.acquire(now, priority, cost)
    assert isinstance(answer, Wait), answer
    assert answer.until > now
    return answer


def throttle(pacer: Pacer, now: float = NOW, retry_after_seconds: float | None = None) -> float:
    """Throttle a fresh request; returns when the lane may be probed."""
    pacer.report(granted(pacer, now), now, Outcome.THROTTLED, retry_after_seconds)
    return refused(pacer, now).until


def work(pacer: Pacer, now: float, seconds: float, cost: int = 1) -> float:
    """Let a batch work with success; returns when it is over.

    Args:
        pacer: Of the lane.
        now: Seconds.
        seconds: How long.
        cost: Requests of a permit.
    """
    end = now + seconds
    while now < end:
        answer = pacer.acquire(now, Priority.BATCH, cost)
        if isinstance(answer, Wait):
            now = answer.until
        else:
            pacer.report(answer, now, Outcome.OK)
    return now
