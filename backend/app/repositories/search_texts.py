"""Questions about the texts that are indexed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ImportStage, SearchDocument, Video, VideoEnrichment, VideoTag


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
    """Lock a video: of two transactions that index it, the later one sees what the other one wrote."""
    await session.execute(
        select(Video.id).where(Video.id == video_id).with_for_update(key_share=True)
    )


async def of_video(session: AsyncSession, video_id: str) -> VideoTexts | None:
    """What there is to be indexed of a video."""
    result = await session.execute(
        select(
            Video.list_id,
            Video.import_stage,
            Video.title,
            Video.channel,
            Video.description,
            Video.note,
            Video.language,
            VideoEnrichment.language,
            VideoEnrichment.cues,
            VideoEnrichment.chapters,
        )
        .outerjoin(VideoEnrichment, VideoEnrichment.video_id == Video.id)
        .where(Video.id == video_id)
    )
    row = result.one_or_none()
    if row is None:
        return None
    list_id, stage, title, channel, description, note, own_language, language, cues, chapters = row
    tags = await session.scalars(
        select(VideoTag.name).where(VideoTag.video_id == video_id).order_by(VideoTag.key)
    )
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
