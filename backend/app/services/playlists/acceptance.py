"""Playlists and channels of an accepted import: each gets a row that the playlist lane works off."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.database import UnitOfWork
from app.core.identifiers import new_id
from app.models import ReadState
from app.repositories import lanes as lane_rows
from app.repositories import playlist_reads
from app.services.lanes import LaneName


@dataclass(frozen=True, slots=True)
class NewRead:
    """A playlist or channel that an import is to bring in.

    Args:
        list_id: Where its videos go.
        import_id: The import.
        item_id: The line that links to it.
        source: ``playlist:<id>``, ``channel:<id>`` or ``page:<path>``.
    """

    list_id: str
    import_id: str
    item_id: str
    source: str


async def queue_reads(unit: UnitOfWork, reads: Sequence[NewRead]) -> None:
    """Queue the reading of an import's playlists, in the transaction that accepts it.

    The import and its items are there already.

    Args:
        unit: The transaction.
        reads: In the order of the input, which is the order in which they are read.
    """
    if not reads:
        return
    now = await lane_rows.clock(unit.session)
    await playlist_reads.add_many(
        unit.session,
        [
            {
                "id": new_id(),
                "list_id": read.list_id,
                "import_id": read.import_id,
                "item_id": read.item_id,
                "source": read.source,
                "state": ReadState.WAITING,
                "run_at": now,
            }
            for read in reads
        ],
    )
    unit.changes.jobs_for_lanes.add(LaneName.PLAYLIST)
    unit.changes.lanes.add(LaneName.PLAYLIST)
