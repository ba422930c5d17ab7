"""Only so much at once: who comes later waits a moment, person by person."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.core.errors import ErrorCode, VideothekError

# Each of them holds a connection, and of an upload the first 64 kB, which come with its first lines.
_MOST_WAITING = 100
_MOST_WAITING_PER_PERSON = 16


@dataclass(eq=False, slots=True)
class _Waiting:
    weight: int
    turn: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Turns:
    """A budget that is lent. Whoever waits is let in by turns: nobody waits for one person's queue.

    Args:
        capacity: All that is lent at once.
        per_person: The most that one person has of it.
        wait_seconds: After so long who waits is told that it is too busy.
    """

    def __init__(self, *, capacity: int, per_person: int, wait_seconds: float) -> None:
        self._capacity = capacity
        self._per_person = per_person
        self._wait_seconds = wait_seconds
        self._used = 0
        self._used_by: Counter[str] = Counter()
        # Whoever had a turn last stands last.
        self._queues: OrderedDict[str, deque[_Waiting]] = OrderedDict()

    @property
    def used(self) -> int:
        """How much is lent."""
        return self._used

    @asynccontextmanager
    async def turn(self, person: str, weight: int = 1) -> AsyncIterator[None]:
        """Wait for a part of the budget, and hold it.

        Args:
            person: Whose it is.
            weight: How much of it; more than a person may have counts as that.

        Raises:
            VideothekError: ``too_busy``.
        """
        weight = min(weight, self._per_person)
        await self._take(person, weight)
        try:
            yield
        finally:
            self._give_back(person, weight)

    async def _take(self, person: str, weight: int) -> None:
        all_waiting = sum(map(len, self._queues.values()))
        of_person = len(self._queues.get(person, ()))
        if all_waiting >= _MOST_WAITING or of_person >= _MOST_WAITING_PER_PERSON:
            raise self._busy()
        waiting = _Waiting(weight)
        self._queues.setdefault(person, deque()).append(waiting)
        self._let_in()
        try:
            async with asyncio.timeout(self._wait_seconds):
                await waiting.turn
        except BaseException as error:
            self._leave(person, waiting)
            if isinstance(error, TimeoutError):
                raise self._busy() from None
            raise

    def _leave(self, person: str, waiting: _Waiting) -> None:
        if waiting.turn.done() and not waiting.turn.cancelled():
            # It came in the same moment.
            self._give_back(person, waiting.weight)
            return
        queue = self._queues.get(person)
        if queue and waiting in queue:
            queue.remove(waiting)
            self._forget_empty(person)
            # It may have been too large for what is free, with smaller ones behind it.
            self._let_in()

    def _give_back(self, person: str, weight: int) -> None:
        self._used -= weight
        self._used_by[person] -= weight
        if not self._used_by[person]:
            del self._used_by[person]
        if person in self._queues:
            self._queues.move_to_end(person)
        self._let_in()

    def _let_in(self) -> None:
        """Everybody for whom there is room, by turns; a large one is not overtaken for ever."""
        while (person := self._next_person()) is not None:
            waiting = self._queues[person][0]
            if self._used + waiting.weight > self._capacity:
                return
            self._queues[person].popleft()
            self._queues.move_to_end(person)
            self._forget_empty(person)
            if waiting.turn.cancelled():
                continue
            self._used += waiting.weight
            self._used_by[person] += waiting.weight
            waiting.turn.set_result(None)

    def _next_person(self) -> str | None:
        return next(
            (
                person
                for person, queue in self._queues.items()
                if self._used_by[person] + queue[0].weight <= self._per_person
            ),
            None,
        )

    def _forget_empty(self, person: str) -> None:
        if not self._queues[person]:
            del self._queues[person]

    def _busy(self) -> VideothekError:
        return VideothekError(
            ErrorCode.TOO_BUSY, 503, retry_after_seconds=max(1, round(self._wait_seconds))
        )
