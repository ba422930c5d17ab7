"""Pauses after a throttle or an outage, and the one probe that ends them."""

from dataclasses import replace
from itertools import pairwise

import pytest

from app.services.rate_limiter import LanePhase, Outcome, Pacer, PacingSettings, Permit, Priority
from tests.support.pacing import NOW, ONE_A_SECOND, granted, refused, stored, throttle, work

PEOPLE = Priority.INTERACTIVE


def fail(pacer: Pacer, now: float, times: int) -> float:
    """Let requests fail; returns when the last answer came."""
    for _ in range(times):
        now += 2
        pacer.report(granted(pacer, now), now, Outcome.FAILED)
    return now


def pause_after(pacer: Pacer, now: float) -> float:
    """Seconds until the lane may be probed."""
    return refused(pacer, now).until - now


def test_a_throttle_pauses_the_lane_for_everybody() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)

    assert 63 <= until - NOW <= 72
    assert refused(pacer, NOW + 30, PEOPLE).until == until
    assert refused(stored(pacer), until - 0.01).until == until


def test_pauses_of_different_installations_and_lanes_end_at_different_times() -> None:
    untils = {throttle(Pacer(ONE_A_SECOND, seed=seed)) for seed in range(20)}

    assert len(untils) == 20


def test_of_300_callers_exactly_one_gets_the_probe() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)
    granted_to = []
    for caller in range(300):
        pacer = stored(pacer)
        answer = pacer.acquire(until + caller / 1000, list(Priority)[caller % 2], 1 + caller % 3)
        if isinstance(answer, Permit):
            granted_to.append(answer)

    assert [permit.is_probe for permit in granted_to] == [True]


@pytest.mark.parametrize("is_stored", [False, True])
def test_after_a_good_probe_the_lane_resumes_at_its_pace_and_not_with_a_rush(
    is_stored: bool,
) -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)
    probe = granted(pacer, until)
    pacer = stored(pacer) if is_stored else pacer
    refused(pacer, until + 5)
    pacer.report(probe, until + 5, Outcome.OK)
    pacer = stored(pacer) if is_stored else pacer

    rate = pacer.view(until + 5).rate_per_second
    at_once = [pacer.acquire(until + 5.01, PEOPLE) for _ in range(9)]
    sent = [answer.send_at for answer in at_once if isinstance(answer, Permit)]
    assert all(later - sooner > 0.9 / rate for sooner, later in pairwise(sent))


def test_who_waits_for_a_probe_looks_again_soon_since_another_process_may_have_its_answer() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)
    granted(pacer, until)

    assert pause_after(pacer, until) <= 2


def test_a_lost_probe_is_replaced_when_its_lease_ends() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)
    lost = granted(pacer, until)
    refused(pacer, until + 29.9)
    pacer = stored(pacer)

    second = granted(pacer, until + 30)
    assert second.is_probe
    assert second != lost
    refused(pacer, until + 30)


def test_the_late_answer_of_a_lost_probe_ends_the_pause_when_it_is_good() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)
    late = granted(pacer, until)
    granted(pacer, until + 30)
    pacer.report(late, until + 31, Outcome.OK)

    assert pacer.view(until + 31).phase is LanePhase.SLOW


@pytest.mark.parametrize("outcome", [Outcome.THROTTLED, Outcome.FAILED])
def test_the_late_answer_of_a_lost_probe_changes_nothing_when_it_is_bad(outcome: Outcome) -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)
    late, second = granted(pacer, until), granted(pacer, until + 30)
    before = pacer.state.to_dict()
    pacer.report(late, until + 31, outcome)

    assert pacer.state.to_dict() == before
    pacer.report(second, until + 32, Outcome.OK)
    assert pacer.view(until + 32).phase is LanePhase.SLOW


def test_each_throttled_probe_makes_the_pause_longer_up_to_half_an_hour() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until, pauses = throttle(pacer), []
    for _ in range(12):
        pacer.report(granted(pacer, until), until, Outcome.THROTTLED)
        pacer = stored(pacer)
        pauses.append(pause_after(pacer, until))
        until += pauses[-1]

    assert 2 * 60 < pauses[0] < 4 * 60
    assert all(later > 1.8 * sooner for sooner, later in pairwise(pauses[:4]))
    assert all(1800 < pause <= 1800 * 1.2 for pause in pauses[-3:])


def test_a_pause_that_sufficed_is_tried_shorter_and_one_that_did_not_is_remembered() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)
    pacer.report(granted(pacer, until), until, Outcome.OK)
    shorter = throttle(pacer, until + 100) - until - 100
    assert 0.55 * (until - NOW) < shorter < until - NOW

    now = until + 100 + shorter
    pacer.report(granted(pacer, now), now, Outcome.THROTTLED)
    sufficed = pause_after(pacer, now)
    now += sufficed
    pacer.report(granted(pacer, now), now, Outcome.OK)
    assert throttle(pacer, now + 100) - now - 100 >= sufficed


def test_learned_pauses_stay_within_their_bounds() -> None:
    pacer, now = Pacer(PacingSettings()), NOW
    for _ in range(20):
        until = throttle(pacer, now)
        pacer.report(granted(pacer, until), until, Outcome.OK)
        now = until + 100

    assert 5 <= throttle(pacer, now) - now <= 6


