"""Videos: the two-phase import, and what the grid and the video's page show."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from app.api.costly import CostlyAddDep
from app.api.dependencies import (
    AddDep,
    ChangeDep,
    CursorQuery,
    LimitDep,
    ReadDep,
    RuntimeDep,
    SessionDep,
    UnitDep,
)
from app.api.errors import documented
from app.api.uploads import UploadDep, accept_upload, accepts_files
from app.models import ImportStage
from app.schemas.imports import BatchIn, BatchOut
from app.schemas.tags import TagName
from app.schemas.videos import (
    EnrichmentOut,
    NeighboursOut,
    PositionIn,
    VideoChangeIn,
    VideoDetailOut,
    VideoIn,
    VideoOut,
    VideoPage,
)
from app.services import tag_service, video_service
from app.services.importing.reading import read_link

router = APIRouter(tags=["videos"], responses=documented(401, 403, 404, 422))


@router.post("/lists/{list_id}/videos", status_code=201, responses=documented(409))
async def add_video(
    list_id: str, body: VideoIn, runtime: RuntimeDep, unit: UnitDep, user_id: AddDep
) -> VideoOut:
    """Add one video. It is stored and queued before the answer; nothing here touches the network."""
    item = read_link(body.url)
    row = await runtime.import_service.add_single(unit, user_id=user_id, list_id=list_id, item=item)
    return runtime.presenter.video(row)


@router.post(
    "/lists/{list_id}/videos/batch",
    status_code=201,
    responses=documented(408, 413, 429, 503),
    openapi_extra=accepts_files(BatchIn),
)
async def add_batch(
    list_id: str, runtime: RuntimeDep, user_id: CostlyAddDep, upload: UploadDep
) -> BatchOut:
    """Add many videos. All are stored and queued in one transaction before the answer."""
    options = upload.options.model_copy(update={"list_id": list_id, "new_list_name": None})
    return await accept_upload(runtime, upload, user_id, options)


@router.get("/lists/{list_id}/videos")
async def list_videos(  # noqa: PLR0917 - a query has many names
    list_id: str,
    runtime: RuntimeDep,
    session: SessionDep,
    user_id: ReadDep,
    limit: LimitDep,
    cursor: CursorQuery = None,
    stage: Annotated[ImportStage | None, Query()] = None,
    tag: Annotated[TagName | None, Query(description="Only videos with this tag.")] = None,
    sort: Annotated[Literal["newest", "oldest"], Query()] = "newest",
) -> VideoPage:
    """One page of a list, newest first."""
    return await video_service.list_page(
        session,
        runtime.presenter,
        user_id=user_id,
        list_id=list_id,
        limit=limit,
        cursor=cursor,
        stage=stage,
        tag=tag,
        oldest_first=sort == "oldest",
    )


@router.get("/videos/{video_id}")
async def get_video(
    video_id: str, runtime: RuntimeDep, session: SessionDep, user_id: ReadDep
) -> VideoDetailOut:
    """One video."""
    return await video_service.detail_of(
        session, runtime.presenter, user_id=user_id, video_id=video_id
    )


@router.patch("/videos/{video_id}")
async def change_video(
    video_id: str, body: VideoChangeIn, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> VideoDetailOut:
    """Set a video's note or tags; what is left out stays as it is."""
    await tag_service.change_video(unit, user_id=user_id, video_id=video_id, change=body)
    return await video_service.detail_of(
        unit.session, runtime.presenter, user_id=user_id, video_id=video_id
    )


@router.put("/videos/{video_id}/position", status_code=204)
async def set_position(video_id: str, body: PositionIn, unit: UnitDep, user_id: ChangeDep) -> None:
    """Remember where a person stopped watching."""
    await video_service.set_position(
        unit, user_id=user_id, video_id=video_id, position_seconds=body.position_seconds
    )


@router.get("/videos/{video_id}/neighbours")
async def get_neighbours(
    video_id: str, runtime: RuntimeDep, session: SessionDep, user_id: ReadDep
) -> NeighboursOut:
    """The videos before and after one in its list."""
    return await video_service.neighbours_of(
        session, runtime.presenter, user_id=user_id, video_id=video_id
    )


@router.delete("/videos/{video_id}", status_code=204)
async def delete_video(
    video_id: str, runtime: RuntimeDep, unit: UnitDep, user_id: ChangeDep
) -> None:
    """Remove a video from its list."""
    await video_service.delete_video(unit, runtime.queue, user_id=user_id, video_id=video_id)


@router.get("/videos/{video_id}/enrichment")
async def get_enrichment(
    video_id: str, runtime: RuntimeDep, session: SessionDep, user_id: ReadDep
) -> EnrichmentOut:
    """Captions and chapters of a video, and where they come from."""
    return await video_service.enrichment_of(
        session, user_id=user_id, video_id=video_id, transcripts=runtime.transcription.showing
    )
