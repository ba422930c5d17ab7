"""Lists."""

from fastapi import APIRouter

from app.api.dependencies import AccountDep, ChangeDep, RuntimeDep, SeeDep, SessionDep, UnitDep
from app.api.errors import documented
from app.schemas.lists import ListIn, ListOut, MergeIn, ShareIn, SharesOut
from app.schemas.videos import MovedOut
from app.services import list_service, moving, sharing

router = APIRouter(prefix="/lists", tags=["lists"], responses=documented(401, 403, 422))


@router.get("")
async def all_lists(session: SessionDep, user_id: SeeDep) -> list[ListOut]:
    """A person's lists, oldest first."""
    return await list_service.all_lists(session, user_id)


@router.post("", status_code=201)
async def create(body: ListIn, unit: UnitDep, user_id: ChangeDep) -> ListOut:
    """Make an empty list."""
    return await list_service.create_list(unit, user_id=user_id, name=body.name)


@router.patch("/{list_id}", responses=documented(404))
async def rename(list_id: str, body: ListIn, unit: UnitDep, user_id: ChangeDep) -> ListOut:
    """Give a list another name."""
    return await list_service.rename_list(unit, user_id=user_id, list_id=list_id, name=body.name)


@router.delete("/{list_id}", status_code=204, responses=documented(404))
async def delete(list_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep) -> None:
    """Delete a list with its videos."""
    await list_service.delete_list(unit, runtime.queue, user_id=user_id, list_id=list_id)


@router.post("/{list_id}/merge", responses=documented(404))
async def merge(
    list_id: str, body: MergeIn, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> MovedOut:
    """Move all videos of a list into another one, and delete the empty list."""
    return await moving.merge_lists(
        unit, runtime.queue, user_id=user_id, list_id=list_id, into_list_id=body.into_list_id
    )


@router.get("/{list_id}/shares", responses=documented(404))
async def shares(list_id: str, session: SessionDep, user_id: AccountDep) -> SharesOut:
    """With whom an own list is shared, and with whom it could be."""
    return await sharing.shares_of(session, user_id=user_id, list_id=list_id)


@router.put("/{list_id}/shares/{with_user_id}", status_code=204, responses=documented(404))
async def share(
    list_id: str, with_user_id: str, body: ShareIn, unit: UnitDep, user_id: AccountDep
) -> None:
    """Share an own list with somebody, to read or to edit."""
    await sharing.share(
        unit,
        user_id=user_id,
        list_id=list_id,
        with_user_id=with_user_id,
        can_edit=body.can_edit,
    )


@router.delete("/{list_id}/shares/{with_user_id}", status_code=204, responses=documented(404))
async def end_share(list_id: str, with_user_id: str, unit: UnitDep, user_id: AccountDep) -> None:
    """Share an own list with somebody no longer; or leave one that somebody else shares."""
    await sharing.end_share(unit, user_id=user_id, list_id=list_id, with_user_id=with_user_id)
