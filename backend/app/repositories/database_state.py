"""What a database holds, found out without changing any of it."""

import hashlib
import urllib.parse
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, exists, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from app.models import Base, InstallationSecret
from app.models.unfinished_copy import UNFINISHED_COPY

# No version of Videothek has been without these.
_OURS = frozenset({"alembic_version", "users", "videos", "installation_secrets"})

# A worker of the queue of PostgreSQL says so every ten seconds.
_HEARTBEAT = text(
    "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - interval '30 seconds')"
)
_SERVER = text(
    "SELECT pg_postmaster_start_time()::text || '/' || oid"
    " FROM pg_database WHERE datname = current_database()"
)


class Contents(StrEnum):
    """What is in a database.

    ``empty`` ones have no tables, or ours without a row. ``unfinished`` ones hold a part of a library
    that is being copied there.
    """

    EMPTY = "empty"
    LIBRARY = "library"
    UNFINISHED = "unfinished"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What a database holds.

    Args:
        contents: In a word.
        identity: The same for two addresses of one database.
        revision: Of the schema; None if there is none.
        origin: Tells libraries apart, and says nothing of their secrets: of the library that is there,
            or of the one that is being copied there.
        has_workers: Whether the queue of PostgreSQL has heard of a worker within half a minute.
    """

    contents: Contents
    identity: str
    revision: str | None = None
    origin: str | None = None
    has_workers: bool = False


def look_at(url: str) -> DatabaseState:
    """Find out what a database holds.

    Args:
        url: A SQLAlchemy URL with an async driver.

    Raises:
        SQLAlchemyError: It can't be read, or is no database.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        return DatabaseState(Contents.EMPTY, str(Path(parsed.database or "").resolve()))
    engine = _engine(parsed)
    try:
        with engine.connect() as connection:
            return _state(connection, _identity(connection, parsed))
    finally:
        engine.dispose()


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool)
    path = urllib.parse.quote(str(Path(url.database or "").absolute()))
    # Who opens a file only for reading leaves SQLite's own files behind beside it.
    return create_engine(f"sqlite:///file:{path}?mode=rw&uri=true", poolclass=NullPool)


def _identity(connection: Connection, url: URL) -> str:
    if connection.dialect.name == "sqlite":
        status = Path(url.database or "").stat()
        return f"{status.st_dev}:{status.st_ino}"
    return str(connection.scalar(_SERVER))


def _state(connection: Connection, identity: str) -> DatabaseState:
    names = set(inspect(connection).get_table_names())
    revision = None
    if "alembic_version" in names:
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if names <= {"alembic_version"} and revision is None:
        return DatabaseState(Contents.EMPTY, identity)
    if not names >= _OURS or revision is None:
        return DatabaseState(Contents.FOREIGN, identity, revision)
    has_workers = "procrastinate_workers" in names and bool(connection.scalar(_HEARTBEAT))
    if UNFINISHED_COPY.name in names:
        origin = connection.scalar(select(UNFINISHED_COPY.c.origin).limit(1))
        return DatabaseState(Contents.UNFINISHED, identity, revision, origin, has_workers)
    if not _has_rows(connection, names):
        return DatabaseState(Contents.EMPTY, identity, revision, None, has_workers)
    return DatabaseState(Contents.LIBRARY, identity, revision, _origin(connection), has_workers)


def _has_rows(connection: Connection, names: set[str]) -> bool:
    tables = (table for table in Base.metadata.sorted_tables if table.name in names)
    return any(connection.scalar(select(exists().select_from(table))) for table in tables)


def _origin(connection: Connection) -> str:
    """A library's keys are made at its first start and never again."""
    secrets = connection.execute(
        select(InstallationSecret.name, InstallationSecret.value).order_by(InstallationSecret.name)
    )
    return hashlib.sha256(repr([tuple(row) for row in secrets]).encode()).hexdigest()
