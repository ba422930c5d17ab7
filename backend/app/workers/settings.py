"""How much each lane does at once, in each process."""

from collections.abc import Mapping

from app.services.lanes import LaneName

# An extraction costs about 0.2 s of CPU and waits for its permit for far longer, so a few at once
# hide the upstream's latency; more would only make the page wait for the processor.
LANE_CONCURRENCY: Mapping[LaneName, int] = {
    LaneName.OEMBED: 4,
    LaneName.PLAYER: 3,
    LaneName.TIMEDTEXT: 3,
    # Cutting keeps one processor busy for twenty seconds per hour of sound.
    LaneName.MEDIA: 1,
    LaneName.GROQ: 2,
    LaneName.LOCAL: 1,
}

# A reader waits for its permits nearly all the time. One import reads one playlist at a time, so this
# many people can read long ones before somebody has to wait for an end.
PLAYLISTS_AT_ONCE = 6

# How often a lane looks by itself whether there is work: all processes tell each other what they put
# there, so this is for what nobody told. Every look costs an idle library a transaction.
IDLE_POLL_SECONDS = 15.0

# A sixth of the lease (services.job_queue.LEASE_SECONDS), a third of what the engine calls stalled.
KEEP_ALIVE_SECONDS = 10.0

# What SIGTERM leaves for work in progress before it is handed back, and for handing back: with the two
# seconds that open connections get (cli.serving) less than ten, which is what service managers wait.
SHUTDOWN_SECONDS = 5.0
RELEASE_SECONDS = 1.5

# A lane in which nothing has worked for so long is not waited for: its work climbs the long ladder, so
# that a lane with nothing left but broken videos does not hold an import up for ever.
OUTAGE_SECONDS = 3600.0
