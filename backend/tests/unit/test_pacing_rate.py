"""How the pace finds the limit, falls, and comes back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.rate_limiter import Outcome, Pacer, PacingSettings, Permit, Priority, Wait
from tests.support.pacing import NOW, granted, refused, stored, throttle, work


def rate_of(pacer: Pacer, now: float = NOW) -> float:
    return pacer.view(now).rate_per_second


def throttle_and_recover(pacer: Pacer, now: float) -> float:
    """Throttle, wait, probe with success; returns when."""
    now = max(now, pacer.state.slots.next_slot_at)
    until = throttle(pacer, now)
    pacer.report(granted(pacer, until), until, Outcome.OK)
    return until


def test_the_start_doubles_about_once_a_minute_until_it_is_as_fast_as_allowed() -> None:
    pacer = Pacer()
    assert rate_of(pacer) == 0.5

    now = work(pacer, NOW, 60)
    assert rate_of(pacer) == pytest.approx(1.0, rel=0.15)
    now = work(pacer, now, 60)
    assert rate_of(pacer) == pytest.approx(2.0, rel=0.15)
    work(pacer, now, 600)
    assert rate_of(pacer) == 8.0


def test_a_pace_that_brings_no_success_does_not_grow() -> None:
    pacer, now = Pacer(), NOW
    for _ in range(100):
        now = max(now + 2, pacer.state.slots.next_slot_at)
        granted(pacer, now)

    assert rate_of(pacer) == 0.5


def test_an_idle_lane_does_not_grow() -> None:
    pacer, now = Pacer(), NOW
    for _ in range(50):
        now += 3600
        pacer.report(granted(pacer, now), now, Outcome.OK)

    assert rate_of(pacer) < 1.3


def test_the_first_throttle_cuts_to_what_went_well_lately() -> None:
    pacer = Pacer()
    now = work(pacer, NOW, 120)
    before = rate_of(pacer)
    throttle(pacer, max(now, pacer.state.slots.next_slot_at))

    assert 0.25 * 0.8 * before <= rate_of(pacer) <= 0.8 * 0.83 * before


def test_a_pause_is_cut_once_however_many_answers_of_that_epoch_follow() -> None:
    pacer = Pacer()
    now = work(pacer, NOW, 120)
    sent = []
    for _ in range(10):
        now = max(now, pacer.state.slots.next_slot_at)
        sent.append(granted(pacer, now))
    pacer.report(sent[0], now, Outcome.THROTTLED)
    once = pacer.state.to_dict()
    for permit in sent[1:5]:
        pacer = stored(pacer)
        pacer.report(permit, now + 1, Outcome.THROTTLED)

    assert pacer.state.to_dict() == once


def test_answers_of_an_older_epoch_never_cut_again_nor_close_the_pause() -> None:
    pacer = Pacer()
    old = granted(pacer, NOW)
    older = granted(pacer, NOW + 2)
    now = throttle_and_recover(pacer, NOW + 4)
    before = rate_of(pacer), pacer.state.epoch
    pacer.report(old, now + 1, Outcome.THROTTLED, 600)
    assert (rate_of(pacer), pacer.state.epoch) == before
    granted(pacer, now + 60)

    throttle(pacer, now + 120)
    pacer.report(older, now + 121, Outcome.OK)
    refused(pacer, now + 121)


def test_a_throttled_probe_says_nothing_about_the_pace() -> None:
    pacer = Pacer()
    until = throttle(pacer)
    before = rate_of(pacer), pacer.state.epoch
    pacer.report(granted(pacer, until), until, Outcome.THROTTLED)

    assert (rate_of(pacer), pacer.state.epoch) == before


def test_after_a_cut_the_pace_comes_back_slowly_near_the_limit_and_then_goes_beyond() -> None:
    pacer = Pacer()
    now = throttle_and_recover(pacer, work(pacer, NOW, 120))
    limit = pacer.state.rate.limit_per_second
    assert rate_of(pacer) == pytest.approx(0.83 * limit)

    rates = []
    for _ in range(40):
        now = work(pacer, now, 100)
        rates.append(rate_of(pacer))
    assert rates == sorted(rates)
    near = [rate for rate in rates if 0.97 * limit <= rate <= 1.03 * limit]
    assert len(near) >= 5
    assert rates[-1] > 1.5 * limit


def test_idle_time_after_a_cut_does_not_bring_the_pace_back() -> None:
    pacer = Pacer()
    now = throttle_and_recover(pacer, work(pacer, NOW, 120))
    before = rate_of(pacer)
    now += 100_000
    pacer.report(granted(pacer, now), now, Outcome.OK)

    assert rate_of(pacer) == pytest.approx(before, rel=0.01)


def test_the_pace_at_most_doubles_in_two_minutes_beyond_the_limit() -> None:
    pacer = Pacer()
    now = throttle_and_recover(pacer, NOW)
    last = rate_of(pacer)
    for _ in range(100):
        now = work(pacer, now, 120)
        assert rate_of(pacer) <= last * 2.2
        last = rate_of(pacer)


def test_throttles_in_a_row_lower_the_pace_step_by_step_and_never_below_the_minimum() -> None:
    pacer, now, rates = Pacer(), NOW, []
    for _ in range(60):
        now = throttle_and_recover(pacer, now + 1)
        rates.append(rate_of(pacer))

    assert rates == sorted(rates, reverse=True)
    assert rates[-1] == 0.02


def test_a_limit_that_is_confirmed_again_and_again_is_probed_less_often() -> None:
    pacer = Pacer()
    bucket_rate, now, tokens, at = 0.8, NOW, 10.0, NOW
    throttles: list[float] = []
    while now < NOW + 40_000:
        answer = pacer.acquire(now, Priority.BATCH)
        if isinstance(answer, Wait):
            now = answer.until
            continue
        tokens, at = min(10.0, tokens + (now - at) * bucket_rate), now
        if tokens >= 1:
            tokens -= 1
            pacer.report(answer, now, Outcome.OK)
        else:
            throttles.append(now)
            pacer.report(answer, now, Outcome.THROTTLED)

    early = sum(1 for at in throttles if at < NOW + 10_000)
    late = sum(1 for at in throttles if at > NOW + 30_000)
    assert 0 < late <= early
    assert 0.85 <= pacer.state.rate.limit_per_second / bucket_rate <= 1.1


@given(st.lists(st.sampled_from(list(Outcome)), max_size=80), st.integers(0, 3))
def test_whatever_is_answered_the_pace_stays_between_its_bounds(
    outcomes: list[Outcome], seed: int
) -> None:
    settings = PacingSettings(max_rate_per_second=1.0)
    pacer, now = Pacer(settings, seed), NOW
    for outcome in outcomes * 3:
        answer = pacer.acquire(now, Priority.BATCH, 2)
        if isinstance(answer, Permit):
            now += 1
            pacer.report(answer, now, outcome)
        else:
            now = answer.until
        assert 0.02 <= rate_of(pacer) <= 1.0
        assert math.isfinite(now)
