"""Pausing, resuming, cancelling and undoing an import, and trying a group of its videos again.

A pause is a word in the import's row: the queue passes over what waits in its batch. A cancelled
import has no jobs left; its unfinished videos say so and keep the progress they reached.
"""

from datetime import UTC, datetime

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError
from app.models import ImportState, ItemOutcome, ReadState, VideoImport
from app.repositories import imports, job_groups, many_videos, playlist_reads
from app.repositories import lanes as lane_rows
from app.schemas.imports import ImportOut, RetriableOutcome
from app.services.begin_anew import begin_anew
from app.services.bulk_service import remove_chosen
from app.services.import_items import own_import
from app.services.import_service import ImportService
from app.services.import_undo import undo_import
from app.services.job_queue import JobQueue, priority_for
from app.services.lanes import LANE_PACING, LaneName
from app.services.rate_limiter import Priority

# What a line that links to a playlist came to, and what that says of reading it.
_READ_STATES = {
    ItemOutcome.UNAVAILABLE: ReadState.FAILED,
    ItemOutcome.STOPPED: ReadState.STOPPED,
    ItemOutcome.WAITING: ReadState.WAITING,
}


class ImportControl:
    """What a person does to an import.

    Args:
        queue: Where its jobs are.
        import_service: Shows it.
    """

    def __init__(self, *, queue: JobQueue, import_service: ImportService) -> None:
        self._queue = queue
        self._import_service = import_service

    async def pause(self, unit: UnitOfWork, *, user_id: str, import_id: str) -> ImportOut:
        """Take nothing more of an import on; what is in flight finishes its step, or its page.

        Raises:
            VideothekError: ``import_not_found``, ``import_is_over``.
        """
        row = await self._hold(unit, user_id, import_id)
        if row.state not in (ImportState.RUNNING, ImportState.PAUSED):
            raise _over()
        row.state = ImportState.PAUSED
        # Small imports go before batches; what goes before them from here on is what a person asks
        # for during the pause.
        await self._queue.put_batch(unit, import_id, Priority.BATCH)
        await self._queue.wake_copies_of_import(unit, import_id)
        return await self._show(unit, row)

    async def resume(self, unit: UnitOfWork, *, user_id: str, import_id: str) -> ImportOut:
        """Let a paused import go on, or one that was cancelled, with the videos it had left.

        Raises:
            VideothekError: ``import_not_found``; ``import_is_over`` if there is nothing to go on with.
        """
        row = await self._hold(unit, user_id, import_id)
        if row.state == ImportState.CANCELLED:
            await self._bring_back(unit, row)
        elif row.state == ImportState.PAUSED:
            row.state = ImportState.RUNNING
            if priority_for(row.new_count) is Priority.INTERACTIVE:
                await self._queue.put_batch(unit, import_id, Priority.INTERACTIVE)
            unit.changes.jobs_for_lanes.update(LaneName)
            await unit.session.flush()
            # What comes later is all that may be left.
            await imports.finish_if_done(unit.session, import_id, datetime.now(UTC))
        elif row.state != ImportState.RUNNING:
            raise _over()
        return await self._show(unit, row)

    async def cancel(
        self, unit: UnitOfWork, *, user_id: str, import_id: str, remove_remaining: bool
    ) -> ImportOut:
        """End an import. Finished videos stay; the others stay where they are, or are removed.

        Playlists that were not read to their end are left as far as they were read.

        Raises:
            VideothekError: ``import_not_found``, ``import_is_over``.
        """
        row = await self._hold(unit, user_id, import_id)
        if row.state in (ImportState.FINISHED, ImportState.UNDONE):
            raise _over()
        if row.state != ImportState.CANCELLED:
            row.state = ImportState.CANCELLED
            row.finished_at = datetime.now(UTC)
        await unit.session.flush()
        await playlist_reads.stop_of_import(unit.session, import_id)
        remaining = await many_videos.pending_of_import(unit.session, import_id)
        if remove_remaining:
            await remove_chosen(unit, self._queue, remaining)
        else:
            await self._queue.wake_copies_of_import(unit, import_id)
            await job_groups.remove_of_pending(unit.session, import_id)
            await many_videos.stop(unit.session, import_id)
            unit.changes.videos.update(video.id for video in remaining)
        return await self._show(unit, row)

    async def retry_group(
        self, unit: UnitOfWork, *, user_id: str, import_id: str, outcome: RetriableOutcome
    ) -> int:
        """Try the videos and playlists of an import again that came to this.

        Returns:
            How many.

        Raises:
            VideothekError: ``import_not_found``; ``import_is_over`` if it was undone.
        """
        row = await self._hold(unit, user_id, import_id)
        group = ItemOutcome(outcome)
        if group is ItemOutcome.STOPPED:
            # All that a cancelled import left: so it goes on.
            return await self._bring_back(unit, row, or_refuse=False)
        chosen = await many_videos.of_import(unit.session, import_id, group)
        await begin_anew(unit, self._queue, chosen)
        return len(chosen) + await self._read_again(unit, row, group)

    async def undo(self, unit: UnitOfWork, *, user_id: str, import_id: str) -> ImportOut:
        """Remove all that an import brought.

        Raises:
            VideothekError: See ``undo_import``.
        """
        row = await undo_import(unit, self._queue, user_id=user_id, import_id=import_id)
        return await self._show(unit, row)

    async def _bring_back(
        self, unit: UnitOfWork, row: VideoImport, *, or_refuse: bool = True
    ) -> int:
        left = await many_videos.of_import(unit.session, row.id, ItemOutcome.STOPPED)
        reads = await self._read_again(unit, row, ItemOutcome.STOPPED)
        if left or reads:
            row.state = ImportState.RUNNING
            row.finished_at = None
            await unit.session.flush()
            await begin_anew(unit, self._queue, left)
        elif or_refuse:
            raise _over()
        return len(left) + reads

    async def _read_again(self, unit: UnitOfWork, row: VideoImport, group: ItemOutcome) -> int:
        state = _READ_STATES.get(group)
        if state is None:
            return 0
        now = await lane_rows.clock(unit.session)
        reads = await playlist_reads.begin_anew(unit.session, row.id, row.user_id, state, now)
        if reads:
            await imports.resume_finished(unit.session, [row.id])
            unit.changes.jobs_for_lanes.add(LaneName.PLAYLIST)
        return len(reads)

    async def _hold(self, unit: UnitOfWork, user_id: str, import_id: str) -> VideoImport:
        # Nobody stops the workers by naming an import that is not theirs.
        await own_import(unit.session, import_id, user_id)
        await self._queue.hold_still(unit)
        row = await own_import(unit.session, import_id, user_id, lock=True)
        if row.state == ImportState.UNDONE:
            raise _over()
        unit.changes.imports.add(import_id)
        # How many wait for each lane has changed too.
        unit.changes.lanes.update(LANE_PACING)
        return row

    async def _show(self, unit: UnitOfWork, row: VideoImport) -> ImportOut:
        await unit.session.flush()
        await unit.session.refresh(row)
        return await self._import_service.show(unit.session, row)


def _over() -> VideothekError:
    return VideothekError(ErrorCode.IMPORT_IS_OVER, 409)
