"""Videos and what was found for them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.core.errors import ErrorCode
from app.models import CaptionsSource, ChaptersSource, ImportStage
from app.schemas.common import ApiModel
from app.schemas.tags import TagNames
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
    tags: list[str] = Field(description="A person's own words for it, in alphabetical order.")
    position_seconds: float | None = Field(
        description="Where a person stopped watching; null at the beginning and after the end."
    )


class VideoDetailOut(VideoOut):
    """A video on a page of its own."""

    note: str | None


MAX_NOTE_LENGTH = 20_000


class VideoChangeIn(ApiModel):
    """What a person says of a video; what is left out stays as it is."""

    note: Annotated[str, Field(max_length=MAX_NOTE_LENGTH)] | None = Field(
        default=None, description="Empty removes it."
    )
    tags: TagNames | None = None


class PositionIn(ApiModel):
    """Where a person is in a video; null forgets it."""

    position_seconds: Annotated[float, Field(ge=0, le=10_000_000)] | None


class NeighboursOut(ApiModel):
    """The videos beside one in its list, newest first."""

    previous: VideoOut | None = Field(description="The next newer one.")
    next: VideoOut | None = Field(description="The next older one.")


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
RowId = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]


class VideosIn(ApiModel):
    """Many videos; those that are not there, or somebody else's, are passed over."""

    video_ids: list[RowId] = Field(max_length=MAX_VIDEOS_AT_ONCE)


class MoveIn(VideosIn):
    """Many videos, and the list they go to."""

    list_id: RowId


class TagVideosIn(VideosIn):
    """Many videos, and what is added to or taken from their tags."""

    add: TagNames = Field(default_factory=list)
    remove: TagNames = Field(default_factory=list)


class TaggedOut(ApiModel):
    """How many videos were tagged."""

    tagged: int


class CopiedOut(ApiModel):
    """How many videos were copied."""

    copied: int
    already_there: int


class TranscriptFormat(StrEnum):
    """What captions are written as."""

    VTT = "vtt"
    SRT = "srt"
    TXT = "txt"
    MD = "md"
    JSON = "json"


class TranscriptsIn(VideosIn):
    """Many videos, and what their captions are written as."""

    format: TranscriptFormat


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
