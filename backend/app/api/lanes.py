"""Lanes: how fast each upstream lets us go."""

from fastapi import APIRouter

from app.api.dependencies import RuntimeDep, SeeDep, SessionDep
from app.api.errors import documented
from app.schemas.lanes import LaneHistoryOut, LaneOut

router = APIRouter(tags=["lanes"], responses=documented(401, 403))


@router.get("/lanes")
async def get_lanes(runtime: RuntimeDep, session: SessionDep, _user_id: SeeDep) -> list[LaneOut]:
    """Every upstream's state."""
    return await runtime.limiter.overview(session)


@router.get("/lanes/history")
async def get_lane_history(
    runtime: RuntimeDep, session: SessionDep, _user_id: SeeDep
) -> list[LaneHistoryOut]:
    """What every upstream's lane did in the last hour."""
    return await runtime.limiter.last_hour(session)
