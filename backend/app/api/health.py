"""Is this process ready?"""

from typing import Literal

from fastapi import APIRouter

from app.api.dependencies import RuntimeDep
from app.api.errors import documented
from app.core.errors import VideothekError
from app.core.storage import StorageError
from app.schemas.common import ApiModel

router = APIRouter(tags=["health"])


class HealthOut(ApiModel):
    """Ready: the migrations are done, the database answers, and it can be written."""

    status: Literal["ok"] = "ok"


@router.get("/health", responses=documented(503))
async def health(runtime: RuntimeDep) -> HealthOut:
    """200 once the migrations are done, the database answers, and it can be written; else 503."""
    try:
        await runtime.storage_health.check()
    except StorageError as trouble:
        # Whoever sends requests on knows this status as: not to this one, for now.
        raise VideothekError(trouble.code, 503) from trouble
    return HealthOut()
