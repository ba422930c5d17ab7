"""Puts together what makes captions, the chain of providers among it."""

import math
from dataclasses import dataclass

from app.adapters.groq_http import GroqHttp
from app.adapters.local_whisper import LocalTranscriber
from app.adapters.sound_cutter import PyAvSoundCutter
from app.adapters.ytdlp_sound import YtDlpSoundSource
from app.core.database import Database
from app.core.settings import Settings
from app.services.enrichment.groq_transcriber import GroqTranscriber
from app.services.enrichment.providers import (
    CaptionChain,
    CaptionProvider,
    ProviderName,
    YouTubeTracks,
)
from app.services.enrichment.reuse import MakeCaptions
from app.services.enrichment.settling import CaptionSettler
from app.services.job_queue import JobQueue
from app.services.lanes import LaneLimiter
from app.services.transcription.by_hand import TranscriptsByHand
from app.services.transcription.estimates import TranscriptionEstimates
from app.services.transcription.folders import SoundFolders
from app.services.transcription.gate import TranscriptionGate
from app.services.transcription.ports import CutPlan, Transcriber
from app.services.transcription.showing import VideoTranscripts
from app.services.transcription.status import TranscriptionStatus
from app.services.transcription.steps import TranscriptSteps
from app.services.transcription.terms import TranscriptionTerms
from app.services.transcription.transcripts import Transcripts
from app.services.transcription.turns import TranscriptTurns

# Parts become a little longer than they should, up to the next pause.
_PART_OF_CAP = 0.75


@dataclass(frozen=True, slots=True)
class Transcription:
    """What looks for captions and makes them from the sound."""

    gate: TranscriptionGate
    chain: CaptionChain
    settler: CaptionSettler
    transcriber: Transcriber | None
    transcripts: Transcripts
    by_hand: TranscriptsByHand
    steps: TranscriptSteps
    turns: TranscriptTurns
    estimates: TranscriptionEstimates
    status: TranscriptionStatus
    showing: VideoTranscripts
    sounds: YtDlpSoundSource
    folders: SoundFolders
    is_automatic: bool

    @property
    def begin_for_copy(self) -> MakeCaptions | None:
        """Begins captions of a copy, where they are made by themselves."""
        return self.transcripts.begin_for_copy if self.is_automatic else None

    async def close(self) -> None:
        """End processes, close connections, remove folders."""
        self.sounds.close()
        if self.transcriber is not None:
            await self.transcriber.close()
        await self.folders.close()


async def open_transcription(
    settings: Settings, database: Database, queue: JobQueue, limiter: LaneLimiter
) -> Transcription:
    """Make everything that looks for captions.

    Args:
        settings: From the environment.
        database: Migrated.
        queue: Where the steps are.
        limiter: Of the lanes.
    """
    terms = TranscriptionTerms.of(settings)
    gate = TranscriptionGate(limiter, terms)
    estimates = TranscriptionEstimates(terms)
    settler = CaptionSettler(queue)
    transcriber = _transcriber(settings)
    transcripts = Transcripts(
        queue=queue,
        gate=gate,
        settler=settler,
        terms=terms,
        wait_seconds=settings.transcription_wait_seconds,
    )
    chain = CaptionChain(_providers(settings, queue, transcripts), settler)
    folders = SoundFolders(settings.data_dir)
    await folders.remove_leftovers()
    async with database.write() as unit:
        await gate.begin(unit)
        await transcripts.look_again(unit)
    sounds = _sounds(settings)
    return Transcription(
        gate=gate,
        chain=chain,
        settler=settler,
        transcriber=transcriber,
        transcripts=transcripts,
        by_hand=TranscriptsByHand(
            queue=queue,
            gate=gate,
            settler=settler,
            is_on=terms.is_on,
            time_scale=settings.pacing_scale,
        ),
        steps=TranscriptSteps(
            database=database,
            queue=queue,
            gate=gate,
            chain=chain,
            settler=settler,
            transcripts=transcripts,
            sounds=sounds,
            cutter=PyAvSoundCutter(),
            folders=folders,
            transcriber=transcriber,
            plan=_plan(settings),
        ),
        turns=TranscriptTurns(queue=queue, gate=gate, transcripts=transcripts, is_on=terms.is_on),
        estimates=estimates,
        status=TranscriptionStatus(terms, gate, estimates),
        showing=VideoTranscripts(gate=gate, estimates=estimates, is_on=terms.is_on),
        sounds=sounds,
        folders=folders,
        is_automatic=terms.is_automatic,
    )


def _plan(settings: Settings) -> CutPlan:
    caps = (settings.transcription_daily_minutes, settings.transcription_monthly_minutes)
    # A part that is longer than a cap would never be sent.
    most = min((minutes * 60.0 * _PART_OF_CAP for minutes in caps if minutes), default=math.inf)
    return CutPlan(part_seconds=min(settings.transcription_part_seconds, most))


def _sounds(settings: Settings) -> YtDlpSoundSource:
    return YtDlpSoundSource(
        gateway=settings.youtube_gateway,
        proxy=settings.youtube_proxy,
        threads=1,
        max_bytes=settings.sound_max_bytes,
        deadline_scale=settings.pacing_scale,
    )


def _providers(
    settings: Settings, queue: JobQueue, transcripts: Transcripts
) -> dict[ProviderName, CaptionProvider]:
    known: dict[ProviderName, CaptionProvider] = {
        ProviderName.YOUTUBE_MANUAL: YouTubeTracks(queue, is_manual=True),
        ProviderName.YOUTUBE_AUTO: YouTubeTracks(queue, is_manual=False),
        ProviderName.WHISPER: transcripts,
    }
    return {name: known[name] for name in map(ProviderName, settings.provider_order)}


def _transcriber(settings: Settings) -> Transcriber | None:
    match settings.transcriber:
        case "groq":
            key = settings.groq_api_key.get_secret_value() if settings.groq_api_key else ""
            http = GroqHttp(settings.groq_base_url, key, deadline_scale=settings.pacing_scale)
            return GroqTranscriber(http, settings.groq_model)
        case "local":
            return LocalTranscriber(settings.whisper_model)
    return None
