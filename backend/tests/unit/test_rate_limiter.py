"""Pacing with a clock of our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.rate_limiter import (
    Outcome,
    Pacer,
    PacerState,
    PacingSettings,
    Permit,
    Priority,
    Wait,
)

ONE_A_SECOND = PacingSettings(rate_per_second=1.0, interactive_burst=6, cool_down_seconds=60)


def granted(pacer: Pacer, now: float, priority: Priority = Priority.BATCH, cost: int = 1) -> Permit:
    answer = pacer.acquire(now, priority, cost)
    assert isinstance(answer, Permit), answer
    return answer


def refused(pacer: Pacer, now: float, priority: Priority = Priority.BATCH, cost: int = 1) -> Wait:
    answer = pacer.acquire(now, priority, cost)
    assert isinstance(answer, Wait), answer
    return answer


def test_a_batch_gets_one_request_per_interval() -> None:
    pacer = Pacer(ONE_A_SECOND)
    granted(pacer, 100.0)

    assert refused(pacer, 100.0).until == 101.0
    granted(pacer, 101.0)


def test_a_permit_costs_as_many_intervals_as_it_covers_requests() -> None:
    pacer = Pacer(ONE_A_SECOND)
    assert granted(pacer, 100.0, cost=2).cost == 2

    assert refused(pacer, 100.0).until == 102.0


def test_an_idle_lane_lets_a_person_burst_and_the_batch_pays() -> None:
    pacer = Pacer(ONE_A_SECOND)
    for _ in range(3):
        granted(pacer, 100.0, Priority.INTERACTIVE, cost=2)

    assert refused(pacer, 100.0, Priority.INTERACTIVE, cost=2).until > 100.0
    assert refused(pacer, 100.0).until == 106.0


def test_idle_time_is_not_saved_up_for_a_batch() -> None:
    pacer = Pacer(ONE_A_SECOND)
    granted(pacer, 100.0)
    granted(pacer, 10_000.0)

    refused(pacer, 10_000.0)


def test_a_person_is_not_stuck_behind_a_running_batch() -> None:
    pacer = Pacer(ONE_A_SECOND)
    granted(pacer, 100.0)

    granted(pacer, 100.1, Priority.INTERACTIVE)


def test_a_throttle_pauses_the_lane_for_everybody() -> None:
    pacer = Pacer(ONE_A_SECOND)
    permit = granted(pacer, 100.0)
    pacer.report(permit, 101.0, Outcome.THROTTLED)

    assert refused(pacer, 102.0).until == 161.0
    assert refused(pacer, 102.0, Priority.INTERACTIVE).until == 161.0
    granted(pacer, 161.0)


def test_a_retry_after_is_kept_when_it_is_longer() -> None:
    pacer = Pacer(ONE_A_SECOND)
    pacer.report(granted(pacer, 100.0), 101.0, Outcome.THROTTLED, retry_after_seconds=300)

    assert refused(pacer, 102.0).until == 401.0


def test_answers_to_what_was_sent_before_the_pause_do_not_prolong_it() -> None:
    pacer = Pacer(ONE_A_SECOND)
    first, second = granted(pacer, 100.0), granted(pacer, 101.0)
    pacer.report(first, 102.0, Outcome.THROTTLED)
    before = pacer.state.paused_until
    pacer.report(second, 103.0, Outcome.THROTTLED)

    assert pacer.state.paused_until == before


def test_a_second_throttle_after_the_pause_doubles_it_and_a_success_ends_that() -> None:
    pacer = Pacer(ONE_A_SECOND)
    pacer.report(granted(pacer, 0.0), 0.0, Outcome.THROTTLED)
    pacer.report(granted(pacer, 60.0), 60.0, Outcome.THROTTLED)
    assert pacer.state.paused_until == 180.0

    pacer.report(granted(pacer, 180.0), 181.0, Outcome.OK)
    pacer.report(granted(pacer, 182.0), 182.0, Outcome.THROTTLED)
    assert pacer.state.paused_until == 242.0


def test_a_failure_that_is_no_throttle_pauses_nothing() -> None:
    pacer = Pacer(ONE_A_SECOND)
    pacer.report(granted(pacer, 100.0), 101.0, Outcome.FAILED)

    granted(pacer, 101.0)


@given(st.floats(0.01, 100), st.integers(1, 4), st.lists(st.floats(0, 30), max_size=60))
def test_a_batch_is_never_faster_than_its_rate(rate: float, cost: int, gaps: list[float]) -> None:
    pacer = Pacer(PacingSettings(rate_per_second=rate))
    now, sent, first = 1_000_000.0, 0, None
    for gap in gaps:
        now += gap
        answer = pacer.acquire(now, Priority.BATCH, cost)
        if isinstance(answer, Permit):
            first = now if first is None else first
            sent += answer.cost
        else:
            assert answer.until > now
    if first is not None:
        assert sent <= (now - first) * rate + cost + 1e-6


def test_the_state_survives_its_row_and_members_of_another_version() -> None:
    pacer = Pacer(ONE_A_SECOND)
    pacer.report(granted(pacer, 5.0), 6.0, Outcome.THROTTLED)
    data = pacer.state.to_dict()

    assert PacerState.from_dict({**data, "of_the_future": 1}) == pacer.state


@pytest.mark.parametrize("factor", [0.5, 200.0])
def test_a_scaled_world_is_faster_in_rate_and_shorter_in_pauses(factor: float) -> None:
    scaled = ONE_A_SECOND.scaled(factor)

    assert scaled.rate_per_second == factor
    assert scaled.cool_down_seconds == 60 / factor
