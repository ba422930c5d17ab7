"""Reads input lines: running text, or one link per element."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.core.errors import ReasonCode
from app.services.youtube_ids import classify_link, extract_video_id, find_video_ids

_KEPT_TEXT_LENGTH = 500


@dataclass(frozen=True, slots=True)
class InputItem:
    """One video link, or one line without any.

    Args:
        line: From 1.
        text: The line, shortened.
        youtube_id: The video, if there is one.
        reason_code: Why there is none.
    """

    line: int
    text: str
    youtube_id: str | None
    reason_code: ReasonCode | None = None


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
    # NUL is the one character that PostgreSQL can't store.
    row = row.replace("\x00", "").strip()
    if not row:
        return
    kept = row[:_KEPT_TEXT_LENGTH]
    youtube_ids = find_video_ids(row)
    if not youtube_ids and (single := extract_video_id(row)):
        youtube_ids = [single]
    for youtube_id in youtube_ids:
        yield InputItem(line, kept, youtube_id)
    if not youtube_ids:
        yield InputItem(line, kept, None, ReasonCode(classify_link(row).value))
