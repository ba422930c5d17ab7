"""Upstreams by what they tolerate and how they punish."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scenario:
    """What an upstream does; none of it is told to who has to pace.

    Attributes:
        name: In words.
        burst: Requests that its token bucket tolerates at once.
        window_seconds: It counts in a sliding window of this length instead.
        ban_seconds: It refuses everything for so long after a throttle, and anew with each request
            meanwhile.
        ban_growth: Each ban is so many times longer than the last one,
        ban_max_seconds: up to this.
        retry_after: "honest", "half" (every other time), "lie" (always 5 s), or none.
        steps: From which part of the nominal duration the limit is which multiple of itself.
        swing: By which part the limit swings, slowly and at random.
        failures: Part of the requests that fail otherwise.
        outage_at: At which part of the nominal duration it refuses everything, whatever the pace,
        outage_seconds: for how long,
        outage_extended_seconds: by how much each request makes it longer,
        wary_seconds: and how long after it the limit is half of itself.
    """

    name: str
    burst: int = 10
    window_seconds: float | None = None
    ban_seconds: float = 0.0
    ban_growth: float = 1.0
    ban_max_seconds: float = 1800.0
    retry_after: str = ""
    steps: tuple[tuple[float, float], ...] = ()
    swing: float = 0.0
    failures: float = 0.004
    outage_at: float | None = None
    outage_seconds: float = 600.0
    outage_extended_seconds: float = 0.0
    wary_seconds: float = 0.0


_HALVED = ((0.3, 0.5), (0.65, 1.0))

SCENARIOS = (
    Scenario("bucket of 10", failures=0.004),
    Scenario("bucket of 30, honest Retry-After", burst=30, retry_after="honest"),
    Scenario("window of 60 s", window_seconds=60),
    Scenario("window of 120 s, Retry-After at times", window_seconds=120, retry_after="half"),
    Scenario("ban of 45 s", burst=5, ban_seconds=45),
    Scenario("ban of 60 s, honest Retry-After", burst=15, ban_seconds=60, retry_after="honest"),
    Scenario("bans that grow from 30 s", burst=8, ban_seconds=30, ban_growth=2),
    Scenario(
        "growing bans, Retry-After lies",
        ban_seconds=30,
        ban_growth=1.3,
        ban_max_seconds=300,
        retry_after="lie",
    ),
    Scenario("limit halves and comes back", steps=_HALVED),
    Scenario("limit halves, bans of 30 s", steps=_HALVED, ban_seconds=30),
    Scenario("limit swings, 2 % failures", swing=0.35, failures=0.02),
    Scenario("limit swings, bans of 20 s", burst=12, swing=0.35, ban_seconds=20, ban_growth=1.3),
    Scenario("out for 10 minutes", outage_at=0.3),
    Scenario(
        "out for 10 minutes, longer if asked",
        outage_at=0.35,
        outage_extended_seconds=60,
        wary_seconds=900,
    ),
)
