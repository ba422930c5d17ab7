"""Reads input lines: running text, or one link per element."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.core.errors import ReasonCode
from app.services.youtube_ids import LinkKind, classify_link, extract_video_id, find_video_ids

_KEPT_TEXT_LENGTH = 500


@dataclass(frozen=True, slots=True)
class InputItem:
    """One video link, or one line without any.

    Args:
        line: From 1.
        text: The line, shortened.
        youtube_id: The video, if there is one.
        reason_code: Why there is none.
        source: The playlist or channel it links to: ``playlist:<id>``, ``channel:<id>``, or
            ``page:<path>`` of a channel without its id (``page:/@name``).
        group: Its place among the input's playlists, folders or files, if it stands in one.
    """

    line: int
    text: str
    youtube_id: str | None
    reason_code: ReasonCode | None = None
    source: str | None = None
    group: int | None = None


def read_text(text: str, max_items: int) -> list[InputItem]:
    """Read running text: every line that is not blank becomes at least one item.

    Args:
        text: Anything a person can paste.
        max_items: Reading stops at one more than this: whoever asked refuses it then.
    """
    rows = enumerate(text.splitlines(), 1)
    items = (item for line, row in rows for item in _read_line(line, row))
    return list(islice(items, max_items + 1))


def read_urls(urls: Sequence[str], max_items: int) -> list[InputItem]:
    """Read one link per element; blank elements are items too, so that counts add up.

    Args:
        urls: Links in any form.
        max_items: Reading stops at one more than this: whoever asked refuses it then.
    """
    items: list[InputItem] = []
    for line, url in enumerate(urls[: max_items + 1], 1):
        found = list(_read_line(line, url))
        items.extend(found or [InputItem(line, "", None, ReasonCode.NO_LINK)])
    return items


def _read_line(line: int, row: str) -> Iterator[InputItem]:
    row = _storable(row).strip()
    if not row:
        return
    kept = row[:_KEPT_TEXT_LENGTH]
    youtube_ids = find_video_ids(row)
    if not youtube_ids and (single := extract_video_id(row)):
        youtube_ids = [single]
    for youtube_id in youtube_ids:
        yield InputItem(line, kept, youtube_id)
    if youtube_ids:
        yield from _missed_beside(line, row)
    else:
        yield InputItem(line, kept, None, ReasonCode(classify_link(row).value))


def _missed_beside(line: int, row: str) -> Iterator[InputItem]:
    """Links that were meant to be imported too, but stand beside a video and are none.

    Only playlists and broken ids: exports put channels and other sites beside each video.
    """
    for word in row.split():
        if "youtu" not in word.lower() or find_video_ids(word):
            continue
        kind = classify_link(word)
        if kind in (LinkKind.PLAYLIST, LinkKind.BAD_ID):
            yield InputItem(line, word[:_KEPT_TEXT_LENGTH], None, ReasonCode(kind.value))


def _storable(row: str) -> str:
    """Text that can be stored and sent: no NUL (PostgreSQL) and no halves of characters (UTF-8)."""
    row = row.replace("\x00", "")
    return row if row.isascii() else row.encode("utf-8", "replace").decode()
