"""Videos: the two-phase import, and what the grid and the video's page show."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, Response

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
from app.schemas.videos import EnrichmentOut, VideoIn, VideoOut, VideoPage
from app.services import video_service
from app.services.enrichment.captions import to_transcript, to_webvtt
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
    responses=documented(413),
    openapi_extra=accepts_files(BatchIn),
)
async def add_batch(
    list_id: str, runtime: RuntimeDep, user_id: AddDep, upload: UploadDep
) -> BatchOut:
    """Add many videos. All are stored and queued in one transaction before the answer."""
    options = upload.options.model_copy(update={"list_id": list_id, "new_list_name": None})
    return await accept_upload(runtime, upload, user_id, options)


@router.get("/lists/{list_id}/videos")
async def list_videos(
    list_id: str,
    runtime: RuntimeDep,
    session: SessionDep,
    user_id: ReadDep,
    limit: LimitDep,
    cursor: CursorQuery = None,
    stage: Annotated[ImportStage | None, Query()] = None,
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
        oldest_first=sort == "oldest",
    )


@router.get("/videos/{video_id}")
async def get_video(
    video_id: str, runtime: RuntimeDep, session: SessionDep, user_id: ReadDep
) -> VideoOut:
    """One video."""
    return runtime.presenter.video(await video_service.own_video(session, video_id, user_id))


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


@router.get("/videos/{video_id}/captions.vtt", response_class=PlainTextResponse)
async def get_webvtt(video_id: str, session: SessionDep, user_id: ReadDep) -> Response:
    """The captions as WebVTT."""
    cues = await video_service.cues_of(session, user_id=user_id, video_id=video_id)
    return Response(to_webvtt(cues), media_type="text/vtt; charset=utf-8")


@router.get("/videos/{video_id}/transcript.txt", response_class=PlainTextResponse)
async def get_transcript(video_id: str, session: SessionDep, user_id: ReadDep) -> Response:
    """The captions as plain text."""
    cues = await video_service.cues_of(session, user_id=user_id, video_id=video_id)
    return Response(to_transcript(cues), media_type="text/plain; charset=utf-8")
