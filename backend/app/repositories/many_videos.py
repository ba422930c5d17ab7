"""Questions about many videos at once: what a person chose, or a group of an import."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.core.errors import ErrorCode
from app.models import (
    PENDING_STAGES,
    STAGE_PROGRESS,
    TERMINAL_STAGES,
    CaptionsSource,
    ImportStage,
    ItemOutcome,
    Transcription,
    Video,
    VideoEnrichment,
    VideoList,
)
from app.repositories.access import may_edit, may_see
from app.repositories.dialects import chunks

_IS_STOPPED = Video.error_code == ErrorCode.IMPORT_CANCELLED.value
_IS_PENDING = Video.import_stage.in_(PENDING_STAGES)


@dataclass(frozen=True, slots=True)
class ChosenVideo:
    """A video, and from where its import would go on.

    Args:
        id: Its id.
        list_id: Where it is.
        import_id: What brought it.
        youtube_id: YouTube's id.
        stage: The stage it is in.
        progress: In percent.
        error_code: Why it ended, or what it waits for.
        has_title: Its title is known.
        is_extracted: The player lane answered for it.
        has_track: A caption file is still to be fetched.
        is_transcribing: Captions are being made for it, or wait for their turn.
        has_copy: The same video is somewhere else too, and not in error.
    """

    id: str
    list_id: str
    import_id: str | None
    youtube_id: str
    stage: str
    progress: int
    error_code: str | None
    has_title: bool
    is_extracted: bool
    has_track: bool
    is_transcribing: bool
    has_copy: bool

    @property
    def is_over(self) -> bool:
        """Complete or in error."""
        return self.stage in TERMINAL_STAGES

    @property
    def is_stopped(self) -> bool:
        """Its import was cancelled before it was over."""
        return self.error_code == ErrorCode.IMPORT_CANCELLED


@dataclass(frozen=True, slots=True)
class HeldVideo:
    """A video that is locked, and where it is."""

    id: str
    list_id: str


async def hold_editable(
    session: AsyncSession, user_id: str, ids: Collection[str]
) -> list[HeldVideo]:
    """Those of these that are in a list that this user may edit, locked by their ids in order."""
    found: list[HeldVideo] = []
    for chunk in chunks(sorted(set(ids))):
        rows = await session.execute(
            select(Video.id, Video.list_id)
            .join(VideoList, VideoList.id == Video.list_id)
            .where(Video.id.in_(chunk), may_edit(user_id))
            .order_by(Video.id)
            .with_for_update(of=Video, key_share=True)
        )
        found += [HeldVideo(*row) for row in rows]
    return found


async def visible(session: AsyncSession, user_id: str, ids: Collection[str]) -> list[ChosenVideo]:
    """Those of these that are in a list that this user may see, each once."""
    return await _chosen_of(session, ids, may_see(user_id))


async def editable(session: AsyncSession, user_id: str, ids: Collection[str]) -> list[ChosenVideo]:
    """Those of these that are in a list that this user may edit, each once."""
    return await _chosen_of(session, ids, may_edit(user_id))


async def are_any_read_only(session: AsyncSession, user_id: str, ids: Collection[str]) -> bool:
    """Whether one of these is in a list that this user may see, but not edit."""
    for chunk in chunks(list(ids)):
        seen = (
            select(Video.id)
            .join(VideoList, VideoList.id == Video.list_id)
            .where(Video.id.in_(chunk), may_see(user_id), ~may_edit(user_id))
        )
        if await session.scalar(seen.limit(1)) is not None:
            return True
    return False


async def _chosen_of(
    session: AsyncSession, ids: Collection[str], condition: ColumnElement[bool]
) -> list[ChosenVideo]:
    found: list[ChosenVideo] = []
    for chunk in chunks(list(dict.fromkeys(ids))):
        found += await _chosen(session, Video.id.in_(chunk), condition)
    return found


async def of_list(session: AsyncSession, list_id: str) -> list[ChosenVideo]:
    """All videos of a list, newest first."""
    return await _chosen(session, Video.list_id == list_id)


async def of_import(
    session: AsyncSession, import_id: str, outcome: ItemOutcome
) -> list[ChosenVideo]:
    """The videos of an import that came to this."""
    groups: dict[ItemOutcome, tuple[ColumnElement[bool], ...]] = {
        ItemOutcome.UNAVAILABLE: (Video.import_stage == ImportStage.ERROR,),
        ItemOutcome.WITHOUT_CAPTIONS: (
            Video.import_stage == ImportStage.COMPLETE,
            VideoEnrichment.captions_source == CaptionsSource.NONE,
        ),
        ItemOutcome.WAITING: (_IS_PENDING, _IS_STOPPED.isnot(True)),
        ItemOutcome.STOPPED: (_IS_PENDING, _IS_STOPPED),
    }
    return await _chosen(session, Video.import_id == import_id, *groups[outcome])


async def pending_of_import(session: AsyncSession, import_id: str) -> list[ChosenVideo]:
    """The videos of an import that are not over."""
    return await _chosen(session, Video.import_id == import_id, _IS_PENDING)


async def ids_of_import(session: AsyncSession, import_id: str) -> list[str]:
    """All videos that an import brought and that are still there."""
    return list(await session.scalars(select(Video.id).where(Video.import_id == import_id)))


async def lists_of_import(session: AsyncSession, import_id: str) -> list[str]:
    """The lists in which the videos of an import are by now."""
    return list(
        await session.scalars(select(Video.list_id).where(Video.import_id == import_id).distinct())
    )


async def _chosen(session: AsyncSession, *conditions: ColumnElement[bool]) -> list[ChosenVideo]:
    copy = aliased(Video)
    statement: Select[*tuple[Any, ...]] = (
        select(
            Video.id,
            Video.list_id,
            Video.import_id,
            Video.youtube_id,
            Video.import_stage,
            Video.import_progress,
            Video.error_code,
            Video.title.is_not(None),
            VideoEnrichment.extracted_at.is_not(None),
            VideoEnrichment.caption_track.is_not(None),
            exists().where(Transcription.video_id == Video.id),
            exists().where(
                copy.youtube_id == Video.youtube_id,
                copy.id != Video.id,
                copy.import_stage != ImportStage.ERROR,
            ),
        )
        .join(VideoList, VideoList.id == Video.list_id)
        .outerjoin(VideoEnrichment, VideoEnrichment.video_id == Video.id)
        .where(*conditions)
        # The first line of an import is its newest row.
        .order_by(Video.created_at.desc())
    )
    return [ChosenVideo(*row) for row in await session.execute(statement)]


async def stop(session: AsyncSession, import_id: str) -> None:
    """Say of an import's videos that are not over that nobody works on them any more."""
    pending = select(Video.id).where(Video.import_id == import_id, _IS_PENDING)
    await session.execute(pending.order_by(Video.id).with_for_update(key_share=True))
    await session.execute(
        update(VideoEnrichment)
        .where(VideoEnrichment.video_id.in_(pending))
        .values(next_attempt_at=None, attempts=0)
    )
    await session.execute(
        update(Video)
        .where(Video.import_id == import_id, _IS_PENDING)
        .values(error_code=ErrorCode.IMPORT_CANCELLED)
    )


