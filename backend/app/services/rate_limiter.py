"""Pacing against a limit that nobody tells us: pure, without a clock and without I/O.

A caller asks ``acquire`` before each request and tells ``report`` what came of it; times come in as
arguments (seconds), and ``state`` is plain data that is stored in the lane's row. Each step may happen
in another process on a pacer made anew, so whatever is remembered is in the state.
"""

from dataclasses import replace

from app.services.pacing.breaker import Breaker
from app.services.pacing.gcra import Slots
from app.services.pacing.rate_policy import RatePolicy
from app.services.pacing.settings import PacingSettings
from app.services.pacing.state import BreakerPhase, PacerState
from app.services.pacing.terms import (
    LanePhase,
    Outcome,
    PacerView,
    Permit,
    Priority,
    Wait,
)

__all__ = [
    "LanePhase",
    "Outcome",
    "Pacer",
    "PacerState",
    "PacerView",
    "PacingSettings",
    "Permit",
    "Priority",
    "Wait",
]

# A wait is never shorter, so that rounding makes no busy loop.
_SHORTEST_WAIT_SECONDS = 0.001
# Under this part of the start rate a lane is called slow.
_SLOW_BELOW = 0.5


class Pacer:
    """Seeks the pace that an upstream tolerates, and pauses when it went too far.

    Args:
        settings: The lane's pace.
        seed: For jitter.
    """

    def __init__(self, settings: PacingSettings | None = None, seed: int = 0) -> None:
        self.settings = settings or PacingSettings()
        self.seed = seed
        self.state = PacerState()

    def acquire(self, now: float, priority: Priority, cost: int = 1) -> Permit | Wait:
        """Ask for leave to send.

        Args:
            now: Seconds.
            priority: Who waits for it.
            cost: Requests that the permit has to cover.
        """
        breaker, slots = self._breaker, self._slots
        if (until := breaker.wait_until(now)) is not None:
            return _wait(now, until)
        rate = self._policy.rate_per_second
        if not breaker.is_closed:
            slots.owe(now, rate, cost)
            return Permit(now, cost, self.state.epoch, breaker.begin_probe(now))
        due_at = self.state.slots.next_slot_at
        if priority is Priority.BATCH:
            if now < (until := slots.batch_due_at(cost)):
                return _wait(now, until)
            take = slots.take_batch
        elif slots.is_burst_left(now, rate, cost):
            take = slots.take_burst
        elif now < (until := slots.interactive_due_at(rate, cost)):
            return _wait(now, until)
        else:
            take = slots.take_interactive
        self._policy.count_time(now, due_at, breaker.learned_cool_down_seconds)
        send_at = take(now, self._policy.rate_per_second, cost)
        return Permit(send_at, cost, self.state.epoch)

    def extend(self, permit: Permit, now: float, cost: int = 1) -> Permit | Wait:
        """Ask for leave to send more right now, for work that turned out to need it.

        Others pay: their slots move on. Only a pause, or one since the permit, makes it wait.

        Args:
            permit: What the work was begun with.
            now: Seconds.
            cost: Further requests.
        """
        breaker, slots = self._breaker, self._slots
        is_current = permit.epoch == self.state.epoch
        is_outstanding = is_current and breaker.is_outstanding(permit.probe)
        if is_outstanding:
            breaker.renew_lease(now)
        elif not (is_current and breaker.is_closed):
            return _wait(now, breaker.wait_until(now) or slots.batch_due_at(cost))
        slots.owe(now, self._policy.rate_per_second, cost)
        return replace(permit, send_at=max(permit.send_at, now), cost=permit.cost + cost)

    def report(
        self,
        permit: Permit,
        now: float,
        outcome: Outcome,
        retry_after_seconds: float | None = None,
    ) -> None:
        """Tell what came of a permit's requests.

        Args:
            permit: The permit they were sent with.
            now: Seconds.
            outcome: What came of them.
            retry_after_seconds: What the upstream asked for with a throttle.
        """
        if outcome is Outcome.OK:
            self._breaker.on_ok()
        if permit.epoch != self.state.epoch:
            # It was sent before the last cut, so it says nothing about the pace since then.
            return
        if outcome is Outcome.OK:
            self._on_ok(permit, now)
        elif outcome is Outcome.THROTTLED:
            self._on_throttled(permit, now, retry_after_seconds)
        else:
            self._on_failed(permit, now)

    def view(self, now: float) -> PacerView:
        """Return the lane as people see it.

        Args:
            now: Seconds.
        """
        breaker, rate = self.state.breaker, self._policy.rate_per_second
        resumes_at = None
        if breaker.phase is BreakerPhase.CLOSED:
            is_slow = rate < _SLOW_BELOW * self.settings.start_rate_per_second
            phase = LanePhase.SLOW if is_slow else LanePhase.OPEN
        elif breaker.phase is BreakerPhase.OPEN and now < breaker.open_until:
            phase, resumes_at = LanePhase.PAUSED, breaker.open_until
        else:
            phase = LanePhase.PROBING
        return PacerView(phase, resumes_at, rate, breaker.is_down)

    def _on_ok(self, permit: Permit, now: float) -> None:
        if permit.is_probe and self.state.breaker.phase is BreakerPhase.HALF_OPEN:
            # An earlier probe whose lease had ended says it as well.
            self._breaker.close(permit.send_at)
            self._policy.resume(now)
            self._slots.resume(now, self._policy.rate_per_second)
        self._policy.on_ok(permit.cost)

    def _on_throttled(self, permit: Permit, now: float, retry_after_seconds: float | None) -> None:
        breaker = self._breaker
        if breaker.is_closed or (
            breaker.is_outstanding(permit.probe) and self.state.breaker.is_down
        ):
            self._policy.cut()
            self.state.epoch += 1
            self._breaker.open_for_throttle(now, retry_after_seconds)
        elif breaker.is_outstanding(permit.probe):
            breaker.on_throttled_probe(now, retry_after_seconds)

    def _on_failed(self, permit: Permit, now: float) -> None:
        breaker = self._breaker
        is_outstanding = breaker.is_outstanding(permit.probe)
        if not (breaker.is_closed or is_outstanding):
            return
        is_one_too_many = breaker.count_failure()
        if is_outstanding:
            breaker.open_for_failures(now)
        elif is_one_too_many:
            self.state.epoch += 1
            self._breaker.open_for_failures(now)

    @property
    def _slots(self) -> Slots:
        return Slots(self.settings, self.state.slots)

    @property
    def _policy(self) -> RatePolicy:
        return RatePolicy(self.settings, self.state.rate)

    @property
    def _breaker(self) -> Breaker:
        return Breaker(self.settings, self.state.breaker, f"{self.seed}/{self.state.epoch}")


def _wait(now: float, until: float) -> Wait:
    return Wait(max(until, now + _SHORTEST_WAIT_SECONDS))
