"""A connection that is given up gives the database back."""

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
