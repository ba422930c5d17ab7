"""Brings the database to the newest schema, one process at a time."""

import asyncio
import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.pool import NullPool

from app.models.unfinished_copy import UNFINISHED_COPY

# Any number, but the same in every process of every version ("VIDEO" as ASCII digits).
_ADVISORY_LOCK = 8673686979


class UnfinishedCopy(InvalidRequestError):
    """Only a part of a library is there: nobody may begin to work on it."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def revisions() -> list[str]:
    """The revisions of the schema that this version has, the newest first."""
    scripts = ScriptDirectory.from_config(alembic_config())
    return [script.revision for script in scripts.walk_revisions()]


async def migrate(url: str) -> None:
    """Upgrade to the newest revision; waits while another process does it.

    Args:
        url: A SQLAlchemy URL with an async driver.
    """
    await asyncio.to_thread(migrate_to, url, "head")


def migrate_to(url: str, revision: str, *, down: bool = False) -> None:
    """Upgrade or downgrade to a revision.

    Args:
        url: A SQLAlchemy URL; the driver's sync side is used.
        revision: Alembic's name of a revision, such as ``head``.
        down: Downgrade instead of upgrade.

    Raises:
        UnfinishedCopy: A library is being copied there.
    """
    with _locked_connection(make_url(url)) as connection:
        if inspect(connection).has_table(UNFINISHED_COPY.name):
            raise UnfinishedCopy(
                "a library is being copied into it; the same `videothek copy-database` goes on with it"
            )
        run = command.downgrade if down else command.upgrade
        run(alembic_config(connection), revision)


def prepare_for_copy(url: str) -> None:
    """Make the tables of the newest revision, and with them the mark that they are not a library yet.

    Args:
        url: A SQLAlchemy URL; the driver's sync side is used.
    """
    with _locked_connection(make_url(url)) as connection:
        UNFINISHED_COPY.create(connection, checkfirst=True)
        command.upgrade(alembic_config(connection), "head")


@contextmanager
def _locked_connection(url: URL) -> Iterator[Connection]:
    if url.get_backend_name() == "sqlite":
        engine = _sqlite_engine(url)
    else:
        engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        yield connection


def _sqlite_engine(url: URL) -> Engine:
    """An engine whose every transaction, DDL included, begins by taking the write lock."""
    path = Path(url.database or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        # Nobody else's: the keys of the installation are in it.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    engine = create_engine(
        url.set(drivername="sqlite"), poolclass=NullPool, connect_args={"timeout": 60}
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
