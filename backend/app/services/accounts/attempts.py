"""How often somebody may try, remembered as little as possible: pure, with the time as an argument."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

# What an attacker with many addresses can make us remember: about a megabyte.
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """A bucket that fills up again.

    Args:
        burst: So many at once.
        seconds_per_one: After so long one more.
    """

    burst: int
    seconds_per_one: float


class Attempts:
    """Counts attempts by key. Where too many keys come, those that were idle longest are forgotten.

    Args:
        allowance: How many each key has.
    """

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        # What is missing in the bucket, and when that was so.
        self._spent: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def wait_seconds(self, key: Hashable, now: float) -> float:
        """How long until another attempt is free; 0 if one is.

        Args:
            key: Whose.
            now: Seconds, by any clock that does not go back.
        """
        missing = self._missing(key, now) + 1 - self._allowance.burst
        return max(0.0, missing * self._allowance.seconds_per_one)

    def spend(self, key: Hashable, now: float) -> None:
        """Count an attempt."""
        self._spent[key] = (self._missing(key, now) + 1, now)
        self._spent.move_to_end(key)
        while len(self._spent) > _REMEMBERED:
            self._spent.popitem(last=False)

    def give_back(self, key: Hashable, now: float) -> None:
        """It was a good one."""
        missing = max(0.0, self._missing(key, now) - 1)
        if missing:
            self._spent[key] = (missing, now)
        else:
            self._spent.pop(key, None)

    def _missing(self, key: Hashable, now: float) -> float:
        missing, at = self._spent.get(key, (0.0, now))
        return max(0.0, missing - (now - at) / self._allowance.seconds_per_one)
