"""Where a sound may be cut, and how much of it is voice: rules on the levels of its frames. Pure."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf, log10
from operator import mul

FRAME_MS = 20
SILENCE_DB = -100
"""The level of a frame in which there is nothing."""

# Every third sample says as much about a frame's level for a third of the work.
_STRIDE = 3
_FULL_SCALE_SQUARED = 32768.0**2
# A sound whose loudest moments are below this is silent, whatever its noise does.
_INAUDIBLE_DB = -60
# Less than this between its quiet and its loud moments is a noise or a note, not speech.
_LEAST_RANGE_DB = 6
# Speech is not quieter than this below its loud moments; recordings have breaths and noise there.
_GREATEST_RANGE_DB = 50
# How far up from the quiet moments to the loud ones speech begins.
_VOICE_BEGINS_AT = 0.25
_LOUD_SHARE = 0.99
_QUIET_SHARE = 0.10
# Of the minute in which a pause is looked for; who speaks fast is silent for three seconds of it.
_QUIET_SHARE_NEARBY = 0.05
# Between words there is rarely so much, between sentences nearly always.
_LEAST_PAUSE_FRAMES = 200 // FRAME_MS


@dataclass(frozen=True, slots=True)
class Cut:
    """Where to cut.

    Args:
        frame: The first frame after it.
        is_pause: Nobody speaks there, so that no word is cut in two.
    """

    frame: int
    is_pause: bool


def level_db(samples: "array[int]") -> int:
    """How loud a frame is, in decibels below full scale.

    Args:
        samples: Of 16 bits.
    """
    some = samples[::_STRIDE]
    mean = sum(map(mul, some, some)) / max(1, len(some))
    if mean <= 0:
        return SILENCE_DB
    return max(SILENCE_DB, round(10 * log10(mean / _FULL_SCALE_SQUARED)))


def voiced_frames(levels: Sequence[int]) -> int:
    """How many frames are louder than the background."""
    threshold = _voice_db(levels, _QUIET_SHARE)
    return 0 if threshold is None else sum(level > threshold for level in levels)


def choose_cut(levels: Sequence[int], *, first: int, last: int, mark: int) -> Cut:
    """The middle of the longest pause in a stretch; without one, its quietest moment near the mark.

    Args:
        levels: Of all frames of the part.
        first: Where the stretch begins.
        last: Where it ends, not included.
        mark: Where a cut would be best; of pauses equally long the nearest one is taken.
    """
    pauses = [
        (start, end)
        for start, end in _quiet_runs(levels, first, last)
        if end - start >= _LEAST_PAUSE_FRAMES
    ]
    if pauses:
        start, end = max(
            pauses, key=lambda run: (run[1] - run[0], -abs((run[0] + run[1]) // 2 - mark))
        )
        return Cut((start + end) // 2, is_pause=True)
    width = min(_LEAST_PAUSE_FRAMES, last - first)
    start = min(
        range(first, last - width + 1),
        key=lambda at: (sum(levels[at : at + width]), abs(at - mark)),
        default=first,
    )
    return Cut(start + width // 2, is_pause=False)


def _quiet_runs(levels: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    nearby = levels[first:last]
    threshold = _pause_db(nearby)
    at = first
    for is_quiet, run in groupby(nearby, key=lambda level: level <= threshold):
        length = sum(1 for _ in run)
        if is_quiet:
            yield at, at + length
        at += length


def _pause_db(levels: Sequence[int]) -> float:
    """What is not louder than this is a pause."""
    if not levels or max(levels) < _INAUDIBLE_DB:
        return inf
    threshold = _voice_db(levels, _QUIET_SHARE_NEARBY)
    return -inf if threshold is None else threshold


def _voice_db(levels: Sequence[int], quiet_share: float) -> float | None:
    """What is louder than this is not background; None if nothing stands out of it."""
    if not levels:
        return None
    ordered = sorted(levels)
    loud = ordered[int((len(ordered) - 1) * _LOUD_SHARE)]
    quiet = max(ordered[int((len(ordered) - 1) * quiet_share)], loud - _GREATEST_RANGE_DB)
    if loud < _INAUDIBLE_DB or loud - quiet < _LEAST_RANGE_DB:
        return None
    return quiet + (loud - quiet) * _VOICE_BEGINS_AT
