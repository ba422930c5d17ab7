"""Metrics as Prometheus reads them."""

import httpx
from prometheus_client.parser import text_string_to_metric_families

from app.services.metrics.totals import MetricTotals
from tests.support.server import RunningApp


class Scraped:
    """What a process said of the installation and of itself.

    Args:
        text: In Prometheus' own format.
    """

    def __init__(self, text: str) -> None:
        self.families = {family.name: family for family in text_string_to_metric_families(text)}
        self._samples = [sample for family in self.families.values() for sample in family.samples]

    def value(self, name: str, **labels: str) -> float | None:
        """The sample with just these labels."""
        found = [each for each in self._samples if each.name == name and each.labels == labels]
        return found[0].value if found else None

    def all_of(self, name: str, label: str) -> dict[str, float]:
        """Every value of a metric by one of its labels."""
        return {each.labels[label]: each.value for each in self._samples if each.name == name}


async def scrape(app: RunningApp) -> Scraped:
    """Everything as it is now: what was counted is written, and nothing is remembered."""
    totals: MetricTotals = app.runtime.metrics.totals
    await totals.write()
    app.runtime.metrics.installation.forget()
    async with httpx.AsyncClient(base_url=app.url) as http:
        answer = await http.get("/metrics")
    assert answer.status_code == 200
    return Scraped(answer.text)
