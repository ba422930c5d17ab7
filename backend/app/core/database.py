"""The one database: engines, sessions, and the unit of work that tells listeners what changed."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util.concurrency import greenlet_spawn

from app.core.sqlite_driver import SqliteDriver
from app.core.storage import StorageWatch, first_line

_log = logging.getLogger(__name__)

DATABASE_AWAY = (OperationalError, InterfaceError, InternalError, PoolTimeoutError)
"""What is raised while a database restarts, is full, read-only or overrun: nobody's own fault, and over
some time."""
_FIRST_RETRY_SECONDS = 0.2
_LAST_RETRY_SECONDS = 3.0

# One for each lane and a few for people. PostgreSQL has a hundred, and an installation a few processes.
_POOLED = 8
_OVERFLOW = 6

# Other processes may hold the write lock for a moment; a batch of 10,000 rows takes about a second.
_SQLITE_BUSY_SECONDS = 30.0
# Three processes that begin together needed three at most; each wait lets one of them through.
_SWITCHING_ATTEMPTS = 20

# Out of the box PostgreSQL takes it that a row costs four times more to look up than to read along,
# as on a disk that turns: then it reads whole tables of 100,000 rows to find the 1000 of an import.
# And it compiles what it takes for much work, which no question here is: that takes 50 ms by itself.
# Where somebody has set something else, they know better.
_SETTINGS_OF_POSTGRESQL = """
    SELECT set_config(name, value, false)
    FROM (VALUES ('random_page_cost', '4', '1.1'), ('jit', 'on', 'off')) AS _ (name, usual, value)
    WHERE current_setting(name) = usual
