"""Quotas that an upstream names: never more than it allows, and as soon as it does."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.pacing.quota import QUOTAS, Quota, QuotaName, QuotaState, QuotaTerms, QuotaUnit

NOW = 1_800_000_000.0
FREE = {
    QuotaName.REQUESTS_PER_MINUTE: 20.0,
    QuotaName.REQUESTS_PER_DAY: 2_000.0,
    QuotaName.AUDIO_SECONDS_PER_HOUR: 7_200.0,
    QuotaName.AUDIO_SECONDS_PER_DAY: 28_800.0,
}
HOURLY = QuotaTerms({QuotaName.AUDIO_SECONDS_PER_HOUR: 7_200.0})


def free(state: QuotaState | None = None, scale: float = 1.0) -> Quota:
    return Quota(QuotaTerms(FREE, scale=scale), state or QuotaState())


def stored(quota: Quota, terms: QuotaTerms) -> Quota:
    """The next step's, made anew from what the lane's row holds."""
    return Quota(terms, QuotaState.from_dict(json.loads(json.dumps(quota.state.to_dict()))))


class Upstream:
    """Counts as Groq does: what is used drains steadily, and what does not fit is refused."""

    def __init__(self) -> None:
        self.used = dict.fromkeys(QUOTAS, 0.0)
        self.at = NOW

    def fits(self, now: float, seconds: float) -> bool:
        for name, (_, window) in QUOTAS.items():
            drained = (now - self.at) * FREE[name] / window
            self.used[name] = max(0.0, self.used[name] - drained)
        self.at = now
        amounts = {
            name: 1.0 if unit is QuotaUnit.REQUESTS else seconds
            for name, (unit, _) in QUOTAS.items()
        }
        if any(self.used[name] + amounts[name] > FREE[name] + 1e-6 for name in QUOTAS):
            return False
        for name, amount in amounts.items():
            self.used[name] += amount
        return True


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(10, 700), st.floats(0, 2_000), st.floats(0, 1.9)),
        min_size=1,
        max_size=120,
    )
)
def test_what_is_sent_when_it_is_due_is_never_refused(
    parts: list[tuple[float, float, float]],
) -> None:
    quota, upstream = free(), Upstream()
    now = arrived = NOW
    for seconds, pause, lateness in parts:
        now = quota.due_at(now + pause, seconds)
        quota.charge(now, seconds)
        quota = stored(quota, QuotaTerms(FREE))
        # An upload takes its time, and not always the same.
        arrived = max(arrived, now + lateness)
        assert upstream.fits(arrived, seconds)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(10, 700), st.floats(0, 900), st.booleans()), max_size=60))
def test_what_is_given_back_makes_no_more_room_than_it_took(
    parts: list[tuple[float, float, bool]],
) -> None:
    quota, upstream = Quota(HOURLY, QuotaState()), Upstream()
    now = NOW
    for seconds, answer_after, is_billed in parts:
        now = quota.due_at(now, seconds)
        quota.charge(now, seconds)
        if is_billed:
            assert upstream.fits(now, seconds)
        else:
            charged_at = now
            now += answer_after
            quota.give_back(now, seconds, charged_at)


def test_a_four_hour_video_takes_about_an_hour_without_paying() -> None:
    quota, now = free(), NOW
    for _ in range(24):
        now = quota.due_at(now, 600.0)
        quota.charge(now, 600.0)
    assert 0.95 * 3600 < now - NOW < 1.05 * 3600


def test_twenty_requests_go_at_once_and_the_next_waits_for_its_share_of_the_minute() -> None:
    quota = free()
    for _ in range(19):
        assert quota.due_at(NOW, 10.0) == NOW
        quota.charge(NOW, 10.0)
    assert 0 < quota.due_at(NOW, 10.0) - NOW < 3.5


def test_without_limits_nothing_waits() -> None:
    quota = Quota(QuotaTerms(dict.fromkeys(QuotaName, 0.0)), QuotaState())
    for _ in range(1000):
        assert quota.due_at(NOW, 600.0) == NOW
        quota.charge(NOW, 600.0)
    assert not quota.state.used


def test_what_is_more_than_the_whole_quota_goes_once_nothing_is_used() -> None:
    quota = Quota(QuotaTerms({QuotaName.AUDIO_SECONDS_PER_HOUR: 300.0}), QuotaState())
    assert quota.due_at(NOW, 600.0) == NOW
    quota.charge(NOW, 600.0)
    assert quota.due_at(NOW, 600.0) == pytest.approx(NOW + 7_200)


def test_a_refusal_makes_everybody_wait_as_long_as_it_says_at_any_scale() -> None:
    quota = free(scale=200.0)
    quota.refuse(NOW, retry_after_seconds=1_188.0)
    again = stored(quota, QuotaTerms(FREE, scale=200.0))
    assert NOW + 1_188 < again.due_at(NOW, 10.0) < NOW + 1_230


def test_a_refusal_tells_how_much_is_used_by_others_who_share_the_account() -> None:
    quota = free()
    quota.refuse(
        NOW,
        retry_after_seconds=None,
        name=QuotaName.AUDIO_SECONDS_PER_HOUR,
        allowed=7_200.0,
        used=7_100.0,
    )
    assert quota.due_at(NOW, 600.0) == pytest.approx(NOW + 250, abs=5)


def test_refused_again_and_again_it_is_asked_less_and_less_until_something_is_answered() -> None:
    quota, now, waits = free(), NOW, []
    for _ in range(14):
        quota.refuse(now, retry_after_seconds=0.0)
        waits.append(quota.due_at(now, 10.0) - now)
        now = quota.due_at(now, 10.0)
    assert waits == sorted(waits)
    assert waits[0] < 2
    assert waits[-1] == 600
    quota.observe(now, [])
    quota.refuse(now, retry_after_seconds=0.0)
    assert quota.due_at(now, 10.0) - now < 2


def test_an_account_that_pays_is_told_so_by_the_answers() -> None:
    quota = free()
    name = quota.name_of("audio_seconds", 400_000.0, 399_400.0, 5.4)
    assert name is QuotaName.AUDIO_SECONDS_PER_HOUR
    quota.observe(NOW, [(name, 400_000.0, 399_400.0)])
    assert quota.allowed(name) == 400_000


def test_what_a_person_has_set_is_lowered_by_answers_but_never_raised() -> None:
    name = QuotaName.AUDIO_SECONDS_PER_HOUR
    quota = Quota(QuotaTerms(FREE, chosen=frozenset({name})), QuotaState())
    quota.observe(NOW, [(name, 400_000.0, None)])
    assert quota.allowed(name) == 7_200
    quota.observe(NOW, [(name, 3_600.0, None)])
    assert quota.allowed(name) == 3_600


@pytest.mark.parametrize(
    ("unit", "allowed", "remaining", "reset", "name"),
    [
        ("requests", 2_000, 1_998, 86.4, QuotaName.REQUESTS_PER_DAY),
        ("requests", 50, 47, 3.362, QuotaName.REQUESTS_PER_MINUTE),
        ("requests", 20, 20, 0.0, QuotaName.REQUESTS_PER_MINUTE),
        ("audio_seconds", 7_200, 7_199, 0.5, QuotaName.AUDIO_SECONDS_PER_HOUR),
        ("audio_seconds", 28_800, 28_200, 1_800, QuotaName.AUDIO_SECONDS_PER_DAY),
        ("audio_seconds", 28_800, None, None, QuotaName.AUDIO_SECONDS_PER_DAY),
        ("requests", 77, None, None, None),
        ("requests", 100, 50, 3_600, None),
        ("tokens", 100, 50, 30, None),
        ("requests", None, 50, 30, None),
    ],
)
def test_the_time_until_all_is_there_again_tells_which_quota_is_meant(
    unit: str,
    allowed: float | None,
    remaining: float | None,
    reset: float | None,
    name: QuotaName | None,
) -> None:
    assert free().name_of(unit, allowed, remaining, reset) is name


def test_what_comes_back_from_a_row_of_another_version_is_what_is_known_of_it() -> None:
    assert QuotaState.from_dict({"refusals": 2, "unknown": 1}) == QuotaState(refusals=2)
    assert QuotaState.from_dict(None) == QuotaState()


def test_a_clock_that_runs_backwards_drains_nothing() -> None:
    quota = Quota(HOURLY, QuotaState())
    moments = [NOW + random.Random(1).uniform(-50, 50) for _ in range(12)]
    for now in moments:
        quota.charge(now, 600.0)
    assert quota.state.used[QuotaName.AUDIO_SECONDS_PER_HOUR] >= 7_000
