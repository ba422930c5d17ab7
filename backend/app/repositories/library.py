"""Questions about a whole library, for taking it along."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Video, VideoList
from app.repositories.access import may_see


@dataclass(frozen=True, slots=True)
class LibraryList:
    """A list of a library."""

    id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LibraryVideo:
    """What is known of a video by itself."""

    youtube_id: str
    title: str | None
    channel: str | None
    duration_seconds: int | None
    published_at: datetime | None
    added_at: datetime


async def lists_of(session: AsyncSession, user_id: str, list_id: str | None) -> list[LibraryList]:
    """A user's own lists, oldest first; or only this one, if they may see it."""
    which = VideoList.user_id == user_id
    if list_id is not None:
        which = and_(VideoList.id == list_id, may_see(user_id))
    rows = await session.execute(
        select(VideoList.id, VideoList.name, VideoList.created_at)
        .where(which)
        .order_by(VideoList.created_at, VideoList.id)
    )
    return [LibraryList(*row) for row in rows]


async def videos_of(
    session: AsyncSession, list_id: str, page_size: int
) -> AsyncIterator[Sequence[LibraryVideo]]:
    """The videos of a list, newest first, page by page, so that memory stays small."""
    statement = (
        select(
            Video.youtube_id,
            Video.title,
            Video.channel,
            Video.duration_seconds,
            Video.published_at,
            Video.created_at,
            Video.id,
        )
        .where(Video.list_id == list_id)
        .order_by(Video.created_at.desc(), Video.id.desc())
        .limit(page_size)
    )
    page = statement
    while True:
        rows = (await session.execute(page)).all()
        if rows:
            yield [LibraryVideo(*row[:-1]) for row in rows]
        if len(rows) < page_size:
            return
        *_, added_at, last_id = rows[-1]
        page = statement.where(tuple_(Video.created_at, Video.id) < tuple_(added_at, last_id))
