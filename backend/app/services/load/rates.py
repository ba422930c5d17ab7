"""How often and how fast: pure, with the time as an argument or an injected clock."""

import time
from collections.abc import Callable

from app.core.errors import ErrorCode, VideothekError
from app.services.accounts.attempts import Allowance, Attempts

_SECONDS_PER_MINUTE = 60.0


class RequestRate:
    """Counts the requests of each person that cost much. A minute's worth may come at once.

    Each process counts for itself.

    Args:
        per_minute: How many each person has; 0 counts nothing.
        clock: Seconds.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._attempts: Attempts | None = None
        if per_minute:
            self._attempts = Attempts(Allowance(per_minute, _SECONDS_PER_MINUTE / per_minute))

    def count(self, person: str) -> None:
        """Count one.

        Args:
            person: Whose it is.

        Raises:
            VideothekError: ``too_many_requests``.
        """
        if self._attempts is None:
            return
        now = self._clock()
        wait = self._attempts.wait_seconds(person, now)
        if wait > 0:
            raise VideothekError(
                ErrorCode.TOO_MANY_REQUESTS, 429, retry_after_seconds=max(1, round(wait))
            )
        self._attempts.spend(person, now)


class Trickle:
    """Whether something comes so slowly that waiting for it only costs.

    A slow line is no reason to end anything; less than the slowest one is. Much that came at once does
    not buy much silence.

    Args:
        grace_seconds: So long nothing may come, at the beginning and later.
        bytes_per_second: At least so much has to come on average.
    """

    def __init__(self, grace_seconds: float, bytes_per_second: float) -> None:
        self._grace_seconds = grace_seconds
        self._bytes_per_second = bytes_per_second
        self._patience_seconds = grace_seconds

    def note(self, waited_seconds: float, size: int) -> None:
        """Count what came.

        Args:
            waited_seconds: How long it was waited for. What we did meanwhile is not the sender's time.
            size: In bytes.
        """
        left = max(0.0, self._patience_seconds - waited_seconds)
        self._patience_seconds = min(self._grace_seconds, left + size / self._bytes_per_second)

    @property
    def patience_seconds(self) -> float:
        """How much longer to wait for more."""
        return self._patience_seconds
