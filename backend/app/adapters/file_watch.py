"""What another process of this machine changed in a SQLite library."""

import asyncio

import aiosqlite

from app.core.database import Changes, Database

_LOOK_SECONDS = 1.0


class FileWatch:
    """Notices that a SQLite file was changed, which says nothing about what.

    Only for processes that share their work with others: one that does all of it is told by its own
    commits.

    Args:
        database: On SQLite.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> None:
        """Look until cancelled."""
        version = None
        async with aiosqlite.connect(str(self._database.url.database)) as connection:
            while True:
                # Another number means that another connection has committed since.
                async with connection.execute("PRAGMA data_version") as cursor:
                    found = await cursor.fetchone()
                if version is not None and found != version:
                    self._database.tell(Changes(anything=True))
                version = found
                await asyncio.sleep(_LOOK_SECONDS)
