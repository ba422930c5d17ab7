"""How far the transcript of one video is, as people see it."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import ErrorCode
from app.models import JobKind, Transcription, TranscriptionState
from app.repositories import jobs, transcriptions
from app.schemas.transcription import TranscriptState, VideoTranscriptOut


async def transcript_of(session: AsyncSession, video_id: str) -> VideoTranscriptOut | None:
    """The transcript of a video that is being made, or waits for it."""
    row = await transcriptions.get(session, video_id)
    if row is None:
        return None
    is_in_work = await jobs.is_in_work(session, video_id, [JobKind.SOUND, JobKind.TRANSCRIBE])
    return VideoTranscriptOut(
        state=_state(row, is_in_work=is_in_work),
        parts_done=row.parts_done,
        part_count=row.part_count,
        by_hand=row.by_hand,
        reason_code=ErrorCode(row.reason_code) if row.reason_code else None,
        resumes_at=row.resumes_at,
    )


def _state(row: Transcription, *, is_in_work: bool) -> TranscriptState:
    if row.state == TranscriptionState.WORDS and (is_in_work or row.parts_done):
        return TranscriptState.WORDS
    return TranscriptState.SOUND if is_in_work else TranscriptState.WAITING
