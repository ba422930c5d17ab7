"""Reads JSON: exports of other programs by their own fields, anything else by its known ones.

Only fields that hold a record's own video are read; descriptions and thumbnails link to others.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from app.core.errors import ReasonCode
from app.services.importing import json_exports, json_records
from app.services.importing.items import ItemSink
from app.services.importing.text import read_line, rows_of
from app.services.youtube_ids import extract_video_id

_IS_DOCUMENT: Final = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:["{\[\]\d-]|null|true|false))')
# A tree of more parts would need more memory than any real export is worth.
_MAX_PARTS: Final = 1_500_000
_MAX_DIGITS: Final = 20
_SEPARATOR: Final = re.compile(r"\s*(?:,\s*)?(?=\S)")
_SHOWN_END: Final = 100
# Fields of documents that are broken or too large to be parsed.
_LOOSE_FIELD: Final = re.compile(
    r'"(?:videoId|video_id|youtube_id|titleUrl|url|uri|webpage_url)"\s*:\s*"([^"\\]{1,2048})"'
)


def is_document(text: str) -> bool:
    """Whether a text looks like JSON."""
    return _IS_DOCUMENT.match(text) is not None


def read_document(text: str, sink: ItemSink, group: str | None = None) -> str | None:
    """Read a JSON document, or one with a document in each line.

    Args:
        text: What ``is_document`` said yes to.
        sink: Takes the items.
        group: What the document is a part of.

    Returns:
        What it was recognised as; None if it is no JSON after all, and nothing was read.
    """
    if text.count("{") + text.count("[") > _MAX_PARTS:
        return "json" if _read_loosely(text, sink, group) else None
    found = _parsed(text)
    if found is not None:
        return json_exports.read(found, sink, group) or json_records.read(found, sink, group)
    lines = _parsed_lines(text)
    if lines is not None:
        return json_exports.read_lines(lines, sink, group)
    if whole := _records_before_break(text):
        kind = json_exports.read(whole, sink, group) or json_records.read(whole, sink, group)
        sink.add(len(whole) + 1, text[-_SHOWN_END:], reason=ReasonCode.UNREADABLE, group=group)
        return kind
    return "json" if _read_loosely(text, sink, group) else None


def _records_before_break(text: str) -> list[Any]:
    """The records of a list that breaks off, as a copy does that was not finished."""
    decoder = json.JSONDecoder()
    found: list[Any] = []
    place = len(text) - len(text.lstrip())
    if text[place : place + 1] != "[":
        return found
    try:
        while separator := _SEPARATOR.match(text, place + 1):
            record, place = decoder.raw_decode(text, separator.end())
            if not isinstance(record, dict):
                # A chat, whose lines begin with the time in brackets.
                return []
            found.append(record)
            place -= 1
    except (ValueError, RecursionError):
        pass
    except MemoryError:
        return []
    return found


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (RecursionError, MemoryError):
        return None
    except ValueError:
        pass
    try:
        # Numbers of thousands of digits are refused by default, and nobody needs them.
        return json.loads(text, parse_int=_number) if re.search(r"\d{4000}", text) else None
    except (ValueError, RecursionError):
        return None


def _number(digits: str) -> int:
    return int(digits) if len(digits) < _MAX_DIGITS else 0


def _parsed_lines(text: str) -> Iterator[tuple[int, Any]] | None:
    """Documents line by line, if the first line is one."""
    first = next(rows_of(text), None)
    if first is None or not isinstance(_parsed(first[1]), dict):
        return None
    return ((line, _parsed(row) or row) for line, row in rows_of(text))


def _read_loosely(text: str, sink: ItemSink, group: str | None) -> bool:
    before = sink.total
    for line, found in enumerate(_LOOSE_FIELD.finditer(text), 1):
        if sink.is_full:
            break
        # A record's channel has an address, too, and nothing here tells the two apart.
        if extract_video_id(found[1]):
            read_line(line, found[1], sink, group)
    return sink.total > before
