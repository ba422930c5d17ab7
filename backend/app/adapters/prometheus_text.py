"""What Prometheus reads: the installation, and this process."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from app.core.version import VERSION
from app.schemas.lanes import LaneState
from app.services.metrics.installation import Installation, Total
from app.services.metrics.names import BUCKETS, COUNTERS, HISTOGRAMS


@dataclass(frozen=True, slots=True)
class ProcessState:
    """What is known of this process.

    Args:
        websocket_clients: How many pages watch.
        database_kind: ``sqlite`` or ``postgresql``.
        can_store: Whether the database can be written.
    """

    websocket_clients: int
    database_kind: str
    can_store: bool


class PrometheusText(Collector):
    """Writes the text, or OpenMetrics for who asks for it."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._families: list[Metric] = []
        self._registry.register(self)

    def describe(self) -> Iterator[Metric]:
        """Nothing is known before it is asked for."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """See ``Collector``."""
        return iter(self._families)

    def write(
        self, installation: Installation | None, process: ProcessState, accept: str
    ) -> tuple[bytes, str]:
        """Write everything.

        Args:
            installation: None while the database does not answer.
            process: This one.
            accept: The header of that name.

        Returns:
            The text and its media type.
        """
        self._families = [*_of_process(process, is_up=installation is not None)]
        if installation is not None:
            self._families += [*_of_installation(installation), *_counted(installation.totals)]
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type


def _of_process(process: ProcessState, *, is_up: bool) -> Iterator[Metric]:
    facts = {
        "version": VERSION,
        "python": platform.python_version(),
        "database": process.database_kind,
    }
    yield InfoMetricFamily("videothek_build", "What is running.", facts)
    yield GaugeMetricFamily("videothek_database_up", "Whether the database answers.", int(is_up))
    yield GaugeMetricFamily(
        "videothek_database_writable",
        "Whether the database takes what it is given: 0 when it is full or read-only.",
        int(is_up and process.can_store),
    )
    yield GaugeMetricFamily(
        "videothek_websocket_clients",
        "Pages that watch progress at this process.",
        process.websocket_clients,
    )


def _of_installation(installation: Installation) -> Iterator[Metric]:
    states = GaugeMetricFamily(
        "videothek_lane_state",
        "1 for the state that the lane of an upstream is in, 0 for all others.",
        labels=("lane", "state"),
    )
    rates = GaugeMetricFamily(
        "videothek_lane_rate_per_minute", "Requests a lane allows itself.", labels=("lane",)
    )
    for lane in installation.lanes:
        for state in LaneState:
            states.add_metric((lane.name, state.value), int(lane.state is state))
        rates.add_metric((lane.name,), lane.rate_per_minute)
    yield states
    yield rates
    yield from _of_queues(installation)
    yield _gauge("videothek_videos", "Videos by stage.", "stage", installation.videos)
    yield _gauge(
        "videothek_videos_error", "Videos that can't be had, by code.", "code", installation.errors
    )
    yield _gauge("videothek_imports", "Imports by state.", "state", installation.imports)


def _of_queues(installation: Installation) -> Iterator[Metric]:
    depth = GaugeMetricFamily(
        "videothek_queue_jobs",
        "Jobs of a lane: running, waiting for their turn, held by a pause, or due later.",
        labels=("lane", "state"),
    )
    age = GaugeMetricFamily(
        "videothek_queue_oldest_job_age_seconds",
        "For how long the job of a lane has been due that waits longest.",
        labels=("lane",),
    )
    for queue in installation.queues:
        for state, count in queue.jobs.items():
            depth.add_metric((queue.lane, state.value), count)
        age.add_metric((queue.lane,), queue.oldest_seconds)
    yield depth
    yield age


def _gauge(name: str, words: str, label: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=(label,))
    for key, value in values.items():
        family.add_metric((key,), value)
    return family


def _counted(totals: Sequence[Total]) -> Iterator[Metric]:
    for name, words in COUNTERS.items():
        found = [total for total in totals if total.name == name]
        labels = _label_names(found)
        counter = CounterMetricFamily(name, words, labels=labels)
        for total in found:
            counter.add_metric([total.labels.get(label, "") for label in labels], total.value)
        yield counter
    for name, words in HISTOGRAMS.items():
        yield _histogram(name, words, totals)


def _label_names(totals: Sequence[Total]) -> list[str]:
    return sorted({label for total in totals for label in total.labels})


def _histogram(name: str, words: str, totals: Sequence[Total]) -> Metric:
    sums = [total for total in totals if total.name == f"{name}_sum"]
    labels = _label_names(sums)
    family = HistogramMetricFamily(name, words, labels=labels)
    for total in sums:
        own = {
            found.labels["le"]: found.value
            for found in totals
            if found.name == f"{name}_bucket" and total.labels.items() <= found.labels.items()
        }
        values = [total.labels[label] for label in labels]
        family.add_metric(values, _cumulated(own, name), total.value)
    return family


def _cumulated(counts: Mapping[str, float], name: str) -> list[tuple[str, float]]:
    """Prometheus counts in each bucket all that took no longer; stored is what took just so long."""
    bounds = {f"{bound:g}" for bound in BUCKETS[name]} | counts.keys() | {"+Inf"}
    ordered = sorted(bounds, key=float)
    return list(zip(ordered, accumulate(counts.get(bound, 0.0) for bound in ordered), strict=True))
