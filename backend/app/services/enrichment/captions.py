"""Captions: choosing a track, reading any of YouTube's formats, writing WebVTT and plain text.

Reading is forgiving, because people upload everything: a damaged file gives the cues that can be
read. Only what is no caption file at all, or was cut off on the way, is an error.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from app.core.texts import printable
from app.services.enrichment._caption_json import parse_json
from app.services.enrichment._caption_lines import parse_lines
from app.services.enrichment._caption_model import (
    CaptionError,
    CaptionFormatError,
    CaptionsLocked,
    Cue,
    RawTrack,
)
from app.services.enrichment._caption_tidy import tidy
from app.services.enrichment._caption_tracks import CaptionTrack, TrackChoice, choose_tracks
from app.services.enrichment._caption_words import clean, clean_srt, clean_vtt, decode
from app.services.enrichment._caption_xml import parse_xml

__all__ = [
    "CaptionError",
    "CaptionFormatError",
    "CaptionTrack",
    "CaptionsLocked",
    "Cue",
    "Paragraph",
    "TrackChoice",
    "choose_tracks",
    "clock",
    "paragraphs",
    "parse_captions",
    "shown_lines",
    "to_transcript",
    "to_webvtt",
]

_SRT_LIKE: Final = frozenset({"srt", "sbv"})
_LINE_FORMATS: Final = _SRT_LIKE | {"vtt"}
_FORMATS: Final = _LINE_FORMATS | {"json3", "json", "srv1", "srv2", "srv3", "ytt", "ttml", "xml"}
_NOTHING: Final = " \t\r\n\x00\ufeff"

# A pause this long reads like the end of a thought.
_PARAGRAPH_PAUSE_SECONDS: Final = 2.0
# A paragraph ends at the first full stop after this many characters, and at the latest after twice
# as many: automatic captions have neither pauses nor full stops for minutes.
_PARAGRAPH_LENGTH: Final = 500
_SENTENCE_ENDS: Final = (".", "!", "?", "…", '."', "。", "！", "？", "؟", "।")
_FIRST_IDEOGRAPH: Final = "\u2e80"
_FIRST_HANGUL: Final = "\uac00"


def parse_captions(data: bytes, format: str) -> list[Cue]:  # noqa: A002 - the name is the contract
    """Reads a caption file.

    Args:
        data: The file as it was fetched.
        format: `json3`, `vtt`, `srv1`, `srv3` or `srt` (also `srv2`, `ytt`, `ttml`, `sbv`). Where
            the content is plainly another of these, the content is believed.

    Returns:
        The cues by start time: ends never before starts, no text empty, no controls, no markup,
        no scrolling repetitions. Empty for a well-formed file that holds none.

    Raises:
        CaptionsLocked: The body is empty.
        CaptionFormatError: The format is unknown, or the data is no readable caption file.
    """
    text = decode(data).strip(_NOTHING)
    if not text:
        raise CaptionsLocked("empty body")
    if format not in _FORMATS:
        raise CaptionFormatError(f"unknown caption format {format[:20]!r}")
    track, cleaner = _read(text, format)
    return tidy(track, cleaner)


def _read(text: str, declared: str) -> tuple[RawTrack, Callable[[str], str]]:
    if text.startswith("<"):
        return parse_xml(text), clean
    # SubRip without its first number may begin like JSON: `[door]`, `{\an8}`.
    if text.startswith(("{", "[")) and (declared not in _LINE_FORMATS or _is_json(text)):
        return parse_json(text), clean
    track = parse_lines(text, as_srt=declared in _SRT_LIKE)
    return track, clean_srt if declared in _SRT_LIKE else clean_vtt


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def to_webvtt(cues: Sequence[Cue]) -> str:
    """Writes captions for the browser's player.

    Args:
        cues: By start time.

    Returns:
        A valid WebVTT file; cues without length get one millisecond, which the format demands.
    """
    return "WEBVTT\n" + "".join(_webvtt_cues(cues))


def _webvtt_cues(cues: Iterable[Cue]) -> Iterator[str]:
    for cue in cues:
        lines = shown_lines(cue)
        if not lines:
            continue
        start = round(cue.start_seconds * 1000)
        end = max(round(cue.end_seconds * 1000), start + 1)
        text = "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        yield f"\n{_stamp(start)} --> {_stamp(end)}\n{text}\n"


def shown_lines(cue: Cue) -> list[str]:
    """The lines of a cue that hold something, without control characters."""
    return [line for part in cue.text.splitlines() if (line := printable(part))]


def _stamp(milliseconds: int) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{clock(seconds)}.{fraction:03}"


def clock(seconds: int) -> str:
    """A time as subtitle files write it: hours, minutes and seconds of two digits."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def to_transcript(cues: Sequence[Cue]) -> str:
    """Writes captions as a text to read.

    Args:
        cues: By start time.

    Returns:
        Paragraphs with an empty line between them, ending with a newline; empty without cues.
    """
    return "".join(
        f"\n{paragraph.text}\n" if place else f"{paragraph.text}\n"
        for place, paragraph in enumerate(paragraphs(cues))
    )


class Paragraph(NamedTuple):
    """Some cues as a text to read.

    Args:
        start_seconds: Where the first of them begins.
        text: One line.
    """

    start_seconds: float
    text: str


def paragraphs(cues: Iterable[Cue]) -> Iterator[Paragraph]:
    """Divide captions where speech pauses, or where a paragraph is long enough.

    Args:
        cues: By start time.
    """
    parts: list[str] = []
    start = 0.0
    length = 0
    shown_until = 0.0
    for cue in cues:
        text = printable(cue.text)
        is_new = cue.start_seconds - shown_until >= _PARAGRAPH_PAUSE_SECONDS
        if parts and (is_new or text.startswith(">>") or _is_long_enough(parts[-1], length)):
            yield Paragraph(start, _joined(parts))
            parts, length = [], 0
        if text:
            start = start if parts else cue.start_seconds
            parts.append(text)
            length += len(text) + 1
        shown_until = max(shown_until, cue.end_seconds)
    if parts:
        yield Paragraph(start, _joined(parts))


def _is_long_enough(last: str, length: int) -> bool:
    return length >= 2 * _PARAGRAPH_LENGTH or (
        length >= _PARAGRAPH_LENGTH and last.endswith(_SENTENCE_ENDS)
    )


def _joined(parts: Sequence[str]) -> str:
    joined = [parts[0]]
    for before, after in pairwise(parts):
        # Chinese and Japanese put no spaces between words.
        tight = _is_ideographic(before[-1]) and _is_ideographic(after[0])
        joined.append(after if tight else f" {after}")
    return "".join(joined)


def _is_ideographic(character: str) -> bool:
    return _FIRST_IDEOGRAPH <= character < _FIRST_HANGUL or "\uf900" <= character <= "\uffef"
