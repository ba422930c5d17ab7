"""Puts the parts of one process together, without a web server and without workers."""

import math
from dataclasses import dataclass

from app.adapters.embedded_queue import EmbeddedJobQueue
from app.adapters.groq_http import GroqHttp
from app.adapters.local_whisper import LocalTranscriber
from app.adapters.sound_cutter import PyAvSoundCutter
from app.adapters.youtube_http import (
    OembedTitles,
    TimedtextCaptions,
    YouTubeHttp,
    YouTubeThumbnails,
)
from app.adapters.ytdlp_client import YtDlpExtractor
from app.adapters.ytdlp_playlists import YtDlpPlaylistReader
from app.adapters.ytdlp_sound import YtDlpSoundSource
from app.core.database import Database
from app.core.settings import Settings
from app.migrations.runner import migrate
from app.repositories import lanes as lane_rows
from app.services.auth_service import AuthService, load_secrets
from app.services.enrichment.enrichment_service import EnrichmentService
from app.services.enrichment.groq_transcriber import GroqTranscriber
from app.services.enrichment.providers import (
    CaptionChain,
    CaptionProvider,
    ProviderName,
    YouTubeTracks,
)
from app.services.enrichment.reuse import ReuseService
from app.services.enrichment.settling import CaptionSettler
from app.services.import_control import ImportControl
from app.services.import_estimates import ImportEstimates
from app.services.import_service import ImportService
from app.services.job_queue import JobQueue
from app.services.lanes import LANE_PACING, LaneLimiter
from app.services.playlists.checks import FollowChecks
from app.services.playlists.read_queue import ReadQueue
from app.services.playlists.reading import ImportReads
from app.services.presenting import VideoPresenter
from app.services.progress import ProgressHub
from app.services.rate_limiter import PacerState
from app.services.thumbnails import ThumbnailService
from app.services.token_service import TokenService
from app.services.transcription.by_hand import TranscriptsByHand
from app.services.transcription.folders import SoundFolders
from app.services.transcription.gate import TranscriptionGate
from app.services.transcription.ports import CutPlan, Transcriber
from app.services.transcription.steps import TranscriptSteps
from app.services.transcription.terms import TranscriptionTerms
from app.services.transcription.transcripts import Transcripts, TranscriptSettings
from app.services.transcription.turns import TranscriptTurns


