"""How much there is in the whole installation, answered from indexes alone where it may be large."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ImportStage, Video, VideoImport
from app.repositories.dialects import table_of

_VIDEOS = table_of(Video)
_IMPORTS = table_of(VideoImport)
_BY_STAGE = select(_VIDEOS.c.import_stage, func.count()).group_by(_VIDEOS.c.import_stage)
_BY_ERROR = (
    select(_VIDEOS.c.error_code, func.count())
    .where(_VIDEOS.c.import_stage == ImportStage.ERROR.value)
    .group_by(_VIDEOS.c.error_code)
)
_BY_STATE = select(_IMPORTS.c.state, func.count()).group_by(_IMPORTS.c.state)


async def videos_by_stage(session: AsyncSession) -> dict[str, int]:
    """How many videos stand at each stage."""
    return await _counted(session, _BY_STAGE)


async def videos_by_error(session: AsyncSession) -> dict[str, int]:
    """How many videos can't be had, by reason."""
    return await _counted(session, _BY_ERROR)


async def imports_by_state(session: AsyncSession) -> dict[str, int]:
    """How many imports are in each state."""
    return await _counted(session, _BY_STATE)


async def _counted(session: AsyncSession, statement: Select[*tuple[Any, ...]]) -> dict[str, int]:
    rows = await session.execute(statement)
    return {name: count for name, count in rows.all() if name is not None}
