"""What the doctor finds."""

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How something is, and the sign it is shown with."""

    GOOD = "✓"
    # Not there, or not now, and that is all right.
    OFF = "–"
    # It works, but somebody should look at it.
    WARNING = "!"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do if it is not well."""

    state: State
    what: str
    advice: str = ""
