"""The workers of a process: which lanes, and their beginning and end."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from typing import Any

from app.core.database import DATABASE_AWAY, Changes, Database
from app.core.storage import first_line
from app.runtime import Runtime
from app.services.job_queue import JobQueue
from app.services.lanes import LaneName
from app.services.playlists.read_queue import ReadRow
from app.services.search.catch_up import SearchCatchUp
from app.workers.dispatcher import (
    Dispatcher,
    LaneDispatcher,
    PartDispatcher,
    SoundDispatcher,
)
from app.workers.playlist_reader import PlaylistDispatcher, PlaylistProcessor
from app.workers.settings import (
    KEEP_ALIVE_SECONDS,
    LANE_CONCURRENCY,
    RELEASE_SECONDS,
    SHUTDOWN_SECONDS,
)
from app.workers.video_processor import VideoProcessor

WORKER_LANES = frozenset({*LANE_CONCURRENCY, LaneName.PLAYLIST})
"""The lanes that have jobs. Pictures are fetched by whoever is asked for one."""

_log = logging.getLogger(__name__)


class WorkerGroup:
    """The lanes that one process serves.

    Args:
        dispatchers: One per lane with jobs.
        playlists: That of the lane that reads playlists, if it is served.
        catch_up: Indexes what is missing in the search, if that is done here.
        database: Whose commits wake them.
        queue: Kept alive while they work.
    """

    def __init__(
        self,
        dispatchers: Sequence[LaneDispatcher],
        playlists: Dispatcher[ReadRow] | None,
        catch_up: SearchCatchUp | None,
        *,
        database: Database,
        queue: JobQueue,
    ) -> None:
        self._jobs = dispatchers
        self._playlists = playlists
        self._dispatchers: dict[LaneName, LaneDispatcher | Dispatcher[ReadRow]] = {
            dispatcher.lane: dispatcher for dispatcher in dispatchers
        }
        if playlists is not None:
            self._dispatchers[playlists.lane] = playlists
        self._catch_up = catch_up
        self._queue = queue
        self._database = database
        self._tasks: list[asyncio.Task[None]] = []
        database.on_commit(self._on_commit)

    async def start(self) -> None:
        """Free what a killed process left behind, then begin."""
        await self._release_dead()
        self._tasks = [
            asyncio.create_task(dispatcher.run(), name=f"lane {lane}")
            for lane, dispatcher in self._dispatchers.items()
        ]
        self._tasks.append(asyncio.create_task(self._keep_alive(), name="keep alive"))
        if self._catch_up is not None:
            self._tasks.append(asyncio.create_task(self._catch_up.run(), name="search"))

    async def stop(self) -> None:
        """Take nothing new on, finish or hand back what is in work."""
        for dispatcher in self._dispatchers.values():
            dispatcher.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(
            *(dispatcher.drain(SHUTDOWN_SECONDS) for dispatcher in self._dispatchers.values())
        )
        try:
            async with asyncio.timeout(RELEASE_SECONDS):
                await self._queue.release_own()
        except (*DATABASE_AWAY, TimeoutError) as away:
            # As after a sudden death: the next one to look frees it.
            _log.warning("what was in work could not be handed back: %s", first_line(away))

    def _on_commit(self, changes: Changes) -> None:
        lanes = changes.jobs_for_lanes | changes.lanes
        for lane, dispatcher in self._dispatchers.items():
            if changes.anything or lane in lanes:
                if changes.is_remote:
                    dispatcher.wake_soon()
                else:
                    dispatcher.wake()

    async def _keep_alive(self) -> None:
        while True:
            jobs = [job for dispatcher in self._jobs for job in dispatcher.in_work]
            reads = [read.id for read in self._playlists.in_work] if self._playlists else []
            try:
                await self._queue.keep_alive(jobs, reads)
                await self._release_dead()
            except DATABASE_AWAY as away:
                self._database.note_away(away)
            except Exception:  # noqa: BLE001 - without signs of life others would do all work again
                _log.exception("no sign of life could be left")
            await asyncio.sleep(KEEP_ALIVE_SECONDS)

    async def _release_dead(self) -> None:
        if released := await self._queue.release_dead_workers():
            _log.info("%d things that an ended process had begun run again", released)


def make_workers(runtime: Runtime, lanes: Collection[LaneName] = WORKER_LANES) -> WorkerGroup:
    """One dispatcher per lane.

    Args:
        runtime: What they work with.
        lanes: Those that this process serves.
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
    dispatchers = [_dispatcher(lane, runtime, parts) for lane in LANE_CONCURRENCY if lane in lanes]
    return WorkerGroup(
        dispatchers,
        _playlists(runtime) if LaneName.PLAYLIST in lanes else None,
        # Completing a video indexes it: both are work without an upstream.
        SearchCatchUp(runtime.database) if LaneName.LOCAL in lanes else None,
        database=runtime.database,
        queue=runtime.queue,
    )


def _dispatcher(lane: LaneName, runtime: Runtime, parts: dict[str, Any]) -> LaneDispatcher:
    turns, transcriber = runtime.transcription.turns, runtime.transcription.transcriber
    if lane is LaneName.MEDIA:
        return SoundDispatcher(turns, **parts)
    if lane is LaneName.GROQ:
        return PartDispatcher(turns, slots=transcriber.concurrency if transcriber else 1, **parts)
    return LaneDispatcher(lane, **parts)


def _playlists(runtime: Runtime) -> PlaylistDispatcher:
    return PlaylistDispatcher(
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
