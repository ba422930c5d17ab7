"""What the steps of the pipeline write into a video's row."""

import functools
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import ErrorCode
from app.models import STAGE_PROGRESS, TERMINAL_STAGES, ImportStage, Video
from app.repositories import search_index
from app.repositories.dialects import table_of

_VIDEOS = table_of(Video)
_ADVANCE = (
    update(_VIDEOS)
    .where(
        _VIDEOS.c.id == bindparam("this_video"),
        _VIDEOS.c.import_progress < bindparam("progress"),
        _VIDEOS.c.import_stage.not_in([stage.value for stage in TERMINAL_STAGES]),
        # What was stopped stays where it is, also when a step is just being done.
        func.coalesce(_VIDEOS.c.error_code, "") != ErrorCode.IMPORT_CANCELLED.value,
    )
    .values(
        import_progress=bindparam("progress"),
        import_stage=bindparam("stage"),
        error_code=None,
    )
    .returning(_VIDEOS.c.created_at)
)
_WAIT_FOR = (
    update(_VIDEOS)
    .where(
        _VIDEOS.c.id == bindparam("this_video"),
        _VIDEOS.c.import_stage.not_in([stage.value for stage in TERMINAL_STAGES]),
    )
    .values(error_code=bindparam("code", type_=_VIDEOS.c.error_code.type))
    .returning(_VIDEOS.c.id)
)


async def show_progress(session: AsyncSession, video_id: str, percent: int) -> bool:
    """Move a video's progress within the stage it is in, never back.

    Args:
        session: A transaction.
        video_id: A video whose captions are being made.
        percent: Between those of the stages ``metadata`` and ``captions``.

    Returns:
        Whether this moved it.
    """
    result = await session.execute(
        update(Video)
        .where(
            Video.id == video_id,
            Video.import_stage == ImportStage.METADATA,
            Video.import_progress < percent,
        )
        .values(import_progress=percent)
        .returning(Video.id)
    )
    return result.scalar_one_or_none() is not None


async def describe(session: AsyncSession, video_id: str, values: dict[str, Any]) -> None:
    """Store what was learned about a video, never replacing something by nothing."""
    known = {f"new_{name}": value for name, value in values.items() if value is not None}
    if not known:
        return
    is_named = "new_title" in known and await _has_no_title(session, video_id)
    await session.execute(_describe(tuple(known)), {"this_video": video_id, **known})
    if is_named:
        # It may have been indexed for its note or its tags.
        await search_index.set_stale_if_there(session, video_id)


async def _has_no_title(session: AsyncSession, video_id: str) -> bool:
    """Locks it, so that nobody indexes it before it has one."""
    title = select(_VIDEOS.c.title).where(_VIDEOS.c.id == video_id)
    return await session.scalar(title.with_for_update(key_share=True)) is None


@functools.cache
def _describe(parameters: tuple[str, ...]) -> Update:
    columns = {parameter: _VIDEOS.c[parameter.removeprefix("new_")] for parameter in parameters}
    return (
        update(_VIDEOS)
        .where(_VIDEOS.c.id == bindparam("this_video"))
        .values({column: bindparam(name, type_=column.type) for name, column in columns.items()})
    )


async def wait_for(session: AsyncSession, video_id: str, code: str | None) -> bool:
    """Say what a video that is under way waits for (None: nothing any more).

    Returns:
        Whether it is under way.
    """
    result = await session.execute(_WAIT_FOR, {"this_video": video_id, "code": code})
    return result.scalar_one_or_none() is not None


async def advance(session: AsyncSession, video_id: str, stage: ImportStage) -> datetime | None:
    """Move a video's import to a stage; a replayed job changes nothing.

    Args:
        session: A transaction.
        video_id: The video.
        stage: The stage that is reached.

    Returns:
        When the video was added, if this moved it; else None.
    """
    parameters = {"this_video": video_id, "progress": STAGE_PROGRESS[stage], "stage": stage.value}
    added_at: datetime | None = await session.scalar(_ADVANCE, parameters)
    return added_at


async def fail(session: AsyncSession, video_id: str, code: str) -> bool:
    """End a video's import: the video itself can't be had. Progress stays.

    Returns:
        Whether this ended it.
    """
    result = await session.execute(
        update(Video)
        .where(Video.id == video_id, Video.import_stage.not_in(TERMINAL_STAGES))
        .values(import_stage=ImportStage.ERROR, error_code=code)
        .returning(Video.id)
    )
    return result.scalar_one_or_none() is not None
