"""Turns rows into what the API shows of a video."""

from datetime import datetime

from app.core.errors import ErrorCode
from app.core.security import sign_thumbnail
from app.models import TERMINAL_STAGES, CaptionsSource, ImportStage
from app.repositories.videos import VideoRow
from app.schemas.progress import VideoProgress
from app.schemas.videos import VideoOut

_YOUTUBE_EMBED_BASE = "https://www.youtube-nocookie.com"


def embed_base(gateway: str) -> str:
    """Where the player's frame comes from.

    Args:
        gateway: The stand-in's address, or empty for the real YouTube.
    """
    return gateway or _YOUTUBE_EMBED_BASE


class VideoPresenter:
    """Knows how pictures are signed and where the player's frame comes from.

    Args:
        thumbnail_key: Signs the addresses of pictures.
        gateway: The stand-in's address, or empty for the real YouTube.
    """

    def __init__(self, thumbnail_key: str, gateway: str) -> None:
        self._thumbnail_key = thumbnail_key
        self._embed_base = embed_base(gateway)

    def video(self, row: VideoRow) -> VideoOut:
        """A tile."""
        return VideoOut(
            id=row.id,
            list_id=row.list_id,
            import_id=row.import_id,
            youtube_id=row.youtube_id,
            title=row.title,
            channel=row.channel,
            duration_seconds=row.duration_seconds,
            published_at=row.published_at,
            created_at=row.created_at,
            thumbnail_url=self.thumbnail_url(row.youtube_id),
            embed_url=f"{self._embed_base}/embed/{row.youtube_id}",
            import_stage=ImportStage(row.import_stage),
            import_progress=row.import_progress,
            error_code=_error_code(row.error_code),
            captions_source=_captions_source(row.captions_source),
            captions_pending=row.captions_pending,
            captions_code=_captions_code(row),
            language=row.language,
            waiting_until=_waiting_until(row),
            tags=row.tags,
            position_seconds=row.position_seconds,
        )

    def progress(self, row: VideoRow) -> VideoProgress:
        """What the WebSocket says of a video."""
        return VideoProgress(
            video_id=row.id,
            youtube_id=row.youtube_id,
            list_id=row.list_id,
            stage=ImportStage(row.import_stage),
            progress=row.import_progress,
            error_code=_error_code(row.error_code),
            captions_source=_captions_source(row.captions_source),
            captions_pending=row.captions_pending,
            captions_code=_captions_code(row),
            title=row.title,
            channel=row.channel,
            duration_seconds=row.duration_seconds,
            waiting_until=_waiting_until(row),
        )

    def thumbnail_url(self, youtube_id: str) -> str:
        """The address of a picture; without the right signature it is not served."""
        signature = sign_thumbnail(youtube_id, self._thumbnail_key)
        return f"/api/thumbnails/{youtube_id}.jpg?sig={signature}"


def _waiting_until(row: VideoRow) -> datetime | None:
    """A finished video may wait for better captions, but nobody has to wait for it."""
    return None if row.import_stage in TERMINAL_STAGES else row.next_attempt_at


def _captions_code(row: VideoRow) -> ErrorCode | None:
    """Only once it is settled: before that, and where there are captions, it says something else."""
    is_without = row.captions_source == CaptionsSource.NONE
    return _error_code(row.captions_code) if is_without else None


def _error_code(value: str | None) -> ErrorCode | None:
    return ErrorCode(value) if value else None


def _captions_source(value: str | None) -> CaptionsSource | None:
    return CaptionsSource(value) if value else None
