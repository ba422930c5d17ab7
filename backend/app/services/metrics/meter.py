"""What this process counts: in memory, without locks and without I/O, until somebody takes it."""

import json
from bisect import bisect_left
from collections.abc import Mapping

from app.core.database import Changes
from app.services.metrics.names import BUCKETS, STAGE_SECONDS, STEP_SECONDS, STEPS

Labels = tuple[tuple[str, str], ...]
Amounts = dict[tuple[str, Labels], float]


class Meter:
    """Counts; used from one event loop only."""

    def __init__(self) -> None:
        self._amounts: Amounts = {}

    def count(self, name: str, amount: float = 1.0, /, **labels: str) -> None:
        """Add to a counter."""
        key = (name, tuple(sorted(labels.items())))
        self._amounts[key] = self._amounts.get(key, 0.0) + amount

    def observe(self, name: str, seconds: float, /, **labels: str) -> None:
        """Put a duration into the bucket of a histogram that it belongs to."""
        bounds = BUCKETS[name]
        place = bisect_left(bounds, seconds)
        bound = f"{bounds[place]:g}" if place < len(bounds) else "+Inf"
        self.count(f"{name}_bucket", le=bound, **labels)
        self.count(f"{name}_sum", max(0.0, seconds), **labels)

    def count_step(self, kind: str, outcome: str, seconds: float) -> None:
        """A step of work has ended.

        Args:
            kind: Of its job.
            outcome: ``ok``, or the code of what was in the way.
            seconds: How long it took.
        """
        self.count(STEPS, kind=kind, outcome=outcome)
        self.observe(STEP_SECONDS, seconds, kind=kind)

    def on_commit(self, changes: Changes) -> None:
        """Note how long the videos of a committed transaction took to reach their stages."""
        for stage, seconds in changes.reached:
            self.observe(STAGE_SECONDS, seconds, stage=stage)

    def take(self) -> Amounts:
        """What was counted since the last time; from here on it is the caller's."""
        taken, self._amounts = self._amounts, {}
        return taken

    def give_back(self, amounts: Amounts) -> None:
        """Count again what was taken and could not be written."""
        for key, amount in amounts.items():
            self._amounts[key] = self._amounts.get(key, 0.0) + amount


def as_rows(amounts: Mapping[tuple[str, Labels], float]) -> dict[tuple[str, str], float]:
    """Amounts with their labels as the text they are stored as."""
    return {(name, json.dumps(dict(labels))): value for (name, labels), value in amounts.items()}


def labels_of(text: str) -> dict[str, str]:
    """Labels from the text they are stored as."""
    labels: dict[str, str] = json.loads(text)
    return labels
