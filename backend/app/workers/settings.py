"""How much each lane does at once, in each process."""

from collections.abc import Mapping

from app.services.lanes import LaneName

# An extraction costs about 0.2 s of CPU and waits for its permit for far longer, so a few at once
# hide the upstream's latency; more would only make the page wait for the processor.
LANE_CONCURRENCY: Mapping[LaneName, int] = {
    LaneName.OEMBED: 4,
    LaneName.PLAYER: 3,
    LaneName.TIMEDTEXT: 3,
    LaneName.LOCAL: 1,
}

# How often a lane looks for work that another process put there; its own wakes it at once.
IDLE_POLL_SECONDS = 5.0

# A third of the lease (adapters.embedded_queue.LEASE_SECONDS).
KEEP_ALIVE_SECONDS = 20.0

# What SIGTERM leaves for work in progress before it is handed back.
SHUTDOWN_SECONDS = 8.0
