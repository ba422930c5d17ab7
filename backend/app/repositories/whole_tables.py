"""Whole tables, row by row, as they go from one database into another.

Tables are taken from the metadata, so that one that is added later goes along by itself.
"""

import functools
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Insert,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import UserDefinedType

from app.models import Base
from app.repositories.dialects import dialect_of
from app.repositories.job_writes import writes_of

_PORTION_ROWS = 1000
_PORTION_BYTES = 4_000_000
# How many rows are fetched at once, before it is known how large they are: a part of a sound has some
# megabytes, the captions of a long video one.
_FETCHED_SOUNDS = 1
_FETCHED_TREES = 8
_FETCHED_ROWS = 200

Values = dict[str, Any]


class JsonText(UserDefinedType[str]):
    """JSON as the text that it is: nothing is lost on its way, and nobody has to parse it."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """The name of the type."""
        return "JSON"

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        """As a text, before the driver makes something of it."""
        return cast(column, Text)


@dataclass(frozen=True, slots=True, eq=False)
class WholeTable:
    """A table.

    Args:
        columns: It, with JSON as text.
        own_references: Columns that refer to other rows of the same table.
        number: The column whose values the database counts up by itself, if it does.
    """

    columns: Table
    own_references: tuple[str, ...]
    number: str | None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.columns.name

    @property
    def key(self) -> list[Column[Any]]:
        """The columns of its primary key."""
        return list(self.columns.primary_key.columns)


def _whole(table: Table) -> WholeTable:
    columns: list[Column[Any]] = [
        Column(
            column.name,
            JsonText() if isinstance(column.type, JSON) else column.type,
            primary_key=column.primary_key,
            autoincrement=False,
        )
        for column in table.columns
    ]
    own = {key.parent.name for key in table.foreign_keys if key.column.table is table}
    counted = table.autoincrement_column
    return WholeTable(
        columns=Table(table.name, MetaData(), *columns),
        own_references=tuple(sorted(own)),
        number=None if counted is None else counted.name,
    )


TABLES: tuple[WholeTable, ...] = tuple(_whole(table) for table in Base.metadata.sorted_tables)
"""All of them; what a table refers to comes before it."""


def place_of(table: WholeTable, row: Values) -> str:
    """Where a row stands among those of its table, for `portions`."""
    return json.dumps([row[column.name] for column in table.key])


async def count(session: AsyncSession, table: WholeTable) -> int:
    """How many rows a table has."""
    return await session.scalar(select(func.count()).select_from(table.columns)) or 0


async def count_own_references(session: AsyncSession, table: WholeTable) -> int:
    """How many rows refer to others of the same table."""
    wanted = select(func.count()).select_from(table.columns).where(_refers_to_own(table))
    return await session.scalar(wanted) or 0


def portions(
    session: AsyncSession, table: WholeTable, after: str = ""
) -> AsyncGenerator[list[Values]]:
    """The rows of a table in the order of their keys, some megabytes at once.

    Args:
        session: A snapshot: it is asked as long as this lasts.
        table: Which one.
        after: Only those behind this place.
    """
    return _portions(session, table, select(table.columns), after)


def own_references(
    session: AsyncSession, table: WholeTable, after: str = ""
) -> AsyncGenerator[list[Values]]:
    """Like `portions`, only the keys and the references of rows that refer to others of their table."""
    names = [*(column.name for column in table.key), *table.own_references]
    statement = select(*(table.columns.c[name] for name in names)).where(_refers_to_own(table))
    return _portions(session, table, statement, after)


async def _portions(
    session: AsyncSession, table: WholeTable, statement: Select[Any], after: str
) -> AsyncGenerator[list[Values]]:
    if after:
        place = zip(json.loads(after), table.key, strict=True)
        reached = tuple_(*(literal(value, column.type) for value, column in place))
        statement = statement.where(tuple_(*table.key) > reached)
    options = {"yield_per": _fetched_at_once(table)}
    result = await session.stream(statement.order_by(*table.key), execution_options=options)
    portion: list[Values] = []
    size = 0
    try:
        async for fetched in result.mappings().partitions():
            portion += (dict(row) for row in fetched)
            size += sum(_bytes_of(row) for row in fetched)
            if size >= _PORTION_BYTES or len(portion) >= _PORTION_ROWS:
                yield portion
                portion, size = [], 0
    finally:
        await result.close()
    if portion:
        yield portion


async def add(session: AsyncSession, table: WholeTable, rows: Sequence[Values]) -> None:
    """Add rows to a table; those that refer to others of their table come without that."""
    names = tuple(name for name in rows[0] if name not in table.own_references)
    await session.execute(
        _insert(table, names), [{name: row[name] for name in names} for row in rows]
    )


async def add_jobs(session: AsyncSession, rows: Sequence[Values]) -> None:
    """Add jobs, in this order; the database numbers them, and nobody works on them."""
    await writes_of(session).add_many(session, rows)


async def refer(session: AsyncSession, table: WholeTable, rows: Sequence[Values]) -> None:
    """Let rows refer to others of their table.

    Args:
        session: A transaction.
        table: Which one.
        rows: What `own_references` found.
    """
    await session.execute(
        _update(table), [{f"the_{name}": value for name, value in row.items()} for row in rows]
    )


async def last_number(session: AsyncSession, table: WholeTable) -> int:
    """The highest number that a table has given to a row, which may be gone; 0 if there was none."""
    column = table.columns.c[table.number or ""]
    highest: int = await session.scalar(select(func.coalesce(func.max(column), 0))) or 0
    if dialect_of(session) == "sqlite":
        statement = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return max(highest, await session.scalar(statement, {"name": table.name}) or 0)
    sequence = await _sequence_of(session, table)
    if sequence is None:
        return highest
    given = await session.scalar(text(f"SELECT last_value FROM {sequence} WHERE is_called"))  # noqa: S608 - its name is the database's own
    return max(highest, given or 0)


async def go_on_counting(session: AsyncSession, table: WholeTable, last: int) -> None:
    """Give the next row of a table a number behind this one."""
    if last == 0:
        return
    if dialect_of(session) == "postgresql":
        sequence = await _sequence_of(session, table)
        if sequence is not None:
            await session.execute(
                text("SELECT setval(CAST(:sequence AS regclass), :last)"),
                {"sequence": sequence, "last": last},
            )
        return
    values = {"name": table.name, "last": max(last, await last_number(session, table))}
    for statement in (
        "DELETE FROM sqlite_sequence WHERE name = :name",
        "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)",
    ):
        await session.execute(text(statement), values)


async def _sequence_of(session: AsyncSession, table: WholeTable) -> str | None:
    name: str | None = await session.scalar(
        text("SELECT pg_get_serial_sequence(:table, :column)"),
        {"table": table.name, "column": table.number},
    )
    return name


async def note_sizes(session: AsyncSession) -> None:
    """Let PostgreSQL's planner know at once what has come; it would find out minutes later."""
    if dialect_of(session) == "postgresql":
        await session.execute(text("ANALYZE"))


def _refers_to_own(table: WholeTable) -> ColumnElement[bool]:
    return or_(*(table.columns.c[name].is_not(None) for name in table.own_references))


def _fetched_at_once(table: WholeTable) -> int:
    types = [column.type for column in table.columns.c]
    if any(isinstance(each, LargeBinary) for each in types):
        return _FETCHED_SOUNDS
    return _FETCHED_TREES if any(isinstance(each, JsonText) for each in types) else _FETCHED_ROWS


def _bytes_of(row: Mapping[str, Any]) -> int:
    return sum(len(value) for value in row.values() if isinstance(value, str | bytes))


@functools.cache
def _insert(table: WholeTable, names: tuple[str, ...]) -> Insert:
    return insert(table.columns).values({name: bindparam(name) for name in names})


@functools.cache
def _update(table: WholeTable) -> Update:
    found = (column == bindparam(f"the_{column.name}") for column in table.key)
    changed: Values = {name: bindparam(f"the_{name}") for name in table.own_references}
    return update(table.columns).where(and_(*found)).values(changed)
