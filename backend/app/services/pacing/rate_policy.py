"""How fast: seeks a limit that is unknown, changes, and costs a pause whenever it is found."""

import math

from app.services.pacing.settings import PacingSettings
from app.services.pacing.state import RateState

# A success lets the start-up pace grow by at most this, so that it never outruns its answers.
_STARTUP_GROWTH_PER_OK = 1.25
# The start-up finds the limit too late, by what the upstream's burst allowance hides: if that is 10
# requests, 0.71 of 2.5 a second is the limit, but 0.57 of 1 a second. Never more, nor less, is kept.
_HIDDEN_BURST = 10.0
_STARTUP_KEPT_MIN, _STARTUP_KEPT_MAX = 0.5, 0.8
# What went well lately may say less, but not less than this part.
_STARTUP_MEASURED_MIN = 0.25
# A later cut: what went well, a little less, but not under 0.85 of the pace.
_CUT_MEASURED, _CUT_AT_MOST = 0.95, 0.85
_CUT_MEASURED_FROM_OKS = 12
# The curve starts this part below the remembered limit.
_DIP = 0.17
# Probing intervals in seconds in use, doubled while cuts confirm the limit within 15 %.
_PROBING_SECONDS, _PROBING_MAX_SECONDS = 30.0, 1000.0
_CONFIRMED_WITHIN = 0.15
# A throttle is bought as often as it is worth: the longer its pause, the slower the curve. Pauses
# shorter than 12 s count as 12, since an upstream that names short ones still counts the throttles.
_PROBING_PER_COOL_DOWN, _PROBING_OF_COOL_DOWN_MAX_SECONDS = 20.0, 1500.0
_COOL_DOWN_COUNTS_AT_LEAST_SECONDS = 12.0
# Beyond the limit at most twice as fast per this many start-up doubling times.
_DOUBLINGS = 2.0
# Where the curve ends: more than a hundred times the limit, so no lane gets there.
_CURVE_END = 10.0
# A measurement forgets half of itself after this many seconds in use. The start-up's is of the last
# minute, because the average of a pace that doubles says little about its end.
_MEASURED_SECONDS, _MEASURED_SECONDS_OF_STARTUP = 600.0, 60.0


class RatePolicy:
    """The pace: a start-up that doubles, then a cubic curve around the remembered limit.

    Args:
        settings: Start, bounds, doubling time.
        state: What is known of the limit; is changed.
    """

    def __init__(self, settings: PacingSettings, state: RateState) -> None:
        self._settings = settings
        self._state = state

    @property
    def rate_per_second(self) -> float:
        """The pace now."""
        return self._settings.clamped(
            self._state.rate_per_second or self._settings.start_rate_per_second
        )

    def count_time(self, now: float, due_at: float, cool_down_seconds: float) -> None:
        """Count the time since the last grant as far as the lane was in use, and move the pace.

        Args:
            now: Seconds, of a grant.
            due_at: When the granted slot was due; later time was idle, but for half a slot.
            cool_down_seconds: What a throttle costs, as learned.
        """
        state, rate = self._state, self.rate_per_second
        used_until = min(now, due_at + 0.5 / rate)
        used = max(0.0, used_until - state.last_grant_at) if state.last_grant_at else 0.0
        # A first grant, or a clock that was set: no slot is longer than this.
        used = min(used, 8.0 / rate)
        # Clocks of several hosts differ a little: time must not be counted twice.
        state.last_grant_at = max(state.last_grant_at, now)
        state.active_seconds += used
        state.measured_seconds += used
        memory = _MEASURED_SECONDS_OF_STARTUP if state.is_startup else _MEASURED_SECONDS
        if state.measured_seconds > self._scaled(memory):
            state.measured_seconds /= 2
            state.ok_count /= 2
        state.rate_per_second = rate
        if not state.is_startup:
            self._follow_curve(used, cool_down_seconds)

    def on_ok(self, cost: int) -> None:
        """Count requests of this epoch that went well.

        Args:
            cost: How many.
        """
        state, settings = self._state, self._settings
        state.ok_count += cost
        if state.is_startup:
            doublings = min(state.active_seconds / settings.startup_doubling_seconds, 60.0)
            ceiling = settings.start_rate_per_second * 2**doublings
            rate = self.rate_per_second
            grown = min(rate * _STARTUP_GROWTH_PER_OK, ceiling)
            state.rate_per_second = settings.clamped(max(rate, grown))

    def cut(self) -> None:
        """Lower the estimate of the limit: the upstream throttled the current pace."""
        state, rate = self._state, self.rate_per_second
        if state.is_startup:
            limit = self._limit_after_startup(rate)
            state.probing_seconds = self._scaled(_PROBING_SECONDS)
        else:
            limit = self._limit_after_cut(rate)
            self._learn_interval(limit)
        state.is_startup = False
        state.limit_per_second = self._settings.clamped(limit)
        state.rate_per_second = self._settings.clamped(limit * (1.0 - _DIP))
        state.active_seconds = state.ok_count = state.measured_seconds = 0.0

    def resume(self, now: float) -> None:
        """Count time again after a pause.

        Args:
            now: Seconds.
        """
        self._state.last_grant_at = now

    def _limit_after_startup(self, rate: float) -> float:
        # At a pace that doubles, n requests per doubling time, the burst is used up x e-foldings after
        # the limit was passed: 1 - exp(-x) * (1 + x) = burst * ln 2 / n, which s + s²/3 solves.
        n = rate * self._settings.startup_doubling_seconds
        s = math.sqrt(2.0 * _HIDDEN_BURST * math.log(2.0) / n)
        kept = math.exp(-(s + s * s / 3.0))
        limit = rate * min(max(kept, _STARTUP_KEPT_MIN), _STARTUP_KEPT_MAX)
        if self._state.measured_seconds:
            limit = min(limit, self._state.ok_count / self._state.measured_seconds)
        return max(limit, rate * _STARTUP_MEASURED_MIN)

    def _limit_after_cut(self, rate: float) -> float:
        state, least = self._state, rate * _CUT_AT_MOST
        if state.ok_count < _CUT_MEASURED_FROM_OKS or not state.measured_seconds:
            return least
        return min(max(_CUT_MEASURED * state.ok_count / state.measured_seconds, least), rate)

    def _learn_interval(self, limit: float) -> None:
        state = self._state
        if abs(limit / state.limit_per_second - 1.0) <= _CONFIRMED_WITHIN:
            most = self._scaled(_PROBING_MAX_SECONDS)
            state.probing_seconds = min(state.probing_seconds * 2.0, most)
        else:
            state.probing_seconds = self._scaled(_PROBING_SECONDS)

    def _follow_curve(self, used_seconds: float, cool_down_seconds: float) -> None:
        state, settings = self._state, self._settings
        least = self._scaled(_COOL_DOWN_COUNTS_AT_LEAST_SECONDS)
        worth = _PROBING_PER_COOL_DOWN * max(cool_down_seconds, least)
        worth = min(worth, self._scaled(_PROBING_OF_COOL_DOWN_MAX_SECONDS))
        interval = max(state.probing_seconds, worth)
        state.active_seconds = min(state.active_seconds, _CURVE_END * interval)
        distance = state.active_seconds / interval - 1.0
        target = state.limit_per_second * (1.0 + _DIP * distance**3)
        doublings = used_seconds / (_DOUBLINGS * settings.startup_doubling_seconds)
        state.rate_per_second = settings.clamped(min(target, state.rate_per_second * 2**doublings))

    def _scaled(self, seconds: float) -> float:
        return seconds / self._settings.time_scale
