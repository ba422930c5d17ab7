"""The life of a transcript: wanted, waited for or not, and by hand at any price."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode
from app.models import JobKind, TranscriptionState
from app.repositories import enrichments, transcription_usage, transcriptions, videos
from app.services.enrichment.ports import Extraction
from app.services.enrichment.reuse import PATIENT_CHECK_SECONDS
from app.services.enrichment.settling import CaptionSettler
from app.services.enrichment.stages import defer_next
from app.services.job_queue import JobQueue, NewJob, QueuedJob
from app.services.transcription.gate import TranscriptionGate
from app.services.transcription.terms import TranscriptionTerms

# Fetching and cutting takes up to thirty seconds per hour of sound on one processor
# (benchmarks/sound.py).
_CUTTING_SECONDS_PER_SECOND = 1 / 120
# Nobody waits for more than this, so what lies behind it need not be reckoned.
_LOOK_AHEAD_SECONDS = 12 * 3600.0


class Transcripts:
    """Begins transcripts; implements ``CaptionProvider``.

    Args:
        queue: Where the steps are.
        gate: Knows the budget and the upstream's quota.
        settler: Lets a video go on without its captions.
        terms: Who transcribes, and how long a sound may be.
        wait_seconds: How long a video waits for its transcript before it goes on without.
    """

    def __init__(
        self,
        *,
        queue: JobQueue,
        gate: TranscriptionGate,
        settler: CaptionSettler,
        terms: TranscriptionTerms,
        wait_seconds: float,
    ) -> None:
        self._queue = queue
        self._gate = gate
        self._settler = settler
        self._terms = terms
        self._wait_seconds = wait_seconds

    # -- as the provider that comes when YouTube is known to have nothing ------------------------

    def plan(self, _found: Extraction) -> dict[str, Any] | None:
        """See ``CaptionProvider``."""
        return {} if self._terms.is_on else None

    async def begin(self, unit: UnitOfWork, job: QueuedJob, code: ErrorCode) -> ErrorCode | None:
        """See ``CaptionProvider``.

        Not for a video that has captions of an earlier round: nothing is paid for twice.
        """
        session, video_id = unit.session, job.video_id
        known = await transcriptions.get(session, video_id)
        if not self._terms.is_on or await enrichments.has_cues(session, video_id):
            return code
        if await enrichments.sound_track(session, video_id) is None:
            return ErrorCode.CAPTIONS_FAILED
        seconds = await videos.duration_seconds(session, video_id) or 0
        is_by_hand = known is not None and known.by_hand
        if not is_by_hand and not self._terms.is_short_enough(seconds):
            return ErrorCode.AUDIO_TOO_LONG
        if known is None:
            if await transcriptions.is_twin_at_it(session, video_id, job.youtube_id):
                await self._wait_for_twin(unit, job, code)
                return None
            await transcriptions.begin(session, video_id, _wanted(code))
        await self._start(unit, job, code, seconds, ignores_budget=is_by_hand)
        return None

    async def begin_for_copy(self, unit: UnitOfWork, job: QueuedJob, twin_id: str) -> None:
        """Make captions for a video that is known to have none from before any were made here.

        Args:
            unit: The transaction that stores what was copied.
            job: The step that copied it.
            twin_id: From which video; where that was listened to in vain, nobody listens again.
        """
        session, video_id = unit.session, job.video_id
        seconds = await videos.duration_seconds(session, video_id) or 0
        was_heard = await transcription_usage.was_sent(session, twin_id)
        if not self._terms.is_on or was_heard or not self._terms.is_short_enough(seconds):
            return
        code = ErrorCode.CAPTIONS_NONE
        if await transcriptions.is_twin_at_it(session, video_id, job.youtube_id):
            await self._wait_for_twin(unit, job, code)
        elif await transcriptions.begin(session, video_id, _wanted(code)):
            await self._start(unit, job, code, seconds, ignores_budget=False)

    async def _start(
        self,
        unit: UnitOfWork,
        job: QueuedJob,
        code: ErrorCode,
        seconds: float,
        *,
        ignores_budget: bool,
    ) -> None:
        session, video_id = unit.session, job.video_id
        # Of one whose sound is there already, what was heard so far is kept.
        has_sound = await transcriptions.with_sound(session, [video_id])
        kind = JobKind.TRANSCRIBE if has_sound else JobKind.SOUND
        wait = None
        if not ignores_budget:
            wait = await self._gate.budget_wait_seconds(session, seconds, video_id=video_id)
        if wait is not None:
            await self.wait_for_budget(unit, job, wait)
            await self._defer(unit, job, kind, wait)
            return
        await defer_next(self._queue, unit, job, kind)
        ahead = await transcriptions.seconds_ahead(session, video_id)
        todo = min(seconds + ahead, _LOOK_AHEAD_SECONDS)
        expected = await self._gate.expected_seconds(session, todo)
        expected += todo * _CUTTING_SECONDS_PER_SECOND
        is_soon = expected <= self._wait_seconds
        if is_soon and await videos.pending_since(session, video_id) is not None:
            await self._defer(unit, job, JobKind.GO_ON, self._wait_seconds)
        else:
            await self._settler.without(unit, job, code, are_pending=True)

    async def _wait_for_twin(self, unit: UnitOfWork, job: QueuedJob, code: ErrorCode) -> None:
        """The same video is being transcribed for another list: its end wakes this one."""
        await self._settler.without(unit, job, code, are_pending=True)
        delay = PATIENT_CHECK_SECONDS / self._terms.time_scale
        await self._defer(unit, job, JobKind.REUSE, delay)

    async def _defer(
        self, unit: UnitOfWork, job: QueuedJob, kind: JobKind, delay_seconds: float
    ) -> None:
        later = NewJob(kind, job.video_id, job.priority, job.batch, delay_seconds=delay_seconds)
        await self._queue.defer_again(unit, [later])

    async def look_again(self, unit: UnitOfWork) -> None:
        """A process starts, maybe with other settings: what waits for something asks again.

        Where nobody transcribes any more it waits for somebody who does, and says so.
        """
        if not self._terms.is_on:
            await enrichments.wait_for_transcriber(unit.session)
            return
        await enrichments.expect_again(unit.session)
        ids = await transcriptions.begin_waiting(unit.session)
        for kind in (JobKind.SOUND, JobKind.TRANSCRIBE):
            await self._queue.wake(unit, ids, kind)

    # -- while it is under way -------------------------------------------------------------------

    async def wait_for_budget(self, unit: UnitOfWork, job: QueuedJob, wait_seconds: float) -> None:
        """The cap is reached: the video goes on, its transcript waits for the next day or month."""
        await self.wait_for(unit, job, ErrorCode.TRANSCRIPTION_BUDGET, wait_seconds)

    async def wait_for(
        self, unit: UnitOfWork, job: QueuedJob, code: ErrorCode, wait_seconds: float
    ) -> None:
        """A transcript can't go on for a while, so the video goes on without it.

        Args:
            unit: A transaction.
            job: The step that found out.
            code: What it waits for.
            wait_seconds: How long.
        """
        row = await transcriptions.hold(unit.session, job.video_id)
        if row is None:
            return
        row.reason_code = code
        row.resumes_at = datetime.now(UTC) + timedelta(seconds=wait_seconds)
        await unit.session.flush()
        # Only the budget is this video's own matter; what is wrong with a key is said elsewhere.
        is_own = code == ErrorCode.TRANSCRIPTION_BUDGET
        said = code if is_own else ErrorCode(row.captions_code)
        await self._settler.without(unit, job, said, are_pending=True)

    async def go_on(self, unit: UnitOfWork, job: QueuedJob, _found: None) -> None:
        """The video has waited long enough for its transcript."""
        row = await transcriptions.get(unit.session, job.video_id)
        if row is None or await videos.pending_since(unit.session, job.video_id) is None:
            return
        waited = (datetime.now(UTC) - row.asked_at).total_seconds()
        is_hopeful = self._terms.is_on and await self._gate.problem(unit.session) is None
        # It may have been deferred anew with an import that went on.
        if is_hopeful and waited + 1.0 < self._wait_seconds:
            await self._defer(unit, job, JobKind.GO_ON, self._wait_seconds - waited)
            return
        code = ErrorCode(row.captions_code)
        if not self._terms.is_on:
            code = ErrorCode.TRANSCRIPTION_OFF
        await self._settler.without(unit, job, code, are_pending=True)

    async def let_go_on(self, unit: UnitOfWork) -> None:
        """No video waits for its transcript any longer."""
        ids = await transcriptions.video_ids(unit.session)
        await self._queue.wake(unit, ids, JobKind.GO_ON)


def _wanted(code: ErrorCode) -> dict[str, Any]:
    return {
        "state": TranscriptionState.SOUND,
        "asked_at": datetime.now(UTC),
        "by_hand": False,
        "captions_code": code,
    }
