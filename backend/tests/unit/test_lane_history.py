"""What a lane remembers of its last hour, and how fast it says it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.lane_history import HISTORY_SECONDS, LaneHistory, pauses_between
from app.services.rate_limiter import Outcome

NOON = 1_700_000_040.0  # the beginning of a minute


def noted(
    history: LaneHistory, now: float, outcome: Outcome = Outcome.OK, requests: int = 1
) -> None:
    history.note(now, now - 0.1, outcome, requests, rate_per_second=0.5, time_scale=1.0)


def test_a_minute_counts_what_came_back_in_it() -> None:
    history = LaneHistory()
    for second in (0, 10, 59):
        noted(history, NOON + second, requests=2)
    noted(history, NOON + 61, Outcome.THROTTLED)
    noted(history, NOON + 62, Outcome.FAILED)

    first, second_minute = history.minutes
    assert (first.requests, first.throttled, first.failed) == (6, 0, 0)
    assert (second_minute.requests, second_minute.throttled, second_minute.failed) == (2, 1, 1)
    assert first.rate_per_minute == 30


def test_a_pause_that_goes_on_is_prolonged_and_one_that_ends_early_is_cut() -> None:
    history = LaneHistory()
    history.note_pause(NOON, NOON + 60, "upstream_throttled")
    history.note_pause(NOON + 60, NOON + 210, "upstream_blocked")
    history.note_opened(NOON + 100)
    history.note_pause(NOON + 500, NOON + 560, None)

    assert [(p.from_at - NOON, p.until_at - NOON) for p in history.pauses] == [(0, 100), (500, 560)]
    assert history.pauses[0].reason_code == "upstream_blocked"


def test_what_is_older_than_an_hour_is_forgotten() -> None:
    history = LaneHistory()
    noted(history, NOON)
    history.note_pause(NOON, NOON + 60, None)
    noted(history, NOON + HISTORY_SECONDS + 120)

    assert len(history.minutes) == 1
    assert history.pauses == []


def test_the_throughput_is_what_was_answered_while_there_was_work() -> None:
    history = LaneHistory()
    for second in range(0, 600, 5):
        noted(history, NOON + second, requests=2)
    assert history.throughput_per_second == pytest.approx(0.4, rel=0.05)

    # A night without work is no slowness.
    for second in range(0, 100, 5):
        noted(history, NOON + 40_000 + second, requests=2)
    assert history.throughput_per_second == pytest.approx(0.4, rel=0.15)


def test_a_lane_that_has_answered_nothing_has_no_throughput() -> None:
    history = LaneHistory()
    noted(history, NOON, Outcome.THROTTLED)

    assert history.throughput_per_second is None
    assert history.worked_at == 0.0


def test_it_remembers_when_the_newest_good_answer_was_asked_for() -> None:
    history = LaneHistory()
    noted(history, NOON + 10)
    noted(history, NOON + 5)
    noted(history, NOON + 20, Outcome.FAILED)

    assert history.worked_at == NOON + 9.9


@given(
    st.lists(
        st.tuples(st.floats(0, 4000), st.sampled_from(list(Outcome)), st.integers(1, 3)),
        max_size=80,
    )
)
def test_it_survives_its_row_and_stays_small(
    steps: list[tuple[float, Outcome, int]],
) -> None:
    history, now = LaneHistory(), NOON
    for gap, outcome, requests in steps:
        now += gap
        noted(history, now, outcome, requests)
        if outcome is Outcome.THROTTLED:
            history.note_pause(now, now + 60, "upstream_throttled")

    assert LaneHistory.from_dict(history.to_dict()) == history
    assert len(history.minutes) <= 62
    assert len(history.pauses) <= 60
    assert all(p.until_at > now - 1 for p in pauses_between(history.pauses, now - 1, now))


def test_a_lane_that_never_worked_has_an_empty_history() -> None:
    assert LaneHistory.from_dict(None) == LaneHistory()
