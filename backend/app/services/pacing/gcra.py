"""Slots: when requests are due at a given rate (GCRA), for people and for batches."""

from app.services.pacing.settings import PacingSettings
from app.services.pacing.state import SlotState

# A batch request that comes late may be followed a quarter of a slot early: workers are never on time.
_LATENESS_SLOTS = 0.25
# What a person waits for may take slots that are not due yet, as many, and this part of all slots:
# without the cap a batch got 2 requests of 603 in simulation.
_RESERVED_SLOTS = 4
_INTERACTIVE_SHARE = 0.8
# And so many slots ahead it is sent: simulated, a single added video waits 1.3 s instead of 3.5 s in
# the middle of a batch of 1000, at the same goodput and with as few throttles.
_SENT_AHEAD_SLOTS = 2


class Slots:
    """Gives out slots. Each request pays for its slot, also those that were sent ahead.

    Args:
        settings: Burst and budget.
        state: When slots are free; is changed.
    """

    def __init__(self, settings: PacingSettings, state: SlotState) -> None:
        self._settings = settings
        self._state = state

    def batch_due_at(self, cost: int) -> float:
        """Return when a batch may send.

        Args:
            cost: Requests.
        """
        return max(self._state.next_slot_at, self._budget_due_at(cost))

    def interactive_due_at(self, rate_per_second: float, cost: int) -> float:
        """Return when an interactive request may take a slot, be it ahead of its time.

        Args:
            rate_per_second: The lane's pace.
            cost: Requests.
        """
        state, slot_seconds = self._state, 1.0 / rate_per_second
        ahead = max(0, _RESERVED_SLOTS - (cost - 1)) * slot_seconds
        share = state.interactive_next_at - _RESERVED_SLOTS * slot_seconds
        return max(state.next_slot_at - ahead, share, self._budget_due_at(cost))

    def is_burst_left(self, now: float, rate_per_second: float, cost: int) -> bool:
        """Whether an interactive request may go out at once, because the lane was idle.

        Args:
            now: Seconds.
            rate_per_second: The lane's pace.
            cost: Requests.
        """
        burst = self._settings.interactive_burst
        unused_slots = (now - self._state.next_slot_at) * rate_per_second
        used = min(self._state.burst_used, burst - unused_slots)
        return used + cost <= burst and now >= self._budget_due_at(cost)

    def take_batch(self, now: float, rate_per_second: float, cost: int) -> float:
        """Take a slot that is due; returns when to send.

        Args:
            now: Seconds.
            rate_per_second: The lane's pace.
            cost: Requests.
        """
        state = self._state
        earliest = now - _LATENESS_SLOTS / rate_per_second
        state.next_slot_at = max(state.next_slot_at, earliest) + cost / rate_per_second
        state.burst_used = self._settings.interactive_burst
        self._pay_budget(now, cost)
        return now

    def take_burst(self, now: float, rate_per_second: float, cost: int) -> float:
        """Send at once; the slots are paid for by whoever comes next. Returns when to send.

        Args:
            now: Seconds.
            rate_per_second: The lane's pace.
            cost: Requests.
        """
        state = self._state
        unused_slots = max(0.0, (now - state.next_slot_at) * rate_per_second)
        used = min(state.burst_used, self._settings.interactive_burst - unused_slots)
        self.take_interactive(now, rate_per_second, cost)
        state.burst_used = max(0.0, used) + cost
        return now

    def take_interactive(self, now: float, rate_per_second: float, cost: int) -> float:
        """Take the next slot, be it ahead of its time; returns when to send.

        Args:
            now: Seconds.
            rate_per_second: The lane's pace.
            cost: Requests.
        """
        state = self._state
        send_at = max(state.next_slot_at - _SENT_AHEAD_SLOTS / rate_per_second, now)
        share_seconds = cost / (_INTERACTIVE_SHARE * rate_per_second)
        state.interactive_next_at = max(state.interactive_next_at, now) + share_seconds
        self.owe(now, rate_per_second, cost)
        return send_at

    def owe(self, now: float, rate_per_second: float, cost: int) -> None:
        """Move the next slots on by requests that could not wait for theirs.

        Args:
            now: Seconds.
            rate_per_second: The lane's pace.
            cost: Requests.
        """
        self._state.next_slot_at = max(self._state.next_slot_at, now) + cost / rate_per_second
        self._pay_budget(now, cost)

    def resume(self, now: float, rate_per_second: float) -> None:
        """Begin anew after a pause: at the pace, never with a rush.

        Args:
            now: Seconds.
            rate_per_second: The lane's pace.
        """
        state = self._state
        state.next_slot_at = max(now, min(state.next_slot_at, now + 1.0 / rate_per_second))
        # People get their share from here on, and nothing ahead of it.
        state.interactive_next_at = now + _RESERVED_SLOTS / rate_per_second
        state.burst_used = self._settings.interactive_burst

    def _budget_due_at(self, cost: int) -> float:
        seconds = self._budget_seconds()
        if seconds is None:
            return 0.0
        return self._state.budget_next_at - max(0, self._budget_burst() - cost) * seconds

    def _pay_budget(self, now: float, cost: int) -> None:
        seconds = self._budget_seconds()
        if seconds is not None:
            self._state.budget_next_at = max(self._state.budget_next_at, now) + cost * seconds

    def _budget_seconds(self) -> float | None:
        settings = self._settings
        if settings.budget_requests is None:
            return None
        # The burst comes on top of what is spread, so that no window holds more than the budget.
        spread = max(1, settings.budget_requests - self._budget_burst())
        return settings.budget_window_seconds / spread

    def _budget_burst(self) -> int:
        settings = self._settings
        return min(settings.budget_burst, (settings.budget_requests or 0) // 2)
