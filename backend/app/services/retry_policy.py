"""When a job runs again. Pure."""

import random

from app.core.errors import ErrorCode

QUICK_RETRIES = 3
_BACKOFF_BASE_SECONDS = 2.0
# After the quick retries: minutes, then hours, for as long as it takes. Nothing accepted is given up.
LONG_LADDER_SECONDS = (60.0, 300.0, 900.0, 3600.0, 3 * 3600.0, 6 * 3600.0, 12 * 3600.0)

# A caption file that stays broken is given up while its address is still good (six hours): later
# attempts would cost an extraction each.
CAPTION_LADDER_RUNGS = 5
# The parts of a sound are stored, so trying again costs nothing but patience: about a day.
TRANSCRIPT_LADDER_RUNGS = 7
# How soon a video that is not there yet is looked at again, at the least and at the most. In between
# a quarter of the time it has waited already: what just ended a stream is seen soon, and a stream
# that never ends costs four looks a day.
_SHORTEST_WAIT_SECONDS = {
    ErrorCode.VIDEO_UPCOMING: 900.0,
    ErrorCode.VIDEO_LIVE: 900.0,
    ErrorCode.VIDEO_PROCESSING: 600.0,
}
_LONGEST_WAIT_SECONDS = 6 * 3600.0
_WAITED_SHARE = 0.25
# Premieres are moved, so even a far one is looked at once a day; and a punctual one is not quite ready.
_LONGEST_ANNOUNCED_SECONDS = 24 * 3600.0
_AFTER_RELEASE_SECONDS = 120.0
# Announced for the past: it begins any moment, or it was called off.
_OVERDUE_SECONDS = 300.0


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


def waiting_delay_seconds(
    code: ErrorCode,
    *,
    waited_seconds: float,
    available_in_seconds: float | None,
    time_scale: float = 1.0,
) -> float:
    """When to look again at a video that is not out yet, runs live or is being processed.

    Args:
        code: One of the waiting codes.
        waited_seconds: How long it has waited since it was added.
        available_in_seconds: How long until the time YouTube announces, if it does; negative if
            that has passed.
        time_scale: Divides what is ours, not what YouTube announces.
    """
    if available_in_seconds is not None and available_in_seconds > 0:
        return min(
            available_in_seconds + _AFTER_RELEASE_SECONDS / time_scale,
            _LONGEST_ANNOUNCED_SECONDS / time_scale,
        )
    shortest = _SHORTEST_WAIT_SECONDS[code] if available_in_seconds is None else _OVERDUE_SECONDS
    waited = _WAITED_SHARE * waited_seconds
    return min(max(shortest / time_scale, waited), _LONGEST_WAIT_SECONDS / time_scale)
