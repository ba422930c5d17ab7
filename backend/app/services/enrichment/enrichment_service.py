"""What each step of enrichment asks for and what it stores.

Every step comes in two halves: ``fetch`` talks to an upstream and holds no session, ``store`` writes
the result in the caller's short transaction, where it also defers the next step.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from app.core.database import Database, UnitOfWork
from app.core.errors import (
    ErrorCode,
    UpstreamFailed,
    UpstreamRefused,
    VideoNotYet,
    VideoRefused,
    VideoUnavailable,
)
from app.models import (
    CaptionsSource,
    ImportStage,
    JobKind,
)
from app.repositories import enrichments, transcriptions, video_steps, videos
from app.services.enrichment.captions import CaptionFormatError, CaptionsLocked, parse_captions
from app.services.enrichment.extraction import is_expired
from app.services.enrichment.ports import (
    CaptionSource,
    Extraction,
    TitleInfo,
    TitleSource,
    VideoExtractor,
)
from app.services.enrichment.providers import CaptionChain, track_of
from app.services.enrichment.settling import CaptionSettler, FoundCaptions
from app.services.enrichment.stages import defer_next, finish_import, reach
from app.services.job_queue import JobQueue, QueuedJob
from app.services.retry_policy import waiting_delay_seconds
from app.services.search.indexing import index_video

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NoCaptions:
    """A track that turned out to hold nothing."""


@dataclass(frozen=True, slots=True)
class StaleTrack:
    """The address of the caption file is too old: it has to be extracted anew."""


class EnrichmentService:
    """The steps of a video's import.

    Args:
        database: For reading what a step needs.
        queue: Where the next step is deferred.
        titles: The cheap source of titles.
        extractor: The player lane.
        captions: Caption files.
        chain: The providers of captions, in order.
        settler: Writes the end of the search for captions.
    """

    def __init__(
        self,
        *,
        database: Database,
        queue: JobQueue,
        titles: TitleSource,
        extractor: VideoExtractor,
        captions: CaptionSource,
        chain: CaptionChain,
        settler: CaptionSettler,
    ) -> None:
        self._database = database
        self._queue = queue
        self._titles = titles
        self._extractor = extractor
        self._captions = captions
        self._chain = chain
        self._settler = settler

    # -- title -----------------------------------------------------------------------------------

    async def fetch_title(self, job: QueuedJob) -> TitleInfo | None:
        """Title and channel, or None when oEmbed refuses: only the player lane says a video is gone."""
        try:
            return await self._titles.fetch(job.youtube_id)
        except UpstreamRefused as refused:
            _log.info("oembed refused %s: %s", job.youtube_id, refused.detail)
            return None

    async def store_title(self, unit: UnitOfWork, job: QueuedJob, found: TitleInfo | None) -> None:
        """Store the title; the extraction has a job of its own and may have come before it."""
        if found is None:
            return
        await video_steps.describe(
            unit.session, job.video_id, {"title": found.title, "channel": found.channel}
        )
        await reach(unit, job.video_id, ImportStage.METADATA)

    # -- extraction ------------------------------------------------------------------------------

    async def fetch_extraction(self, job: QueuedJob, charge: Callable[[], None]) -> Extraction:
        """Everything about the video but the caption file."""
        return await self._extractor.extract(job.youtube_id, charge)

    async def store_extraction(self, unit: UnitOfWork, job: QueuedJob, found: Extraction) -> None:
        """Store what the player lane said and go on to the captions, if there are any."""
        video_id = job.video_id
        if found.title is not None:
            # Before the video's row is touched: every transaction locks jobs first, then videos.
            await self._queue.cancel(unit, video_id, JobKind.TITLE)
        await video_steps.wait_for(unit.session, video_id, None)
        await video_steps.describe(
            unit.session,
            video_id,
            {
                "title": found.title,
                "channel": found.channel,
                "description": found.description,
                "duration_seconds": found.duration_seconds,
                "published_at": found.published_at,
                "language": found.language,
            },
        )
        sound = found.sound_track
        await enrichments.store(
            unit.session,
            video_id,
            {
                "chapters": [
                    [chapter.start_seconds, chapter.end_seconds, chapter.title]
                    for chapter in found.chapters
                ],
                "chapters_source": found.chapters_source,
                "sound_track": asdict(sound) if sound else None,
                "extracted_at": datetime.now(UTC),
                "attempts": 0,
                "next_attempt_at": None,
            },
        )
        await reach(unit, video_id, ImportStage.METADATA)
        if sound is not None and await transcriptions.is_by_hand(unit.session, video_id):
            # The person was not to be put off with the captions that could not be had before.
            await defer_next(self._queue, unit, job, JobKind.SOUND)
            return
        await self._chain.start(unit, job, found)

    # -- captions --------------------------------------------------------------------------------

    async def fetch_captions(self, job: QueuedJob) -> FoundCaptions | NoCaptions | StaleTrack:
        """The cues of the track whose turn it is."""
        async with self._database.read() as session:
            track = track_of(await enrichments.caption_steps(session, job.video_id))
        if track is None:
            return StaleTrack()
        if is_expired(track, datetime.now(UTC)):
            return StaleTrack()
        body = await self._captions.fetch(track)
        try:
            # Four hours of captions take a sixth of a second to read: not on the event loop.
            cues = await asyncio.to_thread(parse_captions, body, track.ext)
        except CaptionsLocked as empty:
            # Locked, or a hiccup: this track's address did not look locked.
            raise UpstreamFailed(
                "empty captions", code=ErrorCode.CAPTIONS_LOCKED, is_answer=True
            ) from empty
        except CaptionFormatError as broken:
            # Cut off or garbled on the way, as far as anybody can tell: the next one may be whole.
            raise UpstreamFailed(f"captions can't be read: {broken}") from broken
        if not cues:
            return NoCaptions()
        source = (
            CaptionsSource.YOUTUBE_MANUAL if track.kind == "manual" else CaptionsSource.YOUTUBE_AUTO
        )
        return FoundCaptions(cues, source, track.language)

    async def store_captions(
        self, unit: UnitOfWork, job: QueuedJob, found: FoundCaptions | NoCaptions | StaleTrack
    ) -> None:
        """Settle the captions, or ask the next provider."""
        if isinstance(found, StaleTrack):
            await defer_next(self._queue, unit, job, JobKind.EXTRACT)
        elif isinstance(found, NoCaptions):
            await self._chain.go_on(unit, job, None, ErrorCode.CAPTIONS_NONE)
        else:
            await self._settler.found(unit, job, found)

    async def postpone_captions(
        self, unit: UnitOfWork, job: QueuedJob, code: ErrorCode | None
    ) -> None:
        """The caption file can't be had now: the video goes on without, they may follow later."""
        code = code or ErrorCode.CAPTIONS_FAILED
        await self._settler.without(unit, job, code, are_pending=True)

    async def give_up_captions(
        self, unit: UnitOfWork, job: QueuedJob, code: ErrorCode | None
    ) -> None:
        """The caption file can't be had. Only one that is locked for good is like having none."""
        if code == ErrorCode.CAPTIONS_LOCKED:
            await self._chain.go_on(unit, job, None, code)
        else:
            await self._settler.without(unit, job, code or ErrorCode.CAPTIONS_FAILED)

    # -- end -------------------------------------------------------------------------------------

    async def settle_chapters(self, job: QueuedJob) -> None:
        """The chapters came with the extraction; from here on they are final."""
        async with self._database.write() as unit:
            await reach(unit, job.video_id, ImportStage.CHAPTERS)

    async def store_completion(self, unit: UnitOfWork, job: QueuedJob, _found: None) -> None:
        """The end of a video's import: from here on it is found by all that is said in it."""
        await index_video(unit.session, job.video_id)
        await reach(unit, job.video_id, ImportStage.COMPLETE)
        await self._ended(unit, job)

    async def postpone(
        self, unit: UnitOfWork, job: QueuedJob, attempts: int, delay_seconds: float
    ) -> None:
        """Note that a video is tried again much later, so that no estimate counts on it."""
        await enrichments.store(
            unit.session,
            job.video_id,
            {
                "attempts": attempts,
                "next_attempt_at": datetime.now(UTC) + timedelta(seconds=delay_seconds),
            },
        )
        unit.changes.videos.add(job.video_id)
        await self._wake_copies(unit, job)
        await finish_import(unit, job.video_id)

    async def next_look_seconds(
        self, unit: UnitOfWork, job: QueuedJob, reason: VideoNotYet, time_scale: float
    ) -> float | None:
        """When to look again at a video that comes later; only reads.

        Args:
            unit: A transaction.
            job: The job that found out.
            reason: What it waits for.
            time_scale: Divides the delays that are ours.

        Returns:
            How many seconds to wait before the next look; None for a video that is finished.
        """
        added_at = await videos.pending_since(unit.session, job.video_id)
        if added_at is None:
            return None
        now = datetime.now(UTC)
        at = reason.available_at
        return waiting_delay_seconds(
            reason.code,
            waited_seconds=(now - added_at).total_seconds(),
            available_in_seconds=(at - now).total_seconds() if at else None,
            time_scale=time_scale,
        )

    async def end_round(self, unit: UnitOfWork, job: QueuedJob) -> None:
        """A finished video keeps what it has: the round that looked for more is over."""
        await self._settler.give_up_transcript(unit, job)
        await enrichments.set_stage(unit.session, job.video_id, ImportStage.COMPLETE)
        unit.changes.videos.add(job.video_id)

    async def wait_for_video(
        self, unit: UnitOfWork, job: QueuedJob, reason: VideoNotYet, delay_seconds: float
    ) -> None:
        """Note that a video comes later, and when it is looked at again."""
        await self._store_name(unit, job, reason)
        await video_steps.wait_for(unit.session, job.video_id, reason.code)
        now = datetime.now(UTC)
        at = reason.available_at
        known = at if at and at > now else now + timedelta(seconds=delay_seconds)
        await enrichments.store(
            unit.session,
            job.video_id,
            {
                "attempts": 0,
                "next_attempt_at": known,
                "last_error_code": reason.code,
                "log_detail": reason.detail,
            },
        )
        unit.changes.videos.add(job.video_id)
        await self._wake_copies(unit, job)
        await finish_import(unit, job.video_id)

    async def mark_unavailable(
        self, unit: UnitOfWork, job: QueuedJob, reason: VideoUnavailable
    ) -> None:
        """The video itself can't be had; a finished one keeps what it has."""
        await self._store_name(unit, job, reason)
        if await video_steps.fail(unit.session, job.video_id, reason.code):
            await index_video(unit.session, job.video_id)
        else:
            # A finished video keeps what it has, and the round that looked for more is over.
            await self._settler.give_up_transcript(unit, job)
            await enrichments.set_stage(unit.session, job.video_id, ImportStage.COMPLETE)
        await enrichments.store(
            unit.session,
            job.video_id,
            {
                "last_error_code": reason.code,
                "log_detail": reason.detail,
                "next_attempt_at": None,
            },
        )
        unit.changes.videos.add(job.video_id)
        await self._ended(unit, job)

    async def _ended(self, unit: UnitOfWork, job: QueuedJob) -> None:
        """Wake those that wait for this video, and end its import if it was the last one."""
        await self._wake_copies(unit, job)
        await finish_import(unit, job.video_id)

    @staticmethod
    async def _store_name(unit: UnitOfWork, job: QueuedJob, reason: VideoRefused) -> None:
        if reason.title is not None:
            known = {"title": reason.title, "channel": reason.channel}
            await video_steps.describe(unit.session, job.video_id, known)
            await reach(unit, job.video_id, ImportStage.METADATA)

    async def _wake_copies(self, unit: UnitOfWork, job: QueuedJob) -> None:
        """Tell the same video in other lists that there is news."""
        waiting = await videos.twin_ids(unit.session, job.video_id, job.youtube_id)
        if waiting:
            await self._queue.wake(unit, waiting, JobKind.REUSE)
