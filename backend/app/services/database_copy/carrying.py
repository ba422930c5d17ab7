"""What a row becomes on its way into another database."""

import math
from collections.abc import Sequence
from typing import Final

from app.repositories.search_postgresql import pairs_of
from app.repositories.whole_tables import Values, WholeTable

JOBS: Final = "jobs"

# Whoever worked on something does not do so in the other database.
_LOCKS: Final = frozenset({"locked_by", "locked_until"})
# A queue keeps times in its own way; a millisecond is kept by each.
_RUN_AT_DIGITS: Final = 3


def carried(table: WholeTable, rows: Sequence[Values], *, wants_pairs: bool) -> list[Values]:
    """The rows as the other database is to hold them.

    Args:
        table: Whose they are.
        rows: As they are read.
        wants_pairs: Whether the other database's search keeps pairs of tokens.
    """
    changed = [_carried(row) for row in rows]
    if table.name == JOBS:
        return [_job(row) for row in changed]
    if table.name == "search_pieces":
        return [_piece(row, wants_pairs=wants_pairs) for row in changed]
    return changed


def _carried(row: Values) -> Values:
    return {
        name: None if name in _LOCKS or _is_nan(value) else value for name, value in row.items()
    }


def _is_nan(value: object) -> bool:
    """Only PostgreSQL could keep it."""
    return isinstance(value, float) and math.isnan(value)


def _job(row: Values) -> Values:
    # The other database numbers its jobs itself.
    kept = {name: value for name, value in row.items() if name != "id"}
    return kept | {"run_at": round(row["run_at"], _RUN_AT_DIGITS)}


def _piece(row: Values, *, wants_pairs: bool) -> Values:
    if not wants_pairs:
        return row | {"pairs": ""}
    return row | {"pairs": row["pairs"] or " ".join(pairs_of(row["tokens"].split(" ")))}
