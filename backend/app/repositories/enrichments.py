"""Questions about enrichments."""

import functools
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from app.models import VideoEnrichment
from app.repositories.dialects import dialect_of, insert_of, table_of

_ENRICHMENTS = table_of(VideoEnrichment)
_SET_STAGE = (
    update(_ENRICHMENTS)
    .where(_ENRICHMENTS.c.video_id == bindparam("this_video"))
    .values(stage=bindparam("new_stage"))
)


async def full(session: AsyncSession, video_id: str) -> VideoEnrichment | None:
    """Everything found for a video, with its cues and chapters."""
    row: VideoEnrichment | None = await session.scalar(
        select(VideoEnrichment)
        .where(VideoEnrichment.video_id == video_id)
        .options(
            undefer(VideoEnrichment.cues),
            undefer(VideoEnrichment.chapters),
            undefer(VideoEnrichment.caption_track),
        )
        .execution_options(populate_existing=True)
    )
    return row


async def store(session: AsyncSession, video_id: str, values: dict[str, Any]) -> None:
    """Write some members of a video's enrichment, making the row if an old library has none."""
    statement = _store(dialect_of(session), tuple(values))
    await session.execute(statement, {"video_id": video_id, **values})


@functools.cache
def _store(dialect: str, names: tuple[str, ...]) -> Any:
    statement = insert_of(dialect, _ENRICHMENTS)
    return statement.on_conflict_do_update(
        index_elements=["video_id"], set_={name: statement.excluded[name] for name in names}
    )


async def caption_track(session: AsyncSession, video_id: str) -> dict[str, Any] | None:
    """The track that the extraction chose."""
    track: dict[str, Any] | None = await session.scalar(
        select(VideoEnrichment.caption_track).where(VideoEnrichment.video_id == video_id)
    )
    return track


async def set_stage(session: AsyncSession, video_id: str, stage: str) -> None:
    """Say how far the newest round of enrichment has come."""
    await session.execute(_SET_STAGE, {"this_video": video_id, "new_stage": stage})
