"""Cursors: where the next page begins, as text that callers hand back unread."""

import base64
import binascii
import json
from datetime import UTC, datetime

from app.core.errors import ErrorCode, VideothekError


def encode_cursor(at: datetime, row_id: str) -> str:
    """The cursor after a row that is sorted by time, then id."""
    return _encode([at.astimezone(UTC).isoformat(), row_id])


def decode_cursor(cursor: str | None) -> tuple[datetime, str] | None:
    """The time and id a cursor stands for.

    Raises:
        VideothekError: ``invalid_request`` for anything that is not one of our cursors.
    """
    if not cursor:
        return None
    try:
        at, row_id = _decode(cursor)
        moment = datetime.fromisoformat(str(at))
        if moment.tzinfo is None or not isinstance(row_id, str) or "\x00" in row_id:
            raise ValueError
    except (ValueError, TypeError) as error:
        raise VideothekError(ErrorCode.INVALID_REQUEST, 422) from error
    return moment, row_id


def encode_position(position: int) -> str:
    """The cursor after a position."""
    return _encode([position])


def decode_position(cursor: str | None) -> int:
    """The position a cursor stands for, -1 for the beginning.

    Raises:
        VideothekError: ``invalid_request`` for anything that is not one of our cursors.
    """
    if not cursor:
        return -1
    try:
        (position,) = _decode(cursor)
        # Larger numbers don't fit into a column.
        if not isinstance(position, int) or not -1 <= position < 2**31:
            raise ValueError
    except (ValueError, TypeError) as error:
        raise VideothekError(ErrorCode.INVALID_REQUEST, 422) from error
    return position


def _encode(values: list[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _decode(cursor: str) -> list[object]:
    try:
        data = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = json.loads(data)
    except (binascii.Error, UnicodeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError(cursor) from error
    if not isinstance(values, list):
        raise ValueError(cursor)  # noqa: TRY004 - one kind of error for every bad cursor
    return values
