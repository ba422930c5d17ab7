"""Who is compared: our pacer, and what one would write instead."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from app.services.rate_limiter import Outcome, Pacer, Permit, Priority


@dataclass(frozen=True, slots=True)
class Later:
    """No request now.

    Attributes:
        at: Ask again at this time.
    """

    at: float


class Limiter(ABC):
    """Says when to send.

    Attributes:
        workers: Requests that are on the way at most.
        knows_people: What a person waits for overtakes the batch.
    """

    workers = 12
    knows_people = True

    @abstractmethod
    def acquire(self, now: float, priority: Priority) -> Permit | Later:
        """Ask for leave to send.

        Args:
            now: Seconds.
            priority: Who waits.
        """

    @abstractmethod
    def report(self, permit: Permit, now: float, outcome: Outcome, named: float | None) -> None:
        """Tell what came of it.

        Args:
            permit: What it was sent with.
            now: Seconds.
            outcome: What came of it.
            named: Retry-After in seconds.
        """


class Ours(Limiter):
    """The product's pacer as it comes.

    Args:
        seed: For its jitter.
    """

    def __init__(self, seed: int) -> None:
        self._pacer = Pacer(seed=seed)

    def acquire(self, now: float, priority: Priority) -> Permit | Later:
        """See the base class."""
        answer = self._pacer.acquire(now, priority)
        return answer if isinstance(answer, Permit) else Later(answer.until)

    def report(self, permit: Permit, now: float, outcome: Outcome, named: float | None) -> None:
        """See the base class."""
        self._pacer.report(permit, now, outcome, named)


class Additive(Limiter):
    """Additive increase, multiplicative decrease: TCP's rule, with a pause after a throttle.

    Args:
        rate: Requests a second at first.
        increase: What is added to the rate per second; 0 is a fixed rate.
        decrease: By what it is multiplied on a throttle; 1 is a fixed rate.
        cool_down: Seconds of pause without a Retry-After; doubled while throttles follow.
    """

    def __init__(
        self,
        rate: float = 0.5,
        increase: float = 0.0,
        decrease: float = 1.0,
        cool_down: float = 30.0,
    ) -> None:
        self._rate, self._increase, self._decrease = rate, increase, decrease
        self._cool_down = cool_down
        self._slot_at = self._paused_until = self._cut_at = 0.0
        self._throttles = 0

    def acquire(self, now: float, priority: Priority) -> Permit | Later:
        """See the base class."""
        ahead = 3.0 / self._rate if priority is Priority.INTERACTIVE else 0.0
        due_at = max(self._slot_at - ahead, self._paused_until)
        if now < due_at:
            return Later(due_at)
        send_at = max(now, self._slot_at)
        self._slot_at = send_at + 1.0 / self._rate
        return Permit(send_at, 1)

    def report(self, permit: Permit, now: float, outcome: Outcome, named: float | None) -> None:
        """See the base class."""
        if outcome is Outcome.OK:
            self._throttles = 0
            self._rate = min(8.0, self._rate + self._increase / self._rate)
        elif outcome is Outcome.THROTTLED:
            pause = self._cool_down * 2 ** min(self._throttles, 6) if named is None else named
            self._paused_until = max(self._paused_until, now + pause)
            if permit.send_at >= self._cut_at:
                self._rate = max(0.02, self._rate * self._decrease)
                self._throttles += 1
                self._cut_at = now


class SemaphoreAndDelay(Limiter):
    """Three at a time and one delay for all: 2 s, doubled by a throttle, x 0.8 by a success."""

    workers = 3
    knows_people = False

    def __init__(self) -> None:
        self._delay, self._sent_at = 2.0, -60.0

    def acquire(self, now: float, priority: Priority) -> Permit | Later:  # noqa: ARG002
        """See the base class."""
        if now < self._sent_at + self._delay:
            return Later(self._sent_at + self._delay)
        self._sent_at = now
        return Permit(now, 1)

    # A delay for everybody: which permit it was, when, and what a refusal names do not matter to it.
    def report(self, permit: Permit, now: float, outcome: Outcome, named: float | None) -> None:  # noqa: ARG002
        """See the base class."""
        if outcome is Outcome.OK:
            self._delay = max(2.0, self._delay * 0.8)
        elif outcome is Outcome.THROTTLED:
            self._delay = min(60.0, self._delay * 2.0)