async def go_on(session: AsyncSession, video_ids: Sequence[str]) -> None:
    """Somebody works on these again, and they wait for nothing of their own."""
    for chunk in chunks(video_ids):
        await session.execute(
            update(Video).where(Video.id.in_(chunk), _IS_STOPPED).values(error_code=None)
        )
        await session.execute(
            update(VideoEnrichment)
            .where(VideoEnrichment.video_id.in_(chunk))
            .values(next_attempt_at=None, attempts=0)
        )


async def reopen(session: AsyncSession, video_ids: Sequence[str]) -> None:
    """Return videos in error to the last stage they had reached; others stay where they are."""
    reached = sorted(STAGE_PROGRESS.items(), key=lambda stage: -stage[1])
    stage = case(
        *((Video.import_progress >= percent, stage.value) for stage, percent in reached),
        else_=ImportStage.CREATED.value,
    )
    for chunk in chunks(video_ids):
        await session.execute(
            update(Video)
            .where(Video.id.in_(chunk), Video.import_stage == ImportStage.ERROR)
            .values(import_stage=stage, error_code=None)
        )


async def begin_round(session: AsyncSession, video_ids: Sequence[str]) -> None:
    """Everything about these is looked up anew."""
    for chunk in chunks(video_ids):
        await session.execute(
            update(VideoEnrichment)
            .where(VideoEnrichment.video_id.in_(chunk))
            .values(stage=ImportStage.CREATED)
        )


async def move(session: AsyncSession, video_ids: Sequence[str], list_id: str) -> None:
    """Put videos into another list that has none of them."""
    for chunk in await hold(session, video_ids):
        await session.execute(update(Video).where(Video.id.in_(chunk)).values(list_id=list_id))


async def remove(session: AsyncSession, video_ids: Sequence[str]) -> None:
    """Delete videos with everything found for them."""
    for chunk in await hold(session, video_ids):
        await session.execute(delete(Video).where(Video.id.in_(chunk)))


async def hold(
    session: AsyncSession, video_ids: Collection[str], *, key_share: bool = False
) -> list[Sequence[str]]:
    """Lock videos by their ids in order, as an import does that finds them in its list.

    Whoever changes many videos calls this first: an update locks them in any order, and then waits in a
    circle with who indexes them.

    Args:
        session: A transaction.
        video_ids: The videos.
        key_share: They stay, in their lists: others may refer to them meanwhile.

    Returns:
        The ids in portions.
    """
    portions = chunks(sorted(video_ids))
    for chunk in portions:
        held = select(Video.id).where(Video.id.in_(chunk)).order_by(Video.id)
        await session.execute(held.with_for_update(key_share=key_share))
    return portions


async def hold_of_list(session: AsyncSession, list_id: str) -> None:
    """Lock the videos of a list likewise; its deletion would lock them in any order."""
    await session.execute(
        select(Video.id).where(Video.list_id == list_id).order_by(Video.id).with_for_update()
    )
