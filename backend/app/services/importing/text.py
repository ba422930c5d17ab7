"""Reads running text line by line, and single cells and fields the same way."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.core.errors import ReasonCode
from app.services.importing.items import ItemSink, storable
from app.services.youtube_ids import (
    LinkKind,
    classify_link,
    extract_source,
    extract_video_id,
    find_video_ids,
    is_personal_playlist,
)

_BREAK: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def rows_of(text: str) -> Iterator[tuple[int, str]]:
    """Every line that is not blank, with its number from 1; nothing is copied in advance.

    Args:
        text: Anything; lines end as for ``str.splitlines``.
    """
    line, start = 1, 0
    for found in _BREAK.finditer(text):
        row = text[start : found.start()]
        if row and not row.isspace():
            yield line, row
        line, start = line + 1, found.end()
    if start < len(text) and not text[start:].isspace():
        yield line, text[start:]


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


def read_line(line: int, row: str, sink: ItemSink, group: str | None = None) -> bool:
    """Read one line: each video in it, or why there is none.

    Args:
        line: Its number.
        row: The line.
        sink: Takes the items.
        group: What it is a part of.

    Returns:
        Whether there was anything to read.
    """
    row = storable(row).strip()
    if not row:
        return False
    youtube_ids = find_video_ids(row)
    if not youtube_ids and (single := extract_video_id(row)):
        youtube_ids = [single]
    for youtube_id in youtube_ids:
        sink.add(line, row, youtube_id=youtube_id, group=group)
    if youtube_ids:
        _read_missed_beside(line, row, sink, group)
    else:
        add_without_video(line, row, sink, group)
    return True


def add_without_video(line: int, row: str, sink: ItemSink, group: str | None = None) -> None:
    """Take what holds no video: a playlist, a channel, or something with a reason.

    Args:
        line: Where it stands.
        row: What stands there.
        sink: Takes the item.
        group: What it is a part of.
    """
    kind = classify_link(row)
    if kind not in (LinkKind.PLAYLIST, LinkKind.CHANNEL):
        reason = ReasonCode.NOT_A_VIDEO if kind is LinkKind.VIDEO else ReasonCode(kind.value)
        sink.add(line, row, reason=reason, group=group)
        return
    add_source(line, row, extract_source(row), sink, group)


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
    for word in row.split():
        if "youtu" not in word.lower() or find_video_ids(word):
            continue
        kind = classify_link(word)
        if kind is LinkKind.BAD_ID:
            sink.add(line, word, reason=ReasonCode.BAD_ID, group=group)
        elif kind is LinkKind.PLAYLIST:
            add_source(line, word, extract_source(word), sink, group)
