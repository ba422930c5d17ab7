"""Which of the indexed videos a search is about: whose they are, and what they are narrowed to."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, exists, func, or_, select

from app.models import SearchDocument, Video, VideoEnrichment, VideoList, VideoTag
from app.repositories.access import may_see


class DocumentOrder(StrEnum):
    """How documents are ordered."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"
    SHORTEST = "shortest"


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Whose videos, and which of them; None does not matter.

    Args:
        user_id: Who may see them.
        list_id: In this list.
        channel: By exactly this channel.
        tag_key: With this tag.
        published_after: On this day or later, in UTC.
        published_before: On this day or earlier.
        min_duration_seconds: At least this long.
        max_duration_seconds: At most this long.
        language: Of the captions, with or without a region.
        captions_source: Where they came from.
    """

    user_id: str
    list_id: str | None = None
    channel: str | None = None
    tag_key: str | None = None
    published_after: date | None = None
    published_before: date | None = None
    min_duration_seconds: int | None = None
    max_duration_seconds: int | None = None
    language: str | None = None
    captions_source: str | None = None


def documents_in(
    scope: SearchScope, *columns: Any, with_videos: bool = False
) -> Select[*tuple[Any, ...]]:
    """Asks columns of the documents of a scope.

    Args:
        scope: Whose, and which of them.
        columns: Of the documents; of their videos too where these are asked for.
        with_videos: Whether the videos are needed; to look each of them up costs as much as the rest.
    """
    statement: Select[*tuple[Any, ...]] = (
        select(*columns)
        .select_from(SearchDocument)
        .join(VideoList, VideoList.id == SearchDocument.list_id)
        .where(may_see(scope.user_id))
    )
    if scope.list_id is not None:
        statement = statement.where(SearchDocument.list_id == scope.list_id)
    of_video = _of_video(scope)
    if with_videos or of_video:
        statement = statement.join(Video, Video.id == SearchDocument.video_id).where(*of_video)
    if scope.language or scope.captions_source:
        statement = statement.join(
            VideoEnrichment, VideoEnrichment.video_id == SearchDocument.video_id
        )
        statement = statement.where(*_of_enrichment(scope))
    return statement


def ordered(order: DocumentOrder) -> tuple[UnaryExpression[Any], ...]:
    """What to order documents by; what was indexed last is first among equals."""
    last_first = SearchDocument.number.desc()
    orders: dict[DocumentOrder, tuple[UnaryExpression[Any], ...]] = {
        DocumentOrder.NEWEST: (Video.published_at.desc().nulls_last(),),
        DocumentOrder.OLDEST: (Video.published_at.asc().nulls_last(),),
        DocumentOrder.LONGEST: (func.coalesce(Video.duration_seconds, 0).desc(),),
        DocumentOrder.SHORTEST: (func.coalesce(Video.duration_seconds, 2**31 - 1).asc(),),
    }
    return (*orders[order], last_first)


def _of_video(scope: SearchScope) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if scope.channel is not None:
        conditions.append(Video.channel == scope.channel)
    if scope.tag_key is not None:
        conditions.append(
            exists().where(VideoTag.video_id == Video.id, VideoTag.key == scope.tag_key)
        )
    if scope.published_after is not None:
        conditions.append(Video.published_at >= _begin(scope.published_after))
    if scope.published_before is not None:
        conditions.append(Video.published_at <= _end(scope.published_before))
    if scope.min_duration_seconds is not None:
        conditions.append(Video.duration_seconds >= scope.min_duration_seconds)
    if scope.max_duration_seconds is not None:
        conditions.append(Video.duration_seconds <= scope.max_duration_seconds)
    return conditions


def _of_enrichment(scope: SearchScope) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if scope.captions_source is not None:
        conditions.append(VideoEnrichment.captions_source == scope.captions_source)
    if scope.language is not None:
        code = func.lower(VideoEnrichment.language)
        wanted = scope.language.lower()
        conditions.append(or_(code == wanted, code.startswith(f"{wanted}-", autoescape=True)))
    return conditions


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)
