"""What everything costs in a library of 100,000 videos, beside the same in smaller ones."""

from benchmarks.library.measure import VIDEOS, run

__all__ = ["VIDEOS", "run"]
