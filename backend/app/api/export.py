"""The library, to take along."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from app.api.costly import ReceiverDep
from app.api.dependencies import RuntimeDep
from app.api.errors import documented
from app.services.export.export_service import MEDIA_TYPES, ExportFormat, write_export

router = APIRouter(tags=["export"], responses=documented(401, 403, 404, 422, 429, 503))


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {kind: {"schema": {}} for kind in MEDIA_TYPES}}},
)
async def export(
    runtime: RuntimeDep,
    user_id: ReceiverDep,
    format: Annotated[ExportFormat, Query()] = ExportFormat.JSON,  # noqa: A002 - a query's name
    list_id: Annotated[str | None, Query(description="Only this list.")] = None,
) -> StreamingResponse:
    """All lists and their videos. The same file can be imported again."""
    written = await write_export(
        runtime.database, user_id=user_id, export_format=format, list_id=list_id
    )
    return StreamingResponse(
        written.parts(),
        media_type=written.media_type,
        headers=written.headers,
    )
