"""What every caption format is read into, and what may go wrong while reading."""

import math
from dataclasses import dataclass
from typing import Final

# Times beyond 1000 hours are broken numbers, not captions.
_LAST_MILLISECOND: Final = 3_600_000_000


class CaptionError(Exception):
    """A caption file gave no captions."""


class CaptionFormatError(CaptionError):
    """The data is no readable caption file: truncated, garbage, or something else entirely."""


class CaptionsLocked(CaptionError):
    """The body was empty: YouTube locked the track or the address expired.

    It never means that the video has no captions.
    """


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of captions.

    Attributes:
        start_seconds: When it appears, from the start of the video.
        end_seconds: When it disappears; never before `start_seconds`.
        text: What is said; lines end with a newline, none is empty.
    """

    start_seconds: float
    end_seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class RawCue:
    """A cue as it stands in the file: text uncleaned, the end perhaps missing or too early."""

    start_ms: int
    end_ms: int | None
    text: str


@dataclass(frozen=True, slots=True)
class RawTrack:
    """The cues of a file, and what the file says about itself.

    Attributes:
        cues: In the order of the file.
        is_automatic: The lines come from speech recognition, so each ends where the next begins.
        may_roll: The format repeats lines to make them scroll.
    """

    cues: list[RawCue]
    is_automatic: bool = False
    may_roll: bool = False


def milliseconds(value: object, per_unit: int = 1) -> int | None:
    """Reads a time out of a file.

    Args:
        value: A number or a text that holds one.
        per_unit: Milliseconds in one unit of the value.

    Returns:
        Whole milliseconds (a negative time counts as 0), or None if it is no sensible time.
    """
    if type(value) is int and per_unit == 1 and 0 <= value <= _LAST_MILLISECOND:
        return value  # as YouTube writes it, thousands of times in a file
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value) * per_unit
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(number) or number > _LAST_MILLISECOND:
        return None
    return max(0, round(number))
