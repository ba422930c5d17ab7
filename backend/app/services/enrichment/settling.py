"""How a video's captions are settled: found, or known to be absent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode
from app.models import CaptionsSource, ImportStage, JobKind
from app.repositories import enrichments, transcriptions, video_steps
from app.services.enrichment.captions import Cue
from app.services.enrichment.stages import defer_next, reach
from app.services.job_queue import JobQueue, QueuedJob

_TRANSCRIPT_JOBS = (JobKind.SOUND, JobKind.TRANSCRIBE, JobKind.GO_ON)


@dataclass(frozen=True, slots=True)
class FoundCaptions:
    """The captions of a video.

    Args:
        cues: In order, at least one.
        source: Who made them.
        language: As far as it is known.
    """

    cues: Sequence[Cue]
    source: CaptionsSource
    language: str | None


class CaptionSettler:
    """Writes the end of the search for captions, whoever searched.

    Args:
        queue: Where the next step is deferred.
    """

    def __init__(self, queue: JobQueue) -> None:
        self._queue = queue

    async def found(self, unit: UnitOfWork, job: QueuedJob, captions: FoundCaptions) -> None:
        """Store captions and go on; nobody has to make any."""
        await self._forget_transcript(unit, job)
        await enrichments.store(
            unit.session,
            job.video_id,
            {
                "cues": [[cue.start_seconds, cue.end_seconds, cue.text] for cue in captions.cues],
                "captions_source": captions.source,
                "captions_pending": False,
                "language": captions.language,
                "caption_track": None,
                "sound_track": None,
                "last_error_code": None,
            },
        )
        await video_steps.describe(unit.session, job.video_id, {"language": captions.language})
        await self._go_on(unit, job)

    async def without(
        self, unit: UnitOfWork, job: QueuedJob, code: ErrorCode, *, are_pending: bool = False
    ) -> None:
        """Say that there are no captions; those of an earlier round stay.

        Args:
            unit: A transaction.
            job: The step that found out.
            code: Why there are none.
            are_pending: They may follow later, so what is needed for it is kept.
        """
        if not are_pending:
            await self._forget_transcript(unit, job)
        values: dict[str, Any] = {"last_error_code": code, "captions_pending": are_pending}
        if not are_pending:
            values["caption_track"] = None
        if not await enrichments.has_cues(unit.session, job.video_id):
            values["captions_source"] = CaptionsSource.NONE
        await enrichments.store(unit.session, job.video_id, values)
        await self._go_on(unit, job)

    async def give_up_transcript(self, unit: UnitOfWork, job: QueuedJob) -> None:
        """There is nothing to make captions of any more; a finished video stays as it is."""
        if await self._forget_transcript(unit, job):
            values = {
                "captions_pending": False,
                "caption_track": None,
                "last_error_code": ErrorCode.CAPTIONS_FAILED,
            }
            await enrichments.store(unit.session, job.video_id, values)

    async def _forget_transcript(self, unit: UnitOfWork, job: QueuedJob) -> bool:
        is_forgotten = await transcriptions.remove(unit.session, job.video_id)
        if is_forgotten:
            for kind in _TRANSCRIPT_JOBS:
                await self._queue.cancel(unit, job.video_id, kind)
        return is_forgotten

    async def _go_on(self, unit: UnitOfWork, job: QueuedJob) -> None:
        await reach(unit, job.video_id, ImportStage.CAPTIONS)
        await defer_next(self._queue, unit, job, JobKind.FINISH)