@dataclass(frozen=True, slots=True)
class Transcription:
    """What makes captions from the sound."""

    transcriber: Transcriber | None
    gate: TranscriptionGate
    transcripts: Transcripts
    by_hand: TranscriptsByHand
    steps: TranscriptSteps
    turns: TranscriptTurns
    sounds: YtDlpSoundSource
    folders: SoundFolders

    async def close(self) -> None:
        """End processes, close connections, remove folders."""
        self.sounds.close()
        if self.transcriber is not None:
            await self.transcriber.close()
        await self.folders.close()


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything a process works with."""

    settings: Settings
    database: Database
    queue: JobQueue
    limiter: LaneLimiter
    auth: AuthService
    tokens: TokenService
    import_service: ImportService
    import_control: ImportControl
    enrichment: EnrichmentService
    transcription: Transcription
    reuse: ReuseService
    reads: ReadQueue
    import_reads: ImportReads
    follow_checks: FollowChecks
    playlist_reader: YtDlpPlaylistReader
    presenter: VideoPresenter
    thumbnails: ThumbnailService
    hub: ProgressHub
    http: YouTubeHttp
    extractor: YtDlpExtractor

    async def close(self) -> None:
        """Close connections and threads."""
        self.extractor.close()
        await self.transcription.close()
        await self.tokens.close()
        self.playlist_reader.close()
        await self.http.close()
        await self.database.close()


async def open_runtime(
    settings: Settings, *, extraction_threads: int, playlist_threads: int
) -> Runtime:
    """Migrate the database and make everything that works on it.

    Args:
        settings: From the environment.
        extraction_threads: Extractions at once.
        playlist_threads: Playlists at once.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    await migrate(settings.resolved_database_url)
    database = Database(settings.resolved_database_url)
    keys = await load_secrets(database)
    auth = AuthService(keys, settings)
    async with database.write() as unit:
        await auth.ensure_owner(unit)
        await lane_rows.ensure(unit.session, list(LANE_PACING), PacerState().to_dict())
    queue = EmbeddedJobQueue(database, settings.data_dir)
    limiter = LaneLimiter(database, settings.pacing_scale)
    import_service = ImportService(
        queue=queue,
        estimates=ImportEstimates(limiter, settings.pacing_scale),
    )
    presenter = VideoPresenter(keys.thumbnail_key, settings.youtube_gateway)
    http = YouTubeHttp(
        gateway=settings.youtube_gateway,
        proxy=settings.youtube_proxy,
        deadline_scale=settings.pacing_scale,
    )
    extractor = YtDlpExtractor(
        gateway=settings.youtube_gateway,
        proxy=settings.youtube_proxy,
        player_clients=settings.player_clients,
        wanted_languages=settings.wanted_languages,
        threads=extraction_threads,
        deadline_scale=settings.pacing_scale,
    )
    settler = CaptionSettler(queue)
    gate = TranscriptionGate(limiter, TranscriptionTerms.of(settings))
    transcripts = Transcripts(
        queue=queue, gate=gate, settler=settler, settings=_transcript_settings(settings)
    )
    chain = CaptionChain(_providers(settings, queue, transcripts), settler)
    transcription = await _open_transcription(
        settings,
        database=database,
        queue=queue,
        gate=gate,
        chain=chain,
        settler=settler,
        transcripts=transcripts,
    )
    reads = ReadQueue(queue.worker_id)
    scale = settings.pacing_scale
    return Runtime(
        settings=settings,
        database=database,
        queue=queue,
        limiter=limiter,
        auth=auth,
        tokens=TokenService(database),
        import_service=import_service,
        import_control=ImportControl(queue=queue, import_service=import_service),
        enrichment=EnrichmentService(
            database=database,
            queue=queue,
            titles=OembedTitles(http),
            extractor=extractor,
            captions=TimedtextCaptions(http),
            chain=chain,
            settler=settler,
        ),
        transcription=transcription,
        reuse=ReuseService(database=database, queue=queue, time_scale=settings.pacing_scale),
        reads=reads,
        import_reads=ImportReads(queue=queue, reads=reads, time_scale=scale),
        follow_checks=FollowChecks(queue=queue, reads=reads, time_scale=scale),
        playlist_reader=YtDlpPlaylistReader(
            gateway=settings.youtube_gateway,
            proxy=settings.youtube_proxy,
            threads=playlist_threads,
            deadline_scale=scale,
        ),
        presenter=presenter,
        thumbnails=ThumbnailService(
            source=YouTubeThumbnails(http),
            limiter=limiter,
            directory=settings.data_dir / "thumbnails",
            key=keys.thumbnail_key,
        ),
        hub=ProgressHub(
            database=database,
            presenter=presenter,
            import_service=import_service,
            limiter=limiter,
        ),
        http=http,
        extractor=extractor,
    )


def _transcript_settings(settings: Settings) -> TranscriptSettings:
    minutes = settings.transcription_max_minutes
    return TranscriptSettings(
        is_on=settings.transcriber != "off",
        max_seconds=minutes * 60.0 if minutes else math.inf,
        wait_seconds=settings.transcription_wait_seconds,
        time_scale=settings.pacing_scale,
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


async def _open_transcription(
    settings: Settings,
    *,
    database: Database,
    queue: JobQueue,
    gate: TranscriptionGate,
    chain: CaptionChain,
    settler: CaptionSettler,
    transcripts: Transcripts,
) -> Transcription:
    folders = SoundFolders(settings.data_dir)
    await folders.remove_leftovers()
    async with database.write() as unit:
        await gate.begin(unit)
        await transcripts.look_again(unit)
    transcriber = _transcriber(settings)
    sounds = YtDlpSoundSource(
        gateway=settings.youtube_gateway,
        proxy=settings.youtube_proxy,
        threads=1,
        max_bytes=settings.sound_max_bytes,
        deadline_scale=settings.pacing_scale,
    )
    steps = TranscriptSteps(
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
        plan=CutPlan(part_seconds=settings.transcription_part_seconds),
    )
    return Transcription(
        transcriber=transcriber,
        gate=gate,
        transcripts=transcripts,
        by_hand=TranscriptsByHand(queue=queue, is_on=transcriber is not None),
        steps=steps,
        turns=TranscriptTurns(
            queue=queue, gate=gate, transcripts=transcripts, is_on=transcriber is not None
        ),
        sounds=sounds,
        folders=folders,
    )
