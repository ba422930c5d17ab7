"""Makes the workers of a process."""

from typing import Any

from app.runtime import Runtime
from app.services.search.catch_up import SearchCatchUp
from app.workers.dispatcher import (
    LaneDispatcher,
    PartDispatcher,
    SoundDispatcher,
    WorkerGroup,
)
from app.workers.playlist_reader import PlaylistDispatcher, PlaylistProcessor
from app.workers.settings import LANE_CONCURRENCY
from app.workers.video_processor import VideoProcessor


def make_workers(runtime: Runtime) -> WorkerGroup:
    """One dispatcher per lane that has jobs.

    Args:
        runtime: What they work with.
    """
    processor = VideoProcessor(
        database=runtime.database,
        queue=runtime.queue,
        limiter=runtime.limiter,
        service=runtime.enrichment,
        reuse=runtime.reuse,
        transcripts=runtime.transcription.transcripts,
        transcript_steps=runtime.transcription.steps,
        meter=runtime.metrics.meter,
        pacing_scale=runtime.settings.pacing_scale,
    )
    parts: dict[str, Any] = {
        "database": runtime.database,
        "queue": runtime.queue,
        "limiter": runtime.limiter,
        "processor": processor,
    }
    turns, transcriber = runtime.transcription.turns, runtime.transcription.transcriber
    dispatchers: list[LaneDispatcher] = [
        SoundDispatcher(turns, **parts),
        PartDispatcher(turns, slots=transcriber.concurrency if transcriber else 1, **parts),
    ]
    own = {dispatcher.lane for dispatcher in dispatchers}
    dispatchers += [LaneDispatcher(lane, **parts) for lane in LANE_CONCURRENCY if lane not in own]
    playlists = PlaylistDispatcher(
        database=runtime.database,
        limiter=runtime.limiter,
        reads=runtime.reads,
        processor=PlaylistProcessor(
            database=runtime.database,
            limiter=runtime.limiter,
            reads=runtime.reads,
            reader=runtime.playlist_reader,
            imports=runtime.import_reads,
            follows=runtime.follow_checks,
            meter=runtime.metrics.meter,
        ),
    )
    catch_up = SearchCatchUp(runtime.database)
    return WorkerGroup(
        dispatchers, playlists, catch_up, database=runtime.database, queue=runtime.queue
    )
