"""Imports and their lines."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.core.errors import ErrorCode, ReasonCode
from app.models import CaptionsSource, ImportStage, ImportState, ItemOutcome, Verdict
from app.schemas.common import ApiModel, ToldModel
from app.schemas.transcription import ImportTranscriptionOut
from app.schemas.videos import VideoOut


class BatchIn(ApiModel):
    """Many links: either running text, or one link per element."""

    text: str | None = None
    urls: list[str] | None = None


class CountsOut(ApiModel):
    """How many input lines turned out to be what; adds up to the input.

    The videos of playlists count too, as soon as they are read.
    """

    new: int = 0
    duplicate: int = 0
    repeated: int = 0
    rejected: int = 0
    playlist: int = 0


class BatchOut(ApiModel):
    """An accepted import and the first page of its new videos."""

    import_id: str
    counts: CountsOut
    videos: list[VideoOut]


class PlaylistsOut(ApiModel):
    """An import's playlists and channels by what became of reading them.

    ``found`` counts the videos that were read from them so far; ``expected`` is what those that are
    being read say of themselves, together with what was found in the others.
    """

    read: int = 0
    waiting: int = 0
    unavailable: int = 0
    stopped: int = 0
    found: int = 0
    expected: int = 0


class SummaryOut(ApiModel):
    """What became of an import's new videos.

    ``waiting`` ones are not over yet; of these, ``later`` ones wait for a time of their own (a
    premiere, the end of a live stream, the next attempt after many failures) and hold nothing up, and
    ``stopped`` ones were left when their import was cancelled. The rest is under way.
    ``playlists`` count apart: their videos are not known before they are read.
    """

    total: int
    imported: int
    without_captions: int
    unavailable: dict[ErrorCode, int]
    waiting: int
    later: int
    stopped: int
    playlists: PlaylistsOut
    transcription: ImportTranscriptionOut | None = Field(
        default=None, description="Null where no captions are made from the sound."
    )


class ImportOut(ToldModel):
    """An import and how far it has come."""

    id: str
    list_id: str | None
    list_count: int
    label: str | None = Field(description="The file it was read from, or the playlist it follows.")
    state: ImportState
    created_at: datetime
    finished_at: datetime | None
    undo_until: datetime | None = Field(description="Until when it can be undone, if it still can.")
    counts: CountsOut
    progress_percent: float = Field(ge=0, le=100)
    eta_seconds: float | None = Field(
        description="Not known while a playlist is still to be read: it may bring any number of videos."
    )
    summary: SummaryOut


class ImportPage(ApiModel):
    """One page of imports, newest first."""

    items: list[ImportOut]
    next_cursor: str | None
    total: int


class ItemVideoOut(ApiModel):
    """The video of an input line, as far as a list of lines shows it."""

    id: str
    list_id: str
    title: str | None
    channel: str | None
    thumbnail_url: str
    import_stage: ImportStage
    import_progress: int = Field(ge=0, le=100, description="percent")
    error_code: ErrorCode | None
    captions_source: CaptionsSource | None


class ItemPlaylistOut(ApiModel):
    """The playlist or channel of an input line, as far as it was read.

    ``expected`` is what it says of itself, which also counts what nobody can see.
    """

    title: str | None
    found: int
    expected: int | None


class ImportItemOut(ApiModel):
    """One line of the input, its verdict, and what became of it.

    The videos of a playlist are lines of their own: ``parent_item_id`` is the line that links to it,
    and ``line`` counts their places in the playlist.
    """

    id: str
    line: int
    text: str
    youtube_id: str | None
    verdict: Verdict
    reason_code: ReasonCode | None
    video_id: str | None
    parent_item_id: str | None
    outcome: ItemOutcome
    video: ItemVideoOut | None
    playlist: ItemPlaylistOut | None


class OutcomesOut(ApiModel):
    """How many of an import's lines came to what; adds up to the input."""

    imported: int = 0
    without_captions: int = 0
    unavailable: int = 0
    waiting: int = 0
    stopped: int = 0
    removed: int = 0
    duplicate: int = 0
    repeated: int = 0
    rejected: int = 0
    playlist: int = 0


class ImportItemPage(ApiModel):
    """One page of an import's lines, in the order of the input.

    ``total`` counts the lines of the outcome that was asked for, ``outcomes`` those of the import.
    """

    items: list[ImportItemOut]
    next_cursor: str | None
    total: int
    outcomes: OutcomesOut


class CancelIn(ApiModel):
    """What to do with the videos that are not finished."""

    remaining: Literal["keep", "remove"] = "keep"


RetriableOutcome = Literal["unavailable", "without_captions", "waiting", "stopped"]


class RetryFailedIn(ApiModel):
    """Which group of an import's videos to try again."""

    outcome: RetriableOutcome = "unavailable"
