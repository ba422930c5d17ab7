"""Questions about the texts that are indexed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ImportStage, SearchDocument, Video, VideoEnrichment, VideoTag
from app.repositories.dialects import dialect_of, table_of

_VIDEOS = table_of(Video)
_ENRICHMENTS = table_of(VideoEnrichment)
_TAGS = table_of(VideoTag)
_HOLD = (
    select(_VIDEOS.c.id)
    .where(_VIDEOS.c.id == bindparam("this_video"))
    .with_for_update(key_share=True)
)
_TEXTS_OF = (
    select(
        _VIDEOS.c.list_id,
        _VIDEOS.c.import_stage,
        _VIDEOS.c.title,
        _VIDEOS.c.channel,
        _VIDEOS.c.description,
        _VIDEOS.c.note,
        _VIDEOS.c.language,
        _ENRICHMENTS.c.language,
        _ENRICHMENTS.c.cues,
        _ENRICHMENTS.c.chapters,
    )
    .outerjoin_from(_VIDEOS, _ENRICHMENTS, _ENRICHMENTS.c.video_id == _VIDEOS.c.id)
    .where(_VIDEOS.c.id == bindparam("this_video"))
)
_TAGS_OF = (
    select(_TAGS.c.name).where(_TAGS.c.video_id == bindparam("this_video")).order_by(_TAGS.c.key)
)


@dataclass(frozen=True, slots=True)
class VideoTexts:
    """All words of a video.

    Args:
        video_id: The video.
        list_id: Its list.
        is_gone: It could not be had.
        title: None as long as it is unknown.
        channel: Who published it.
        description: The channel's words.
        note: The person's words.
        tags: The person's, in alphabetical order.
        language: Of the captions, as far as it is known.
        cues: `[start_seconds, end_seconds, text]` each.
        chapters: Likewise.
    """

    video_id: str
    list_id: str
    is_gone: bool
    title: str | None
    channel: str | None
    description: str | None
    note: str | None
    tags: Sequence[str]
    language: str | None
    cues: Sequence[Sequence[Any]]
    chapters: Sequence[Sequence[Any]]

    @property
    def is_searched(self) -> bool:
        """The same as `is_searched`, of what was read."""
        return self.is_gone or self.title is not None or self.note is not None or bool(self.tags)


def is_searched() -> ColumnElement[bool]:
    """That a video can be found: it has words, or there will be none, and its id is all that is left."""
    return or_(
        Video.import_stage == ImportStage.ERROR,
        Video.title.is_not(None),
        Video.note.is_not(None),
        exists().where(VideoTag.video_id == Video.id),
    )


async def hold(session: AsyncSession, video_id: str) -> None:
    """Lock a video: of two transactions that index it, the later one sees what the other one wrote.

    SQLite has but one transaction at a time that writes.
    """
    if dialect_of(session) == "postgresql":
        await session.execute(_HOLD, {"this_video": video_id})


async def of_video(session: AsyncSession, video_id: str) -> VideoTexts | None:
    """What there is to be indexed of a video."""
    row = (await session.execute(_TEXTS_OF, {"this_video": video_id})).one_or_none()
    if row is None:
        return None
    list_id, stage, title, channel, description, note, own_language, language, cues, chapters = row
    tags = await session.scalars(_TAGS_OF, {"this_video": video_id})
    return VideoTexts(
        video_id=video_id,
        list_id=list_id,
        is_gone=stage == ImportStage.ERROR,
        title=title,
        channel=channel,
        description=description,
        note=note,
        tags=list(tags),
        language=language or own_language,
        cues=cues or [],
        chapters=chapters or [],
    )


async def searched_after(session: AsyncSession, video_id: str, limit: int) -> list[str]:
    """The next videos that have words, by id."""
    found = (
        select(Video.id).where(Video.id > video_id, is_searched()).order_by(Video.id).limit(limit)
    )
    return list(await session.scalars(found))


async def count_searched(session: AsyncSession) -> int:
    """How many videos have words."""
    searched = select(func.count()).select_from(Video).where(is_searched())
    return await session.scalar(searched) or 0


_NOT_COMPLETE = tuple(stage for stage in ImportStage if stage != ImportStage.COMPLETE)


async def missing(session: AsyncSession, *, also_complete: bool) -> list[str]:
    """Videos that have words but are not indexed.

    Args:
        session: A session.
        also_complete: Look at every video; otherwise only at those that are not complete, which are few.
    """
    found = select(Video.id).where(
        is_searched(), ~exists().where(SearchDocument.video_id == Video.id)
    )
    if not also_complete:
        found = found.where(Video.import_stage.in_(_NOT_COMPLETE))
    return list(await session.scalars(found.order_by(Video.id)))
