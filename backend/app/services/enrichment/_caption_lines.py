"""Reading the caption formats made of lines: WebVTT, SubRip (SRT) and YouTube's old SBV.

Real files break their formats in every way: no header, no blank line, no text, commas for points.
A line with a readable start time opens a cue; all else is judged from there.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.services.enrichment._caption_model import (
    CaptionFormatError,
    RawCue,
    RawTrack,
    milliseconds,
)

_STAMP: Final = r"(?:\d{1,5}:)?\d{1,4}:\d{1,2}(?:[.,]\d{1,6})?"
_ARROW_TIMING: Final = re.compile(rf"\s*({_STAMP})\s*(?:--?>|[–—]>|→)\s*({_STAMP})?(?![\d:])")
_SBV_TIMING: Final = re.compile(r"\s*(\d{1,3}:\d\d:\d\d\.\d{1,3}),(\d{1,3}:\d\d:\d\d\.\d{1,3})\s*")
_INDEX: Final = re.compile(r"\s*\d{1,7}\s*")


def parse_lines(text: str, *, as_srt: bool) -> RawTrack:
    """Reads a WebVTT, SRT or SBV file.

    Args:
        text: The decoded file.
        as_srt: A blank line may stand inside a cue, and a cue's number is a line of its own.

    Returns:
        The cues; none for a WebVTT file that holds none.

    Raises:
        CaptionFormatError: There is no cue with a text, and no WebVTT header either.
    """
    has_header = text.lstrip().startswith("WEBVTT")
    cues = list(_read_cues(text, as_srt=as_srt and not has_header))
    if not has_header and not any(cue.text.strip() for cue in cues):
        raise CaptionFormatError("no cue with a time and a text")
    return RawTrack(cues, may_roll=True)


def _read_cues(text: str, *, as_srt: bool) -> Iterator[RawCue]:
    timing: tuple[int, int | None] | None = None
    payload: list[str] = []
    for line in re.split(r"\r\n|\n|\r", text):
        next_timing = _timing(line)
        is_end = next_timing is not None or "-->" in line or not (line or as_srt)
        if not is_end:
            payload.append(line)
            continue
        if timing:
            yield RawCue(*timing, _text(payload, as_srt=as_srt, before_cue=bool(line)))
        timing, payload = next_timing, []
    if timing:
        yield RawCue(*timing, _text(payload, as_srt=as_srt, before_cue=False))


def _timing(line: str) -> tuple[int, int | None] | None:
    found = _ARROW_TIMING.match(line) or _SBV_TIMING.fullmatch(line)
    start = _stamp(found[1]) if found else None
    if found is None or start is None:
        return None
    return start, _stamp(found[2]) if found[2] else None


def _stamp(stamp: str) -> int | None:
    clock, _, fraction = stamp.replace(",", ".").partition(".")
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    return milliseconds(f"{seconds}.{fraction or 0}", 1000)


def _text(payload: list[str], *, as_srt: bool, before_cue: bool) -> str:
    if not as_srt:
        return "\n".join(payload)
    if before_cue and payload and _INDEX.fullmatch(payload[-1]):
        payload = payload[:-1]  # the number of the cue that follows
    for place in range(1, len(payload) - 1):
        # A number after a blank line opens a cue whose time is missing: nobody knows when it was.
        if not payload[place - 1].strip() and _INDEX.fullmatch(payload[place]):
            return "\n".join(payload[:place])
    return "\n".join(payload)
