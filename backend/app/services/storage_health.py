"""Can anything be stored? Answered cheaply, and without writing as long as nothing is known to fail."""

import asyncio
import time
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from app.core.database import Database
from app.core.errors import ErrorCode
from app.core.storage import StorageError, obstacle_of
from app.repositories import metric_totals, storage
from app.services.metrics.names import STORAGE_PROBES

# After a write that failed, how often one row is written to see whether it works again: who is asked
# whether they are ready may be sent no other work before they say so.
_PROBE_SECONDS: Final = 3.0
_PROBE_PATIENCE_SECONDS: Final = 5.0


class StorageHealth:
    """Knows whether the database takes what it is given.

    Args:
        database: The one that is meant.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._watch = database.storage
        self._probing = asyncio.Lock()
        self._probed_at = float("-inf")

    async def check(self) -> None:
        """Return if the database answers and can be written, as far as is known.

        Raises:
            StorageError: It can't.
        """
        try:
            await self._look()
        except (SQLAlchemyError, OSError) as error:
            trouble = self._watch.failed(error)
            raise trouble or StorageError(ErrorCode.STORAGE_UNAVAILABLE, str(error)) from error
        if (trouble := self._watch.trouble) is None:
            return
        if trouble.code is ErrorCode.STORAGE_UNAVAILABLE:
            # It has just answered.
            self._watch.worked()
            return
        await self._probe(trouble)

    async def is_well(self) -> bool:
        """The same as an answer."""
        try:
            await self.check()
        except StorageError:
            return False
        return True

    async def _look(self) -> None:
        async with self._database.read() as session:
            is_read_only = await storage.is_read_only(session)
        if is_read_only:
            raise StorageError(ErrorCode.STORAGE_READ_ONLY, "it may only be read")
        if (file := self._watch.file) is not None and (obstacle := obstacle_of(file)):
            raise StorageError(obstacle, "seen from outside")

    async def _probe(self, trouble: StorageError) -> None:
        async with self._probing:
            if self._watch.trouble is None:
                return
            if time.monotonic() < self._probed_at + _PROBE_SECONDS:
                raise trouble
            try:
                async with asyncio.timeout(_PROBE_PATIENCE_SECONDS):
                    await self._write()
            except (SQLAlchemyError, OSError) as error:
                raise self._watch.failed(error) or trouble from error
            finally:
                self._probed_at = time.monotonic()
        self._watch.worked()

    async def _write(self) -> None:
        async with self._database.write() as unit:
            await metric_totals.add(unit.session, {(STORAGE_PROBES, "{}"): 1.0})
