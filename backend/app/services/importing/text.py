"""Reads running text line by line, and single cells and fields the same way."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from app.core.errors import ReasonCode
from app.services.importing.items import ItemSink, storable
from app.services.youtube_ids import (
    LinkKind,
    classify_link,
    extract_source,
    find_video_ids,
    is_personal_playlist,
)

_WORD: Final = re.compile(r"\S+")
_MAX_WORD: Final = 8192
_MAX_WORDS: Final = 20_000
_ROW: Final = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def rows_of(text: str) -> Iterator[tuple[int, str]]:
    """Every line that is not blank, with its number from 1; nothing is copied in advance.

    Args:
        text: Anything; lines end as for ``str.splitlines``.
    """
    line, end = 1, 0
    for found in _ROW.finditer(text):
        # Between two rows are only line breaks, and those of Windows are one.
        line += found.start() - end - text.count("\r\n", end, found.start())
        end = found.end()
        if not found[0].isspace():
            yield line, found[0]


def read_lines(text: str, sink: ItemSink, group: str | None = None) -> None:
    """Read running text: every line that is not blank becomes at least one item.

    Args:
        text: Anything a person can paste.
        sink: Takes the items.
        group: What the text is a part of.
    """
    for line, row in rows_of(text):
        if sink.is_full:
            return
        read_line(line, row, sink, group)


def read_urls(urls: Sequence[str], sink: ItemSink) -> None:
    """Read one link per element; blank elements are items too, so that counts add up.

    Args:
        urls: Links in any form.
        sink: Takes the items.
    """
    for line, url in enumerate(urls, 1):
        if sink.is_full:
            return
        if not read_line(line, url, sink):
            sink.add(line, "", reason=ReasonCode.NO_LINK)


def read_line(
    line: int, row: str, sink: ItemSink, group: str | None = None, title: str = ""
) -> bool:
    """Read one line: each video in it, or why there is none.

    Args:
        line: Its number.
        row: The line.
        sink: Takes the items.
        group: What it is a part of.
        title: How the link is called, for people only.

    Returns:
        Whether there was anything to read.
    """
    row = storable(row).strip()
    if not row:
        return False
    shown = f"{' '.join(title.split())} {row}" if title else row
    youtube_ids = find_video_ids(row)
    for youtube_id in youtube_ids:
        sink.add(line, shown, youtube_id=youtube_id, group=group)
    if youtube_ids:
        _read_missed_beside(line, row, sink, group)
    else:
        add_without_video(line, row, sink, group, shown)
    return True


def add_without_video(
    line: int, row: str, sink: ItemSink, group: str | None = None, shown: str = ""
) -> None:
    """Take what holds no video: a playlist, a channel, or something with a reason.

    Args:
        line: Where it stands.
        row: What stands there.
        sink: Takes the item.
        group: What it is a part of.
        shown: What to show of it, if that is more.
    """
    kind = classify_link(row)
    if kind not in (LinkKind.PLAYLIST, LinkKind.CHANNEL):
        reason = ReasonCode.NOT_A_VIDEO if kind is LinkKind.VIDEO else ReasonCode(kind.value)
        sink.add(line, shown or row, reason=reason, group=group)
        return
    add_source(line, shown or row, extract_source(row), sink, group)


def add_source(
    line: int, row: str, source: str | None, sink: ItemSink, group: str | None = None
) -> None:
    """Take a playlist or channel, unless nobody can read it.

    Args:
        line: Where it stands.
        row: What stands there.
        source: What it is; None for an address of one that doesn't say which.
        sink: Takes the item.
        group: What it is a part of.
    """
    scheme, _, name = (source or "").partition(":")
    if not source:
        sink.add(line, row, reason=ReasonCode.NOT_A_VIDEO, group=group)
    elif scheme != "playlist":
        sink.add(line, row, reason=ReasonCode.CHANNEL, source=source, group=group)
    elif is_personal_playlist(name):
        sink.add(line, row, reason=ReasonCode.PERSONAL_PLAYLIST, group=group)
    else:
        sink.add(line, row, reason=ReasonCode.PLAYLIST, source=source, group=group)


def _read_missed_beside(line: int, row: str, sink: ItemSink, group: str | None) -> None:
    """Links that were meant to be imported too, but stand beside a video and are none.

    Only playlists and broken ids: exports put channels and other sites beside each video.
    """
    if row.lower().count("youtu") < 2:  # noqa: PLR2004 - the video's own, and another one
        return
    words = (found[0] for found in _WORD.finditer(row))
    links = (word for word in words if len(word) <= _MAX_WORD and "youtu" in word.lower())
    for word in islice(links, _MAX_WORDS):
        if find_video_ids(word):
            continue
        kind = classify_link(word)
        if kind is LinkKind.BAD_ID:
            sink.add(line, word, reason=ReasonCode.BAD_ID, group=group)
        elif kind is LinkKind.PLAYLIST:
            add_source(line, word, extract_source(word), sink, group)
