"""Pacing with a clock of our own: slots, pauses, probes. What it finds is in the benchmark `pacing`."""

import json

from app.services.rate_limiter import (
    LanePhase,
    Outcome,
    Pacer,
    PacerState,
    PacingSettings,
    Permit,
    Priority,
    Wait,
)

ONE_A_SECOND = PacingSettings(start_rate_per_second=1.0)
NOW = 1_800_000_000.0


def stored(pacer: Pacer) -> Pacer:
    """The next step's pacer: made anew from what the lane's row holds."""
    successor = Pacer(pacer.settings, pacer.seed)
    successor.state = PacerState.from_dict(json.loads(json.dumps(pacer.state.to_dict())))
    assert successor.state == pacer.state
    return successor


def granted(pacer: Pacer, now: float, priority: Priority = Priority.BATCH, cost: int = 1) -> Permit:
    answer = pacer.acquire(now, priority, cost)
    assert isinstance(answer, Permit), answer
    assert answer.send_at >= now
    return answer


def refused(pacer: Pacer, now: float, priority: Priority = Priority.BATCH, cost: int = 1) -> Wait:
    answer = pacer.acquire(now, priority, cost)
    assert isinstance(answer, Wait), answer
    assert answer.until > now
    return answer


def throttled(pacer: Pacer, now: float = NOW, retry_after_seconds: float | None = None) -> float:
    """Throttle a fresh request; returns when the lane may be probed."""
    pacer.report(granted(pacer, now), now, Outcome.THROTTLED, retry_after_seconds)
    return refused(pacer, now).until


def test_a_batch_gets_one_request_per_interval() -> None:
    pacer = Pacer(ONE_A_SECOND)
    granted(pacer, NOW)

    due_at = refused(pacer, NOW).until
    assert 0.75 <= due_at - NOW <= 1.0
    granted(pacer, due_at)


def test_a_throttle_pauses_the_lane_for_everybody_and_then_one_probe_goes_out() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttled(pacer)

    assert 63 <= until - NOW <= 72
    refused(pacer, NOW + 30, Priority.INTERACTIVE)
    pacer = stored(pacer)
    assert pacer.view(until).phase is LanePhase.PROBING
    answers = [pacer.acquire(until, Priority.BATCH) for _ in range(300)]
    assert [type(answer) for answer in answers].count(Permit) == 1
