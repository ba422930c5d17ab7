"""A table's checksum: the same for the same rows, whatever database and driver they come from."""

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from app.repositories.whole_tables import JsonText, Values, WholeTable

_BYTES: Final = 16
_LIMIT: Final = 1 << (8 * _BYTES)


@dataclass(slots=True)
class Checksum:
    """Of rows in any order: databases do not sort texts alike.

    Args:
        row_count: How many rows went in.
        total: The sum of their digests.
    """

    row_count: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"{self.total:032x}"


class TableDigest:
    """Sums up the rows of a table.

    Args:
        table: Which one.
        without: Columns that are each database's own.
    """

    def __init__(self, table: WholeTable, without: Iterable[str] = ()) -> None:
        self.checksum = Checksum()
        self._encoders: list[tuple[str, Callable[[Any], bytes]]] = [
            (column.name, _json_bytes if isinstance(column.type, JsonText) else _bytes_of)
            for column in table.columns.c
            if column.name not in without
        ]

    def add(self, rows: Sequence[Values]) -> None:
        """Add rows."""
        checksum = self.checksum
        checksum.row_count += len(rows)
        total = sum(self._digest(row) for row in rows)
        checksum.total = (checksum.total + total) % _LIMIT

    def _digest(self, row: Values) -> int:
        digest = hashlib.blake2b(digest_size=_BYTES)
        for name, encode in self._encoders:
            encoded = encode(row[name])
            # With its length: "ab", "c" is not "a", "bc".
            digest.update(b"%d:" % len(encoded))
            digest.update(encoded)
        return int.from_bytes(digest.digest(), "big")


def _json_bytes(value: str | None) -> bytes:
    """Neither the order of its members nor its spaces matter."""
    if value is None:
        return b"n"
    tree = json.loads(value)
    return b"j" + json.dumps(tree, sort_keys=True, separators=(",", ":")).encode()


def _bytes_of(value: Any) -> bytes:
    encode = _ENCODERS.get(type(value))
    if encode is None:
        raise TypeError(f"no checksum of {type(value).__name__}")
    return encode(value)


def _float_bytes(value: float) -> bytes:
    # SQLite keeps no sign of zero, and what is not a number not at all.
    return b"n" if math.isnan(value) else b"f" + (value + 0.0).hex().encode()


_ENCODERS: Final[dict[type, Callable[[Any], bytes]]] = {
    type(None): lambda _value: b"n",
    bool: lambda value: b"b1" if value else b"b0",
    int: lambda value: b"i%d" % value,
    float: _float_bytes,
    str: lambda value: b"s" + value.encode("utf-8", "surrogatepass"),
    bytes: lambda value: b"x" + value,
    datetime: lambda value: b"t" + value.astimezone(UTC).isoformat().encode(),
}
