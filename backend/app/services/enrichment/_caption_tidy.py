"""From the cues of a file to cues people read: in order, each line once, ends that make sense."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from app.services.enrichment._caption_model import Cue, RawCue, RawTrack

# How long a line stays that has no end, if no other follows it sooner.
_DEFAULT_LENGTH_MS: Final = 5_000
# Lines this close together are one uninterrupted display.
_SEAM_MS: Final = 200
# Nobody reads a line in less: such cues are frames of an animation or fillers of a scroll.
_FRAME_MS: Final = 700
_FRAME_SEAM_MS: Final = 50
# More lines are never on the screen at once.
_SCREEN_LINES: Final = 4
_OVERLAPPING_SHARE: Final = 0.8
_ROLLING_SHARE: Final = 0.5
_ENOUGH_PAIRS: Final = 5


# A sound, not speech: [Music]. Speech recognition names it anew every half minute.
_SOUND: Final = re.compile(r"\[[^\]\n]+\]|\([^)\n]+\)|[♪♫ ]+")
_Timed = tuple[int, int, str]  # start and end in milliseconds, text


def tidy(track: RawTrack, clean: Callable[[str], str]) -> list[Cue]:
    """Puts the cues of a file in order.

    Args:
        track: What the parser found.
        clean: Makes the text of a cue of this format readable.

    Returns:
        Cues by start, with text, `end >= start`, and without the repetitions that scrolling, word
        animation and shadow layers put into the file.
    """
    cleaned = [RawCue(cue.start_ms, cue.end_ms, clean(cue.text)) for cue in track.cues]
    if track.may_roll:
        ordered = sorted(cleaned, key=lambda cue: cue.start_ms)
        cues = _without_rolling(_with_ends(ordered))
    else:
        cues = _with_ends(sorted((c for c in cleaned if c.text), key=lambda cue: cue.start_ms))
    cues = [cue for cue in cues if cue[2]]
    if track.is_automatic or _mostly_overlapping(cues):
        cues = _ended_by_next(cues)
    return [Cue(start / 1000, end / 1000, text) for start, end, text in _without_repeats(cues)]


def _with_ends(cues: list[RawCue]) -> list[_Timed]:
    """Gives an end to every cue that has none, or one before its start."""
    timed: list[_Timed] = []
    following: int | None = None  # the nearest later start
    for place in range(len(cues) - 1, -1, -1):
        cue = cues[place]
        if place + 1 < len(cues) and cues[place + 1].start_ms > cue.start_ms:
            following = cues[place + 1].start_ms
        end = cue.end_ms
        if end is None or end < cue.start_ms:
            end = cue.start_ms + _DEFAULT_LENGTH_MS
            end = end if following is None else min(end, following)
        timed.append((cue.start_ms, end, cue.text))
    return timed[::-1]


def _without_rolling(cues: list[_Timed]) -> list[_Timed]:
    """Keeps each line of a scrolling display once, from the moment it appears.

    YouTube's WebVTT shows two lines at a time: the old one again, then the new one, and between
    them a cue of 10 ms with the old one alone. Files where that isn't the habit stay as they are:
    there, a repeated line was said twice.
    """
    lines = [cue[2].split("\n") if cue[2] else [] for cue in cues]
    carried = [0, *(_carried(cues, lines, place) for place in range(1, len(cues)))]
    kept_along = sum(0 < count < len(lines[place]) for place, count in enumerate(carried))
    if not kept_along or sum(map(bool, carried)) < _ROLLING_SHARE * (len(cues) - 1):
        return cues
    return [
        (start, end, "\n".join(lines[place][carried[place] :]))
        for place, (start, end, _) in enumerate(cues)
    ]


def _carried(cues: list[_Timed], lines: list[list[str]], place: int) -> int:
    """How many lines at the top of this cue were at the bottom of the one before."""
    if cues[place][0] - cues[place - 1][1] > _SEAM_MS:
        return 0
    before, now = lines[place - 1][-_SCREEN_LINES:], lines[place]
    for count in range(min(len(before), len(now)), 0, -1):
        if before[-count:] == now[:count]:
            return count
    return 0


def _mostly_overlapping(cues: list[_Timed]) -> bool:
    """Whether lines nearly always outlast the next one's start: scrolling, though not marked so."""
    pairs = [(a, b) for a, b in pairwise(cues) if b[0] > a[0]]
    overlapping = sum(b[0] < a[1] for a, b in pairs)
    return len(pairs) >= _ENOUGH_PAIRS and overlapping >= _OVERLAPPING_SHARE * len(pairs)


def _ended_by_next(cues: list[_Timed]) -> list[_Timed]:
    ended: list[_Timed] = []
    following: int | None = None
    for place in range(len(cues) - 1, -1, -1):
        start, end, text = cues[place]
        if place + 1 < len(cues) and cues[place + 1][0] > start:
            following = cues[place + 1][0]
        ended.append((start, end if following is None else min(end, following), text))
    return ended[::-1]


def _without_repeats(cues: list[_Timed]) -> Iterator[_Timed]:
    """Joins a line's shadow layers and animation frames: the same text, shown on and on."""
    kept: list[_Timed] = []
    latest: dict[str, int] = {}
    for start, end, text in cues:
        place = latest.get(text)
        if place is not None and _continues(kept[place], start, end, text):
            kept[place] = (kept[place][0], max(kept[place][1], end), text)
            continue
        latest[text] = len(kept)
        kept.append((start, end, text))
    return iter(kept)


def _continues(shown: _Timed, start: int, end: int, text: str) -> bool:
    if start == shown[0] or start < shown[1]:
        return True
    if _SOUND.fullmatch(text) and start - shown[1] <= _SEAM_MS:
        return True
    is_frame = min(end - start, shown[1] - shown[0]) < _FRAME_MS
    return is_frame and start - shown[1] <= _FRAME_SEAM_MS
