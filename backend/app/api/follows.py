"""Lists that follow a playlist or channel."""

from fastapi import APIRouter

from app.api.dependencies import ChangeDep, RuntimeDep, UnitDep
from app.api.errors import documented
from app.schemas.follows import FollowIn, FollowOut

router = APIRouter(
    prefix="/lists/{list_id}/follow", tags=["lists"], responses=documented(401, 403, 404, 422)
)


@router.put("")
async def follow(
    list_id: str, body: FollowIn, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> FollowOut:
    """Let a list follow a playlist or channel: what is new there is added by itself.

    A list follows one; another address replaces it, another interval only changes that.
    """
    raise NotImplementedError


@router.post("/check", status_code=202)
async def check_now(
    list_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> FollowOut:
    """Look now, not only when it is time."""
    raise NotImplementedError


@router.delete("", status_code=204)
async def unfollow(list_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep) -> None:
    """Follow it no longer. The videos stay."""
    raise NotImplementedError
