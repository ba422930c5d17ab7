"""Connections that wait for the other side: none for ever, and not too many of them.

Pure, with the time as an argument.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from app.services.load.rates import Trickle

# A request's first lines come at once, so whoever is new pushes out who has been silent longest. But
# when a thousand come in one moment, what they say may be there and not have been read yet.
_MOST_EXPECTED = 300
_UNREAD_SECONDS = 3.0
# What somebody reads is sent on as it is read, so this is what the slowest line takes anyway.
_STALLED_GRACE_SECONDS = 30.0
_STALLED_BYTES_PER_SECOND = 2_000.0
# A byte now and then earns a moment again and again; we look once a second.
_SPENT_SECONDS = 0.5
_MOST_UNSENT_BYTES = 48_000_000


class Connection(Protocol):
    """One connection, as far as this goes."""

    def end_silence(self) -> None:
        """Nothing came for too long."""

    def end_stall(self) -> None:
        """Nothing was read for too long, or too much waits for all who don't read."""

    def unsent_bytes(self) -> int:
        """How much of what was said has not been taken yet."""


@dataclass(slots=True)
class _Stall:
    trickle: Trickle
    unsent_bytes: int
    seen_at: float


class WaitingConnections:
    """Those of one server that have begun something and not gone on with it."""

    def __init__(self) -> None:
        # Since when, and until when.
        self._expected: OrderedDict[Connection, tuple[float, float]] = OrderedDict()
        self._stalled: OrderedDict[Connection, _Stall] = OrderedDict()
        self._unsent_bytes = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look after."""
        return not self._expected and not self._stalled

    def expect(self, connection: Connection, now: float, seconds: float) -> None:
        """Something has to come; asked again, the first time counts.

        Args:
            connection: From whom.
            now: Seconds, by any clock that does not go back.
            seconds: How long it may take.
        """
        self._expected.setdefault(connection, (now, now + seconds))
        if len(self._expected) > _MOST_EXPECTED:
            oldest, (since, _) = next(iter(self._expected.items()))
            if now - since >= _UNREAD_SECONDS:
                self.came(oldest)
                oldest.end_silence()

    def came(self, connection: Connection) -> None:
        """It came."""
        self._expected.pop(connection, None)

    def stall(self, connection: Connection, now: float) -> None:
        """It reads more slowly than we send.

        Args:
            connection: Which.
            now: As for ``expect``.
        """
        unsent = connection.unsent_bytes()
        trickle = Trickle(_STALLED_GRACE_SECONDS, _STALLED_BYTES_PER_SECOND)
        self._stalled[connection] = _Stall(trickle, unsent, now)
        self._unsent_bytes += unsent
        if self._unsent_bytes > _MOST_UNSENT_BYTES:
            self._look(now)

    def flow(self, connection: Connection) -> None:
        """It has read on."""
        stall = self._stalled.pop(connection, None)
        if stall is not None:
            self._unsent_bytes -= stall.unsent_bytes

    def forget(self, connection: Connection) -> None:
        """It is over."""
        self.came(connection)
        self.flow(connection)

    def sweep(self, now: float) -> None:
        """End those that have waited for too long.

        Args:
            now: As for ``expect``.
        """
        for connection in [each for each, (_, until) in self._expected.items() if until <= now]:
            self.came(connection)
            connection.end_silence()
        self._look(now)

    def _look(self, now: float) -> None:
        """End those that hardly read; and if all together hold too much, who began first."""
        for connection, stall in list(self._stalled.items()):
            unsent = connection.unsent_bytes()
            stall.trickle.note(now - stall.seen_at, max(0, stall.unsent_bytes - unsent))
            self._unsent_bytes += unsent - stall.unsent_bytes
            stall.unsent_bytes, stall.seen_at = unsent, now
            if stall.trickle.patience_seconds < _SPENT_SECONDS:
                self._end(connection)
        while self._unsent_bytes > _MOST_UNSENT_BYTES:
            self._end(next(iter(self._stalled)))

    def _end(self, connection: Connection) -> None:
        self.flow(connection)
        connection.end_stall()
