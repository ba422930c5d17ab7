"""How far the transcript of one video is, and what one would take, as people see it."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import ErrorCode
from app.models import JobKind, Transcription, TranscriptionState
from app.repositories import jobs, transcriptions
from app.schemas.transcription import EstimateOut, TranscriptState, VideoTranscriptOut
from app.services.transcription.estimates import TranscriptionEstimates
from app.services.transcription.gate import TranscriptionGate


class VideoTranscripts:
    """Shows them.

    Args:
        gate: Knows what is not set up rightly.
        estimates: Of what one would take.
        is_on: Whether captions are made at all.
    """

    def __init__(
        self, *, gate: TranscriptionGate, estimates: TranscriptionEstimates, is_on: bool
    ) -> None:
        self._gate = gate
        self._estimates = estimates
        self._is_on = is_on

    def estimate(
        self, captions_source: str | None, duration_seconds: int | None
    ) -> EstimateOut | None:
        """What captions from the sound would take, where they could be made."""
        return self._estimates.of_video(captions_source, duration_seconds)

    async def of(self, session: AsyncSession, video_id: str) -> VideoTranscriptOut | None:
        """The transcript of a video that is being made, or waits for it."""
        row = await transcriptions.get(session, video_id)
        if row is None:
            return None
        problem = await self._gate.problem(session) if self._is_on else ErrorCode.TRANSCRIPTION_OFF
        is_in_work = await jobs.is_in_work(session, video_id, [JobKind.SOUND, JobKind.TRANSCRIBE])
        reason, resumes_at = row.reason_code, row.resumes_at
        if problem:
            reason, resumes_at = problem, None
        elif reason is None and row.state == TranscriptionState.WORDS and not is_in_work:
            resumes_at = await self._gate.waits_until(session)
            reason = ErrorCode.UPSTREAM_THROTTLED if resumes_at else None
        return VideoTranscriptOut(
            state=TranscriptState.WAITING if reason else _state(row, is_in_work=is_in_work),
            parts_done=row.parts_done,
            part_count=row.part_count,
            by_hand=row.by_hand,
            reason_code=ErrorCode(reason) if reason else None,
            resumes_at=resumes_at,
        )


def _state(row: Transcription, *, is_in_work: bool) -> TranscriptState:
    if row.state == TranscriptionState.WORDS and (is_in_work or row.parts_done):
        return TranscriptState.WORDS
    return TranscriptState.SOUND if is_in_work else TranscriptState.WAITING
