"""What one process takes on: turns, rates, and connections that wait."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from functools import partial

import pytest

from app.core.errors import ErrorCode, VideothekError
from app.services.load.connections import WaitingConnections
from app.services.load.rates import RequestRate, Trickle
from app.services.load.sockets import MOST_PER_PERSON, WatchingClients
from app.services.load.turns import Turns

MEGABYTE = 1_000_000


def turns(capacity: int = 4, per_person: int = 2, wait_seconds: float = 5.0) -> Turns:
    return Turns(capacity=capacity, per_person=per_person, wait_seconds=wait_seconds)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


class Queue:
    """People who hold their turns until they are told to go."""

    def __init__(self, shared: Turns) -> None:
        self.turns = shared
        self.order: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []
        self._go: dict[str, asyncio.Event] = {}

    def come(self, name: str, weight: int = 1) -> None:
        self._go[name] = asyncio.Event()
        self.tasks.append(asyncio.create_task(self._hold(name, weight)))

    def go(self, name: str) -> None:
        self._go[name].set()

    async def _hold(self, name: str, weight: int) -> None:
        async with self.turns.turn(name[0], weight):
            self.order.append(name)
            await self._go[name].wait()


@asynccontextmanager
async def queue(shared: Turns) -> AsyncIterator[Queue]:
    made = Queue(shared)
    try:
        yield made
    finally:
        for task in made.tasks:
            task.cancel()
        await asyncio.gather(*made.tasks, return_exceptions=True)


async def test_one_person_never_has_more_than_their_part() -> None:
    async with queue(turns(capacity=4, per_person=2)) as people:
        for number in range(5):
            people.come(f"a{number}")
        people.come("b0")
        await settle()

        assert people.order == ["a0", "a1", "b0"]


async def test_who_waits_is_let_in_person_by_person() -> None:
    async with queue(turns(capacity=1, per_person=1)) as people:
        for name in ("a0", "a1", "a2", "b0", "c0"):
            people.come(name)
        await settle()
        for name in ("a0", "b0", "c0", "a1"):
            people.go(name)
            await settle()

        assert people.order == ["a0", "b0", "c0", "a1", "a2"]


async def test_a_large_one_is_not_overtaken_by_small_ones_for_ever() -> None:
    async with queue(turns(capacity=4, per_person=4)) as people:
        people.come("a0", weight=2)
        people.come("b0", weight=4)
        people.come("c0", weight=1)
        await settle()
        assert people.order == ["a0"]
        people.go("a0")
        await settle()

        assert people.order == ["a0", "b0"]


async def test_what_is_larger_than_a_persons_part_counts_as_all_of_it() -> None:
    shared = turns(capacity=4, per_person=2)
    async with shared.turn("a", 100):
        assert shared.used == 2


async def test_who_waits_too_long_is_told_so_and_holds_nothing() -> None:
    shared = turns(capacity=1, per_person=1, wait_seconds=0.05)
    async with shared.turn("a"):
        with pytest.raises(VideothekError) as caught:
            async with shared.turn("b"):
                raise AssertionError
    assert (caught.value.code, caught.value.status) == (ErrorCode.TOO_BUSY, 503)
    assert caught.value.extra == {"retry_after_seconds": 1}
    assert shared.used == 0
    async with shared.turn("b"):
        assert shared.used == 1


async def test_who_goes_while_waiting_leaves_the_turn_to_the_next() -> None:
    async with queue(turns(capacity=1, per_person=1)) as people:
        for name in ("a0", "b0", "c0"):
            people.come(name)
        await settle()
        people.tasks[1].cancel()
        people.go("a0")
        await settle()

        assert people.order == ["a0", "c0"]


async def test_whoever_goes_in_the_moment_of_being_let_in_gives_the_turn_back() -> None:
    shared = turns(capacity=1, per_person=1)
    async with queue(shared) as people:
        people.come("a0")
        await settle()
        people.come("b0")
        await settle()
        people.go("a0")
        await asyncio.sleep(0)
        people.tasks[1].cancel()
        await settle()

        assert shared.used == 0


async def test_a_queue_has_an_end_and_one_persons_is_shorter() -> None:
    async with queue(turns(capacity=1, per_person=1)) as people:
        for name in "abcdef":
            for number in range(17):
                people.come(f"{name}{number}")
        await settle()
        for name in ("a", "g"):
            with pytest.raises(VideothekError):
                async with people.turns.turn(name):
                    raise AssertionError


async def test_one_persons_queue_keeps_nobody_else_from_waiting() -> None:
    async with queue(turns(capacity=1, per_person=1)) as people:
        for number in range(40):
            people.come(f"a{number}")
        people.come("b0")
        await settle()
        people.go("a0")
        await settle()

        assert people.order == ["a0", "b0"]


def test_a_minutes_worth_of_requests_may_come_at_once_and_then_as_many_a_minute() -> None:
    now = 0.0
    rate = RequestRate(60, lambda: now)
    for _ in range(60):
        rate.count("a")
    with pytest.raises(VideothekError) as caught:
        rate.count("a")
    assert (caught.value.code, caught.value.status) == (ErrorCode.TOO_MANY_REQUESTS, 429)
    assert caught.value.extra == {"retry_after_seconds": 1}
    rate.count("b")
    now = 1.0
    rate.count("a")


def test_a_rate_of_nothing_counts_nothing() -> None:
    rate = RequestRate(0, lambda: 0.0)
    for _ in range(10_000):
        rate.count("a")


def test_a_slow_line_is_waited_for_and_a_trickle_is_not() -> None:
    slow, trickle = (Trickle(grace_seconds=10, bytes_per_second=1000) for _ in range(2))
    for _ in range(1000):
        slow.note(1.0, 1500)
    for _ in range(11):
        trickle.note(1.0, 1)

    assert slow.patience_seconds == 10
    assert trickle.patience_seconds < 0.01


def test_much_that_came_at_once_does_not_buy_much_silence() -> None:
    begun = Trickle(grace_seconds=10, bytes_per_second=1000)
    begun.note(0.0, MEGABYTE)
    begun.note(9.0, 1)

    assert begun.patience_seconds < 1.1


class Fake:
    """A connection that remembers how it was ended."""

    def __init__(self, unsent: int = 0) -> None:
        self.unsent = unsent
        self.ends: list[str] = []

    def end_silence(self) -> None:
        self.ends.append("silence")

    def end_stall(self) -> None:
        self.ends.append("stall")

    def unsent_bytes(self) -> int:
        return self.unsent


def test_who_says_nothing_is_let_go_after_a_while() -> None:
    waiting, one = WaitingConnections(), Fake()
    waiting.expect(one, 0.0, 10.0)
    waiting.expect(one, 9.0, 10.0)
    waiting.sweep(9.9)
    assert one.ends == []
    waiting.sweep(10.0)

    assert one.ends == ["silence"]
    assert waiting.is_empty


def test_what_came_is_not_waited_for_any_more() -> None:
    waiting, one = WaitingConnections(), Fake()
    waiting.expect(one, 0.0, 10.0)
    waiting.came(one)
    waiting.sweep(100.0)

    assert one.ends == []


def test_who_is_new_pushes_out_who_has_been_silent_longest() -> None:
    waiting = WaitingConnections()
    silent = [Fake() for _ in range(300)]
    for one in silent:
        waiting.expect(one, 0.0, 10.0)
    waiting.expect(Fake(), 5.0, 10.0)

    assert [one.ends for one in silent[:2]] == [["silence"], []]


def test_of_many_who_come_in_one_moment_nobody_is_pushed_out() -> None:
    waiting = WaitingConnections()
    crowd = [Fake() for _ in range(1000)]
    for number, one in enumerate(crowd):
        waiting.expect(one, number / 1000, 10.0)

    assert not any(one.ends for one in crowd)


def test_who_reads_nothing_is_let_go_and_who_reads_slowly_is_not() -> None:
    waiting, deaf, slow = WaitingConnections(), Fake(100_000), Fake(400_000)
    waiting.stall(deaf, 0.0)
    waiting.stall(slow, 0.0)
    for second in range(1, 41):
        slow.unsent -= 5000
        waiting.sweep(float(second))

    assert (deaf.ends, slow.ends) == (["stall"], [])
    waiting.flow(slow)
    assert waiting.is_empty


def test_if_all_together_hold_too_much_who_began_first_is_let_go() -> None:
    waiting = WaitingConnections()
    readers = [Fake(10 * MEGABYTE) for _ in range(6)]
    for number, one in enumerate(readers):
        waiting.stall(one, number / 10)

    assert [one.ends for one in readers] == [["stall"], ["stall"], [], [], [], []]


def test_of_strangers_who_has_been_silent_longest_is_sent_away() -> None:
    clients, sent_away = WatchingClients(), list[int]()
    with ExitStack() as stack:
        for number in range(402):
            stack.enter_context(clients.stranger(number, partial(sent_away.append, number)))

        assert sent_away == [0, 1]


async def test_a_person_has_so_many_clients_and_then_no_more_until_one_goes() -> None:
    clients = WatchingClients()
    async with AsyncExitStack() as stack:
        for _ in range(MOST_PER_PERSON - 1):
            stack.enter_context(clients.client("a"))
        with clients.client("a"), pytest.raises(VideothekError):
            clients.client("a").__enter__()
        with clients.client("b"), clients.client("a"):
            pass
