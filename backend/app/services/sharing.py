"""Lists that are shared: with whom, and what is left of that when it ends."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, not_found
from app.models import Access
from app.repositories import imports, lists, shares, users
from app.schemas.lists import ShareCandidateOut, ShareOut, SharesOut
from app.services.lanes import LaneName
from app.services.list_access import list_for, tell_of_lists


async def shares_of(session: AsyncSession, *, user_id: str, list_id: str) -> SharesOut:
    """With whom an own list is shared, and with whom it could be.

    Everybody with an account here may so learn the names of the others.

    Raises:
        VideothekError: ``list_not_found``, ``list_of_other``.
    """
    await list_for(session, list_id, user_id, Access.OWNER)
    return SharesOut(
        shares=[ShareOut.model_validate(row) for row in await shares.of_list(session, list_id)],
        others=[
            ShareCandidateOut(user_id=other_id, username=name)
            for other_id, name in await shares.others(session, list_id, user_id)
        ],
    )


async def share(
    unit: UnitOfWork, *, user_id: str, list_id: str, with_user_id: str, can_edit: bool
) -> None:
    """Share an own list with somebody, or change what they may do.

    Raises:
        VideothekError: ``list_not_found``, ``list_of_other``; ``user_not_found``, also for oneself.
    """
    await list_for(unit.session, list_id, user_id, Access.OWNER, lock=True)
    if with_user_id == user_id or await users.by_id(unit.session, with_user_id) is None:
        raise not_found(ErrorCode.USER_NOT_FOUND)
    now = datetime.now(UTC)
    await shares.put(unit.session, list_id, with_user_id, can_edit=can_edit, now=now)
    if not can_edit:
        await settle(unit, list_id)
    await tell_of_lists(unit, [list_id])


async def end_share(unit: UnitOfWork, *, user_id: str, list_id: str, with_user_id: str) -> None:
    """Share a list with somebody no longer: its owner does so, or whoever it is shared with.

    Raises:
        VideothekError: ``list_not_found``, ``list_of_other``, ``share_not_found``.
    """
    needed = Access.READ if with_user_id == user_id else Access.OWNER
    await list_for(unit.session, list_id, user_id, needed, lock=True)
    if not await withdraw(unit, list_id, with_user_id):
        raise not_found(ErrorCode.SHARE_NOT_FOUND)


async def withdraw(unit: UnitOfWork, list_id: str, user_id: str) -> bool:
    """Take a list away from somebody with whom it is shared.

    Returns:
        False if it was not.
    """
    if not await lists.hold(unit.session, list_id):
        return False
    await tell_of_lists(unit, [list_id])
    if not await shares.remove(unit.session, list_id, user_id):
        return False
    await settle(unit, list_id)
    return True


async def settle(unit: UnitOfWork, list_id: str, video_ids: Sequence[str] | None = None) -> None:
    """Leave those who may not edit a list nothing in it: no import to undo, no playlist, no follow.

    Args:
        unit: A transaction that has locked the list.
        list_id: The list.
        video_ids: Only these came just now; all of them are looked at if not given.
    """
    lost = await shares.settle(unit.session, list_id, video_ids)
    if not lost:
        return
    unit.changes.imports.update(lost)
    unit.changes.lanes.add(LaneName.PLAYLIST)
    concerned = await imports.owners(unit.session, lost)
    ended = await imports.finish_all_done(unit.session, concerned, datetime.now(UTC))
    unit.changes.imports.update(ended)
