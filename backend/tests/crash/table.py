"""The table of a few runs, one column for each."""

from collections.abc import Callable, Sequence
from statistics import median

from tests.crash.plan import Victim
from tests.crash.run import RESUME_SECONDS, Result

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_ROWS: Sequence[tuple[str, Callable[[Result], str]]] = (
    ("database", lambda result: _NAMES[result.options.topology.database]),
    ("processes", lambda result: str(result.options.topology)),
    ("videos", lambda result: str(result.outcome.videos)),
    ("kills", lambda result: str(result.outcome.kills.total())),
    *(
        (f"  of {name}", lambda result, one=victim: str(result.outcome.kills[one]))
        for victim, name in (
            (Victim.APP, "an app"),
            (Victim.WORKER, "a worker"),
            (Victim.DATABASE, "the database"),
            (Victim.ALL, "all at once"),
        )
    ),
    ("restarts", lambda result: str(result.outcome.restarts)),
    ("time to resume, median", lambda result: _median(result.outcome.process_seconds)),
    ("  maximum", lambda result: _most(result.outcome.process_seconds)),
    ("  without the wait for a processor", lambda result: _median(result.outcome.own_seconds)),
    (f"  maximum (goal {RESUME_SECONDS:.0f} s)", lambda result: _most(result.outcome.own_seconds)),
    ("  after the database, median", lambda result: _median(result.outcome.database_seconds)),
    ("  maximum", lambda result: _most(result.outcome.database_seconds)),
    *(
        (name, lambda result, one=name: str(len(result.outcome.findings.all()[one])))
        for name in (
            "lost",
            "doubled",
            "stages back",
            "counts that differ",
            "database",
            "processes",
        )
    ),
    ("repeated requests per video", lambda result: f"{result.repeated:.2f}"),
    ("seed", lambda result: str(result.options.seed)),
    ("duration", lambda result: f"{result.seconds:.0f} s"),
)


def lines_of(results: Sequence[Result]) -> list[str]:
    """The table.

    Args:
        results: One for each column.
    """
    rows = [[name, *(show(result) for result in results)] for name, show in _ROWS]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _median(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.1f} s" if seconds else "-"


def _most(seconds: Sequence[float]) -> str:
    return f"{max(seconds):.1f} s" if seconds else "-"
