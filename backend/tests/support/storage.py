"""A database that takes nothing, as the real ones say it: full, or read-only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from app.core.database import Database


@asynccontextmanager
async def full(database: Database) -> AsyncIterator[None]:
    """SQLite may not grow by a single page."""
    async with database.engine.connect() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    try:
        yield
    finally:
        async with database.engine.connect() as connection:
            await connection.execute(text("PRAGMA max_page_count = 1073741823"))


@asynccontextmanager
async def read_only(database: Database) -> AsyncIterator[None]:
    """Every connection to the database may only read."""
    name = database.url.database
    begin = "PRAGMA query_only = on"
    if not database.is_sqlite:
        begin = f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'
    await _execute(database, begin)
    if not database.is_sqlite:
        # Only new connections heed it.
        await database.engine.dispose()
    try:
        yield
    finally:
        if not database.is_sqlite:
            await _execute(
                database,
                "SET TRANSACTION READ WRITE",
                f'ALTER DATABASE "{name}" RESET default_transaction_read_only',
            )
        await database.engine.dispose()


async def _execute(database: Database, *statements: str) -> None:
    async with database.engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
