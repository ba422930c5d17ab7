"""Plain tables."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Format = Callable[[float], str]


def milliseconds(seconds: float) -> str:
    """Write a time of less than a few seconds."""
    return f"{seconds * 1000:.0f} ms"


def seconds(value: float) -> str:
    """Write a longer time."""
    return f"{value:.2f} s"


@dataclass(frozen=True, slots=True)
class Result:
    """One line: what was measured, and the goal it is held against.

    Attributes:
        what: In words.
        measured: The value.
        goal: What it should stay below; None where it is only shown.
        write: Writes both.
        note: What else there is to know.
        is_least: The goal is what it should reach instead.
    """

    what: str
    measured: float
    goal: float | None
    write: Format
    note: str = ""
    is_least: bool = False

    def cells(self) -> tuple[str, ...]:
        """Return what the table shows."""
        goal, reached = "", ""
        if self.goal is not None:
            is_reached = self.measured >= self.goal if self.is_least else self.measured < self.goal
            goal = f"{'≥' if self.is_least else '<'} {self.write(self.goal)}"
            reached = "yes" if is_reached else "NO"
        return (self.what, goal, self.write(self.measured), reached, self.note)


def show(title: str, results: Iterable[Result]) -> None:
    """Print results under a title."""
    head = ("what", "goal", "measured", "reached", "note")
    print(f"\n{title}\n")
    for line in aligned([head, *(result.cells() for result in results)]):
        print(f"  {line}")
    print(flush=True)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table.

    Args:
        rows: The cells of each.
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
