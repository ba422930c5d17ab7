"""Questions about lists."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Access, Follow, ListShare, PlaylistRead, User, Video, VideoList
from app.repositories.access import access_of, may_edit, may_see
from app.repositories.dialects import locked


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list with the number of videos in it, and what somebody may do with it.

    Args:
        id: Its id.
        name: Its name.
        video_count: How many videos are in it.
        access: What they may do.
        owner_name: Whose it is.
        share_count: With how many it is shared.
    """

    id: str
    name: str
    video_count: int
    access: str
    owner_name: str
    share_count: int


async def all_of(session: AsyncSession, user_id: str) -> list[ListRow]:
    """The lists that a user may see, oldest first and their own before those of others."""
    rows = await session.execute(
        _rows(user_id).order_by(VideoList.user_id != user_id, VideoList.created_at, VideoList.id)
    )
    return [ListRow(*row) for row in rows]


async def row_of(session: AsyncSession, list_id: str, user_id: str) -> ListRow:
    """A list that a user may see."""
    rows = await session.execute(_rows(user_id).where(VideoList.id == list_id))
    return ListRow(*rows.one())


def _rows(user_id: str) -> Select[*tuple[Any, ...]]:
    videos = select(func.count()).select_from(Video).where(Video.list_id == VideoList.id)
    shares = select(func.count()).select_from(ListShare).where(ListShare.list_id == VideoList.id)
    return (
        select(
            VideoList.id,
            VideoList.name,
            videos.scalar_subquery(),
            access_of(user_id),
            User.username,
            shares.scalar_subquery(),
        )
        .join(User, User.id == VideoList.user_id)
        .where(may_see(user_id))
    )


async def names_of(session: AsyncSession, user_id: str) -> list[tuple[str, str]]:
    """The ids and names of a user's own lists, oldest first."""
    rows = await session.execute(
        select(VideoList.id, VideoList.name)
        .where(VideoList.user_id == user_id)
        .order_by(VideoList.created_at, VideoList.id)
    )
    return [(list_id, name) for list_id, name in rows]


async def visible(
    session: AsyncSession, list_id: str, user_id: str, *, lock: bool = False
) -> tuple[VideoList, Access] | None:
    """The list with what this user may do, if they may see it; locked if asked for."""
    statement = select(VideoList, access_of(user_id)).where(
        VideoList.id == list_id, may_see(user_id)
    )
    row = (await session.execute(locked(statement) if lock else statement)).one_or_none()
    return (row[0], Access(row[1])) if row else None


async def hold(session: AsyncSession, list_id: str) -> bool:
    """Lock a list until the transaction ends; False if it is gone."""
    held = await session.scalar(locked(select(VideoList.id).where(VideoList.id == list_id)))
    return held is not None


async def is_editable(session: AsyncSession, list_id: str, user_id: str) -> bool:
    """Whether somebody may change what is in a list."""
    found = select(VideoList.id).where(VideoList.id == list_id, may_edit(user_id))
    return await session.scalar(found) is not None


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
