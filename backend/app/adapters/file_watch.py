"""What another process of this machine changed in a SQLite library."""

import asyncio

from app.core.database import DATABASE_AWAY, Changes, Database

_LOOK_SECONDS = 1.0


class FileWatch:
    """Notices that another process has changed a SQLite file, which says nothing about what.

    Args:
        database: On SQLite.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> None:
        """Look until cancelled."""
        version = None
        while True:
            try:
                found = await self._database.file_version()
            except DATABASE_AWAY as away:
                self._database.note_away(away)
            else:
                if version is not None and found != version:
                    self._database.tell(Changes(anything=True))
                version = found
            await asyncio.sleep(_LOOK_SECONDS)
