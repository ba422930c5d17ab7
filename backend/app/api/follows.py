"""Lists that follow a playlist or channel."""

from fastapi import APIRouter

from app.api.dependencies import ChangeDep, UnitDep
from app.api.errors import documented
from app.schemas.follows import FollowIn, FollowOut
from app.services.playlists import follow_service

router = APIRouter(
    prefix="/lists/{list_id}/follow", tags=["lists"], responses=documented(401, 403, 404, 422)
)


@router.put("")
async def follow(list_id: str, body: FollowIn, unit: UnitDep, user_id: ChangeDep) -> FollowOut:
    """Let a list follow a playlist or channel: what is new there is added by itself.

    A list follows one; another address replaces it, another interval only changes that.
    """
    return await follow_service.follow(unit, user_id=user_id, list_id=list_id, wanted=body)


@router.post("/check", status_code=202)
async def check_now(list_id: str, unit: UnitDep, user_id: ChangeDep) -> FollowOut:
    """Look now, not only when it is time."""
    return await follow_service.check_now(unit, user_id=user_id, list_id=list_id)


@router.delete("", status_code=204)
async def unfollow(list_id: str, unit: UnitDep, user_id: ChangeDep) -> None:
    """Follow it no longer. The videos stay."""
    await follow_service.unfollow(unit, user_id=user_id, list_id=list_id)
