"""Watching clients: how many may stand before the door, and how many each person has."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Final

from app.core.errors import ErrorCode, VideothekError

# An honest client says who it is at once, so whoever is new pushes out who has been silent longest. Each
# takes 80 kB.
_MOST_STRANGERS: Final = 400
# Each tab has one.
MOST_PER_PERSON: Final = 200


class WatchingClients:
    """Those of one process."""

    def __init__(self) -> None:
        self._strangers: OrderedDict[Hashable, Callable[[], None]] = OrderedDict()
        self._of_person: Counter[str] = Counter()

    @contextmanager
    def stranger(self, key: Hashable, send_away: Callable[[], None]) -> Iterator[None]:
        """Somebody of whom nobody knows yet who it is.

        Args:
            key: Tells them apart.
            send_away: Called if others come while they are silent.
        """
        self._strangers[key] = send_away
        if len(self._strangers) > _MOST_STRANGERS:
            _, send_oldest_away = self._strangers.popitem(last=False)
            send_oldest_away()
        try:
            yield
        finally:
            self._strangers.pop(key, None)

    @contextmanager
    def client(self, person: str) -> Iterator[None]:
        """A client of somebody who is known.

        Args:
            person: Who.

        Raises:
            VideothekError: ``too_busy`` if they have as many as a person may have.
        """
        if self._of_person[person] >= MOST_PER_PERSON:
            raise VideothekError(ErrorCode.TOO_BUSY, 503)
        self._of_person[person] += 1
        try:
            yield
        finally:
            self._of_person[person] -= 1
            if not self._of_person[person]:
                del self._of_person[person]
