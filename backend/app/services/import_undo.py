"""Undoing a whole import: what it brought goes, wherever it is by now; its lines stay."""

from datetime import UTC, datetime, timedelta

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError
from app.models import ImportState, VideoImport
from app.repositories import job_groups, lists, many_videos, playlist_reads
from app.services.import_items import own_import
from app.services.job_queue import JobQueue
from app.services.lanes import LANE_PACING
from app.services.list_access import tell_of_lists

UNDO_TIME = timedelta(hours=24)


def undo_until(row: VideoImport, now: datetime) -> datetime | None:
    """Until when an import can be undone at least; None if it can't, or if it brought nothing.

    Args:
        row: The import. One that is not over has no last time yet: then this is the next full day
            after its beginning, so that the answer does not change with every look.
        now: The time.
    """
    if row.state == ImportState.UNDONE or not (row.new_count or row.playlist_count):
        return None
    if row.finished_at is None:
        return row.created_at + UNDO_TIME * ((now - row.created_at) // UNDO_TIME + 1)
    until = row.finished_at + UNDO_TIME
    return until if now < until else None


async def undo_import(
    unit: UnitOfWork, queue: JobQueue, *, user_id: str, import_id: str
) -> VideoImport:
    """Remove every video that an import added, what it was still to read, and the lists it made.

    A list that it made stays if anything else is in it, or comes into it by itself. Results that are
    under way find their jobs gone and are dropped.

    Args:
        unit: A transaction.
        queue: Where the import's jobs are.
        user_id: Whose import it is.
        import_id: The import.

    Raises:
        VideothekError: ``import_not_found``; ``import_is_over`` if it was undone before;
            ``undo_too_late``.
    """
    session, changes = unit.session, unit.changes
    # Nobody stops the workers by naming an import that is not theirs.
    await own_import(session, import_id, user_id)
    # Lists first of all, like for a drop into them.
    await lists.hold_of_import(session, import_id)
    await queue.hold_still(unit)
    row = await own_import(session, import_id, user_id, lock=True)
    _refuse_unless_in_time(row)
    row.state = ImportState.UNDONE
    row.finished_at = row.finished_at or datetime.now(UTC)
    await session.flush()

    filled = await many_videos.lists_of_import(session, import_id)
    await queue.wake_copies_of_import(unit, import_id)
    await job_groups.remove_of_import(session, import_id)
    await many_videos.remove(session, await many_videos.ids_of_import(session, import_id))
    await playlist_reads.remove_of_import(session, import_id)
    await tell_of_lists(unit, filled)
    for list_id in await lists.remove_empty_of_import(session, import_id):
        changes.note_list(user_id, list_id)

    changes.imports.add(import_id)
    # How many wait for each lane has changed too.
    changes.lanes.update(LANE_PACING)
    return row


def _refuse_unless_in_time(row: VideoImport) -> None:
    if row.state == ImportState.UNDONE:
        raise VideothekError(ErrorCode.IMPORT_IS_OVER, 409)
    if row.finished_at is not None and datetime.now(UTC) >= row.finished_at + UNDO_TIME:
        raise VideothekError(ErrorCode.UNDO_TOO_LATE, 409)
