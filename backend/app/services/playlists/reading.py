"""Reads a playlist for an import: what is stored of each page, and how it ends."""

import random
from datetime import UTC, datetime

from app.core.database import UnitOfWork
from app.core.errors import ReasonCode
from app.models import ImportState, PlaylistRead, ReadState, VideoImport
from app.repositories import imports, lists, playlist_reads
from app.repositories.playlist_reads import ReadRow
from app.services.job_queue import JobQueue
from app.services.playlists.children import Parent, add_children
from app.services.playlists.ports import PlaylistPage
from app.services.playlists.read_queue import ReadQueue, put_back
from app.services.playlists.rules import Resumption, is_spent, priority_of
from app.services.retry_policy import long_retry_delay_seconds, quick_retry_delay_seconds


class Reading:
    """One reading of a playlist, from its beginning to its end or to an interruption.

    Args:
        read: What is read.
        resumption: What was stored before.
    """

    def __init__(self, read: ReadRow, resumption: Resumption) -> None:
        self.read = read
        self.resumption = resumption
        self.is_first = True


class ImportReads:
    """Reads for imports. Each method is one transaction's work; none of them knows an upstream.

    Args:
        queue: Where the jobs of new videos go.
        reads: Where the reads are.
        time_scale: Divides every delay (tests and the demo).
    """

    def __init__(self, *, queue: JobQueue, reads: ReadQueue, time_scale: float) -> None:
        self._queue = queue
        self._reads = reads
        self._time_scale = time_scale
        self._rng = random.Random()  # noqa: S311 - jitter, no secret

    async def begin(self, unit: UnitOfWork, read: ReadRow) -> Reading:
        """Begin, or begin again where an interruption left it."""
        stored = await playlist_reads.stored_ids(unit.session, read.item_id) if read.item_id else ()
        return Reading(read, Resumption(stored))

    async def store_page(self, unit: UnitOfWork, reading: Reading, page: PlaylistPage) -> bool:
        """Store a page of a playlist, and end with its last one.

        Returns:
            Whether to go on: not when it is over, nobody wants it any more, or its import was paused.
        """
        held = await self._hold(unit, reading.read)
        if held is None:
            return False
        row, owner = held
        is_first, reading.is_first = reading.is_first, False
        entries = reading.resumption.unseen(page.youtube_ids)
        await add_children(
            unit,
            self._queue,
            owner,
            Parent(owner.user_id, row.list_id, str(row.item_id)),
            entries,
            priority_of(page, is_first=is_first),
        )
        _note(row, page, len(entries))
        if page.is_last:
            await self._end(unit, row, None if row.found_count else ReasonCode.PLAYLIST_EMPTY)
            return False
        if owner.state == ImportState.PAUSED:
            await put_back(unit, row, delay_seconds=None)
            return False
        return True

    async def fail(self, unit: UnitOfWork, read: ReadRow, reason: ReasonCode) -> None:
        """End a read that can't be done."""
        if held := await self._hold(unit, read):
            await self._end(unit, held[0], reason)

    async def spend_attempt(self, unit: UnitOfWork, read: ReadRow) -> None:
        """A read failed for a reason of its own: once more later, or never."""
        held = await self._hold(unit, read)
        if held is None:
            return
        row = held[0]
        row.attempts += 1
        if is_spent(row.attempts):
            await self._end(unit, row, ReasonCode.PLAYLIST_FAILED)
            return
        quick = quick_retry_delay_seconds(row.attempts, self._rng)
        delay = long_retry_delay_seconds(row.attempts, self._rng) if quick is None else quick
        await put_back(unit, row, delay_seconds=delay / self._time_scale)

    async def _hold(
        self, unit: UnitOfWork, read: ReadRow
    ) -> tuple[PlaylistRead, VideoImport] | None:
        """Lock all that a page touches, in everybody's order: list, jobs, import, read."""
        if not await lists.hold(unit.session, read.list_id):
            return None
        await self._queue.hold_still(unit)
        owner = await imports.hold(unit.session, str(read.import_id))
        row = await self._reads.hold(unit, read)
        if owner is None or row is None:
            return None
        if not await lists.is_editable(unit.session, row.list_id, owner.user_id):
            # They may have let it be read again in the moment in which they lost the list.
            await self._leave(unit, row, ReadState.STOPPED)
            return None
        return row, owner

    async def _end(self, unit: UnitOfWork, row: PlaylistRead, reason: ReasonCode | None) -> None:
        row.reason_code = reason
        await self._leave(unit, row, ReadState.DONE if reason is None else ReadState.FAILED)

    async def _leave(self, unit: UnitOfWork, row: PlaylistRead, state: ReadState) -> None:
        row.state = state
        await put_back(unit, row, delay_seconds=None)
        await unit.session.flush()
        await imports.finish_if_done(unit.session, str(row.import_id), datetime.now(UTC))
        unit.changes.imports.add(str(row.import_id))


def _note(row: PlaylistRead, page: PlaylistPage, new_entries: int) -> None:
    """Remember how far it is. What went on has not failed in a row."""
    row.title = page.title or row.title
    row.expected_count = (
        page.expected_count if page.expected_count is not None else row.expected_count
    )
    row.found_count += new_entries
    if new_entries:
        row.attempts = 0
