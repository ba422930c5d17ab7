"""Stores a large library, on both databases at once, while the next videos are made elsewhere."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import delete, func, insert, select, text

from app.core.database import Database
from app.core.security import hash_password
from app.models import (
    PIECE_BITS,
    ImportItem,
    Lane,
    SearchDocument,
    SearchPiece,
    SearchWords,
    User,
    Video,
    VideoEnrichment,
    VideoImport,
    VideoList,
    VideoTag,
)
from app.repositories.dialects import table_of
from benchmarks.library.content import BLOCK_VIDEOS, LIST_IDS, Block, make_block
from benchmarks.processes import DatabaseServer
from tests.support.databases import PostgresTemplates, SqliteTemplates
from tests.support.postgres import restartable_server
from tests.support.server import PASSWORD

_OWNER_ID = "bench-owner"


class Position(NamedTuple):
    """Where a video is in its list.

    Args:
        created_at: When it was added.
        id: Its id.
    """

    created_at: datetime
    id: str


@dataclass
class Place:
    """A library on one database.

    Attributes:
        name: Of the database.
        url: As the application is told.
        directory: For the application's data.
        server: Its processes, if it is a server.
    """

    name: str
    url: str
    directory: Path
    server: DatabaseServer | None = None


@asynccontextmanager
async def places(directory: Path) -> AsyncIterator[list[Place]]:
    """An empty library on a file and one on a server, each with its owner and lists.

    Args:
        directory: For all files but the server's own.
    """
    async with AsyncExitStack() as stack:
        file = stack.enter_context(SqliteTemplates(directory).fresh(directory))
        server = stack.enter_context(restartable_server())
        database = stack.enter_context(PostgresTemplates(server).fresh(directory))
        found = [Place("SQLite", file, directory / "of file")]
        _stop_cleaning(database)
        processes = DatabaseServer(database)
        found.append(Place("PostgreSQL", database, directory / "of server", processes))
        for place in found:
            place.directory.mkdir()
            await _make_lists(place)
        yield found


def _stop_cleaning(database: str) -> None:
    """What it does in the background would be counted with whatever is measured just then."""
    plain = database.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")


async def _make_lists(place: Place) -> None:
    now = datetime.now(UTC) - timedelta(days=365)
    rows = [
        {
            "id": list_id,
            "user_id": _OWNER_ID,
            "name": f"List {number}",
            "created_at": now + timedelta(seconds=number),
        }
        for number, list_id in enumerate(LIST_IDS)
    ]
    async with opened(place) as database, database.write() as unit:
        owner = {"id": _OWNER_ID, "username": "owner", "created_at": now}
        await unit.session.execute(
            insert(User), [{**owner, "password_hash": hash_password(PASSWORD)}]
        )
        await unit.session.execute(insert(VideoList), rows)


@asynccontextmanager
async def opened(place: Place) -> AsyncIterator[Database]:
    """The database of a place, to look into it or to change it while nobody serves it."""
    database = Database(place.url)
    try:
        yield database
    finally:
        await database.close()


async def fill(
    filled: Sequence[Place], *, have: int, want: int, newest: datetime, is_short: bool = False
) -> None:
    """Let libraries grow.

    Args:
        filled: Which ones.
        have: How many videos they have; whole blocks.
        want: How many they will have.
        newest: When the newest video was added, the same each time.
        is_short: See ``make_block``.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as maker:
        coming = [
            maker.submit(make_block, block, newest, is_short=is_short)
            for block in range(have // BLOCK_VIDEOS, want // BLOCK_VIDEOS)
        ]
        coming.reverse()
        async with AsyncExitStack() as stack:
            databases = [await stack.enter_async_context(opened(place)) for place in filled]
            while coming:
                block = await asyncio.wrap_future(coming.pop())
                await asyncio.gather(*(store(database, block) for database in databases))
            await asyncio.gather(*(_settle(database) for database in databases))


async def store(database: Database, block: Block) -> None:
    """Store the rows of a block in one transaction."""
    async with database.read() as session:
        highest = await session.scalar(select(func.max(SearchDocument.number))) or 0
    documents, words, pieces = _moved(block, highest + 1 - block.documents[0]["number"])
    imports = [{**row, "user_id": _OWNER_ID} for row in block.imports]
    if database.is_sqlite:
        pieces = [{**row, "pairs": ""} for row in pieces]
    rows = {
        VideoImport: imports,
        Video: block.videos,
        VideoEnrichment: block.enrichments,
        ImportItem: block.items,
        VideoTag: block.tags,
        SearchDocument: documents,
        SearchWords: words,
        SearchPiece: pieces,
    }
    async with database.write() as unit:
        for model, values in rows.items():
            if values:
                await unit.session.execute(insert(table_of(model)), values)


def _moved(block: Block, by: int) -> tuple[list[Any], list[Any], list[Any]]:
    """The documents with other numbers: what was imported meanwhile has taken those that come next."""
    documents = [{**row, "number": row["number"] + by} for row in block.documents]
    words = [{**row, "document": row["document"] + by} for row in block.words]
    pieces = [
        {**row, "id": row["id"] + (by << PIECE_BITS), "document": row["document"] + by}
        for row in block.pieces
    ]
    return documents, words, pieces


async def _settle(database: Database) -> None:
    """What the server does by itself within minutes; and its count of documents goes on."""
    if database.is_sqlite:
        return
    async with database.engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await outside.execute(
            text(
                "SELECT setval(pg_get_serial_sequence('search_documents', 'number'), "
                "(SELECT max(number) FROM search_documents))"
            )
        )
        await outside.execute(text("VACUUM ANALYZE"))
        await outside.execute(text("CHECKPOINT"))


async def forget_pace(place: Place) -> None:
    """Let the lanes begin anew: what they remember of one pace is nonsense at another."""
    async with opened(place) as database, database.write() as unit:
        await unit.session.execute(delete(Lane))


async def middle_of(place: Place, list_id: str) -> Position:
    """The video in the middle of a list."""
    async with opened(place) as database, database.read() as session:
        count = await session.scalar(select(func.count()).where(Video.list_id == list_id)) or 0
        ordered = select(Video.created_at, Video.id).where(Video.list_id == list_id)
        ordered = ordered.order_by(Video.created_at.desc(), Video.id.desc())
        found = await session.execute(ordered.offset(count // 2).limit(1))
        return Position(*found.one())
