"""Makes the workers of a process."""

from app.runtime import Runtime
from app.workers.dispatcher import LaneDispatcher, WorkerGroup
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
        pacing_scale=runtime.settings.pacing_scale,
    )
    dispatchers = [
        LaneDispatcher(
            lane,
            database=runtime.database,
            queue=runtime.queue,
            limiter=runtime.limiter,
            processor=processor,
        )
        for lane in LANE_CONCURRENCY
    ]
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
        ),
    )
    return WorkerGroup(dispatchers, playlists, database=runtime.database, queue=runtime.queue)
