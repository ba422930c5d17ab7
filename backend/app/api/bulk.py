"""Many videos at once: remove, try again, move."""

from fastapi import APIRouter

from app.api.dependencies import ChangeDep, RuntimeDep, UnitDep
from app.api.errors import documented
from app.schemas.videos import CopiedOut, MovedOut, MoveIn, RemovedOut, RetriedOut, VideosIn
from app.services import bulk_service, copying, moving

router = APIRouter(prefix="/videos", tags=["videos"], responses=documented(401, 403, 422))


@router.post("/remove")
async def remove(
    body: VideosIn, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> RemovedOut:
    """Remove videos from their lists."""
    removed = await bulk_service.remove_videos(
        unit, runtime.queue, user_id=user_id, video_ids=body.video_ids
    )
    return RemovedOut(removed=removed)


@router.post("/retry", status_code=202)
async def retry(
    body: VideosIn, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> RetriedOut:
    """Try videos again."""
    retried = await bulk_service.retry_videos(
        unit, runtime.queue, user_id=user_id, video_ids=body.video_ids
    )
    return RetriedOut(retried=retried)


@router.post("/move", responses=documented(404))
async def move(body: MoveIn, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep) -> MovedOut:
    """Move videos to another list, with everything found for them."""
    return await moving.move_videos(
        unit, runtime.queue, user_id=user_id, video_ids=body.video_ids, list_id=body.list_id
    )


@router.post("/copy", responses=documented(404))
async def copy(body: MoveIn, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep) -> CopiedOut:
    """Copy videos to another list, with everything found for them; tags and notes go along."""
    return await copying.copy_videos(
        unit,
        runtime.queue,
        user_id=user_id,
        video_ids=body.video_ids,
        list_id=body.list_id,
    )
