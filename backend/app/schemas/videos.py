"""Videos and what was found for them."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.core.errors import ErrorCode
from app.models import CaptionsSource, ChaptersSource, ImportStage
from app.schemas.common import ApiModel
from app.schemas.transcription import EstimateOut, VideoTranscriptOut


class VideoIn(ApiModel):
    """One link, in any form."""

    url: str = Field(max_length=10_000)


class VideoOut(ApiModel):
    """A tile of the grid."""

    id: str
    list_id: str
    import_id: str | None
    youtube_id: str
    title: str | None
    channel: str | None
    duration_seconds: int | None
    published_at: datetime | None
    created_at: datetime
    thumbnail_url: str
    embed_url: str
    import_stage: ImportStage
    import_progress: int = Field(ge=0, le=100, description="percent")
    error_code: ErrorCode | None
    captions_source: CaptionsSource | None
    captions_pending: bool
    captions_code: ErrorCode | None = Field(
        description="Why there are no captions, or none yet; null while that is not settled."
    )
    language: str | None
    waiting_until: datetime | None = Field(
        description="When it is looked at again: a premiere, a live stream, a pause after failures"
    )


class VideoPage(ApiModel):
    """One page of a list's videos."""

    items: list[VideoOut]
    next_cursor: str | None
    total: int


class CueOut(ApiModel):
    """One caption line."""

    start_seconds: float
    end_seconds: float
    text: str


class ChapterOut(ApiModel):
    """One chapter; the last one ends with the video."""

    start_seconds: float
    end_seconds: float | None
    title: str


class CaptionsOut(ApiModel):
    """The captions of a video."""

    source: CaptionsSource | None
    language: str | None
    cues: list[CueOut]


class EnrichmentOut(ApiModel):
    """What was found for a video, and by whom."""

    stage: ImportStage
    description: str | None
    captions: CaptionsOut
    chapters: list[ChapterOut]
    chapters_source: ChaptersSource | None
    last_error_code: ErrorCode | None
    transcription: VideoTranscriptOut | None
    transcription_estimate: EstimateOut | None = Field(
        description="What captions from the sound would take, where they could be made."
    )


MAX_VIDEOS_AT_ONCE = 10_000

# No id holds NUL, which PostgreSQL can't be asked for.
_RowId = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]


class VideosIn(ApiModel):
    """Many videos; those that are not there, or somebody else's, are passed over."""

    video_ids: list[_RowId] = Field(max_length=MAX_VIDEOS_AT_ONCE)


class MoveIn(VideosIn):
    """Many videos, and the list they go to."""

    list_id: _RowId


class RemovedOut(ApiModel):
    """How many videos were removed."""

    removed: int


class RetriedOut(ApiModel):
    """How many videos are tried again."""

    retried: int


class MovedOut(ApiModel):
    """How many videos were moved; those that the list had already were only removed from theirs."""

    moved: int
    already_there: int


class RetryOut(ApiModel):
    """A retry was accepted."""

    video_id: str
