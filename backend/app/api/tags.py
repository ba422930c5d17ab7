"""Tags: a person's own words for videos."""

from fastapi import APIRouter

from app.api.dependencies import ChangeDep, ReadDep, SessionDep, UnitDep
from app.api.errors import documented
from app.schemas.tags import TagOut
from app.schemas.videos import TaggedOut, TagVideosIn
from app.services import tag_service

router = APIRouter(tags=["tags"], responses=documented(401, 403, 422))


@router.get("/tags")
async def all_tags(session: SessionDep, user_id: ReadDep) -> list[TagOut]:
    """The tags of a person's videos, in alphabetical order."""
    return await tag_service.all_tags(session, user_id)


@router.post("/videos/tag")
async def tag_videos(body: TagVideosIn, unit: UnitDep, user_id: ChangeDep) -> TaggedOut:
    """Add tags to many videos, or take them away."""
    return await tag_service.tag_videos(unit, user_id=user_id, change=body)
