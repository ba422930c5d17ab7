"""Judges what stands in one cell or field that may hold a video of its own."""

import re
from itertools import chain
from typing import Final, NamedTuple

from app.services.youtube_ids import (
    LinkKind,
    classify_link,
    extract_source,
    find_video_ids,
    is_ordinary_word,
    is_video_id,
)

_MIN_LENGTH: Final = 10
_MAX_LINK_LENGTH: Final = 2048
# The spreadsheet's protection against formulas, quotation marks, and what is put around links.
_WRAPPING: Final = " \t\r\n\u00a0\ufeff'\"<>"
_PLAYLIST_ID: Final = re.compile(
    r"(?:PL|UU|OLAK5uy_|RDCLAK5uy_)[A-Za-z0-9_-]{10,64}|PL[A-F0-9]{16}"
)
_CHANNEL_ID: Final = re.compile(r"UC[A-Za-z0-9_-]{22}")


class Field(NamedTuple):
    """What a cell holds, all of it.

    Args:
        youtube_ids: The videos, if it is nothing but links to them.
        bare_id: Eleven characters that are a video's id if the field is known to hold ids.
        source: The playlist or channel, if it is one.
        is_link: Whether it is a web address at all.
    """

    youtube_ids: tuple[str, ...] = ()
    bare_id: str | None = None
    source: str | None = None
    is_link: bool = False


_NOTHING: Final = Field()


def judge_field(value: str) -> Field:  # noqa: PLR0911 - one per kind of content
    """Judge a cell by all of its text: a link within a sentence is none of its own.

    Args:
        value: The cell.
    """
    if not _MIN_LENGTH <= len(value) <= _MAX_LINK_LENGTH:
        return _NOTHING
    text = value.strip(_WRAPPING)
    if not text:
        return _NOTHING
    words = text.split()
    if len(words) > 1:
        return _judge_several(words)
    if is_video_id(text):
        return Field(bare_id=text)
    folded = text.lower()
    if "youtu" in folded or "yt:video:" in folded:
        return _judge_link(text)
    if _CHANNEL_ID.fullmatch(text):
        return Field(source=f"channel:{text}")
    if _PLAYLIST_ID.fullmatch(text):
        return Field(source=f"playlist:{text}")
    return Field(is_link="://" in text)


def _judge_several(words: list[str]) -> Field:
    if not all("youtu" in word.lower() for word in words):
        return _NOTHING
    found = [find_video_ids(word) for word in words]
    if not all(found):
        return _NOTHING
    return Field(tuple(dict.fromkeys(chain.from_iterable(found))), is_link=True)


def _judge_link(text: str) -> Field:
    youtube_ids = find_video_ids(text)
    if youtube_ids:
        return Field(tuple(youtube_ids), is_link=True)
    kind = classify_link(text)
    if kind in (LinkKind.PLAYLIST, LinkKind.CHANNEL):
        return Field(source=extract_source(text), is_link=True)
    return Field(is_link=kind is not LinkKind.NO_LINK)


def looks_random(youtube_id: str) -> bool:
    """Whether eleven characters look like an id rather than like a word, a name or a number."""
    return not is_ordinary_word(youtube_id)
