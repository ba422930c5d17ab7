"""Puts the parts of one process together, without a web server and without workers."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from app.adapters.change_feed import ChangeFeed
from app.adapters.embedded_queue import EmbeddedJobQueue
from app.adapters.file_watch import FileWatch
from app.adapters.procrastinate_queue import ProcrastinateJobQueue
from app.adapters.youtube_http import (
    OembedTitles,
    TimedtextCaptions,
    YouTubeHttp,
    YouTubeThumbnails,
)
from app.adapters.ytdlp_client import YtDlpExtractor
from app.adapters.ytdlp_playlists import YtDlpPlaylistReader
from app.core.database import DATABASE_AWAY, Database
from app.core.settings import Settings
from app.migrations.runner import migrate
from app.repositories import lanes as lane_rows
from app.runtime.doors import open_doors
from app.runtime.load import Load, open_load
from app.runtime.metrics import Metrics, open_metrics
from app.runtime.transcription import Transcription, open_transcription
from app.services.accounts.keys import InstallationSecrets, load_secrets
from app.services.accounts.other_doors import OtherDoors
from app.services.auth_service import AuthService
from app.services.enrichment.enrichment_service import EnrichmentService
from app.services.enrichment.reuse import ReuseService
from app.services.import_control import ImportControl
from app.services.import_estimates import ImportEstimates
from app.services.import_service import ImportService
from app.services.job_queue import JobQueue
from app.services.lanes import LANE_PACING, LaneLimiter
from app.services.metrics.meter import Meter
from app.services.playlists.checks import FollowChecks
from app.services.playlists.read_queue import ReadQueue
from app.services.playlists.reading import ImportReads
from app.services.presenting import VideoPresenter
from app.services.progress import ProgressHub
from app.services.rate_limiter import PacerState
from app.services.storage_health import StorageHealth
from app.services.thumbnails import ThumbnailService
from app.services.token_service import TokenService

_LOOK_SECONDS = 1.0


class _Library(NamedTuple):
    database: Database
    keys: InstallationSecrets
    auth: AuthService
    queue: EmbeddedJobQueue | ProcrastinateJobQueue


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything a process works with."""

    settings: Settings
    database: Database
    queue: JobQueue
    limiter: LaneLimiter
    auth: AuthService
    doors: OtherDoors
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
    feed: ChangeFeed | FileWatch
    metrics: Metrics
    storage_health: StorageHealth
    http: YouTubeHttp
    extractor: YtDlpExtractor
    load: Load

    async def close(self) -> None:
        """Close connections and threads."""
        self.extractor.close()
        await self.transcription.close()
        await self.tokens.close()
        await self.doors.close()
        self.playlist_reader.close()
        await self.http.close()
        await self.metrics.close()
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
    database, keys, auth, queue = await _open_library_patiently(settings)
    meter = Meter()
    limiter = LaneLimiter(database, settings.pacing_scale, meter)
    transcription = await open_transcription(settings, database, queue, limiter)
    import_service = ImportService(
        queue=queue,
        estimates=ImportEstimates(limiter, settings.pacing_scale),
        transcription=transcription.estimates,
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
    reads = ReadQueue(queue.worker_id)
    storage_health = StorageHealth(database)
    scale = settings.pacing_scale
    return Runtime(
        settings=settings,
        database=database,
        queue=queue,
        limiter=limiter,
        auth=auth,
        doors=open_doors(settings, database, keys, auth),
        tokens=TokenService(database),
        import_service=import_service,
        import_control=ImportControl(queue=queue, import_service=import_service),
        enrichment=EnrichmentService(
            database=database,
            queue=queue,
            titles=OembedTitles(http),
            extractor=extractor,
            captions=TimedtextCaptions(http),
            chain=transcription.chain,
            settler=transcription.settler,
        ),
        transcription=transcription,
        reuse=ReuseService(
            database=database,
            queue=queue,
            time_scale=settings.pacing_scale,
            make_captions=transcription.begin_for_copy,
        ),
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
        feed=FileWatch(database) if database.is_sqlite else ChangeFeed(database),
        metrics=open_metrics(database, limiter, meter, storage_health),
        storage_health=storage_health,
        http=http,
        extractor=extractor,
        load=open_load(settings),
    )


async def _open_library_patiently(settings: Settings) -> _Library:
    """A server that was there a moment ago may be restarting by now: whoever begins waits for it."""
    loop = asyncio.get_running_loop()
    until = loop.time() + settings.database_wait_seconds
    while True:
        try:
            return await _open_library(settings)
        except DATABASE_AWAY:
            if loop.time() > until or settings.resolved_database_url.startswith("sqlite"):
                raise
        await asyncio.sleep(_LOOK_SECONDS)


async def _open_library(settings: Settings) -> _Library:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    await migrate(settings.resolved_database_url)
    database = Database(settings.resolved_database_url)
    try:
        keys = await load_secrets(database)
        auth = AuthService(keys, settings, database)
        async with database.write() as unit:
            await auth.ensure_owner(unit)
            await lane_rows.ensure(unit.session, list(LANE_PACING), PacerState().to_dict())
        queue = await open_queue(database, settings.data_dir)
    except BaseException:
        await database.close()
        raise
    return _Library(database, keys, auth, queue)


async def open_queue(
    database: Database, data_dir: Path
) -> EmbeddedJobQueue | ProcrastinateJobQueue:
    """The queue that belongs to this kind of database.

    Args:
        database: Migrated.
        data_dir: Where processes of this host know each other.
    """
    if database.is_sqlite:
        return EmbeddedJobQueue(database, data_dir)
    return await ProcrastinateJobQueue.open(database, data_dir)
