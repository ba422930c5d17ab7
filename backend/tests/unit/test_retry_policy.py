"""When a job that failed by itself runs again."""

import random

from hypothesis import given
from hypothesis import strategies as st

from app.services.retry_policy import (
    LONG_LADDER_SECONDS,
    QUICK_RETRIES,
    long_retry_delay_seconds,
    quick_retry_delay_seconds,
)


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
