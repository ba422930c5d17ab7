"""Cursors: where the next page begins, as text that callers hand back unread."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import NamedTuple

from app.core.errors import ErrorCode, VideothekError

# The largest integer a column holds.
_COLUMN_LIMIT = 2**31


def encode_cursor(at: datetime, row_id: str) -> str:
    """The cursor after a row that is sorted by time, then id."""
    return _encode([at.astimezone(UTC).isoformat(), row_id])


def decode_cursor(cursor: str | None) -> tuple[datetime, str] | None:
    """The time and id a cursor stands for.

    Raises:
        VideothekError: ``invalid_request`` for anything that is not one of our cursors.
    """
    match _decode(cursor) if cursor else None:
        case None:
            return None
        case [str(at), str(row_id)] if _may_be_id(row_id) and (moment := _moment(at)):
            return moment, row_id
    raise VideothekError(ErrorCode.INVALID_REQUEST, 422)


def encode_position(position: int) -> str:
    """The cursor after a position."""
    return _encode([position])


def decode_position(cursor: str | None) -> int:
    """The position a cursor stands for, -1 for the beginning.

    Raises:
        VideothekError: ``invalid_request`` for anything that is not one of our cursors.
    """
    match _decode(cursor) if cursor else None:
        case None:
            return -1
        case [int(position)] if -1 <= position < _COLUMN_LIMIT:
            return position
    raise VideothekError(ErrorCode.INVALID_REQUEST, 422)


class SearchPlace(NamedTuple):
    """Where the next page of a search begins.

    Args:
        place: So many results were before it.
        shown: The numbers of the last of them, which tell where it is when others come or go.
    """

    place: int
    shown: tuple[int, ...]


def encode_search_place(place: SearchPlace, asked: str) -> str:
    """The cursor after some results of a search."""
    return _encode([place.place, list(place.shown), _fingerprint(asked)])


def decode_search_place(cursor: str | None, asked: str) -> SearchPlace:
    """The place among the results of a search that a cursor stands for.

    Args:
        cursor: None for the beginning.
        asked: The whole search; a cursor of another one has no place in this.

    Raises:
        VideothekError: ``invalid_request`` for anything that is not a cursor of this search.
    """
    match _decode(cursor) if cursor else None:
        case None:
            return SearchPlace(0, ())
        case [int(place), [*shown], str(of)] if 0 <= place < _COLUMN_LIMIT and of == _fingerprint(
            asked
        ):
            return SearchPlace(place, tuple(number for number in shown if isinstance(number, int)))
    raise VideothekError(ErrorCode.INVALID_REQUEST, 422)


def _fingerprint(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=8).hexdigest()


def _may_be_id(text: str) -> bool:
    """Whether a database can be asked for it: not for NUL, nor for halves of characters."""
    return text.isascii() and "\x00" not in text


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _encode(values: list[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _decode(cursor: str) -> object:
    """What a cursor holds; text is never what one of ours holds, so it stands for nonsense."""
    try:
        return json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))) or ""
    except (ValueError, RecursionError):
        return ""
