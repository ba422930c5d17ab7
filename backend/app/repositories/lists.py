"""Questions about lists."""

from dataclasses import dataclass

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Follow, PlaylistRead, Video, VideoList
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


async def hold_of_import(session: AsyncSession, import_id: str) -> None:
    """Lock the lists that an import made, and those into which it still reads playlists.

    In the order of their ids, so that two who lock several of them never wait in a circle.
    """
    read_into = select(PlaylistRead.list_id).where(PlaylistRead.import_id == import_id)
    await session.execute(
        locked(
            select(VideoList)
            .where(or_(VideoList.made_by_import_id == import_id, VideoList.id.in_(read_into)))
            .order_by(VideoList.id)
        )
    )


async def remove_empty_of_import(session: AsyncSession, import_id: str) -> list[str]:
    """Delete the lists that an import made, unless there is something in them or to come.

    Returns:
        Those that are gone.
    """
    in_use = (
        exists().where(Video.list_id == VideoList.id),
        exists().where(Follow.list_id == VideoList.id),
        exists().where(PlaylistRead.list_id == VideoList.id),
    )
    return list(
        await session.scalars(
            delete(VideoList)
            .where(VideoList.made_by_import_id == import_id, ~or_(*in_use))
            .returning(VideoList.id)
        )
    )


async def rename(session: AsyncSession, list_id: str, name: str) -> None:
    """Give a list another name."""
    await session.execute(update(VideoList).where(VideoList.id == list_id).values(name=name))


async def remove(session: AsyncSession, list_id: str) -> None:
    """Delete a list with its videos."""
    await session.execute(delete(VideoList).where(VideoList.id == list_id))


async def video_count(session: AsyncSession, list_id: str) -> int:
    """The number of videos in a list."""
    return await session.scalar(select(func.count()).where(Video.list_id == list_id)) or 0
