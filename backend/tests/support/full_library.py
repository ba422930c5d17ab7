"""A library with rows in every table, each of them as unpleasant as its column allows.

Made from the metadata: a table that is added later is filled, too.
"""

import itertools
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Engine,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    create_engine,
    insert,
    select,
    update,
)
from sqlalchemy.engine import make_url

from app.core.database import Database, UnitOfWork
from app.core.identifiers import new_id
from app.models import Base, JobKind
from app.models.base import UtcDateTime
from app.repositories import whole_tables
from app.repositories.search_postgresql import pairs_of
from app.services.job_queue import JOB_LANES

ROWS = 8
NOBODY = "nobody.0123456789abcdef"

_EPOCH = 1_757_000_000.123_456_7
TEXTS = (
    "",
    "Grüße aus Łódź",
    "👩\u200d🚀 🇩🇪 e\u0301 \U0001f9d1\U0001f3ff",
    "\u202eslennut\u202c \u200b \ufeff",
    "a'b\"c\\d %s :x ?1 {} \t\r\n\x7f\x1b[31m",
    "日本語の字幕",
    "ﷺ" * 40,
    "long",
)
# Only one, or a library of a thousand rows would be one of gigabytes.
LONG_TEXT = "very long " * 20_000
MOMENTS = (
    datetime(2024, 2, 29, 23, 59, 59, 999_999, UTC),
    datetime(2024, 2, 29, 12, 0, 0, 0, UTC),
    datetime(1969, 12, 31, 23, 59, 59, 1, UTC),
    datetime(1, 1, 2, tzinfo=UTC),
    datetime(9999, 12, 30, 1, 2, 3, 100_000, UTC),
)
NUMBERS = (0, 1, -1, 2**31 - 1, -(2**31))
FLOATS = (0.1, 1e300, 5e-324, -2.5, 0.0, -0.0, 1_757_000_000.123_456_7)
BEYOND = (float("inf"), float("-inf"))
TREES: tuple[Any, ...] = (
    {"ü": ["👩\u200d🚀", "\u0000", 0.1, 1e300, -0.0, 2**62, True, None], "a": {}},
    [[0.0, 3.2, 'zwei\nZeilen "hier"'], [3.2, None, ""]],
    {"b": 1, "a": 2},
    [],
)
_POOLS: Mapping[type, Sequence[Any]] = {
    UtcDateTime: MOMENTS,
    Boolean: (True, False),
    Float: (*FLOATS, *BEYOND),
    JSON: TREES,
    LargeBinary: (bytes(range(256)) * 100, b""),
    Integer: NUMBERS,
}
_WORDS = ("espring", "dregen", "^fwasser", "+g水", "e" + "x" * 60)


async def fill(database: Database, rows: int = ROWS) -> None:
    """Put rows into every table.

    Args:
        database: Migrated and empty.
        rows: How many for each table.
    """
    made: dict[str, list[dict[str, Any]]] = {}
    for table in Base.metadata.sorted_tables:
        made[table.name] = _rows(table, rows, made, has_pairs=not database.is_sqlite)
        async with database.write() as unit:
            await _put(unit, table, made[table.name])


async def _put(unit: UnitOfWork, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    if table.name == "jobs":
        await whole_tables.add_jobs(unit.session, rows)
        return
    await unit.session.execute(insert(table), [row | dict.fromkeys(own) for row in rows])
    for row in rows:
        for name in own:
            if row[name] is not None:
                wanted = update(table).where(table.c.id == row["id"])
                await unit.session.execute(wanted.values({name: row[name]}))


def _rows(
    table: Table, count: int, made: Mapping[str, list[dict[str, Any]]], *, has_pairs: bool
) -> list[dict[str, Any]]:
    rows = [
        {column.name: _value(column, place) for column in table.columns} for place in range(count)
    ]
    for place, row in enumerate(rows):
        for constraint in table.foreign_key_constraints:
            of_own = constraint.referred_table is table
            parents = rows if of_own else made[constraint.referred_table.name]
            # Backwards: a row refers to a later one.
            parent = parents[-1 - place % len(parents)]
            # One of them refers to nothing, if that is allowed.
            is_loose = constraint.columns[0].nullable and place % ROWS == ROWS - 1
            for element in constraint.elements:
                row[element.parent.name] = None if is_loose else parent[element.column.name]
        row.update(_special(table.name, place, has_pairs=has_pairs))
    return rows


def _special(table: str, place: int, *, has_pairs: bool) -> dict[str, Any]:
    """What has to mean something."""
    kind = list(JobKind)[place % len(JobKind)]
    tokens = " ".join(itertools.islice(itertools.cycle(_WORDS), place, place + place % ROWS + 1))
    return {
        "jobs": {
            "id": place + 1,
            "kind": kind.value,
            "lane": JOB_LANES[kind].value,
            "priority": place % 2,
            "run_at": _EPOCH + place,
            "handed_back_at": _EPOCH if place % 2 else None,
            "attempts": place,
            "suspicion": place % 3,
            "locked_by": NOBODY if place % 2 else None,
            "locked_until": _EPOCH + 60 if place % 2 else None,
        },
        "playlist_reads": {"locked_by": NOBODY, "locked_until": _EPOCH, "run_at": _EPOCH},
        "search_documents": {"number": place + 1},
        "search_words": {"words": tokens},
        "search_pieces": {
            "id": (place + 1) << 12,
            "tokens": tokens,
            "pairs": " ".join(pairs_of(tokens.split(" "))) if has_pairs else "",
        },
    }.get(table, {})


def _value(column: Column[Any], place: int) -> Any:
    if column.nullable and place % 3 == 0:
        return None
    kind = column.type
    if isinstance(kind, String):
        return _text(kind, place)
    if isinstance(kind, Float) and not column.nullable:
        return _EPOCH + place
    pools = (pool for each, pool in _POOLS.items() if isinstance(kind, each))
    pool = next(pools, None)
    assert pool, f"{column} is of a type that is not filled yet"
    return pool[place % len(pool)]


def _text(kind: String, place: int) -> str:
    text = f"{place} {LONG_TEXT if place == 0 else TEXTS[place % len(TEXTS)]}"
    if isinstance(kind, Text):
        return text
    # Keys are 36 characters long, and nothing else is.
    return new_id() if kind.length == 36 else text[: kind.length]


def everything(url: str) -> dict[str, list[str]]:
    """All rows of a library, read in the plainest way, for comparing two of them."""
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(
                    _plain(table.name, dict(row._mapping))
                    for row in connection.execute(select(table))
                )
                for table in Base.metadata.sorted_tables
            }
    finally:
        engine.dispose()


def engine_of(url: str) -> Engine:
    """For asking a database without anything between."""
    parsed = make_url(url)
    return create_engine(parsed.set(drivername=parsed.drivername.replace("+aiosqlite", "")))


def _plain(table: str, row: dict[str, Any]) -> str:
    """Without what is each database's own."""
    for name in ("locked_by", "locked_until"):
        row.pop(name, None)
    if table == "jobs":
        del row["id"]
        row["run_at"] = round(row["run_at"], 3)
    if table == "search_pieces":
        del row["pairs"]
    texts = {
        name: value + 0.0 if isinstance(value, float) else value for name, value in row.items()
    }
    return json.dumps(texts, default=repr, sort_keys=True)
