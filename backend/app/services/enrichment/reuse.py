"""The same video elsewhere in this installation: no upstream request is spent twice on it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core.database import Database, UnitOfWork
from app.core.errors import ErrorCode
from app.models import CaptionsSource, ChaptersSource, ImportStage, JobKind, Video, VideoEnrichment
from app.repositories import enrichments, jobs, video_steps, videos
from app.services.enrichment.stages import defer_next, finish_import, reach
from app.services.job_queue import FIRST_JOBS, JobQueue, NewJob, QueuedJob

MakeCaptions = Callable[[UnitOfWork, QueuedJob, str], Awaitable[None]]

REUSE_DAYS = 30
"""What was found for a video in the last 30 days, in any list, is not asked for again."""

# A twin under way wakes those that wait for it; this is for the case that it is deleted meanwhile.
_TWIN_CHECK_SECONDS = 30.0
# Likewise, where only its captions are still to come, or its premiere.
PATIENT_CHECK_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Twin:
    """The same video elsewhere, complete."""

    video: Video
    description: str | None
    enrichment: VideoEnrichment


@dataclass(frozen=True, slots=True)
class TwinUnderWay:
    """The same video is being imported elsewhere: wait for it.

    Args:
        title: If it is known already.
        channel: If it is known already.
        waiting_code: What it waits for itself: a premiere, the end of a stream.
        waiting_until: When it is looked at again.
    """

    title: str | None
    channel: str | None
    waiting_code: str | None
    waiting_until: datetime | None


class ReuseService:
    """Takes over what is known of a video.

    Args:
        database: For reading it.
        queue: Where the next step is deferred.
        time_scale: Divides the delays (tests and the demo).
        make_captions: Begins those of a video that was known to have none before any were made here;
            told the video they would have been copied from.
    """

    def __init__(
        self,
        *,
        database: Database,
        queue: JobQueue,
        time_scale: float = 1.0,
        make_captions: MakeCaptions | None = None,
    ) -> None:
        self._database = database
        self._queue = queue
        self._time_scale = time_scale
        self._make_captions = make_captions

    async def fetch_twin(self, job: QueuedJob) -> Twin | TwinUnderWay | None:
        """What this installation knows of the video already."""
        recent = datetime.now(UTC) - timedelta(days=REUSE_DAYS)
        async with self._database.read() as session:
            for video in await videos.twins(session, job.video_id, job.youtube_id):
                if video.import_stage == ImportStage.ERROR:
                    continue
                enrichment = await enrichments.full(session, video.id)
                if video.import_stage == ImportStage.COMPLETE:
                    if enrichment and _is_worth_copying(enrichment, recent):
                        description = await videos.description(session, video.id)
                        return Twin(video, description, enrichment)
                elif video.id < job.video_id and await jobs.is_anybody_at(session, video.id):
                    # Only for older ones, or two could wait for each other; and not for one that
                    # was stopped, or whose import is paused.
                    return TwinUnderWay(
                        video.title,
                        video.channel,
                        video.error_code,
                        enrichment.next_attempt_at if enrichment else None,
                    )
        return None

    async def store_twin(
        self, unit: UnitOfWork, job: QueuedJob, found: Twin | TwinUnderWay | None
    ) -> None:
        """Take over what is known, wait for it, or ask the upstream after all."""
        if found is None:
            for kind in FIRST_JOBS:
                await defer_next(self._queue, unit, job, kind)
        elif isinstance(found, TwinUnderWay):
            await self._wait_for_twin(unit, job, found)
        else:
            await self._copy_twin(unit, job, found)

    async def _wait_for_twin(self, unit: UnitOfWork, job: QueuedJob, twin: TwinUnderWay) -> None:
        await self._look_again(
            unit, job, PATIENT_CHECK_SECONDS if twin.waiting_until else _TWIN_CHECK_SECONDS
        )
        if twin.title is not None:
            known = {"title": twin.title, "channel": twin.channel}
            await video_steps.describe(unit.session, job.video_id, known)
            await reach(unit, job.video_id, ImportStage.METADATA)
        if twin.waiting_until is not None:
            await video_steps.wait_for(unit.session, job.video_id, twin.waiting_code)
            waiting = {"next_attempt_at": twin.waiting_until}
            await enrichments.store(unit.session, job.video_id, waiting)
            unit.changes.videos.add(job.video_id)
            await finish_import(unit, job.video_id)

    async def _copy_twin(self, unit: UnitOfWork, job: QueuedJob, twin: Twin) -> None:
        video, enrichment = twin.video, twin.enrichment
        if enrichment.captions_pending:
            await self._look_again(unit, job, PATIENT_CHECK_SECONDS)
        await video_steps.wait_for(unit.session, job.video_id, None)
        await video_steps.describe(
            unit.session,
            job.video_id,
            {
                "title": video.title,
                "channel": video.channel,
                "description": twin.description,
                "duration_seconds": video.duration_seconds,
                "published_at": video.published_at,
                "language": video.language,
            },
        )
        await enrichments.store(
            unit.session,
            job.video_id,
            {
                "captions_source": enrichment.captions_source,
                "captions_pending": enrichment.captions_pending,
                "language": enrichment.language,
                "cues": enrichment.cues,
                "chapters": enrichment.chapters,
                "chapters_source": enrichment.chapters_source or ChaptersSource.NONE,
                "last_error_code": enrichment.last_error_code,
                "extracted_at": enrichment.extracted_at,
                "next_attempt_at": None,
            },
        )
        for stage in (ImportStage.METADATA, ImportStage.CAPTIONS):
            await reach(unit, job.video_id, stage)
        await defer_next(self._queue, unit, job, JobKind.FINISH)
        if self._make_captions is not None and _is_silent(enrichment):
            await self._make_captions(unit, job, video.id)

    async def _look_again(self, unit: UnitOfWork, job: QueuedJob, delay_seconds: float) -> None:
        again = NewJob(
            JobKind.REUSE,
            job.video_id,
            job.priority,
            job.batch,
            delay_seconds=delay_seconds / self._time_scale,
        )
        await self._queue.defer_again(unit, [again])


def _is_silent(enrichment: VideoEnrichment) -> bool:
    is_without = enrichment.captions_source == CaptionsSource.NONE
    codes = (ErrorCode.CAPTIONS_NONE, ErrorCode.CAPTIONS_LOCKED)
    return is_without and not enrichment.captions_pending and enrichment.last_error_code in codes


def _is_worth_copying(enrichment: VideoEnrichment, recent: datetime) -> bool:
    if enrichment.extracted_at is None or enrichment.extracted_at < recent:
        return False
    # Captions that were given up are worth another try.
    given_up = enrichment.last_error_code == ErrorCode.CAPTIONS_FAILED
    return enrichment.captions_pending or not given_up
