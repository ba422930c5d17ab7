"""Is this process ready?"""

from typing import Literal

from fastapi import APIRouter

from app.api.dependencies import RuntimeDep
from app.api.errors import documented
from app.schemas.common import ApiModel

router = APIRouter(tags=["health"])


class HealthOut(ApiModel):
    """Ready: the migrations are done and the database answers."""

    status: Literal["ok"] = "ok"


@router.get("/health", responses=documented(503))
async def health(runtime: RuntimeDep) -> HealthOut:
    """200 once the migrations are done and the database answers."""
    await runtime.database.ping()
    return HealthOut()
