"""When a job that failed by itself runs again. Pure."""

import random

QUICK_RETRIES = 3
_BACKOFF_BASE_SECONDS = 2.0
# After the quick retries: minutes, then hours, for as long as it takes. Nothing accepted is given up.
LONG_LADDER_SECONDS = (60.0, 300.0, 900.0, 3600.0, 3 * 3600.0, 6 * 3600.0, 12 * 3600.0)


def quick_retry_delay_seconds(attempts: int, rng: random.Random) -> float | None:
    """The delay before the next quick retry: exponential backoff with full jitter.

    Full jitter spreads the retries of videos that failed together (AWS Architecture Blog,
    "Exponential Backoff And Jitter").

    Args:
        attempts: How often the job has failed, 1 after the first failure.
        rng: For the jitter.

    Returns:
        Seconds, or None when the quick retries are spent.
    """
    if attempts > QUICK_RETRIES:
        return None
    return rng.uniform(0.0, _BACKOFF_BASE_SECONDS * 2 ** (attempts - 1))


def long_retry_delay_seconds(attempts: int, rng: random.Random) -> float:
    """The delay on the long ladder, with a tenth of jitter.

    Args:
        attempts: How often the job has failed, more than ``QUICK_RETRIES``.
        rng: For the jitter.
    """
    rung = min(max(0, attempts - QUICK_RETRIES - 1), len(LONG_LADDER_SECONDS) - 1)
    return LONG_LADDER_SECONDS[rung] * rng.uniform(0.9, 1.1)
