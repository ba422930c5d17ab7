"""Whether something costs more in a larger library, and whether it may."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from benchmarks.table import aligned

# The same work differs by so much from one process to the next.
_GOAL_GROWTH = 2.0
_NOISE_SECONDS = 0.003
# People take what comes within this time for an answer at once.
_GOAL_SECONDS = 0.2


class Kind(Enum):
    """What may become of the cost in a larger library."""

    PAGE = "the same"
    # It looks at all videos of a list or of the library, and says how many there are.
    COUNT = "grows"


class Took(NamedTuple):
    """What one round took.

    Args:
        seconds: Until the answer was there.
        processor_seconds: Of the application and the database.
    """

    seconds: float
    processor_seconds: float


@dataclass
class Line:
    """What one thing took in libraries of several sizes.

    Attributes:
        what: In words.
        kind: Whether it may grow.
        rounds: By the number of videos.
    """

    what: str
    kind: Kind
    rounds: dict[int, list[Took]] = field(default_factory=dict)

    @property
    def growth(self) -> float:
        """How many times more processor time it takes in the largest library than in the smallest."""
        return self._processor(max(self.rounds)) / self._processor(min(self.rounds))

    @property
    def is_reached(self) -> bool:
        """Whether it grows no more than it may."""
        largest = self._processor(max(self.rounds))
        if self.kind is Kind.COUNT:
            return largest < _GOAL_SECONDS
        more = largest - self._processor(min(self.rounds))
        return self.growth < _GOAL_GROWTH or more < _NOISE_SECONDS

    @property
    def goal(self) -> str:
        """What it is held against."""
        is_count = self.kind is Kind.COUNT
        return f"< {_GOAL_SECONDS * 1000:.0f} ms" if is_count else f"< {_GOAL_GROWTH:.0f} x"

    def cells(self, sizes: Sequence[int]) -> tuple[str, ...]:
        """Return what the table shows."""
        times = [_milliseconds(self._processor(s)) if s in self.rounds else "" for s in sizes]
        waited = statistics.median(took.seconds for took in self.rounds[max(self.rounds)])
        reached = "yes" if self.is_reached else "NO"
        growth = f"{self.growth:.1f} x"
        return (self.what, *times, growth, self.goal, reached, _milliseconds(waited))

    def _processor(self, size: int) -> float:
        return statistics.median(took.processor_seconds for took in self.rounds[size])


class Growth:
    """All lines of one database.

    Args:
        name: Of the database.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: dict[str, Line] = {}

    def note(self, what: str, kind: Kind, size: int, rounds: Sequence[Took]) -> None:
        """Keep what something took in a library of some size."""
        line = self._lines.setdefault(what, Line(what, kind))
        line.rounds.setdefault(size, []).extend(rounds)

    @property
    def is_reached(self) -> bool:
        """Whether nothing grows more than it may."""
        return all(line.is_reached for line in self._lines.values())

    def show(self, sizes: Sequence[int]) -> None:
        """Print the table.

        Args:
            sizes: Numbers of videos, the smallest first.
        """
        by_size = (f"{size:,}" for size in sizes)
        head = ("what", *by_size, "growth", "goal", "reached", "answered in")
        rows = [line.cells(sizes) for line in self._lines.values()]
        print(f"\nlibrary on {self._name}: processor time by the number of videos (median)\n")
        for line in aligned([head, *rows]):
            print(f"  {line}")
        print(flush=True)


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
