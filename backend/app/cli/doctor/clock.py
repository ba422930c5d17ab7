"""Does this machine's clock agree with another one?"""

from typing import Final

from app.cli.doctor.findings import Finding, State
from app.cli.words import say

_MOST_SECONDS: Final = 5.0


def clock(offset_seconds: float, where: str) -> Finding:
    """Judge a difference.

    Args:
        offset_seconds: By how much this one is ahead.
        where: Whose the other one is.
    """
    if abs(offset_seconds) <= _MOST_SECONDS:
        return Finding(State.GOOD, say("doctor_clock", where=where))
    sentence = say("doctor_clock_off", where=where, seconds=f"{abs(offset_seconds):.0f}")
    return Finding(State.BAD, sentence, say("doctor_clock_advice"))
