"""Adds what this process counts to what all processes of the installation have counted."""

import asyncio
import contextlib
import logging
from typing import Final

from app.core.database import Database
from app.repositories import metric_totals
from app.services.metrics.meter import Meter, as_rows

WRITE_SECONDS: Final = 10.0

_log = logging.getLogger(__name__)


class MetricTotals:
    """Writes down what was counted, now and then and at the end.

    Only what is written down is shown: so no total ever falls, whichever process is asked and however
    another one dies. A total that falls looks like a restart to whoever computes rates.

    Args:
        database: Where the totals are.
        meter: What this process has counted.
    """

    def __init__(self, database: Database, meter: Meter) -> None:
        self._database = database
        self._meter = meter
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Write every ten seconds from now on, if there is something."""
        self._task = asyncio.create_task(self._run(), name="metrics")

    async def close(self) -> None:
        """Write what is left."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        with contextlib.suppress(Exception):
            await self.write()

    async def write(self) -> None:
        """Write what was counted since the last time; it stays counted if that fails."""
        amounts = self._meter.take()
        if not amounts:
            return
        try:
            async with self._database.write() as unit:
                await metric_totals.add(unit.session, as_rows(amounts))
        except BaseException:
            self._meter.give_back(amounts)
            raise

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            try:
                await self.write()
            except Exception as error:  # noqa: BLE001 - the loop must outlive a database that is away
                if self._database.storage.failed(error) is None:
                    _log.exception("what was counted could not be written")
