"""Talks to SQLite in one step per statement.

A SQLite connection lives in a thread of its own, and each call into it waits for that thread to wake,
and for this one to be woken. SQLAlchemy makes four of a statement: open a cursor, execute, fetch, close.
Importing a video is seventy short statements, so that way costs more than what SQLite does for them.
"""

import sqlite3
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import aiosqlite
from sqlalchemy.dialects.sqlite import aiosqlite as adapted

_NO_PARAMETERS: Final = ()


@dataclass(slots=True)
class _Outcome:
    """What SQLAlchemy asks a cursor for, after the cursor itself was closed."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1

    def close(self) -> None:
        """There is nothing left to close."""


def _execute(
    connection: sqlite3.Connection, sql: str, parameters: Sequence[Any], *, many: bool
) -> tuple[_Outcome, list[Any]]:
    cursor = connection.cursor()
    try:
        if many:
            cursor.executemany(sql, parameters)
        else:
            cursor.execute(sql, parameters)
        rows = cursor.fetchall() if cursor.description else []
        # How many a statement changed that returns them is known once all are fetched.
        return _Outcome(cursor.description, cursor.rowcount, cursor.lastrowid), rows
    finally:
        cursor.close()


class _Cursor(adapted.AsyncAdapt_aiosqlite_cursor):
    """Leaves out what has to wait for the thread of the connection, all but one call."""

    __slots__ = ()
    _awaitable_cursor_close = False

    def _make_new_cursor(self, connection: Any) -> Any:  # noqa: ARG002 - it has none before it executes
        return _Outcome()

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._in_one_step(operation, parameters or _NO_PARAMETERS, many=False)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._in_one_step(operation, seq_of_parameters, many=True)

    async def _in_one_step(self, sql: str, parameters: Any, *, many: bool) -> None:
        driver: Any = self._connection
        # The driver offers no public way to run something in the thread of a connection.
        in_thread, connection = driver._execute, driver._conn  # noqa: SLF001
        async with self._adapt_connection._execute_mutex:  # noqa: SLF001 - as the class above does
            self._cursor, rows = await in_thread(_execute, connection, sql, parameters, many=many)
        self._rows = deque(rows)


class _Connection(adapted.AsyncAdapt_aiosqlite_connection):
    """Where rows are fetched little by little, SQLAlchemy's own cursor does that."""

    __slots__ = ()
    _cursor_cls = _Cursor

    def rollback(self) -> None:
        # The pool rolls back whatever it takes back; mostly that was committed a moment ago.
        driver: Any = self._connection
        if driver._connection and driver.in_transaction:  # noqa: SLF001 - as in the class above
            super().rollback()


class SqliteDriver(adapted.AsyncAdapt_aiosqlite_dbapi):
    """What SQLAlchemy takes for the driver's module, as in `create_engine(module=...)`."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arguments: Any, **options: Any) -> _Connection:
        """Open a connection.

        Args:
            arguments: Of `sqlite3.connect`.
            options: Likewise.
        """
        return _Connection(self, super().connect(*arguments, **options)._connection)  # noqa: SLF001
