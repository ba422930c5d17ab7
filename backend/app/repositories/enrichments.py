"""Questions about enrichments."""

import functools
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, case, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from app.core.errors import ErrorCode
from app.models import (
    CaptionsSource,
    ImportStage,
    Job,
    JobKind,
    Transcription,
    Video,
    VideoEnrichment,
)
from app.repositories.dialects import chunks, dialect_of, insert_of, table_of

_ENRICHMENTS = table_of(VideoEnrichment)
_SET_STAGE = (
    update(_ENRICHMENTS)
    .where(_ENRICHMENTS.c.video_id == bindparam("this_video"))
    .values(stage=bindparam("new_stage"))
)
_CAPTION_STEPS = select(_ENRICHMENTS.c.caption_track).where(
    _ENRICHMENTS.c.video_id == bindparam("this_video")
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


async def caption_steps(session: AsyncSession, video_id: str) -> list[dict[str, Any]]:
    """What is left to be asked for captions, the one whose turn it is first."""
    steps: list[dict[str, Any]] | dict[str, Any] | None = await session.scalar(
        _CAPTION_STEPS, {"this_video": video_id}
    )
    return [steps] if isinstance(steps, dict) else steps or []


async def sound_track(session: AsyncSession, video_id: str) -> dict[str, Any] | None:
    """Where the sound is, as the last extraction saw it."""
    track: dict[str, Any] | None = await session.scalar(
        select(VideoEnrichment.sound_track).where(VideoEnrichment.video_id == video_id)
    )
    return track


async def has_cues(session: AsyncSession, video_id: str) -> bool:
    """Whether there are captions."""
    found = await session.scalar(
        select(VideoEnrichment.cues.is_not(None)).where(VideoEnrichment.video_id == video_id)
    )
    return bool(found)


async def without_captions(session: AsyncSession, video_ids: Sequence[str]) -> set[str]:
    """Which of these videos have no captions."""
    found: set[str] = set()
    for chunk in chunks(video_ids):
        found |= set(
            await session.scalars(
                select(VideoEnrichment.video_id).where(
                    VideoEnrichment.video_id.in_(chunk), VideoEnrichment.cues.is_(None)
                )
            )
        )
    return found


async def with_captions(session: AsyncSession, youtube_ids: Sequence[str]) -> set[str]:
    """Which of these ids of YouTube's have captions in some list of this installation."""
    found: set[str] = set()
    for chunk in chunks(youtube_ids):
        found |= set(
            await session.scalars(
                select(Video.youtube_id)
                .join(VideoEnrichment, VideoEnrichment.video_id == Video.id)
                .where(
                    Video.youtube_id.in_(chunk),
                    Video.import_stage == ImportStage.COMPLETE,
                    VideoEnrichment.cues.is_not(None),
                )
            )
        )
    return found


async def expect_captions(session: AsyncSession, video_ids: Sequence[str]) -> None:
    """Captions are being made for these finished videos; what kept them from it is forgotten."""
    code = VideoEnrichment.last_error_code
    reason = case(
        (code == ErrorCode.CAPTIONS_LOCKED.value, code), else_=ErrorCode.CAPTIONS_NONE.value
    )
    for chunk in chunks(video_ids):
        await session.execute(
            update(VideoEnrichment)
            .where(VideoEnrichment.video_id.in_(chunk))
            .values(
                captions_source=CaptionsSource.NONE, captions_pending=True, last_error_code=reason
            )
        )


async def waits_for_copy(session: AsyncSession, video_id: str) -> bool:
    """Whether a finished video without captions waits for those of another list."""
    found = await session.scalar(
        select(VideoEnrichment.captions_pending).where(
            VideoEnrichment.video_id == video_id,
            exists().where(Job.video_id == video_id, Job.kind == JobKind.REUSE),
        )
    )
    return bool(found)


async def wait_for_transcriber(session: AsyncSession) -> None:
    """Say of videos whose captions were being made that nobody makes any."""
    await session.execute(
        update(VideoEnrichment)
        .where(
            VideoEnrichment.video_id.in_(select(Transcription.video_id)),
            VideoEnrichment.captions_pending,
        )
        .values(last_error_code=ErrorCode.TRANSCRIPTION_OFF)
    )


async def expect_again(session: AsyncSession) -> None:
    """Somebody makes captions again."""
    await session.execute(
        update(VideoEnrichment)
        .where(VideoEnrichment.last_error_code == ErrorCode.TRANSCRIPTION_OFF)
        .values(last_error_code=ErrorCode.CAPTIONS_NONE)
    )


async def set_stage(session: AsyncSession, video_id: str, stage: str) -> None:
    """Say how far the newest round of enrichment has come."""
    await session.execute(_SET_STAGE, {"this_video": video_id, "new_stage": stage})