"""


@dataclass(slots=True)
class Changes:
    """Ids of what a transaction changed, for everyone who watches progress."""

    videos: set[str] = field(default_factory=set)
    imports: set[str] = field(default_factory=set)
    lanes: set[str] = field(default_factory=set)
    jobs_for_lanes: set[str] = field(default_factory=set)
    # With their owners: of a list that was deleted nobody could tell any more whose it was.
    lists: set[tuple[str, str]] = field(default_factory=set)
    # How many seconds after they were added videos have reached which stages.
    reached: list[tuple[str, float]] = field(default_factory=list)
    # Many videos at once are to be indexed anew.
    search: bool = False
    # Nobody knows what: who told us was away for a while.
    anything: bool = False
    # Another process did it.
    is_remote: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.videos
            or self.imports
            or self.lanes
            or self.jobs_for_lanes
            or self.lists
            or self.search
            or self.anything
        )

    def note_list(self, user_id: str, list_id: str) -> None:
        """A list has to be read again: it was made, renamed, deleted, or videos left it or came."""
        self.lists.add((user_id, list_id))


@dataclass(slots=True)
class UnitOfWork:
    """One short write transaction: a session, and what it changed."""

    session: AsyncSession
    changes: Changes = field(default_factory=Changes)


Announce = Callable[[AsyncSession, Changes], Awaitable[None]]
"""Tells other processes what a transaction changes, at the end of it."""


class _SqliteConnection(sqlite3.Connection):
    """Gives its lock back when it is closed, whatever it was doing.

    A task that is cancelled within a transaction has its connection closed. While a statement is
    unfinished (its cursor lives on in the traceback), ``sqlite3_close_v2`` keeps the connection and
    its write lock, and everybody else would wait for the garbage collector.
    """

    def close(self) -> None:
        try:
            if self.in_transaction:
                self.rollback()
        finally:
            super().close()


class Database:
    """Hands out sessions.

    SQLite gets one connection for writing, so that writers queue in order inside the process
    instead of polling for the lock, and a few for reading, which WAL lets run beside it.

    Args:
        url: A SQLAlchemy URL with an async driver.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._listeners: list[Callable[[Changes], None]] = []
        self._announce: Announce | None = None
        self.storage = StorageWatch(_file_of(self.url))
        if self.is_sqlite:
            self._writer = _sqlite_engine(url, pool_size=1, begin="BEGIN IMMEDIATE")
            self._reader = _sqlite_engine(url, pool_size=4, begin="BEGIN")
        else:
            self._writer = self._reader = _postgresql_engine(url)

    @property
    def engine(self) -> AsyncEngine:
        """The engine that may write (for migrations)."""
        return self._writer

    def on_commit(self, listener: Callable[[Changes], None]) -> None:
        """Call ``listener`` with the changes of every committed unit of work."""
        self._listeners.append(listener)

    def before_commit(self, announce: Announce) -> None:
        """Let ``announce`` add to every transaction that changes something."""
        self._announce = announce

    def tell(self, changes: Changes) -> None:
        """Tell the listeners what was committed, here or in another process."""
        for listener in self._listeners:
            listener(changes)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for reading only; never held across a network call."""
        async with AsyncSession(self._reader, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """A session for reading that sees one moment of the database, however often it asks."""
        async with self.read() as session:
            # A reading transaction of SQLite does so by itself, from its first question on.
            if not self.is_sqlite:
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that commits at the end, then tells the listeners."""
        try:
            async with AsyncSession(self._writer, expire_on_commit=False) as session:
                unit = UnitOfWork(session)
                async with session.begin():
                    yield unit
                    if unit.changes and self._announce is not None:
                        await self._announce(session, unit.changes)
        except (SQLAlchemyError, OSError) as error:
            self.storage.failed(error)
            raise
        if unit.changes:
            self.storage.worked()
            self.tell(unit.changes)

    async def insist(self, work: Callable[[], Awaitable[None]]) -> None:
        """Write what must not be lost, again and again while the database takes nothing.

        Args:
            work: One transaction, which does no harm when it is done twice: an answer that was lost
                says nothing about what was committed.
        """
        seconds = _FIRST_RETRY_SECONDS
        while True:
            try:
                return await work()
            except DATABASE_AWAY as error:
                self.note_away(error)
            await asyncio.sleep(seconds)
            seconds = min(2 * seconds, _LAST_RETRY_SECONDS)

    async def file_version(self) -> int:
        """A number of a SQLite file that is another one once another process has changed it."""
        # Asked on the connection that writes, whose own commits leave it as it is, and without a
        # transaction, which would have to wait for the others'.
        connection = await self._writer.raw_connection()
        try:
            driver: Any = connection.driver_connection
            rows = await driver.execute_fetchall("PRAGMA data_version")
            return int(rows[0][0])
        finally:
            await greenlet_spawn(connection.close)

    def note_away(self, error: Exception) -> None:
        """Log that the database takes nothing; once in a while, however many ask."""
        if self.storage.failed(error) is None:
            _log.warning("the database takes nothing just now: %s", first_line(error))

    async def ping(self) -> None:
        """Ask the database for a sign of life; raises what the driver raises if there is none."""
        async with self.read() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self._reader.dispose()
        if self._writer is not self._reader:
            await self._writer.dispose()


def _file_of(url: URL) -> Path | None:
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _postgresql_engine(url: str) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=_POOLED,
        max_overflow=_OVERFLOW,
        pool_pre_ping=True,
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(_SETTINGS_OF_POSTGRESQL)
        cursor.close()
        connection.commit()

    return engine


def _sqlite_engine(url: str, *, pool_size: int, begin: str) -> AsyncEngine:
    engine = create_async_engine(
        url,
        module=SqliteDriver(),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=120,
        # What people wrote, and hashes of secrets, must not stand in the log.
        hide_parameters=True,
        connect_args={"timeout": _SQLITE_BUSY_SECONDS, "factory": _SqliteConnection},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        # The driver's own transaction handling is switched off: it begins late and only for some
        # statements, while we need BEGIN IMMEDIATE to take the write lock up front.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {int(_SQLITE_BUSY_SECONDS * 1000)}",
            # What was accepted must survive a power cut too: one fsync per commit is the price.
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        _keep_changes_in_a_log(cursor)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _keep_changes_in_a_log(cursor: Any) -> None:
    """Switch to write-ahead logging; a database stays that way, so only the first one has to.

    SQLite never waits for this one: it fails at once while another process writes, or switches too.
    A transaction that does nothing is waited for, up to the busy timeout.
    """
    for _ in range(_SWITCHING_ATTEMPTS):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("COMMIT")
        else:
            return
    cursor.execute("PRAGMA journal_mode = WAL")
