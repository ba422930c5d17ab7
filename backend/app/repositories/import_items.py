"""Questions about the lines of an import, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import ErrorCode
from app.models import (
    CaptionsSource,
    ImportItem,
    ImportStage,
    ItemOutcome,
    PlaylistRead,
    ReadState,
    Verdict,
    Video,
    VideoEnrichment,
)
from app.repositories.access import visible_lists


def _is(outcome: ItemOutcome) -> ColumnElement[str]:
    return literal(outcome.value, String)


_IS_COMPLETE = Video.import_stage == ImportStage.COMPLETE.value
# Computed by the database, so that ten thousand lines are filtered and counted without being read.
_OUTCOME = case(
    (PlaylistRead.state == ReadState.WAITING.value, _is(ItemOutcome.WAITING)),
    (PlaylistRead.state == ReadState.FAILED.value, _is(ItemOutcome.UNAVAILABLE)),
    (PlaylistRead.state == ReadState.STOPPED.value, _is(ItemOutcome.STOPPED)),
    # The other verdicts are outcomes themselves.
    (ImportItem.verdict != Verdict.NEW.value, ImportItem.verdict),
    (Video.id.is_(None), _is(ItemOutcome.REMOVED)),
    (Video.import_stage == ImportStage.ERROR.value, _is(ItemOutcome.UNAVAILABLE)),
    (
        and_(_IS_COMPLETE, VideoEnrichment.captions_source == CaptionsSource.NONE.value),
        _is(ItemOutcome.WITHOUT_CAPTIONS),
    ),
    (_IS_COMPLETE, _is(ItemOutcome.IMPORTED)),
    (Video.error_code == ErrorCode.IMPORT_CANCELLED.value, _is(ItemOutcome.STOPPED)),
    else_=_is(ItemOutcome.WAITING),
)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A line, what became of it, and what is shown of its video or playlist, if that is there."""

    id: str
    position: int
    line: int
    text: str
    youtube_id: str | None
    verdict: str
    reason_code: str | None
    parent_item_id: str | None
    outcome: str
    video_id: str | None
    list_id: str
    title: str | None
    channel: str | None
    import_stage: str
    import_progress: int
    error_code: str | None
    captions_source: str | None
    last_error_code: str | None
    found_count: int | None
    expected_count: int | None


def _with_videos(
    statement: Select[*tuple[Any, ...]], import_id: str, user_id: str
) -> Select[*tuple[Any, ...]]:
    """With the videos that they may still see: a line may lead to one that somebody else brought."""
    visible = Video.list_id.in_(visible_lists(user_id))
    return (
        statement.select_from(ImportItem)
        .outerjoin(Video, and_(Video.id == ImportItem.video_id, visible))
        .outerjoin(VideoEnrichment, VideoEnrichment.video_id == Video.id)
        .outerjoin(PlaylistRead, PlaylistRead.item_id == ImportItem.id)
        .where(ImportItem.import_id == import_id)
    )


async def page(
    session: AsyncSession,
    import_id: str,
    *,
    user_id: str,
    outcome: ItemOutcome | None,
    limit: int,
    after_position: int,
) -> Sequence[ItemRow]:
    """Lines in the order of the input.

    Args:
        session: A session.
        import_id: Of which import.
        user_id: Whose it is.
        outcome: Only lines that came to this.
        limit: The most rows to give back.
        after_position: Of the last line of the page before.
    """
    statement = _with_videos(
        select(
            ImportItem.id,
            ImportItem.position,
            ImportItem.line,
            ImportItem.text,
            ImportItem.youtube_id,
            ImportItem.verdict,
            func.coalesce(PlaylistRead.reason_code, ImportItem.reason_code),
            ImportItem.parent_item_id,
            _OUTCOME,
            Video.id,
            Video.list_id,
            func.coalesce(Video.title, PlaylistRead.title),
            Video.channel,
            Video.import_stage,
            Video.import_progress,
            Video.error_code,
            VideoEnrichment.captions_source,
            VideoEnrichment.last_error_code,
            PlaylistRead.found_count,
            PlaylistRead.expected_count,
        ),
        import_id,
        user_id,
    ).where(ImportItem.position > after_position)
    if outcome is not None:
        statement = statement.where(_is(outcome) == _OUTCOME)
    rows = await session.execute(statement.order_by(ImportItem.position).limit(limit))
    return [ItemRow(*row) for row in rows]


async def count_outcomes(session: AsyncSession, import_id: str, user_id: str) -> dict[str, int]:
    """How many lines of somebody's import came to what."""
    rows = await session.execute(
        _with_videos(select(_OUTCOME, func.count()), import_id, user_id).group_by(_OUTCOME)
    )
    return dict(rows.all())
