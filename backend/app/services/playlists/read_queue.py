"""Which playlist is read next, and by which process: rows with leases, like the jobs."""

from dataclasses import dataclass, replace

from app.core.database import UnitOfWork
from app.models import PlaylistRead
from app.repositories import follows, lists, playlist_reads
from app.repositories import lanes as lane_rows
from app.repositories.playlist_reads import ReadRow
from app.services.job_queue import LEASE_SECONDS
from app.services.lanes import LaneName

__all__ = ["ReadQueue", "ReadRow", "put_back"]


@dataclass(frozen=True, slots=True)
class ReadQueue:
    """The queue of playlists.

    Args:
        worker_id: Of this process, as in ``JobQueue``: its end frees what it has begun.
    """

    worker_id: str

    async def peek(self, unit: UnitOfWork) -> ReadRow | None:
        """The playlist that should be read next, not taken on yet."""
        return await playlist_reads.next_due(unit.session, await lane_rows.clock(unit.session))

    async def take(self, unit: UnitOfWork, read: ReadRow) -> None:
        """Take on the one that was peeked at in this transaction."""
        now = await lane_rows.clock(unit.session)
        await playlist_reads.take(
            unit.session, read.id, worker_id=self.worker_id, until=now + LEASE_SECONDS
        )

    async def hold(self, unit: UnitOfWork, read: ReadRow) -> PlaylistRead | None:
        """Its row, locked, if it is still this worker's and wanted."""
        return await playlist_reads.hold_own(unit.session, read.id, self.worker_id)

    async def note_source(self, unit: UnitOfWork, read: ReadRow, source: str) -> ReadRow | None:
        """Remember which channel a page belongs to.

        Returns:
            What is to be read; None if it is no longer this worker's, or not wanted.
        """
        # Lists come first in everybody's order, and who changes a follow has locked its list.
        await lists.hold(unit.session, read.list_id)
        row = await self.hold(unit, read)
        if row is None:
            return None
        row.source = source
        if read.follow_id and (follow := await follows.get(unit.session, read.follow_id)):
            follow.source = source
        await unit.session.flush()
        return replace(read, source=source)

    async def seconds_until_next(self, unit: UnitOfWork) -> float | None:
        """How long until a playlist is due; None if there is none."""
        now = await lane_rows.clock(unit.session)
        run_at = await playlist_reads.next_run_at(unit.session, now)
        return None if run_at is None else max(0.0, run_at - now)


async def put_back(unit: UnitOfWork, row: PlaylistRead, *, delay_seconds: float | None) -> None:
    """Give a read back to the queue.

    Args:
        unit: The transaction in which it is held.
        row: The read.
        delay_seconds: Not before so long; None leaves it the place it had.
    """
    if delay_seconds is not None:
        row.run_at = await lane_rows.clock(unit.session) + delay_seconds
    row.locked_by = row.locked_until = None
    unit.changes.jobs_for_lanes.add(LaneName.PLAYLIST)
    unit.changes.lanes.add(LaneName.PLAYLIST)