@pytest.mark.parametrize("named", [1, 10, 300])
def test_a_named_time_is_kept_and_a_little_more(named: float) -> None:
    pacer = Pacer(ONE_A_SECOND)

    assert named * 1.05 + 0.49 <= throttle(pacer, NOW, named) - NOW <= named * 1.2 + 1


def test_a_session_limit_of_an_hour_is_obeyed_though_own_pauses_are_shorter() -> None:
    pacer = Pacer(ONE_A_SECOND)

    assert 3600 * 1.05 <= throttle(pacer, NOW, 3600) - NOW <= 3600 * 1.25


@pytest.mark.parametrize("named", [1e9, float("inf"), float("nan"), -5.0])
def test_a_named_time_beyond_reason_does_not_end_the_lane(named: float) -> None:
    pacer = Pacer(ONE_A_SECOND)

    assert 0 < throttle(pacer, NOW, named) - NOW < 3600 * 1.25


def test_a_named_time_is_not_scaled() -> None:
    pacer = Pacer(PacingSettings().scaled(100))

    assert throttle(pacer, NOW, 5) - NOW >= 5 * 1.05


def test_an_upstream_whose_named_time_was_a_lie_is_not_believed_again() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer, NOW, 5)
    assert until - NOW < 7
    pacer.report(granted(pacer, until), until, Outcome.THROTTLED, 5)
    pacer = stored(pacer)
    assert pause_after(pacer, until) > 60

    until = refused(pacer, until).until
    pacer.report(granted(pacer, until), until, Outcome.OK)
    assert throttle(pacer, until + 100, 5) - until - 100 > 30


def test_it_is_believed_again_once_it_told_the_truth() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer, NOW, 5)
    pacer.report(granted(pacer, until), until, Outcome.THROTTLED, 500)
    until = refused(pacer, until).until
    assert until - NOW > 500
    pacer.report(granted(pacer, until), until, Outcome.OK)
    until = throttle(pacer, until + 100, 2000)
    pacer.report(granted(pacer, until), until, Outcome.OK)

    assert throttle(pacer, until + 100, 5) - until - 100 < 7


def test_five_failures_in_a_row_pause_the_lane_and_say_that_it_is_down() -> None:
    pacer = Pacer(ONE_A_SECOND)
    now = fail(pacer, NOW, 4)
    assert pacer.view(now).phase is LanePhase.OPEN
    rate = pacer.view(now).rate_per_second

    now = fail(pacer, now, 1)
    view = pacer.view(now)
    assert (view.phase, view.is_down) == (LanePhase.PAUSED, True)
    assert 15 <= pause_after(pacer, now) <= 18
    assert view.rate_per_second == rate


def test_a_success_in_between_forgets_failures() -> None:
    pacer = Pacer(ONE_A_SECOND)
    now = NOW
    for _ in range(5):
        now = fail(pacer, now, 4)
        now = work(pacer, now, 3)

    assert pacer.view(now).phase is LanePhase.OPEN


def test_answers_to_what_was_sent_before_an_outage_do_not_prolong_it() -> None:
    pacer = Pacer(ONE_A_SECOND)
    late = granted(pacer, NOW)
    now = fail(pacer, NOW, 5)
    before = pacer.state.to_dict()
    pacer.report(late, now + 5, Outcome.FAILED)

    assert pacer.state.to_dict() == before


def test_failing_probes_double_the_pause_up_to_five_minutes_and_one_good_one_ends_it() -> None:
    pacer = Pacer(ONE_A_SECOND)
    now, pauses = fail(pacer, NOW, 5), []
    for _ in range(8):
        pauses.append(pause_after(pacer, now))
        now += pauses[-1]
        probe = granted(pacer, now)
        assert probe.is_probe
        refused(pacer, now)
        pacer.report(probe, now, Outcome.FAILED)
        pacer = stored(pacer)

    expected = [15, 30, 60, 120, 240, 300, 300, 300]
    assert all(least <= pause <= 1.2 * least for least, pause in zip(expected, pauses, strict=True))
    now += pause_after(pacer, now)
    pacer.report(granted(pacer, now), now, Outcome.OK)
    assert (pacer.view(now).phase, pacer.view(now).is_down) == (LanePhase.OPEN, False)
    assert 15 <= pause_after(pacer, fail(pacer, now, 5)) <= 18


def test_a_probe_that_fails_after_a_throttle_is_repeated_soon_and_is_no_outage() -> None:
    pacer = Pacer(ONE_A_SECOND)
    until = throttle(pacer)
    pacer.report(granted(pacer, until), until, Outcome.FAILED)

    assert 15 <= pause_after(pacer, until) <= 18
    assert not pacer.view(until).is_down


def test_a_throttled_probe_of_an_outage_is_a_throttle_like_any_other() -> None:
    pacer = Pacer(ONE_A_SECOND)
    now = fail(pacer, NOW, 5)
    now += pause_after(pacer, now)
    pacer.report(granted(pacer, now), now, Outcome.THROTTLED)

    view = pacer.view(now)
    assert (view.phase, view.is_down) == (LanePhase.PAUSED, False)
    assert view.rate_per_second < 1.0
    assert 60 < pause_after(pacer, now) <= 72


def test_a_lease_is_never_shorter_than_a_call_may_take() -> None:
    pacer = Pacer(replace(PacingSettings(), probe_lease_seconds=30).scaled(1000))
    until = throttle(pacer)
    granted(pacer, until)

    refused(pacer, until + 3.9)
    granted(pacer, until + 4)
