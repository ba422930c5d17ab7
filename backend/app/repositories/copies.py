"""Copies of videos, made within the database: the captions of thousands stay out of memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ImportStage, Video, VideoEnrichment
from app.repositories.dialects import table_of

_VIDEOS = table_of(Video)
_ENRICHMENTS = table_of(VideoEnrichment)


@dataclass(frozen=True, slots=True)
class Copy:
    """A video that is over, and its copy.

    Args:
        source_id: What is copied.
        video_id: The copy's id.
        created_at: When it came into its list.
    """

    source_id: str
    video_id: str
    created_at: datetime


# Everything that was found. Who brought it, what a person wrote of it and where they stopped is not.
_FOUND = (
    "youtube_id",
    "title",
    "channel",
    "description",
    "duration_seconds",
    "published_at",
    "language",
    "error_code",
    "import_progress",
    "import_stage",
)
_COPY_VIDEOS = insert(_VIDEOS).from_select(
    ["id", "list_id", "created_at", *_FOUND],
    select(
        bindparam("to_video", type_=_VIDEOS.c.id.type),
        bindparam("to_list", type_=_VIDEOS.c.list_id.type),
        bindparam("at", type_=_VIDEOS.c.created_at.type),
        *(_VIDEOS.c[name] for name in _FOUND),
    ).where(_VIDEOS.c.id == bindparam("from_video")),
)

_ENRICHED = (
    "captions_source",
    "captions_pending",
    "language",
    "cues",
    "chapters",
    "chapters_source",
    "last_error_code",
    "log_detail",
    "extracted_at",
)
# What is looked up anew for the source is not looked up for the copy.
_STAGE = case(
    (_VIDEOS.c.import_stage == ImportStage.COMPLETE.value, ImportStage.COMPLETE.value),
    else_=_ENRICHMENTS.c.stage,
)
_COPY_ENRICHMENTS = insert(_ENRICHMENTS).from_select(
    ["video_id", "stage", *_ENRICHED],
    select(
        bindparam("to_video", type_=_ENRICHMENTS.c.video_id.type),
        _STAGE,
        *(_ENRICHMENTS.c[name] for name in _ENRICHED),
    )
    .join(_VIDEOS, _VIDEOS.c.id == _ENRICHMENTS.c.video_id)
    .where(_ENRICHMENTS.c.video_id == bindparam("from_video")),
)


async def add(session: AsyncSession, list_id: str, copies: Sequence[Copy]) -> None:
    """Copy videos that are over into a list that has none of them, with everything found for them."""
    if not copies:
        return
    videos = [
        {
            "from_video": copy.source_id,
            "to_video": copy.video_id,
            "to_list": list_id,
            "at": copy.created_at,
        }
        for copy in copies
    ]
    await session.execute(_COPY_VIDEOS, videos)
    await session.execute(
        _COPY_ENRICHMENTS,
        [{"from_video": copy.source_id, "to_video": copy.video_id} for copy in copies],
    )


async def still_to_get_captions(session: AsyncSession, list_id: str) -> set[str]:
    """The videos of a list that are over, but for captions that are being made."""
    return set(
        await session.scalars(
            select(Video.id)
            .join(VideoEnrichment, VideoEnrichment.video_id == Video.id)
            .where(
                Video.list_id == list_id,
                Video.import_stage == ImportStage.COMPLETE,
                VideoEnrichment.captions_pending,
            )
        )
    )
