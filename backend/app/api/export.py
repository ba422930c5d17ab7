"""The library, to take along."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from app.api.dependencies import ReadDep, RuntimeDep
from app.api.errors import documented

router = APIRouter(tags=["export"], responses=documented(401, 403, 404, 422))


class ExportFormat(StrEnum):
    """What a library can be written as."""

    CSV = "csv"
    JSON = "json"
    TAKEOUT = "takeout"
    HTML = "html"
    ARCHIVE = "archive"


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}},
)
async def export(
    runtime: RuntimeDep,
    user_id: ReadDep,
    format: Annotated[ExportFormat, Query()] = ExportFormat.JSON,  # noqa: A002 - a query's name
    list_id: Annotated[str | None, Query(description="Only this list.")] = None,
) -> StreamingResponse:
    """All lists and their videos. The same file can be imported again."""
    raise NotImplementedError
