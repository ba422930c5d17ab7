"""Lists."""

from fastapi import APIRouter

from app.api.dependencies import ChangeDep, RuntimeDep, SeeDep, SessionDep, UnitDep
from app.api.errors import documented
from app.schemas.lists import ListIn, ListOut, MergeIn
from app.schemas.videos import MovedOut
from app.services import list_service, moving

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
