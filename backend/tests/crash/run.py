"""One run: an import on one database, and everybody is killed while it goes on."""

import time
from dataclasses import dataclass
from pathlib import Path

from tests.crash.databases import open_database
from tests.crash.drive import Drive, Outcome
from tests.crash.drops import PLAYLIST_ID, make_supply, truth_of
from tests.crash.installation import Installation
from tests.crash.plan import make_plan
from tests.crash.processes import Processes
from tests.crash.topology import Topology
from tests.crash.upstream import Upstream, repeated_per_video

# A process that was killed works again within so long of its start, on a machine that has nothing else
# to do: the wait for a processor is taken off. A database may take its time.
RESUME_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is like.

    Args:
        topology: Who there is.
        kills: How often somebody is killed.
        videos: How many are imported, beside those of the small drops.
        seed: Of everything that is left to chance.
        directory: For data, logs and evidence.
    """

    topology: Topology
    kills: int
    videos: int
    seed: int
    directory: Path


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run.

    Args:
        options: Of the run.
        outcome: What came of the import.
        repeated: Requests of a video that were sent once more, on average.
        seconds: How long it took.
    """

    options: Options
    outcome: Outcome
    repeated: float
    seconds: float

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong and everybody was back in time."""
        return self.outcome.findings.is_clean and self.slowest_seconds <= RESUME_SECONDS

    @property
    def slowest_seconds(self) -> float:
        """How long the slowest process took to work again, without its wait for a processor."""
        return max(self.outcome.own_seconds, default=0.0)


async def run(options: Options) -> Result:
    """Do one run; whatever happens, its processes are gone afterwards and its evidence is there.

    Args:
        options: What it is like.
    """
    began = time.monotonic()
    directory, topology = options.directory, options.topology
    directory.mkdir(parents=True, exist_ok=True)
    plan = make_plan(options.seed, options.kills, topology)
    supply = make_supply(options.seed, options.videos, plan.drops)
    with Processes() as processes, Upstream(directory, processes) as upstream:
        upstream.make_trouble(options.seed)
        entries = [line.youtube_id for line in supply.playlist.children if line.youtube_id]
        upstream.set_playlist(PLAYLIST_ID, entries)
        database = open_database(topology.database, directory, processes)
        installation = Installation(topology, database, upstream.url, directory, processes)
        drive = Drive(plan, supply, installation, options.seed)
        try:
            await drive.go()
        finally:
            drive.leave_evidence(directory)
        settled = [one for drop in supply.all for one in drop.new_ids if truth_of(one).is_over]
        repeated = repeated_per_video(upstream.requests(), settled)
        database.stop()
    result = Result(options, drive.outcome, repeated, time.monotonic() - began)
    if result.outcome.findings.is_clean:
        database.discard()
    return result
