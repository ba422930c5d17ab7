"""Which step of which transcript may begin now."""

from dataclasses import fields

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode
from app.repositories import transcriptions, videos
from app.services.job_queue import JobQueue, QueuedJob
from app.services.rate_limiter import Priority
from app.services.transcription.gate import Admission, NotYet, TranscriptionGate
from app.services.transcription.steps import SendingJob
from app.services.transcription.transcripts import Transcripts

# Parts wait in the database, 180 kB for each minute, so sounds are fetched only so far ahead: what the
# free quota allows in an hour. A person's own wish comes on top.
_STORED_ENOUGH_MS = 2 * 3600 * 1000


class TranscriptTurns:
    """Lets steps begin, or sets aside what has to wait for the budget.

    Args:
        queue: Where the jobs are.
        gate: Grants leave to send.
        transcripts: Lets videos go on that have to wait.
        is_on: Whether captions are made at all; if not, what was begun waits.
    """

    def __init__(
        self, *, queue: JobQueue, gate: TranscriptionGate, transcripts: Transcripts, is_on: bool
    ) -> None:
        self._queue = queue
        self._gate = gate
        self._transcripts = transcripts
        self._is_on = is_on

    async def may_fetch(self, unit: UnitOfWork, job: QueuedJob) -> float | None:
        """Whether the sound of a job that was peeked at may be fetched now.

        Returns:
            None if it may; otherwise after how many seconds to look again. 0 if the job was set aside.
        """
        if not self._is_on:
            return float("inf")
        stored_ms = await transcriptions.stored_ms(unit.session)
        if job.priority is Priority.BATCH and stored_ms >= _STORED_ENOUGH_MS:
            return float("inf")
        if await transcriptions.is_by_hand(unit.session, job.video_id):
            return None
        seconds = await videos.duration_seconds(unit.session, job.video_id) or 0
        wait = await self._gate.budget_wait_seconds(unit.session, seconds, video_id=job.video_id)
        if wait is None:
            return None
        await self._set_aside(unit, job, wait)
        return 0.0

    async def may_send(self, unit: UnitOfWork, job: QueuedJob) -> SendingJob | float:
        """Ask for leave to send the next part of a job that was peeked at.

        Returns:
            The job with its admission; without a part where there is nothing to send, but something to
            be put together. Otherwise after how many seconds to look again, 0 if it was set aside.
        """
        if not self._is_on:
            return float("inf")
        part = await transcriptions.next_part(unit.session, job.video_id)
        if part is None:
            return _sending(job, None, None)
        is_by_hand = await transcriptions.is_by_hand(unit.session, job.video_id)
        answer = await self._gate.admit(
            unit,
            priority=job.priority,
            video_id=job.video_id,
            import_id=await videos.import_of(unit.session, job.video_id),
            duration_seconds=part.duration_seconds,
            ignores_budget=is_by_hand,
        )
        if not isinstance(answer, NotYet):
            await transcriptions.note_sent(unit.session, part.id, is_sent=True)
            return _sending(job, part, answer)
        if answer.code != ErrorCode.TRANSCRIPTION_BUDGET:
            return answer.wait_seconds
        await self._set_aside(unit, job, answer.wait_seconds)
        return 0.0

    async def _set_aside(self, unit: UnitOfWork, job: QueuedJob, wait_seconds: float) -> None:
        await self._queue.take(unit, job)
        own = await self._queue.put_back(
            unit, job, delay_seconds=wait_seconds, attempts=job.attempts
        )
        if own is not None:
            await self._transcripts.wait_for_budget(unit, own, wait_seconds)


def _sending(
    job: QueuedJob, part: transcriptions.PartRow | None, admission: Admission | None
) -> SendingJob:
    known = {field.name: getattr(job, field.name) for field in fields(QueuedJob)}
    return SendingJob(**known, part=part, admission=admission)
