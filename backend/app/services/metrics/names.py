"""The names of what is counted, as monitoring sees them: with units, and without ``_total``."""

from typing import Final

STEPS: Final = "videothek_steps"
STEP_SECONDS: Final = "videothek_step_duration_seconds"
STAGE_SECONDS: Final = "videothek_stage_duration_seconds"
UPSTREAM_REQUESTS: Final = "videothek_upstream_requests"
STORAGE_PROBES: Final = "videothek_storage_probes"

COUNTERS: Final = {
    STEPS: "Steps of work that ended, by kind and by how: ok, or the code of what was in the way.",
    UPSTREAM_REQUESTS: "Requests to upstreams, by lane and by what came of them.",
    STORAGE_PROBES: "Writes after which a database that took nothing was known to work again.",
}

HISTOGRAMS: Final = {
    STEP_SECONDS: "How long a step of work took from its first request until it was stored.",
    STAGE_SECONDS: "How long it took from adding a video until it reached a stage.",
}

# Upper bounds in seconds. A step waits for an upstream, at most for its deadline; a stage waits for
# its turn, which takes hours at the end of a large import.
BUCKETS: Final = {
    STEP_SECONDS: (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
    STAGE_SECONDS: (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14400.0, 43200.0, 86400.0),
}
