"""Questions about lists."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Video, VideoList
from app.repositories.dialects import locked


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list with the number of videos in it."""

    id: str
    name: str
    video_count: int


async def all_of(session: AsyncSession, user_id: str) -> list[ListRow]:
    """A user's lists, oldest first."""
    count = (
        select(func.count())
        .select_from(Video)
        .where(Video.list_id == VideoList.id)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(VideoList.id, VideoList.name, count)
        .where(VideoList.user_id == user_id)
        .order_by(VideoList.created_at, VideoList.id)
    )
    return [ListRow(*row) for row in rows]


async def names_of(session: AsyncSession, user_id: str) -> list[tuple[str, str]]:
    """The ids and names of a user's lists, oldest first."""
    rows = await session.execute(
        select(VideoList.id, VideoList.name)
        .where(VideoList.user_id == user_id)
        .order_by(VideoList.created_at, VideoList.id)
    )
    return [(list_id, name) for list_id, name in rows]


async def owned(
    session: AsyncSession, list_id: str, user_id: str, *, lock: bool = False
) -> VideoList | None:
    """The list, if it is this user's; locked until the transaction ends if asked for."""
    statement = select(VideoList).where(VideoList.id == list_id, VideoList.user_id == user_id)
    if lock:
        statement = locked(statement)
    row: VideoList | None = await session.scalar(statement)
    return row


async def rename(session: AsyncSession, list_id: str, name: str) -> None:
    """Give a list another name."""
    await session.execute(update(VideoList).where(VideoList.id == list_id).values(name=name))


async def remove(session: AsyncSession, list_id: str) -> None:
    """Delete a list with its videos."""
    await session.execute(delete(VideoList).where(VideoList.id == list_id))


async def video_count(session: AsyncSession, list_id: str) -> int:
    """The number of videos in a list."""
    return await session.scalar(select(func.count()).where(Video.list_id == list_id)) or 0
