"""Questions about who shares which lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import (
    Follow,
    ImportItem,
    ListShare,
    PlaylistRead,
    ReadState,
    User,
    Video,
    VideoImport,
    VideoList,
)
from app.repositories.access import editors_of, visible_lists
from app.repositories.dialects import chunks, insert_for, table_of

_SHARES = table_of(ListShare)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Somebody with whom a list is shared."""

    user_id: str
    username: str
    can_edit: bool


async def of_list(session: AsyncSession, list_id: str) -> list[ShareRow]:
    """With whom a list is shared, by name."""
    rows = await session.execute(
        select(User.id, User.username, ListShare.can_edit)
        .join(ListShare, ListShare.user_id == User.id)
        .where(ListShare.list_id == list_id)
        .order_by(func.lower(User.username), User.id)
    )
    return [ShareRow(*row) for row in rows]


async def others(session: AsyncSession, list_id: str, user_id: str) -> list[tuple[str, str]]:
    """The ids and names of those with whom a list could be shared yet."""
    shared = select(ListShare.user_id).where(ListShare.list_id == list_id)
    rows = await session.execute(
        select(User.id, User.username)
        .where(User.id != user_id, User.id.not_in(shared))
        .order_by(func.lower(User.username), User.id)
    )
    return [(other_id, name) for other_id, name in rows]


async def sharers(session: AsyncSession, list_ids: Collection[str]) -> dict[str, list[str]]:
    """With whom lists are shared; those that are shared with nobody are left out."""
    found: dict[str, list[str]] = {}
    for chunk in chunks(list(list_ids)):
        rows = await session.execute(
            select(ListShare.list_id, ListShare.user_id).where(ListShare.list_id.in_(chunk))
        )
        for list_id, user_id in rows:
            found.setdefault(list_id, []).append(user_id)
    return found


async def viewers(session: AsyncSession, list_ids: Collection[str]) -> list[tuple[str, str]]:
    """Everybody who may see one of these lists, each with the list."""
    found: list[tuple[str, str]] = []
    for chunk in chunks(list(list_ids)):
        own = select(VideoList.user_id, VideoList.id).where(VideoList.id.in_(chunk))
        shared = select(ListShare.user_id, ListShare.list_id).where(ListShare.list_id.in_(chunk))
        rows = await session.execute(own.union_all(shared))
        found += [(user_id, list_id) for user_id, list_id in rows]
    return found


async def visible_ids(session: AsyncSession, user_id: str) -> list[str]:
    """All lists that somebody may see."""
    return list(await session.scalars(visible_lists(user_id)))


async def shared_with(session: AsyncSession, user_id: str) -> list[str]:
    """The lists of others that are shared with somebody, in the order of their ids."""
    found = select(ListShare.list_id).where(ListShare.user_id == user_id)
    return list(await session.scalars(found.order_by(ListShare.list_id)))


async def put(
    session: AsyncSession, list_id: str, user_id: str, *, can_edit: bool, now: datetime
) -> None:
    """Share a list with somebody, or change what they may do."""
    row = {"list_id": list_id, "user_id": user_id, "can_edit": can_edit, "created_at": now}
    await session.execute(
        insert_for(session, _SHARES)
        .values(row)
        .on_conflict_do_update(index_elements=["list_id", "user_id"], set_={"can_edit": can_edit})
    )


async def remove(session: AsyncSession, list_id: str, user_id: str) -> bool:
    """Share a list with somebody no longer; False if it was not shared."""
    gone = await session.scalar(
        delete(ListShare)
        .where(ListShare.list_id == list_id, ListShare.user_id == user_id)
        .returning(ListShare.user_id)
    )
    return gone is not None


async def settle(
    session: AsyncSession, list_id: str, video_ids: Sequence[str] | None = None
) -> list[str]:
    """Leave those who may not edit a list nothing by which they could.

    Its videos belong to their imports no longer, so that no undoing takes these away; what they were to
    read into it stops; what they let it follow goes on in its owner's name.

    Args:
        session: A transaction that has locked the list and those videos.
        list_id: The list.
        video_ids: Only these videos may be in question, because they came just now; None if all are.

    Returns:
        The imports that lost something.
    """
    foreign = select(VideoImport.id).where(VideoImport.user_id.not_in(editors_of(list_id)))
    changed: set[str] = set()
    portions: Sequence[ColumnElement[bool]] = [Video.list_id == list_id]
    if video_ids is not None:
        portions = [Video.id.in_(chunk) for chunk in chunks(video_ids)]
    for portion in portions:
        ids = select(Video.import_id).where(portion, Video.import_id.in_(foreign)).distinct()
        lost = [import_id for import_id in await session.scalars(ids) if import_id]
        if lost:
            here = select(Video.id).where(portion, Video.import_id.in_(lost))
            # By their ids in order, like everybody who changes many.
            await session.execute(here.order_by(Video.id).with_for_update(key_share=True))
            await session.execute(
                update(ImportItem)
                .where(ImportItem.import_id.in_(lost), ImportItem.video_id.in_(here))
                .values(video_id=None)
            )
            await session.execute(
                update(Video).where(portion, Video.import_id.in_(lost)).values(import_id=None)
            )
        changed.update(lost)
    stopped: Any = (
        update(PlaylistRead)
        .where(
            PlaylistRead.list_id == list_id,
            PlaylistRead.state == ReadState.WAITING,
            PlaylistRead.import_id.in_(foreign),
        )
        .values(state=ReadState.STOPPED, locked_by=None, locked_until=None)
        .returning(PlaylistRead.import_id)
    )
    changed.update(await session.scalars(stopped))
    await session.execute(
        update(Follow)
        .where(Follow.list_id == list_id, Follow.user_id.not_in(editors_of(list_id)))
        .values(user_id=select(VideoList.user_id).where(VideoList.id == list_id).scalar_subquery())
    )
    return sorted(changed)
