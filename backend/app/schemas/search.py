"""Search: what is asked, what is found, and searches that are kept."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from app.models import CaptionsSource
from app.schemas.common import ApiModel
from app.schemas.lists import ListName
from app.schemas.tags import TagName
from app.schemas.videos import VideoOut

MAX_QUERY_LENGTH = 400
MAX_SAVED_SEARCHES = 200


class SearchSort(StrEnum):
    """In what order videos are found."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"
    SHORTEST = "shortest"


class HitKind(StrEnum):
    """What a moment was found in."""

    CAPTIONS = "captions"
    CHAPTER = "chapter"


class TextPart(ApiModel):
    """A piece of text; marked where it is what was searched for."""

    text: str
    marked: bool


class HitOut(ApiModel):
    """A moment: where the match begins, and the words around it."""

    start_seconds: float
    kind: HitKind
    parts: list[TextPart]


class SearchResultOut(ApiModel):
    """A video that was found, and its best moments, the best first."""

    video: VideoOut
    title_parts: list[TextPart]
    channel_parts: list[TextPart]
    description_parts: list[TextPart] | None = Field(
        description="The place in the description, or in your own note, that matches best."
    )
    hits: list[HitOut]
    hit_count: int = Field(description="All moments of this video; `hits` holds the best of them.")


class SearchOut(ApiModel):
    """One page of what was found."""

    results: list[SearchResultOut]
    next_cursor: str | None
    total: int = Field(description="Videos; where it is not exact, there are at least this many.")
    total_is_exact: bool
    is_relaxed: bool = Field(
        description="No video has all of it: these have the most of what was asked for."
    )


class SearchFilters(ApiModel):
    """What a search is narrowed to; everything that is left out does not matter."""

    list_id: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] | None = None
    channel: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] | None = None
    tag: TagName | None = None
    published_after: date | None = Field(default=None, description="This day or later.")
    published_before: date | None = Field(default=None, description="This day or earlier.")
    min_duration_seconds: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    max_duration_seconds: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    language: Annotated[str, Field(max_length=35, pattern=r"^[^\x00]*$")] | None = Field(
        default=None, description="Of the captions, without its region: de, en."
    )
    captions_source: CaptionsSource | None = None


class ChoiceOut(ApiModel):
    """A value to filter by, and how many videos have it."""

    value: str
    video_count: int


class SearchChoicesOut(ApiModel):
    """What there is to filter by, the most frequent first; at most 200 of each."""

    channels: list[ChoiceOut]
    languages: list[ChoiceOut]
    captions_sources: list[ChoiceOut]
    tags: list[ChoiceOut]


def _no_nul(value: str) -> str:
    return value.replace("\x00", " ")


QueryText = Annotated[str, Field(max_length=MAX_QUERY_LENGTH), AfterValidator(_no_nul)]


class SavedSearchIn(ApiModel):
    """A search to keep under a name."""

    name: ListName
    query: QueryText
    filters: SearchFilters = SearchFilters()
    sort: SearchSort = SearchSort.RELEVANCE


class SavedSearchNameIn(ApiModel):
    """Another name of a search that is kept."""

    name: ListName


class SavedSearchOut(ApiModel):
    """A search that is kept."""

    id: str
    name: str
    query: str
    filters: SearchFilters
    sort: SearchSort
    created_at: datetime
