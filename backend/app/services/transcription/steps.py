"""The steps of a transcript: fetch the sound, send its parts, put the words together.

Like all steps they come in two halves: ``fetch`` holds no session while it talks to somebody,
``store`` writes the result in the caller's transaction.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.database import Database, UnitOfWork
from app.core.errors import (
    ErrorCode,
    QuotaReached,
    SoundAddressExpired,
    SoundTooLarge,
    SoundUnavailable,
    TranscriberNotReady,
    UpstreamFailed,
)
from app.core.identifiers import new_id
from app.models import CaptionsSource, JobKind, TranscriptionState
from app.repositories import enrichments, transcriptions, video_steps, videos
from app.services.enrichment.providers import CaptionChain, ProviderName
from app.services.enrichment.settling import CaptionSettler, FoundCaptions
from app.services.enrichment.stages import defer_next
from app.services.job_queue import JobQueue, QueuedJob
from app.services.lanes import LaneName
from app.services.transcription.folders import SoundFolders
from app.services.transcription.gate import Admission, TranscriptionGate
from app.services.transcription.merging import HeardPart, Merged, is_partial, merge
from app.services.transcription.ports import (
    CutPart,
    CutPlan,
    Heard,
    SoundCutter,
    SoundPart,
    SoundSource,
    SoundTrack,
    Transcriber,
    Transcript,
)
from app.services.transcription.results import (
    GivenUp,
    Halved,
    HeardOne,
    NoAddress,
    NoSoundYet,
    NotReady,
    QuotaUsedUp,
    SoundReady,
    SoundResult,
    Whole,
    WordsResult,
)
from app.services.transcription.transcripts import Transcripts

_log = logging.getLogger(__name__)

# Progress between the stages metadata (25) and captions (60); the last step is left to their end.
_PROGRESS_FROM, _PROGRESS_TO = 25, 59
# So often a refused address is replaced by a fresh one before the sound is taken for refused.
_FRESH_ADDRESSES_MAX = 1
# An address that ends while it is used is worth no request.
_EXPIRY_MARGIN_SECONDS = 60.0
# Below that nothing is gained by asking for smaller parts.
_SHORTEST_PART_SECONDS = 20.0
# Groq takes 896 characters; the end of the part before is what helps with names.
_PROMPT_CHARACTERS = 400
_NOT_READY_SECONDS = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class SendingJob(QueuedJob):
    """A job that may send a part: what that costs is reserved."""

    part: transcriptions.PartRow | None = None
    admission: Admission | None = None


class TranscriptSteps:
    """Fetches sounds, sends their parts, merges the words.

    Args:
        database: For reading what a step needs.
        queue: Where the next step is deferred.
        gate: Told what was not billed.
        chain: Asked for the next provider when there will be no transcript.
        settler: Writes the end of the search for captions.
        transcripts: Lets videos go on that have to wait.
        sounds: Where the sound comes from.
        cutter: Cuts it.
        folders: Where it is meanwhile.
        transcriber: Who hears words in it; None if nobody is set up.
        plan: How it is cut.
    """

    def __init__(
        self,
        *,
        database: Database,
        queue: JobQueue,
        gate: TranscriptionGate,
        chain: CaptionChain,
        settler: CaptionSettler,
        transcripts: Transcripts,
        sounds: SoundSource,
        cutter: SoundCutter,
        folders: SoundFolders,
        transcriber: Transcriber | None,
        plan: CutPlan,
    ) -> None:
        self._database = database
        self._queue = queue
        self._gate = gate
        self._chain = chain
        self._settler = settler
        self._transcripts = transcripts
        self._sounds = sounds
        self._cutter = cutter
        self._folders = folders
        self._transcriber = transcriber
        self._plan = plan

    # -- sound -----------------------------------------------------------------------------------

    async def fetch_sound(self, job: QueuedJob, charge: Callable[[], None]) -> SoundResult:
        """Fetch the sound, cut it and store the parts.

        They are stored one by one, for the sound of a long video does not fit into memory; nothing
        is sent before the last one is there, so a break costs nothing but this step.
        """
        async with self._database.read() as session:
            data = await enrichments.sound_track(session, job.video_id)
            row = await transcriptions.get(session, job.video_id)
        if row is None:
            return GivenUp(ErrorCode.CAPTIONS_NONE)
        if row.state == TranscriptionState.WORDS:
            # Asked for once more while its parts are being sent: these are not thrown away.
            return SoundReady()
        track = SoundTrack(**data) if data else None
        if track is None or _is_too_old(track):
            return NoAddress(was_refused=False)
        try:
            async with self._folders.open(job.video_id) as folder:
                sound = await self._sounds.fetch(job.youtube_id, track, folder, charge)
                parts = await self._cutter.cut(sound, folder, self._plan)
                return await self._store_parts(job, parts)
        except SoundAddressExpired as expired:
            _log.info("the sound of %s: %s", job.youtube_id, expired.detail)
            return _after_refusal(expired, row.fresh_addresses)
        except SoundUnavailable as unavailable:
            _log.info("the sound of %s: %s", job.youtube_id, unavailable.detail)
            return GivenUp(ErrorCode.CAPTIONS_FAILED)

    async def _store_parts(self, job: QueuedJob, parts: Sequence[CutPart]) -> SoundReady | GivenUp:
        async with self._database.write() as unit:
            await transcriptions.remove_parts(unit.session, job.video_id)
        for part in parts:
            sound = await asyncio.to_thread(part.path.read_bytes)
            async with self._database.write() as unit:
                # Locked, so that it is not removed between this look and the insertion.
                if await transcriptions.hold(unit.session, job.video_id) is None:
                    return GivenUp(ErrorCode.CAPTIONS_NONE)
                values = _part_values(job.video_id, part, sound)
                await transcriptions.add_part(unit.session, values)
            await asyncio.to_thread(part.path.unlink, missing_ok=True)
        return SoundReady()

    async def store_sound(self, unit: UnitOfWork, job: QueuedJob, found: SoundResult) -> None:
        """Begin to send, or ask for a fresh address."""
        row = await transcriptions.hold(unit.session, job.video_id)
        if row is None:
            return
        if isinstance(found, GivenUp):
            await self._chain.go_on(unit, job, ProviderName.WHISPER, found.code)
        elif isinstance(found, SoundReady):
            count, answered = await transcriptions.count_parts(unit.session, job.video_id)
            row.state, row.part_count, row.parts_done = TranscriptionState.WORDS, count, answered
            row.reason_code = row.resumes_at = None
            await unit.session.flush()
            unit.changes.videos.add(job.video_id)
            await defer_next(self._queue, unit, job, JobKind.TRANSCRIBE)
        else:
            row.fresh_addresses += found.was_refused
            await unit.session.flush()
            await defer_next(self._queue, unit, job, JobKind.EXTRACT)

    # -- words -----------------------------------------------------------------------------------

    async def fetch_words(self, job: QueuedJob) -> WordsResult:
        """Send a part, or put all together that was heard."""
        if not isinstance(job, SendingJob) or job.part is None:
            return await self._merge(job)
        if self._transcriber is None:
            raise AssertionError("nothing is admitted where nobody transcribes")
        part = await self._prepare(job, job.part)
        if part is None:
            return NoSoundYet()
        try:
            heard = await self._transcriber.transcribe(part)
        except SoundTooLarge as large:
            _log.info("a part of %s is too large: %s", job.youtube_id, large.detail)
            halves = await self._halves(job.part, part.sound)
            return Halved(0.0, halves) if halves else GivenUp(ErrorCode.CAPTIONS_FAILED)
        except QuotaReached as reached:
            _log.info("transcription quota: %s", reached.detail)
            return QuotaUsedUp(0.0, reached)
        except TranscriberNotReady as not_ready:
            _log.warning("nothing can be transcribed: %s (%s)", not_ready.code, not_ready.detail)
            return NotReady(_NOT_READY_SECONDS, not_ready.code)
        return await self._judge(job.part, part, heard)

    async def _judge(
        self, row: transcriptions.PartRow, part: SoundPart, heard: Heard
    ) -> HeardOne | Halved:
        """Answers are sometimes partial: what is half of a part is taken as it is."""
        if row.is_half or not is_partial(
            heard.transcript,
            duration_seconds=part.duration_seconds,
            voiced_seconds=part.voiced_seconds,
        ):
            return HeardOne(0.0, heard)
        halves = await self._halves(row, part.sound)
        return (
            Halved(0.0, halves, heard.levels, was_billed=True) if halves else HeardOne(0.0, heard)
        )

    async def _prepare(self, job: QueuedJob, part: transcriptions.PartRow) -> SoundPart | None:
        async with self._database.read() as session:
            sound = await transcriptions.sound_of(session, part.id)
            before = await transcriptions.answer_before(session, job.video_id, part.start_ms)
            language = await videos.language(session, job.video_id)
        if sound is None:
            return None
        return SoundPart(
            sound=sound,
            duration_seconds=part.duration_seconds,
            voiced_seconds=part.voiced_ms / 1000,
            language=language,
            prompt=_end_of(Transcript.from_dict(before)) if before else "",
        )

    async def _halves(
        self, part: transcriptions.PartRow, sound: bytes
    ) -> tuple[tuple[CutPart, bytes], ...]:
        if part.duration_seconds < 2 * _SHORTEST_PART_SECONDS:
            return ()
        async with self._folders.open(part.id) as folder:
            halves = await self._cutter.halve(sound, folder)
            return tuple([(half, await asyncio.to_thread(half.path.read_bytes)) for half in halves])

    async def _merge(self, job: QueuedJob) -> Whole | NoSoundYet | GivenUp:
        async with self._database.read() as session:
            row = await transcriptions.get(session, job.video_id)
            answered = await transcriptions.answers(session, job.video_id)
        if row is None:
            return GivenUp(ErrorCode.CAPTIONS_NONE)
        if not answered or len(answered) < row.part_count:
            return NoSoundYet()
        heard = [
            HeardPart(part.start_ms / 1000, part.end_ms / 1000, Transcript.from_dict(part.answer))
            for part in answered
        ]
        # Four hours of words take a while: not on the event loop.
        return Whole(await asyncio.to_thread(merge, heard))

    async def store_words(self, unit: UnitOfWork, job: QueuedJob, found: Any) -> None:
        """Store what was heard; what was not billed is given back."""
        part = job.part if isinstance(job, SendingJob) else None
        match found:
            case HeardOne() if part is not None:
                transcript = found.heard.transcript
                await transcriptions.answer(unit.session, part.id, transcript.to_dict())
                await self._note_progress(unit, job)
                await self._gate.observe(unit, found.heard.levels)
            case Halved() if part is not None:
                await self._store_halves(unit, job, part, found)
                if found.was_billed:
                    await self._gate.observe(unit, found.levels)
                else:
                    await self._give_back(unit, job)
            case QuotaUsedUp():
                await self._give_back(unit, job)
                await self._gate.correct(unit, found.reached)
            case NotReady():
                await self._give_back(unit, job)
                await self._gate.stop(unit, found.code)
                # Nobody waits for what will not come soon.
                await self._transcripts.let_go_on(unit)
                await self._transcripts.wait_for(unit, job, found.code, found.again_in_seconds)
            case Whole():
                await self._store_whole(unit, job, found.merged)
            case GivenUp():
                await self._give_back(unit, job)
                await self._chain.go_on(unit, job, ProviderName.WHISPER, found.code)
            case _:
                await self._give_back(unit, job)
                await defer_next(self._queue, unit, job, JobKind.SOUND)

    async def forgive(self, unit: UnitOfWork, job: QueuedJob) -> None:
        """The part was surely not billed: the upstream answered that it failed."""
        await self._give_back(unit, job)

    async def postpone(self, unit: UnitOfWork, job: QueuedJob, _code: ErrorCode | None) -> None:
        """It does not work right now: the video goes on without, the transcript may follow later."""
        row = await transcriptions.get(unit.session, job.video_id)
        if row is not None:
            code = ErrorCode(row.captions_code)
            await self._settler.without(unit, job, code, are_pending=True)

    async def give_up(self, unit: UnitOfWork, job: QueuedJob, code: ErrorCode | None) -> None:
        """There will be no transcript."""
        await self._chain.go_on(unit, job, ProviderName.WHISPER, code or ErrorCode.CAPTIONS_FAILED)

    async def _give_back(self, unit: UnitOfWork, job: QueuedJob) -> None:
        if isinstance(job, SendingJob) and job.part is not None and job.admission is not None:
            await transcriptions.note_sent(unit.session, job.part.id, is_sent=False)
            await self._gate.give_back(unit, job.admission)

    async def _note_progress(self, unit: UnitOfWork, job: QueuedJob) -> None:
        total, answered = await transcriptions.count_parts(unit.session, job.video_id)
        values = {
            "part_count": total,
            "parts_done": answered,
            "reason_code": None,
            "resumes_at": None,
        }
        await transcriptions.change(unit.session, [job.video_id], values)
        percent = _PROGRESS_FROM + (_PROGRESS_TO - _PROGRESS_FROM) * answered // max(1, total)
        await video_steps.show_progress(unit.session, job.video_id, percent)
        unit.changes.videos.add(job.video_id)
        # There is room for another sound.
        unit.changes.jobs_for_lanes.add(LaneName.MEDIA)

    async def _store_halves(
        self, unit: UnitOfWork, job: QueuedJob, part: transcriptions.PartRow, found: Halved
    ) -> None:
        halves = [
            _part_values(job.video_id, half, sound, offset_ms=part.start_ms)
            | {"is_half": found.was_billed}
            for half, sound in found.parts
        ]
        await transcriptions.replace_part(unit.session, part.id, halves)
        await self._note_progress(unit, job)

    async def _store_whole(self, unit: UnitOfWork, job: QueuedJob, merged: Merged) -> None:
        if not merged.cues:
            await self._chain.go_on(unit, job, ProviderName.WHISPER, ErrorCode.CAPTIONS_NONE)
            return
        captions = FoundCaptions(merged.cues, CaptionsSource.WHISPER, merged.language)
        await self._settler.found(unit, job, captions)


def _after_refusal(expired: SoundAddressExpired, fresh_addresses: int) -> NoAddress | GivenUp:
    """What a refused address means.

    Raises:
        UpstreamFailed: It was fresh, so it is we who are refused: for a while, as far as is known.
    """
    if fresh_addresses < _FRESH_ADDRESSES_MAX:
        return NoAddress(was_refused=True)
    if expired.is_gone:
        return GivenUp(ErrorCode.CAPTIONS_FAILED)
    raise UpstreamFailed(expired.detail, code=ErrorCode.CAPTIONS_FAILED) from expired


def _is_too_old(track: SoundTrack) -> bool:
    limit = time.time() + _EXPIRY_MARGIN_SECONDS
    return track.expires_at is not None and track.expires_at < limit


def _part_values(
    video_id: str, part: CutPart, sound: bytes, *, offset_ms: int = 0
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "video_id": video_id,
        "start_ms": offset_ms + part.start_ms,
        "end_ms": offset_ms + part.end_ms,
        "voiced_ms": part.voiced_ms,
        "is_half": False,
        "sound": sound,
        "answer": None,
    }


def _end_of(transcript: Transcript) -> str:
    text = " ".join(segment.text.strip() for segment in transcript.segments)
    return text[-_PROMPT_CHARACTERS:]
