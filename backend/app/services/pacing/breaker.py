"""Whether at all: pauses after a throttle or an outage, then exactly one probe."""

import zlib

from app.services.pacing.settings import PacingSettings
from app.services.pacing.state import BreakerPhase, BreakerState

# An upstream's clock and rounding: it names less than it means.
_RETRY_AFTER_FACTOR, _RETRY_AFTER_MARGIN_SECONDS = 1.05, 0.5
# The longest that an upstream is obeyed without looking; YouTube's session limit is "up to an hour".
_RETRY_AFTER_MAX_SECONDS = 3600.0
# Our own pauses end 5 to 20 % late, so that installations behind one address do not meet.
_JITTER_MIN, _JITTER_MAX = 0.05, 0.20
# After a probe that was throttled the pause grows by this.
_COOL_DOWN_GROWTH = 2.0
# After a pause that sufficed the next one is shorter, since it may have been longer than needed.
_LEARNED_DOWN = 0.65
_LEARNED_MAX_SECONDS = 150.0
_FAILURES_TO_OPEN = 5
# How often others look for the result of a probe that another process sent.
_LOOK_SECONDS = 2.0


class Breaker:
    """Closed: requests flow. Open: none. Half open: one probe, and its answer decides.

    Args:
        settings: Pauses and the probe's lease.
        state: What is known of pauses; is changed.
        jitter_seed: Makes the jitter differ between pauses, the same for all processes.
    """

    def __init__(self, settings: PacingSettings, state: BreakerState, jitter_seed: str) -> None:
        self._settings = settings
        self._state = state
        self._jitter_seed = jitter_seed

    @property
    def learned_cool_down_seconds(self) -> float:
        """The pause that suffices, as far as known."""
        return self._state.learned_cool_down_seconds or self._settings.cool_down_seconds

    @property
    def is_closed(self) -> bool:
        """Whether requests flow."""
        return self._state.phase is BreakerPhase.CLOSED

    def wait_until(self, now: float) -> float | None:
        """Return until when a new request has to wait; None if it may be sent now.

        Args:
            now: Seconds.
        """
        state = self._state
        if state.phase is BreakerPhase.OPEN and now < state.open_until:
            return state.open_until
        if state.phase is BreakerPhase.HALF_OPEN and now < state.probe_until:
            return min(state.probe_until, now + _LOOK_SECONDS / self._settings.time_scale)
        return None

    def begin_probe(self, now: float) -> int:
        """Send the one probe; returns its number.

        Args:
            now: Seconds.
        """
        state = self._state
        state.phase = BreakerPhase.HALF_OPEN
        state.probes += 1
        self.renew_lease(now)
        return state.probes

    def renew_lease(self, now: float) -> None:
        """Keep others from probing for another while.

        Args:
            now: Seconds.
        """
        self._state.probe_until = now + self._settings.probe_lease_seconds

    def is_outstanding(self, probe: int) -> bool:
        """Whether this probe's answer is what everybody waits for.

        Args:
            probe: Its number.
        """
        return self._state.phase is BreakerPhase.HALF_OPEN and probe == self._state.probes

    def on_ok(self) -> None:
        """Forget failures: something went well."""
        self._state.failures_in_a_row = 0
        self._state.failure_pauses = 0

    def close(self, sent_at: float) -> None:
        """Let requests flow again, and learn how long a pause has to be.

        Args:
            sent_at: When the probe that went well was sent.
        """
        state, settings = self._state, self._settings
        if not state.is_down:
            silence = max(0.0, sent_at - state.last_throttle_at)
            longest = _LEARNED_MAX_SECONDS / settings.time_scale
            learned = silence if state.failed_probes else silence * _LEARNED_DOWN
            learned = max(min(learned, longest), settings.cool_down_min_seconds)
            state.learned_cool_down_seconds = learned
            if state.is_retry_after_kept and not state.failed_probes:
                state.is_retry_after_a_lie = False
        state.phase = BreakerPhase.CLOSED
        state.failed_probes = 0
        state.is_down = False

    def open_for_throttle(self, now: float, retry_after_seconds: float | None) -> None:
        """Pause: the upstream throttled.

        Args:
            now: Seconds.
            retry_after_seconds: What the upstream asked for.
        """
        state = self._state
        state.failed_probes = 0
        state.is_down = False
        state.cool_down_seconds = self.learned_cool_down_seconds
        self._pause(now, retry_after_seconds)

    def on_throttled_probe(self, now: float, retry_after_seconds: float | None) -> None:
        """Pause longer: the upstream still throttles.

        Args:
            now: Seconds.
            retry_after_seconds: What the upstream asks for now.
        """
        state = self._state
        state.is_retry_after_a_lie |= state.is_retry_after_kept
        gap = max(0.0, now - state.last_throttle_at)
        grown = max(state.cool_down_seconds, gap) * _COOL_DOWN_GROWTH
        state.cool_down_seconds = min(grown, self._settings.cool_down_max_seconds)
        state.failed_probes = min(state.failed_probes + 1, 1000)
        self._pause(now, retry_after_seconds)

    def count_failure(self) -> bool:
        """Count a failure; returns whether it is one too many."""
        state = self._state
        state.failures_in_a_row = min(state.failures_in_a_row + 1, 1000)
        return state.failures_in_a_row >= _FAILURES_TO_OPEN

    def open_for_failures(self, now: float) -> None:
        """Pause: the upstream fails, or its probe did.

        Args:
            now: Seconds.
        """
        state, settings = self._state, self._settings
        pause = settings.failure_pause_seconds * 2**state.failure_pauses
        state.failure_pauses = min(state.failure_pauses + 1, 16)
        state.is_down = state.failures_in_a_row >= _FAILURES_TO_OPEN
        state.open_until = now + min(pause, settings.failure_pause_max_seconds) * self._jitter()
        state.phase = BreakerPhase.OPEN

    def _pause(self, now: float, retry_after_seconds: float | None) -> None:
        state, longest = self._state, self._settings.cool_down_max_seconds
        own = min(state.cool_down_seconds, longest) * self._jitter()
        asked = 0.0
        if retry_after_seconds is not None:
            # In this order even what is no number comes out as one.
            asked = max(0.0, min(max(_RETRY_AFTER_MAX_SECONDS, longest), retry_after_seconds))
            asked = asked * _RETRY_AFTER_FACTOR + _RETRY_AFTER_MARGIN_SECONDS
        is_trusted = asked > 0.0 and not state.is_retry_after_a_lie
        state.is_retry_after_kept = is_trusted or asked >= own
        state.open_until = now + (asked if is_trusted else max(asked, own))
        state.last_throttle_at = now
        state.phase = BreakerPhase.OPEN

    def _jitter(self) -> float:
        key = f"{self._jitter_seed}/{self._state.failed_probes}/{self._state.failure_pauses}"
        part = zlib.crc32(key.encode()) / 2**32
        return 1.0 + _JITTER_MIN + part * (_JITTER_MAX - _JITTER_MIN)
