"""Makes the workers of a process."""

from app.runtime import Runtime
from app.workers.dispatcher import LaneDispatcher, WorkerGroup
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
    return WorkerGroup(dispatchers, database=runtime.database, queue=runtime.queue)
