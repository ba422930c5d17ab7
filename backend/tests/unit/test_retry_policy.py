"""When a job that failed by itself runs again."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ErrorCode
from app.services.retry_policy import (
    LONG_LADDER_SECONDS,
    QUICK_RETRIES,
    long_retry_delay_seconds,
    quick_retry_delay_seconds,
    waiting_delay_seconds,
)

HOUR = 3600.0
WAITING = (ErrorCode.VIDEO_UPCOMING, ErrorCode.VIDEO_LIVE, ErrorCode.VIDEO_PROCESSING)


@given(st.integers(0, 2**32), st.integers(1, QUICK_RETRIES))
def test_quick_retries_have_full_jitter_up_to_a_doubling_ceiling(seed: int, attempts: int) -> None:
    delay = quick_retry_delay_seconds(attempts, random.Random(seed))

    assert delay is not None
    assert 0 <= delay <= 2.0 * 2 ** (attempts - 1)


def test_quick_retries_are_three() -> None:
    delays = [quick_retry_delay_seconds(n, random.Random(1)) for n in range(1, 6)]

    assert [delay is None for delay in delays] == [False, False, False, True, True]


@given(st.integers(QUICK_RETRIES + 1, 1000), st.integers(0, 2**32))
def test_the_long_ladder_climbs_from_a_minute_to_half_a_day_and_never_ends(
    attempts: int, seed: int
) -> None:
    delay = long_retry_delay_seconds(attempts, random.Random(seed))

    rung = min(attempts - QUICK_RETRIES - 1, len(LONG_LADDER_SECONDS) - 1)
    assert 0.9 * LONG_LADDER_SECONDS[rung] <= delay <= 1.1 * LONG_LADDER_SECONDS[rung]


def test_a_premiere_is_looked_at_shortly_after_its_time_but_once_a_day_at_least() -> None:
    def delay(available_in: float) -> float:
        return waiting_delay_seconds(
            ErrorCode.VIDEO_UPCOMING, waited_seconds=0, available_in_seconds=available_in
        )

    assert delay(2 * HOUR) == 2 * HOUR + 120
    assert delay(300 * HOUR) == 24 * HOUR


@pytest.mark.parametrize("code", WAITING)
def test_what_has_no_announced_time_is_looked_at_the_less_often_the_longer_it_waits(
    code: ErrorCode,
) -> None:
    delays = [
        waiting_delay_seconds(code, waited_seconds=waited, available_in_seconds=None)
        for waited in (0, HOUR, 4 * HOUR, 100 * HOUR)
    ]

    assert 600 <= delays[0] <= 900
    assert delays == sorted(delays)
    assert delays[-1] == 6 * HOUR


def test_an_overdue_premiere_is_looked_at_again_within_minutes() -> None:
    delay = waiting_delay_seconds(
        ErrorCode.VIDEO_UPCOMING, waited_seconds=0, available_in_seconds=-60
    )

    assert delay == 300


def test_a_faster_world_divides_our_delays_but_not_what_youtube_announces() -> None:
    def delay(available_in: float | None) -> float:
        return waiting_delay_seconds(
            ErrorCode.VIDEO_UPCOMING,
            waited_seconds=0,
            available_in_seconds=available_in,
            time_scale=100,
        )

    assert delay(60) == 60 + 1.2
    assert delay(None) == 9
