"""Puts together what counts, and what shows it."""

from dataclasses import dataclass

from app.adapters.prometheus_text import ProcessState, PrometheusText
from app.core.database import Database
from app.services.lanes import LaneLimiter
from app.services.metrics.installation import InstallationReader
from app.services.metrics.meter import Meter
from app.services.metrics.totals import MetricTotals
from app.services.storage_health import StorageHealth


@dataclass(frozen=True, slots=True)
class Metrics:
    """What this process counts and shows."""

    meter: Meter
    totals: MetricTotals
    installation: InstallationReader
    text: PrometheusText
    health: StorageHealth
    database_kind: str

    async def write_text(self, *, websocket_clients: int, accept: str) -> tuple[bytes, str]:
        """What monitoring reads, and its media type.

        Args:
            websocket_clients: How many pages watch.
            accept: What may be sent.
        """
        can_store = await self.health.is_well()
        process = ProcessState(websocket_clients, self.database_kind, can_store)
        return self.text.write(await self.installation.read(), process, accept)

    async def close(self) -> None:
        """Write down what was counted."""
        await self.totals.close()


def open_metrics(
    database: Database, limiter: LaneLimiter, meter: Meter, health: StorageHealth
) -> Metrics:
    """Begin to write down what is counted.

    Args:
        database: Where it goes.
        limiter: Knows the lanes.
        meter: What this process counts.
        health: Knows whether anything can be stored.
    """
    totals = MetricTotals(database, meter)
    database.on_commit(meter.on_commit)
    totals.start()
    return Metrics(
        meter=meter,
        totals=totals,
        installation=InstallationReader(database, limiter),
        text=PrometheusText(),
        health=health,
        database_kind=database.url.get_backend_name(),
    )
