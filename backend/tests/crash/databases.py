"""The databases of a run: one is a file, the other a server that is killed like everybody else."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests.crash.processes import ManagedProcess, Processes
from tests.crash.topology import SQLITE
from tests.support import postgres

_START_SECONDS = 30.0
_LOOK_SECONDS = 0.02
_SHUTDOWN_SECONDS = 30.0


class DatabaseAway(Exception):
    """It can't be asked now."""


class CrashDatabase(Protocol):
    """A database, to be looked into and, where it is a server, to be killed."""

    url: str

    def start(self) -> None:
        """Begin, and recover what a kill has left; returns once it answers."""

    def kill(self) -> None:
        """End it without a goodbye."""

    def stop(self) -> None:
        """End it as its operator would."""

    def discard(self) -> None:
        """Remove what it has left outside the directory of the run."""

    def ask(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """Rows of a question.

        Raises:
            DatabaseAway: It does not answer, or has no tables yet.
        """


async def ask(database: CrashDatabase, sql: str) -> Sequence[tuple[Any, ...]]:
    """``ask`` in a thread."""
    return await asyncio.to_thread(database.ask, sql)


def open_database(kind: str, directory: Path, processes: Processes) -> CrashDatabase:
    """An empty database.

    Args:
        kind: ``sqlite`` or ``postgresql``.
        directory: Where its files go.
        processes: Look after its server.
    """
    if kind == SQLITE:
        return SqliteFile(directory / "videothek.db")
    return PostgresServer(directory, processes)


class SqliteFile:
    """A file. It dies and begins with the process that uses it."""

    def __init__(self, path: Path) -> None:
        self.url = f"sqlite+aiosqlite:///{path}"
        self._path = path

    def start(self) -> None:
        """There is nothing to begin."""

    def kill(self) -> None:
        """There is nobody to kill."""
        raise AssertionError("a file can't be killed")

    def stop(self) -> None:
        """There is nothing to end."""

    def discard(self) -> None:
        """There is nothing outside."""

    def ask(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """See ``CrashDatabase``. Never asked while the process is away: whoever opens the file first
        recovers it, and that is what the process shall show that it can.
        """
        try:
            connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=10)
        except sqlite3.OperationalError as error:
            raise DatabaseAway(str(error)) from error
        try:
            return connection.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            raise DatabaseAway(str(error)) from error
        finally:
            connection.close()


class PostgresServer:
    """A server of its own, with fsync as in real life, so that it recovers as in real life.

    Args:
        directory: For its files.
        processes: Look after it.
    """

    def __init__(self, directory: Path, processes: Processes) -> None:
        owner = postgres.user()
        # Not below the others: somebody else could not reach it in a directory of a test's own.
        self._home = home = Path(tempfile.mkdtemp(prefix="videothek-crash-", dir=postgres.place()))
        (directory / "postgresql").symlink_to(home)
        if owner is not None:
            shutil.chown(home, owner)
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        programs, data = postgres.binaries(), home / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "videothek", "-A", "trust", "-E", "UTF8"],
            user=owner,
            env=environment,
            cwd=home,
            check=True,
            capture_output=True,
        )
        port = postgres.free_port()
        command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1"]
        command += ["-k", str(home), "-c", "fsync=on", "-c", "max_connections=200"]
        # Our own child instead of pg_ctl's: a killed one that nobody reaps is still there for the next.
        self._process = processes.add(
            ManagedProcess("database", command, environment, directory, user=owner)
        )
        self._base = f"postgresql://videothek@127.0.0.1:{port}"
        self.url = f"{self._base}/videothek"
        self.start()
        with psycopg.connect(f"{self._base}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE videothek")

    def start(self) -> None:
        """See ``CrashDatabase``."""
        self._process.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or not self._process.is_running:
                raise TimeoutError(f"PostgreSQL does not start: {self._process.log}")
            time.sleep(_LOOK_SECONDS)

    def kill(self) -> None:
        """The server and everybody who speaks for it."""
        self._process.kill_with_children()

    def stop(self) -> None:
        """See ``CrashDatabase``."""
        self._process.stop(_SHUTDOWN_SECONDS)

    def discard(self) -> None:
        """See ``CrashDatabase``."""
        shutil.rmtree(self._home, ignore_errors=True)

    def ask(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """See ``CrashDatabase``."""
        try:
            with psycopg.connect(self.url, connect_timeout=5) as connection:
                return connection.execute(sql).fetchall()
        except (psycopg.OperationalError, psycopg.errors.UndefinedTable) as error:
            raise DatabaseAway(str(error)) from error

    def _answers(self) -> bool:
        try:
            psycopg.connect(f"{self._base}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True
