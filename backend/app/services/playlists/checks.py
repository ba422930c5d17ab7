"""A follow looks at its playlist: what is new there becomes an import like any other."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime

from app.core.database import UnitOfWork
from app.core.errors import ReasonCode
from app.core.identifiers import new_id
from app.models import (
    Follow,
    ImportState,
    PlaylistRead,
    ReadState,
    Verdict,
    VideoImport,
)
from app.repositories import follows, imports, lists, playlist_reads, videos
from app.repositories.playlist_reads import ReadRow
from app.services.job_queue import JobQueue, priority_for
from app.services.list_access import tell_of_lists
from app.services.playlists.children import Parent, add_children
from app.services.playlists.ports import PlaylistPage
from app.services.playlists.read_queue import ReadQueue, put_back
from app.services.playlists.rules import Placed, ends_check, next_check_seconds
from app.services.playlists.sources import is_channel, url_of
from app.services.rate_limiter import Priority
from app.services.retry_policy import quick_retry_delay_seconds

# Databases allow some ten thousand parameters in a statement; this is far from it.
_CHUNK = 1000


class Check:
    """One look at a followed playlist. It is stored as a whole, so an interrupted one begins anew.

    Args:
        read: What is read.
        seen: What the follow has seen before.
        is_primed: It has looked before.
    """

    def __init__(self, read: ReadRow, seen: set[str], *, is_primed: bool) -> None:
        self.read = read
        self.title: str | None = None
        self._seen = seen
        self._is_primed = is_primed
        self._place = 0
        self._entries: dict[str, Placed] = {}

    def take(self, page: PlaylistPage) -> bool:
        """Note what is on a page.

        Returns:
            Whether the check has seen enough.
        """
        self.title = page.title or self.title
        for youtube_id in page.youtube_ids:
            self._place += 1
            if youtube_id not in self._seen:
                self._entries.setdefault(youtube_id, Placed(self._place, youtube_id))
        return page.is_last or (
            self._is_primed and ends_check(self.read.source, page.youtube_ids, self._seen)
        )

    @property
    def unseen(self) -> list[Placed]:
        """What the follow has never seen, each once."""
        return list(self._entries.values())


class FollowChecks:
    """Looks at followed playlists. Each method is one transaction's work; none knows an upstream.

    Args:
        queue: Where the jobs of new videos go.
        reads: Where the reads are.
        time_scale: Divides the delays of repetitions (tests and the demo), not people's intervals.
    """

    def __init__(self, *, queue: JobQueue, reads: ReadQueue, time_scale: float) -> None:
        self._queue = queue
        self._reads = reads
        self._time_scale = time_scale
        self._rng = random.Random()  # noqa: S311 - jitter, no secret

    async def begin(self, unit: UnitOfWork, read: ReadRow) -> Check:
        """Begin to look."""
        follow = await follows.get(unit.session, str(read.follow_id))
        seen = await follows.seen(unit.session, str(read.follow_id))
        return Check(read, seen, is_primed=follow is not None and follow.is_primed)

    async def end(self, unit: UnitOfWork, check: Check) -> None:
        """Add what is new, and look again when it is time."""
        held = await self._hold(unit, check.read)
        if held is None:
            return
        row, follow = held
        entries = check.unseen
        follow.title = check.title or follow.title
        if entries and (follow.is_primed or follow.include_existing):
            await self._import(unit, follow, row, await _not_in_list(unit, follow, entries))
        await follows.note_seen(unit.session, follow.id, [entry.youtube_id for entry in entries])
        follow.is_primed = True
        await self._wait_for_next(unit, follow, row, None)

    async def fail(self, unit: UnitOfWork, read: ReadRow, reason: ReasonCode) -> None:
        """Say why it could not look, and try again when it is time."""
        if held := await self._hold(unit, read):
            await self._wait_for_next(unit, held[1], held[0], reason)

    async def spend_attempt(self, unit: UnitOfWork, read: ReadRow) -> None:
        """A check failed for a reason of its own: once more in a moment, or when it is time."""
        held = await self._hold(unit, read)
        if held is None:
            return
        row, follow = held
        row.attempts += 1
        quick = quick_retry_delay_seconds(row.attempts, self._rng)
        if quick is None:
            await self._wait_for_next(unit, follow, row, ReasonCode.PLAYLIST_FAILED)
        else:
            await put_back(unit, row, delay_seconds=quick / self._time_scale)

    async def _hold(self, unit: UnitOfWork, read: ReadRow) -> tuple[PlaylistRead, Follow] | None:
        """Lock all that a check touches, in everybody's order: list, jobs, read."""
        if not await lists.hold(unit.session, read.list_id):
            return None
        await self._queue.hold_still(unit)
        row = await self._reads.hold(unit, read)
        follow = await follows.get(unit.session, str(read.follow_id))
        return None if row is None or follow is None else (row, follow)

    async def _wait_for_next(
        self, unit: UnitOfWork, follow: Follow, row: PlaylistRead, reason: ReasonCode | None
    ) -> None:
        follow.reason_code = reason
        follow.checked_at = datetime.now(UTC)
        row.attempts = 0
        row.priority = int(Priority.BATCH)
        delay = next_check_seconds(follow.interval_hours, self._rng)
        await put_back(unit, row, delay_seconds=delay)
        await tell_of_lists(unit, [follow.list_id])

    async def _import(
        self, unit: UnitOfWork, follow: Follow, row: PlaylistRead, entries: Sequence[Placed]
    ) -> None:
        if not entries:
            return
        owner = VideoImport(
            id=new_id(),
            user_id=follow.user_id,
            list_id=follow.list_id,
            state=ImportState.RUNNING,
            created_at=datetime.now(UTC),
            label=follow.title,
            new_count=0,
            duplicate_count=0,
            repeated_count=0,
            rejected_count=0,
            playlist_count=1,
        )
        unit.session.add(owner)
        await unit.session.flush()
        item_id = await _add_parent(unit, owner, follow.source)
        for start in range(0, len(entries), _CHUNK):
            await add_children(
                unit,
                self._queue,
                owner,
                Parent(follow.user_id, follow.list_id, item_id),
                entries[start : start + _CHUNK],
                # For what comes later by itself nobody sits and waits.
                Priority.BATCH if follow.is_primed else priority_for(len(entries)),
            )
        # What is read stays the follow's; for the import it is done.
        await playlist_reads.add_many(
            unit.session,
            [
                {
                    "id": new_id(),
                    "list_id": follow.list_id,
                    "import_id": owner.id,
                    "item_id": item_id,
                    "source": follow.source,
                    "state": ReadState.DONE,
                    "title": follow.title,
                    "found_count": len(entries),
                    "run_at": row.run_at,
                }
            ],
        )


async def _not_in_list(unit: UnitOfWork, follow: Follow, entries: Sequence[Placed]) -> list[Placed]:
    there: set[str] = set()
    for start in range(0, len(entries), _CHUNK):
        ids = [entry.youtube_id for entry in entries[start : start + _CHUNK]]
        there.update(await videos.ids_in_list(unit.session, follow.list_id, ids))
    return [entry for entry in entries if entry.youtube_id not in there]


async def _add_parent(unit: UnitOfWork, owner: VideoImport, source: str) -> str:
    item_id = new_id()
    reason = ReasonCode.CHANNEL if is_channel(source) else ReasonCode.PLAYLIST
    await imports.add_items(
        unit.session,
        [
            {
                "id": item_id,
                "import_id": owner.id,
                "parent_item_id": None,
                "position": 0,
                "line": 1,
                "text": url_of(source),
                "youtube_id": None,
                "verdict": Verdict.PLAYLIST,
                "reason_code": reason,
                "video_id": None,
            }
        ],
    )
    return item_id
