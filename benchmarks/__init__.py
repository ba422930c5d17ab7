"""Measurements of the goals in the design. `make bench` runs them all."""

import sys
from pathlib import Path

# The tests' support (a real PostgreSQL, the application as a process) is not installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "backend"))
