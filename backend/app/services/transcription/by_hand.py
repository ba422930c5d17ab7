"""Captions that a person asks for: at once, whatever the caps say."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError, not_found
from app.models import ImportStage, ItemOutcome, JobKind
from app.repositories import enrichments, imports, many_videos, transcriptions
from app.repositories.many_videos import ChosenVideo
from app.services.enrichment.reuse import PATIENT_CHECK_SECONDS
from app.services.enrichment.settling import CaptionSettler
from app.services.job_queue import JobQueue, NewJob, QueuedJob, priority_for
from app.services.list_access import editable_videos
from app.services.rate_limiter import Priority
from app.services.transcription.gate import TranscriptionGate


class TranscriptsByHand:
    """Begins transcripts that people ask for.

    Args:
        queue: Where the steps are.
        gate: Knows what is not set up rightly.
        settler: Lets a video be without captions.
        is_on: Whether captions are made at all.
        time_scale: Divides the delays that are ours (tests and the demo).
    """

    def __init__(
        self,
        *,
        queue: JobQueue,
        gate: TranscriptionGate,
        settler: CaptionSettler,
        is_on: bool,
        time_scale: float = 1.0,
    ) -> None:
        self._queue = queue
        self._gate = gate
        self._settler = settler
        self._is_on = is_on
        self._patience_seconds = PATIENT_CHECK_SECONDS / time_scale

    async def make_one(self, unit: UnitOfWork, *, user_id: str, video_id: str) -> None:
        """Have captions made for a finished video, whatever the caps say.

        Raises:
            VideothekError: ``video_not_found``, ``list_read_only``, ``video_not_ready``,
                ``captions_already_there``, ``transcription_off`` or what else is not right.
        """
        await self._require(unit)
        await self._queue.hold_still(unit)
        chosen = await editable_videos(unit.session, user_id, [video_id])
        if not chosen:
            raise not_found(ErrorCode.VIDEO_NOT_FOUND)
        if chosen[0].stage != ImportStage.COMPLETE:
            raise VideothekError(ErrorCode.VIDEO_NOT_READY, 409)
        if not await self._make(unit, chosen):
            raise VideothekError(ErrorCode.CAPTIONS_ALREADY_THERE, 409)

    async def make_many(self, unit: UnitOfWork, *, user_id: str, video_ids: Sequence[str]) -> int:
        """The same for many; those that are not finished or have captions are passed over.

        Returns:
            How many are made now.

        Raises:
            VideothekError: ``list_read_only``, ``transcription_off`` or what else is not right.
        """
        await self._require(unit)
        await self._queue.hold_still(unit)
        return await self._make(unit, await editable_videos(unit.session, user_id, video_ids))

    async def make_for_import(self, unit: UnitOfWork, *, user_id: str, import_id: str) -> int:
        """The same for an import's finished videos that have none.

        Raises:
            VideothekError: ``import_not_found``, ``transcription_off``, or what else is not right.
        """
        await self._require(unit)
        if await imports.owned(unit.session, import_id, user_id) is None:
            raise not_found(ErrorCode.IMPORT_NOT_FOUND)
        await self._queue.hold_still(unit)
        chosen = await many_videos.of_import(unit.session, import_id, ItemOutcome.WITHOUT_CAPTIONS)
        return await self._make(unit, chosen)

    async def stop_one(self, unit: UnitOfWork, *, user_id: str, video_id: str) -> None:
        """Make no captions for a video after all; what was heard so far is forgotten.

        Raises:
            VideothekError: ``video_not_found``, ``list_read_only``.
        """
        await self._queue.hold_still(unit)
        chosen = await editable_videos(unit.session, user_id, [video_id])
        if not chosen:
            raise not_found(ErrorCode.VIDEO_NOT_FOUND)
        video = chosen[0]
        row = await transcriptions.get(unit.session, video_id)
        waits_for_copy = await enrichments.waits_for_copy(unit.session, video_id)
        if row is None and not waits_for_copy:
            return
        await self._queue.cancel(unit, video_id, JobKind.REUSE)
        code = ErrorCode(row.captions_code) if row else ErrorCode.CAPTIONS_NONE
        step = QueuedJob(
            id=0,
            kind=JobKind.GO_ON,
            video_id=video_id,
            youtube_id=video.youtube_id,
            priority=Priority.INTERACTIVE,
            batch=video.import_id or "",
        )
        await self._settler.without(unit, step, code)

    async def _require(self, unit: UnitOfWork) -> None:
        problem = await self._gate.problem(unit.session) if self._is_on else None
        if problem is not None or not self._is_on:
            raise VideothekError(problem or ErrorCode.TRANSCRIPTION_OFF, 409)

    async def _make(self, unit: UnitOfWork, chosen: Sequence[ChosenVideo]) -> int:
        """Begin in bulk: the queue holds still meanwhile, and there may be thousands."""
        complete = [video for video in chosen if video.stage == ImportStage.COMPLETE]
        without = await enrichments.without_captions(unit.session, [each.id for each in complete])
        silent = [video for video in complete if video.id in without]
        if not silent:
            return 0
        youtube_ids = list({video.youtube_id for video in silent})
        known = await enrichments.with_captions(unit.session, youtube_ids)
        leaders = await transcriptions.at_it(unit.session, youtube_ids)
        for video in silent:
            if video.youtube_id not in known:
                leaders.setdefault(video.youtube_id, video.id)
        begun = [leaders[each] for each in youtube_ids if each in leaders and each not in known]
        await transcriptions.begin_by_hand(unit.session, begun, datetime.now(UTC))
        await enrichments.expect_captions(unit.session, [video.id for video in silent])
        await self._defer(unit, silent, known, leaders)
        unit.changes.videos.update(video.id for video in silent)
        return len(silent)

    async def _defer(
        self,
        unit: UnitOfWork,
        silent: Sequence[ChosenVideo],
        known: Collection[str],
        leaders: Mapping[str, str],
    ) -> None:
        """Of the same video in several lists one is transcribed, and the others take it over."""
        priority = priority_for(len(silent))
        batches = {video.id: video.import_id or "" for video in silent}
        leading = {leader for each, leader in leaders.items() if each not in known}
        with_sound = await transcriptions.with_sound(unit.session, list(leading))
        jobs = [
            NewJob(
                JobKind.TRANSCRIBE if leader in with_sound else JobKind.SOUND,
                leader,
                priority,
                batches.get(leader, ""),
            )
            for leader in leading
        ]
        jobs += [
            NewJob(
                JobKind.REUSE,
                video.id,
                priority,
                batches[video.id],
                delay_seconds=0.0 if video.youtube_id in known else self._patience_seconds,
            )
            for video in silent
            if video.id not in leading
        ]
        await self._queue.defer_again(unit, jobs)
        await self._queue.restart(unit, list(leading))
        if priority is Priority.INTERACTIVE:
            await self._queue.hasten(unit, list(leading))
