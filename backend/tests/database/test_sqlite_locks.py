"""Processes that share a file wait for each other, and give it back."""

import asyncio
import sqlite3
from pathlib import Path

from sqlalchemy import text

from app.core.database import Database

_MANY_ROWS = """
WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many LIMIT 99) SELECT n FROM many
"""


async def test_a_connection_closed_in_the_middle_of_a_transaction_lets_others_write(
    tmp_path: Path,
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/videothek.db"
    given_up, other = Database(url), Database(url)
    connection = await given_up.engine.connect()
    await connection.execute(text("CREATE TABLE words (word TEXT)"))
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    # As in a traceback of a cancelled task, the cursor of an unfinished statement lives on.
    cursor = await driver.execute(_MANY_ROWS)
    await cursor.fetchone()

    await driver.close()

    async with other.write() as unit:
        await unit.session.execute(text("CREATE TABLE words (word TEXT)"))
    del cursor
    await connection.invalidate()
    await connection.close()
    await given_up.close()
    await other.close()


async def test_a_process_that_begins_while_another_writes_into_the_new_file_waits_for_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "videothek.db"
    writing = sqlite3.connect(path, isolation_level=None)
    writing.execute("CREATE TABLE words (word TEXT)")
    writing.execute("BEGIN IMMEDIATE")
    database = Database(f"sqlite+aiosqlite:///{path}")

    async def words() -> int | None:
        async with database.read() as session:
            return await session.scalar(text("SELECT count(*) FROM words"))

    asking = asyncio.create_task(words())
    try:
        done, _ = await asyncio.wait([asking], timeout=0.3)
        assert not done
        writing.execute("INSERT INTO words VALUES ('first')")
        writing.execute("COMMIT")
        assert await asking == 1
    finally:
        writing.close()
        await database.close()


async def test_processes_that_begin_together_with_a_new_file_all_begin(tmp_path: Path) -> None:
    for number in range(20):
        path = tmp_path / f"{number}.db"
        with sqlite3.connect(path) as new:
            new.execute("CREATE TABLE words (word TEXT)")
        new.close()
        databases = [Database(f"sqlite+aiosqlite:///{path}") for _ in range(4)]

        async def mode(database: Database) -> str | None:
            async with database.read() as session:
                return await session.scalar(text("PRAGMA journal_mode"))

        assert await asyncio.gather(*map(mode, databases)) == ["wal"] * 4
        for database in databases:
            await database.close()
