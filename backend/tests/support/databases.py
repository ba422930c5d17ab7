"""Fresh, migrated databases: a file copied from a template, or one made from a template database."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import text

from app.core.database import Database
from app.migrations.runner import migrate_to
from tests.support.postgres import Server


def die(queue: Any) -> None:
    """What the kernel does when a process dies: its lock is gone, the file is there."""
    queue._life._own.release()


_WITH_STRATEGIES = 150_000
_WAITING = text(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def somebody_waits(database: Database) -> bool | None:
    """Whether a transaction of PostgreSQL waits for another one; None if not, for ``until``."""
    async with database.read() as session:
        return await session.scalar(_WAITING) is not None or None


class SqliteTemplates:
    """Hands out copies of one migrated file."""

    def __init__(self, directory: Path) -> None:
        self._template = directory / "template.db"
        migrate_to(_sqlite_url(self._template), "head")

    @contextmanager
    def fresh(self, directory: Path) -> Iterator[str]:
        path = directory / "videothek.db"
        shutil.copy(self._template, path)
        yield _sqlite_url(path)


class PostgresTemplates:
    """Hands out databases made from one migrated template."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._base = server.url.rsplit("/", 1)[0]
        self._template = f"template_{uuid.uuid4().hex[:12]}"
        self._strategy = self._quickest_strategy()
        self._execute(f'CREATE DATABASE "{self._template}"')
        migrate_to(self._url(self._template), "head")

    @contextmanager
    def fresh(self, _directory: Path) -> Iterator[str]:
        name = f"test_{uuid.uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}" {self._strategy}')
        try:
            yield self._url(name)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def empty(self, _directory: Path) -> Iterator[str]:
        name = f"empty_{uuid.uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}"')
        try:
            yield self._url(name)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        return f"{self._base}/{name}".replace("postgresql://", "postgresql+psycopg://")

    def _quickest_strategy(self) -> str:
        """To copy files takes half the time of writing their log. Before 15 the only way."""
        with psycopg.connect(self.server.url) as connection:
            has_strategies = connection.info.server_version >= _WITH_STRATEGIES
        return "STRATEGY file_copy" if has_strategies else ""

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            connection.execute(statement)


def _sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
