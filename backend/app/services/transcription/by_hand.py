"""Captions that a person asks for: at once, whatever the caps say."""

from collections.abc import Sequence

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError, not_found
from app.models import CaptionsSource, ImportStage, ItemOutcome, JobKind
from app.repositories import enrichments, imports, many_videos, transcriptions
from app.repositories.many_videos import ChosenVideo
from app.services.job_queue import JobQueue, NewJob, priority_for
from app.services.rate_limiter import Priority
from app.services.transcription.transcripts import wanted


class TranscriptsByHand:
    """Begins transcripts that people ask for.

    Args:
        queue: Where the steps are.
        is_on: Whether captions are made at all.
    """

    def __init__(self, *, queue: JobQueue, is_on: bool) -> None:
        self._queue = queue
        self._is_on = is_on

    async def make_one(self, unit: UnitOfWork, *, user_id: str, video_id: str) -> None:
        """Have captions made for a finished video, whatever the caps say.

        Raises:
            VideothekError: ``video_not_found``, ``video_not_ready``, ``captions_already_there``,
                ``transcription_off``.
        """
        self._require()
        await self._queue.hold_still(unit)
        chosen = await many_videos.owned(unit.session, user_id, [video_id])
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
            VideothekError: ``transcription_off``.
        """
        self._require()
        await self._queue.hold_still(unit)
        return await self._make(unit, await many_videos.owned(unit.session, user_id, video_ids))

    async def make_for_import(self, unit: UnitOfWork, *, user_id: str, import_id: str) -> int:
        """The same for an import's finished videos that have none.

        Raises:
            VideothekError: ``import_not_found``, ``transcription_off``.
        """
        self._require()
        if await imports.owned(unit.session, import_id, user_id) is None:
            raise not_found(ErrorCode.IMPORT_NOT_FOUND)
        await self._queue.hold_still(unit)
        chosen = await many_videos.of_import(unit.session, import_id, ItemOutcome.WITHOUT_CAPTIONS)
        return await self._make(unit, chosen)

    def _require(self) -> None:
        if not self._is_on:
            raise VideothekError(ErrorCode.TRANSCRIPTION_OFF, 409)

    async def _make(self, unit: UnitOfWork, chosen: Sequence[ChosenVideo]) -> int:
        session = unit.session
        complete = [video.id for video in chosen if video.stage == ImportStage.COMPLETE]
        codes = await enrichments.codes_without_captions(session, complete)
        priority = priority_for(len(codes))
        jobs = []
        for video in chosen:
            if video.id not in codes:
                continue
            code = ErrorCode(codes[video.id] or ErrorCode.CAPTIONS_NONE)
            if not await transcriptions.begin(session, video.id, wanted(code, by_hand=True)):
                freed = {"by_hand": True, "reason_code": None, "resumes_at": None}
                await transcriptions.change(session, [video.id], freed)
            has_sound = await transcriptions.next_part(session, video.id) is not None
            kind = JobKind.TRANSCRIBE if has_sound else JobKind.SOUND
            jobs.append(NewJob(kind, video.id, priority, video.import_id or ""))
            values = {"captions_source": CaptionsSource.NONE, "captions_pending": True}
            await enrichments.store(session, video.id, values)
        await self._queue.defer_again(unit, jobs)
        ids = [job.video_id for job in jobs]
        await self._queue.restart(unit, ids)
        if priority is Priority.INTERACTIVE:
            await self._queue.hasten(unit, ids)
        unit.changes.videos.update(ids)
        return len(ids)
