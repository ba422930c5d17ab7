"""Questions about captions as they are written into files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Video, VideoEnrichment, VideoList
from app.repositories.access import may_see
from app.repositories.dialects import chunks


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A video with its captions and chapters, as they are stored."""

    id: str
    youtube_id: str
    title: str | None
    channel: str | None
    duration_seconds: int | None
    published_at: datetime | None
    captions_source: str | None
    language: str | None
    cues: list[list[Any]] | None
    chapters: list[list[Any]] | None


async def visible(session: AsyncSession, user_id: str, ids: Sequence[str]) -> list[TranscriptRow]:
    """Those of these that are in a list that this user may see, newest first."""
    rows = await session.execute(
        select(
            Video.id,
            Video.youtube_id,
            Video.title,
            Video.channel,
            Video.duration_seconds,
            Video.published_at,
            VideoEnrichment.captions_source,
            VideoEnrichment.language,
            VideoEnrichment.cues,
            VideoEnrichment.chapters,
        )
        .join(VideoList, VideoList.id == Video.list_id)
        .outerjoin(VideoEnrichment, VideoEnrichment.video_id == Video.id)
        .where(Video.id.in_(ids), may_see(user_id))
        .order_by(Video.created_at.desc(), Video.id.desc())
    )
    return [TranscriptRow(*row) for row in rows]


async def visible_with_captions(
    session: AsyncSession, user_id: str, ids: Sequence[str]
) -> list[str]:
    """The ids of those of these that this user may see and that have captions."""
    found: list[str] = []
    for chunk in chunks(list(dict.fromkeys(ids))):
        found += await session.scalars(
            select(Video.id)
            .join(VideoList, VideoList.id == Video.list_id)
            .join(VideoEnrichment, VideoEnrichment.video_id == Video.id)
            .where(
                Video.id.in_(chunk),
                may_see(user_id),
                VideoEnrichment.cues.is_not(None),
            )
            .order_by(Video.created_at.desc(), Video.id.desc())
        )
    return found
