"""Pacing with a clock of our own: slots, bursts, budgets, and what is stored.

Pauses are in test_pacing_breaker.py, the pace itself in test_pacing_rate.py.
"""

import math
import random
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from tests.support.pacing import NOW, ONE_A_SECOND, granted, refused, stored, throttle, work

PEOPLE = Priority.INTERACTIVE
BATCH = Priority.BATCH


def test_a_batch_gets_one_request_per_interval() -> None:
    pacer = Pacer(ONE_A_SECOND)
    granted(pacer, NOW)

    assert refused(pacer, NOW).until == NOW + 0.75
    for second in range(1, 10):
        granted(pacer, NOW + second)
        refused(pacer, NOW + second)


def test_a_permit_costs_as_many_intervals_as_it_covers_requests() -> None:
    pacer = Pacer(ONE_A_SECOND)
    assert granted(pacer, NOW, cost=2).cost == 2

    assert refused(pacer, NOW).until == NOW + 1.75


def test_idle_time_is_not_saved_up_for_a_batch() -> None:
    pacer = Pacer(ONE_A_SECOND)
    granted(pacer, NOW)
    granted(pacer, NOW + 10_000)

    assert refused(pacer, NOW + 10_000).until >= NOW + 10_000.75


@pytest.mark.parametrize("now", [0.0, NOW])
@pytest.mark.parametrize("cost", [1, 2, 3])
def test_an_idle_lane_lets_a_person_burst_and_the_batch_pays(now: float, cost: int) -> None:
    pacer = Pacer(ONE_A_SECOND)
    sent = [granted(pacer, now, PEOPLE, cost).send_at for _ in range(6 // cost)]

    assert sent == [now] * (6 // cost)
    assert refused(pacer, now, PEOPLE, cost).until > now
    assert refused(pacer, now).until == now + 6


def test_a_request_that_the_rest_of_a_burst_does_not_cover_takes_slots_in_turn() -> None:
    pacer = Pacer(replace(ONE_A_SECOND, interactive_burst=3))
    assert granted(pacer, NOW, PEOPLE, cost=2).send_at == NOW

    sent = [granted(pacer, when, PEOPLE, cost=2).send_at for when in (NOW, NOW + 1.5)]
    assert sent == [NOW, NOW + 2]


def test_a_request_larger_than_any_burst_is_sent_when_the_lane_is_free() -> None:
    pacer = Pacer(replace(ONE_A_SECOND, interactive_burst=3))
    granted(pacer, NOW)

    until = refused(pacer, NOW, PEOPLE, cost=9).until
    assert granted(pacer, until, PEOPLE, cost=9).send_at <= NOW + 1
    assert refused(pacer, until).until >= NOW + 9


def test_a_burst_comes_back_with_idle_time_only() -> None:
    pacer = Pacer(ONE_A_SECOND)
    for _ in range(6):
        granted(pacer, NOW, PEOPLE)
    later = work(pacer, NOW, 30)

    assert granted(pacer, later, PEOPLE).send_at == pytest.approx(
        pacer.state.slots.next_slot_at - 1, abs=0.6
    )
    idle = later + 60
    assert [granted(pacer, idle, PEOPLE).send_at for _ in range(6)] == [idle] * 6


def test_in_a_busy_lane_people_reserve_four_slots_and_are_sent_two_ahead() -> None:
    pacer = Pacer(ONE_A_SECOND)
    granted(pacer, NOW)
    sent = []
    while isinstance(answer := pacer.acquire(NOW, PEOPLE), Permit):
        sent.append(answer.send_at)

    assert [round(send_at - NOW, 1) for send_at in sent] == [0.0, 0.0, 0.8, 1.8]
    assert NOW < answer.until <= NOW + 1


def test_people_who_never_stop_leave_a_fifth_of_the_slots_to_the_batch() -> None:
    pacer = Pacer(replace(ONE_A_SECOND, max_rate_per_second=1.0))
    asks = {PEOPLE: NOW, BATCH: NOW}
    sent = {PEOPLE: 0, BATCH: 0}
    while (now := min(asks.values())) < NOW + 1000:
        who = PEOPLE if asks[PEOPLE] == now else BATCH
        answer = pacer.acquire(now, who)
        if isinstance(answer, Permit):
            sent[who] += 1
            pacer.report(answer, now, Outcome.OK)
        else:
            asks[who] = answer.until

    assert sent[PEOPLE] + sent[BATCH] == pytest.approx(1000, abs=10)
    assert sent[BATCH] >= 180


@given(
    burst=st.integers(1, 40),
    steps=st.lists(
        st.tuples(st.sampled_from(list(Priority)), st.integers(1, 3), st.floats(0, 300)),
        max_size=300,
    ),
)
def test_no_window_ever_holds_more_than_the_budget(
    burst: int, steps: list[tuple[Priority, int, float]]
) -> None:
    settings = PacingSettings(
        start_rate_per_second=8,
        budget_requests=90,
        budget_window_seconds=600,
        budget_burst=burst,
    )
    pacer, now = Pacer(settings), NOW
    sent: list[tuple[float, int]] = []
    for priority, cost, gap in steps:
        now += gap if cost == 3 else 0.1
        if isinstance(answer := pacer.acquire(now, priority, cost), Permit):
            sent.append((now, answer.cost))
            pacer.report(answer, now, Outcome.OK)
        in_window = sum(cost for at, cost in sent if at > now - 600)
        # A permit may be larger than what is left of the burst.
        assert in_window <= 90 + 2


def test_the_budget_lets_through_what_it_promises_and_people_are_no_exception() -> None:
    settings = PacingSettings(start_rate_per_second=2.0, budget_requests=900)
    pacer, now, sent = Pacer(settings), NOW, 0
    while now < NOW + 3600:
        answer = pacer.acquire(now, PEOPLE)
        if isinstance(answer, Permit):
            sent += 1
            pacer.report(answer, now, Outcome.OK)
        else:
            now = answer.until

    assert 850 <= sent <= 900


def test_an_extension_is_granted_at_once_and_others_pay() -> None:
    pacer = Pacer(ONE_A_SECOND)
    permit = granted(pacer, NOW, cost=2)
    extended = pacer.extend(permit, NOW + 0.5)

    assert extended == replace(permit, send_at=NOW + 0.5, cost=3)
    assert refused(pacer, NOW + 0.5).until == NOW + 2.75


def test_an_extension_waits_for_the_end_of_a_pause() -> None:
    pacer = Pacer(ONE_A_SECOND)
    permit = granted(pacer, NOW)
    until = throttle(pacer, NOW + 2)

    assert pacer.extend(permit, NOW + 2) == Wait(until)


def test_an_extension_of_a_permit_from_before_a_pause_has_to_ask_anew() -> None:
    pacer = Pacer(ONE_A_SECOND)
    permit = granted(pacer, NOW)
    until = throttle(pacer, NOW + 2)
    pacer.report(granted(pacer, until), until + 1, Outcome.OK)

    answer = pacer.extend(permit, until + 1)
    assert isinstance(answer, Wait)
    assert answer.until > until + 1


def test_the_outstanding_probe_may_be_extended_and_stays_the_only_one() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)
    probe = granted(pacer, until)
    pacer = stored(pacer)
    extended = pacer.extend(probe, until + 29)

    assert isinstance(extended, Permit)
    assert (extended.is_probe, extended.epoch, extended.cost) == (True, probe.epoch, 2)
    refused(pacer, until + 31)
    pacer.report(extended, until + 31, Outcome.OK)
    granted(pacer, until + 60)
    granted(pacer, until + 60, PEOPLE)


def test_the_view_follows_a_pause_through_its_phases() -> None:
    pacer = Pacer(ONE_A_SECOND)
    assert pacer.view(NOW).phase is LanePhase.OPEN
    assert pacer.view(NOW).rate_per_second == 1.0

    until = throttle(pacer)
    paused = pacer.view(NOW + 1)
    assert (paused.phase, paused.resumes_at, paused.is_down) == (LanePhase.PAUSED, until, False)
    assert pacer.view(until).phase is LanePhase.PROBING

    probe = granted(pacer, until)
    assert pacer.view(until + 1).phase is LanePhase.PROBING
    pacer.report(probe, until + 1, Outcome.OK)
    slow = pacer.view(until + 1)
    assert (slow.phase, slow.resumes_at) == (LanePhase.SLOW, None)
    assert 0.02 <= slow.rate_per_second < 0.5


@pytest.mark.parametrize("factor", [0.5, 200.0])
def test_a_scaled_world_is_faster_in_rate_and_shorter_in_pauses(factor: float) -> None:
    settings = PacingSettings(budget_requests=900)
    scaled = settings.scaled(factor)

    for name, value in asdict(settings).items():
        if name.endswith("rate_per_second"):
            assert getattr(scaled, name) == value * factor
        elif name.endswith("_seconds") and name != "probe_lease_seconds":
            assert getattr(scaled, name) == value / factor
    assert (scaled.budget_requests, scaled.interactive_burst) == (900, 6)
    assert scaled.probe_lease_seconds == max(4.0, 30 / factor)


def test_a_scaled_lane_does_the_same_in_its_own_time() -> None:
    """Also the constants that are no settings: two throttles and the way back up."""
    rates = []
    for factor in (1, 100):
        pacer, now = Pacer(replace(PacingSettings(), probe_lease_seconds=400).scaled(factor)), NOW
        for _ in range(2):
            now = work(pacer, now, 200 / factor)
            until = throttle(pacer, max(now, pacer.state.slots.next_slot_at))
            pacer.report(granted(pacer, until), until, Outcome.OK)
            now = work(pacer, until, 2000 / factor)
        rates.append(pacer.view(now).rate_per_second / factor)

    assert rates[0] == pytest.approx(rates[1], rel=0.05)


def test_the_state_survives_its_row_and_members_of_another_version() -> None:
    pacer = Pacer(ONE_A_SECOND)
    throttle(pacer)
    data = pacer.state.to_dict()
    data["breaker"] |= {"of_the_future": 1}
    del data["rate"]["measured_seconds"]

    assert PacerState.from_dict({**data, "of_the_future": 1}) == pacer.state


def test_a_row_of_the_first_version_is_a_lane_that_was_never_used() -> None:
    old = {"next_slot_at": NOW, "paused_until": NOW + 60, "throttles_in_a_row": 3}

    assert PacerState.from_dict(old) == PacerState() == PacerState.from_dict({})


def _random_life(pacer: Pacer, chance: random.Random, steps: int) -> tuple[list[float], Pacer]:
    """Everything that may happen, on a row; returns the times of the batch's requests."""
    now, sent = NOW, []
    permits: list[Permit] = []
    for _ in range(steps):
        now += chance.choice([0, 0.01, 0.1, 1, 1, 5, 60, 3600, 1e6]) * chance.random()
        skewed = now - chance.choice([0, 0, 0, 0.5])
        pacer = stored(pacer)
        if permits and chance.random() < 0.5:
            permit = permits.pop(chance.randrange(len(permits)))
            outcome = chance.choices(list(Outcome), [8, 1, 1])[0]
            named = chance.choice([None, None, 0, 5, 120, 1e9])
            pacer.report(permit, skewed, outcome, named)
            continue
        answer = pacer.acquire(skewed, chance.choice(list(Priority)), chance.choice([1, 1, 2, 9]))
        if isinstance(answer, Wait):
            assert answer.until > skewed
            continue
        assert answer.send_at >= skewed
        sent.append(answer.send_at)
        if chance.random() < 0.9:
            permits.append(answer)
    return sent, pacer


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_for_months_the_state_stays_small_and_finite(seed: int) -> None:
    _, pacer = _random_life(Pacer(seed=seed), random.Random(seed), 5_000)

    for part in pacer.state.to_dict().values():
        for name, value in part.items() if isinstance(part, dict) else []:
            if isinstance(value, float):
                assert math.isfinite(value), name
                assert name.endswith(("_at", "until")) or 0 <= value < 1e6, name
    assert 0.02 <= pacer.view(NOW).rate_per_second <= 8.0


@given(st.integers(1, 4), st.lists(st.floats(0, 30), min_size=1, max_size=100))
def test_a_batch_is_never_faster_than_the_maximum(cost: int, gaps: list[float]) -> None:
    settings = PacingSettings(start_rate_per_second=2.0, max_rate_per_second=2.5)
    pacer, now, sent = Pacer(settings), NOW, 0
    for gap in gaps * 5:
        now += gap / 10
        answer = pacer.acquire(now, BATCH, cost)
        if isinstance(answer, Permit):
            sent += cost
            pacer.report(answer, now, Outcome.OK)
        else:
            assert answer.until > now
        assert sent <= (now - NOW) * 2.5 + cost + 0.25


@pytest.mark.parametrize("skew_seconds", [-0.5, -5.0])
def test_a_clock_that_goes_back_a_little_costs_nobody_more_than_that(skew_seconds: float) -> None:
    pacer = Pacer(ONE_A_SECOND)
    now = work(pacer, NOW, 30)
    before = pacer.view(now)

    wait = pacer.acquire(now + skew_seconds, BATCH)
    assert isinstance(wait, Wait)
    assert now + skew_seconds < wait.until <= now + 1
    assert pacer.view(now + skew_seconds) == before
