"""Who may do what: the lists and videos that somebody may see or edit, and who is told of a change."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError, not_found
from app.models import Access, VideoList
from app.repositories import lists, many_videos, shares
from app.repositories.many_videos import ChosenVideo, HeldVideo

_ENOUGH = {
    Access.READ: frozenset(Access),
    Access.EDIT: frozenset({Access.EDIT, Access.OWNER}),
    Access.OWNER: frozenset({Access.OWNER}),
}


async def list_for(
    session: AsyncSession, list_id: str, user_id: str, needed: Access, *, lock: bool = False
) -> VideoList:
    """The list, if this user may do this with it; locked until the transaction ends if asked for.

    Raises:
        VideothekError: ``list_not_found``, also for one that they may not know of;
            ``list_read_only`` and ``list_of_other`` for what they may not do with it.
    """
    found = await lists.visible(session, list_id, user_id, lock=lock)
    if found is None:
        raise not_found(ErrorCode.LIST_NOT_FOUND)
    row, access = found
    if access not in _ENOUGH[needed]:
        is_owners = needed is Access.OWNER
        code = ErrorCode.LIST_OF_OTHER if is_owners else ErrorCode.LIST_READ_ONLY
        raise VideothekError(code, 403)
    return row


async def editable_videos(
    session: AsyncSession, user_id: str, video_ids: Collection[str]
) -> list[ChosenVideo]:
    """Those of these that are there, as far as this user may know; each once.

    Raises:
        VideothekError: ``list_read_only`` if they may see one of them, but not change it.
    """
    found = await many_videos.editable(session, user_id, video_ids)
    await _refuse_read_only(session, user_id, set(video_ids) - {video.id for video in found})
    return found


async def hold_editable_videos(
    session: AsyncSession, user_id: str, video_ids: Collection[str]
) -> list[HeldVideo]:
    """Likewise, and locked by their ids in order."""
    found = await many_videos.hold_editable(session, user_id, video_ids)
    await _refuse_read_only(session, user_id, set(video_ids) - {video.id for video in found})
    return found


async def _refuse_read_only(session: AsyncSession, user_id: str, missing: Collection[str]) -> None:
    if missing and await many_videos.are_any_read_only(session, user_id, missing):
        raise VideothekError(ErrorCode.LIST_READ_ONLY, 403)


async def tell_of_lists(unit: UnitOfWork, list_ids: Collection[str]) -> set[str]:
    """Tell everybody who may see these lists to read them again; before one is deleted.

    Returns:
        Who that is.
    """
    viewers = await shares.viewers(unit.session, list_ids)
    for user_id, list_id in viewers:
        unit.changes.note_list(user_id, list_id)
    return {user_id for user_id, _ in viewers}
