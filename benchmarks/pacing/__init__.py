"""How well the pacer finds a limit that nobody tells it, in virtual time."""

from benchmarks.pacing.measure import run

__all__ = ["run"]
