"""Pictures with signed addresses: no sign-in needed, and no open fetch proxy."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import FileResponse

from app.api.dependencies import RuntimeDep
from app.api.errors import documented
from app.core.errors import ErrorCode, not_found

router = APIRouter(tags=["thumbnails"], responses=documented(404))

# A picture's address never changes its meaning.
_CACHE = "public, max-age=31536000, immutable"


@router.get("/thumbnails/{youtube_id}.jpg", response_class=FileResponse)
async def get_thumbnail(
    youtube_id: Annotated[str, Path(max_length=20)],
    runtime: RuntimeDep,
    sig: Annotated[str, Query(max_length=64)] = "",
) -> FileResponse:
    """A video's picture; 404 without the right signature."""
    path = await runtime.thumbnails.get(youtube_id, sig)
    if path is None:
        raise not_found(ErrorCode.NOT_FOUND)
    return FileResponse(path, media_type="image/jpeg", headers={"Cache-Control": _CACHE})
