"""The lines of an import's input, and what became of each."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import ErrorCode, ReasonCode, not_found
from app.models import CaptionsSource, ImportStage, ItemOutcome, Verdict, VideoImport
from app.repositories import import_items, imports
from app.repositories.import_items import ItemRow
from app.schemas.imports import (
    ImportItemOut,
    ImportItemPage,
    ItemPlaylistOut,
    ItemVideoOut,
    OutcomesOut,
)
from app.services.paging import decode_position, encode_position
from app.services.presenting import VideoPresenter


async def own_import(
    session: AsyncSession, import_id: str, user_id: str, *, lock: bool = False
) -> VideoImport:
    """The import, if it is this user's; locked until the transaction ends if asked for.

    Raises:
        VideothekError: ``import_not_found``, also for somebody else's.
    """
    row = await imports.owned(session, import_id, user_id, lock=lock)
    if row is None:
        raise not_found(ErrorCode.IMPORT_NOT_FOUND)
    return row


async def page(
    session: AsyncSession,
    presenter: VideoPresenter,
    *,
    user_id: str,
    import_id: str,
    outcome: ItemOutcome | None,
    limit: int,
    cursor: str | None,
) -> ImportItemPage:
    """One page of lines in the order of the input.

    Raises:
        VideothekError: ``import_not_found``; ``invalid_request`` for a cursor that is not ours.
    """
    await own_import(session, import_id, user_id)
    found = await import_items.page(
        session,
        import_id,
        user_id=user_id,
        outcome=outcome,
        limit=limit + 1,
        after_position=decode_position(cursor),
    )
    counts = await import_items.count_outcomes(session, import_id, user_id)
    shown = found[:limit]
    return ImportItemPage(
        items=[_show(row, presenter) for row in shown],
        next_cursor=encode_position(shown[-1].position) if len(found) > limit else None,
        total=sum(counts.values()) if outcome is None else counts.get(outcome, 0),
        outcomes=OutcomesOut(**counts),
    )


def _show(row: ItemRow, presenter: VideoPresenter) -> ImportItemOut:
    return ImportItemOut(
        id=row.id,
        line=row.line,
        text=row.text,
        youtube_id=row.youtube_id,
        verdict=Verdict(row.verdict),
        reason_code=ReasonCode(row.reason_code) if row.reason_code else None,
        video_id=row.video_id,
        parent_item_id=row.parent_item_id,
        outcome=ItemOutcome(row.outcome),
        video=_show_video(row, presenter),
        playlist=_show_playlist(row),
    )


def _show_playlist(row: ItemRow) -> ItemPlaylistOut | None:
    if row.found_count is None:
        return None
    return ItemPlaylistOut(title=row.title, found=row.found_count, expected=row.expected_count)


def _show_video(row: ItemRow, presenter: VideoPresenter) -> ItemVideoOut | None:
    if row.video_id is None or row.youtube_id is None:
        return None
    return ItemVideoOut(
        id=row.video_id,
        list_id=row.list_id,
        title=row.title,
        channel=row.channel,
        thumbnail_url=presenter.thumbnail_url(row.youtube_id),
        import_stage=ImportStage(row.import_stage),
        import_progress=row.import_progress,
        error_code=ErrorCode(row.error_code) if row.error_code else None,
        captions_source=CaptionsSource(row.captions_source) if row.captions_source else None,
    )
