"""Manual retry."""

from fastapi import APIRouter

from app.api.dependencies import ChangeDep, RuntimeDep, UnitDep
from app.api.errors import documented
from app.schemas.videos import RetryOut
from app.services import video_service

router = APIRouter(tags=["videos"], responses=documented(401, 403, 404, 422))


@router.post("/videos/{video_id}/enrichment/retry", status_code=202)
async def retry(video_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep) -> RetryOut:
    """Try a video again, ahead of batches."""
    await video_service.retry_video(unit, runtime.queue, user_id=user_id, video_id=video_id)
    return RetryOut(video_id=video_id)
