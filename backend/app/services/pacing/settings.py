"""What can be set about a lane's pace."""

from dataclasses import dataclass, replace

# A call has at least 3 s until its deadline, however fast the world runs; a probe must outlive it.
_SHORTEST_LEASE_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class PacingSettings:
    """How one lane is paced. The defaults are the generic lane: nothing is known of its upstream.

    They did best in simulations of upstreams that tolerate 0.25 to 2.5 requests a second
    (docs/decisions/0007-pace.md); a lane about which more is known sets its own.

    Args:
        start_rate_per_second: Requests a second at first; a limit is sought from there.
        min_rate_per_second: The slowest pace, however often the upstream throttles.
        max_rate_per_second: The fastest pace, however much the upstream seems to tolerate.
        startup_doubling_seconds: Time in use until the pace doubles, before the first throttle.
            Later the pace doubles in twice this time at best.
        interactive_burst: Requests that a person's own action may send ahead of the pace of an idle
            lane: two videos of an extraction and its captions.
        cool_down_seconds: Pause after a throttle that names no time, until one has been learned.
        cool_down_min_seconds: The shortest such pause that is learned.
        cool_down_max_seconds: The longest pause of our own choice. A cap shorter than the longest
            ban would never escape it.
        failure_pause_seconds: Pause after five failures in a row that are no throttles.
        failure_pause_max_seconds: To what it doubles while probes keep failing.
        probe_lease_seconds: How long a probe that got no answer keeps others from probing: its
            process may have died.
        budget_requests: The most requests in any window; None without such a budget. A long window
            gives no warning before it throttles, so its limit can't be sought, only known.
        budget_window_seconds: The length of that window.
        budget_burst: How many of them may be sent as fast as the pace allows; the others are spread
            over the window.
        time_scale: How many times faster than real this world runs: divides the constants of the
            rate's curve. Set by `scaled`.
    """

    start_rate_per_second: float = 0.5
    min_rate_per_second: float = 0.02
    max_rate_per_second: float = 8.0
    startup_doubling_seconds: float = 60.0
    interactive_burst: int = 6
    cool_down_seconds: float = 60.0
    cool_down_min_seconds: float = 5.0
    cool_down_max_seconds: float = 1800.0
    failure_pause_seconds: float = 15.0
    failure_pause_max_seconds: float = 300.0
    probe_lease_seconds: float = 30.0
    budget_requests: int | None = None
    budget_window_seconds: float = 3600.0
    budget_burst: int = 60
    time_scale: float = 1.0

    def clamped(self, rate_per_second: float) -> float:
        """Return the nearest pace that is allowed.

        The start is always allowed, so that a lane may start faster than others may become.

        Args:
            rate_per_second: The wanted pace.
        """
        slowest = min(self.min_rate_per_second, self.start_rate_per_second)
        fastest = max(self.max_rate_per_second, self.start_rate_per_second)
        return min(max(rate_per_second, slowest), fastest)

    def scaled(self, factor: float) -> "PacingSettings":
        """Return the same settings in a world that runs ``factor`` times faster (tests, the demo).

        Args:
            factor: More than 1 is faster.
        """
        return replace(
            self,
            start_rate_per_second=self.start_rate_per_second * factor,
            min_rate_per_second=self.min_rate_per_second * factor,
            max_rate_per_second=self.max_rate_per_second * factor,
            startup_doubling_seconds=self.startup_doubling_seconds / factor,
            cool_down_seconds=self.cool_down_seconds / factor,
            cool_down_min_seconds=self.cool_down_min_seconds / factor,
            cool_down_max_seconds=self.cool_down_max_seconds / factor,
            failure_pause_seconds=self.failure_pause_seconds / factor,
            failure_pause_max_seconds=self.failure_pause_max_seconds / factor,
            probe_lease_seconds=max(self.probe_lease_seconds / factor, _SHORTEST_LEASE_SECONDS),
            budget_window_seconds=self.budget_window_seconds / factor,
            time_scale=self.time_scale * factor,
        )
