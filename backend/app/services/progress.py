"""Live progress: who watches, what changed, and the newest state of it.

Commits only say *what* changed. The hub reads those rows once for all who watch, at most every
100 ms, and leaves each connection the newest state per id; a slow one therefore costs no more memory
than the number of videos it watches.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Changes, Database
from app.models import VideoImport
from app.repositories import imports, shares, videos
from app.schemas.imports import ImportOut
from app.schemas.lanes import LaneOut, LaneState
from app.schemas.progress import ProgressMessage, VideoProgress
from app.services.import_service import ImportService
from app.services.lanes import LaneLimiter
from app.services.presenting import VideoPresenter

FRAME_SECONDS = 0.1
# Counting an import's videos costs milliseconds at 10,000 of them, so it is not done for every frame.
_IMPORT_SECONDS = 0.5
# A paused lane opens by the clock, a slow one when its last job ends: no commit tells either.
_TROUBLED_LANE_SECONDS = 1.0
# A pause moves the end of every import, and nothing else happens that would tell.
_ESTIMATE_SECONDS = 10.0
# While the database is away, how often to look whether it is back.
_AWAY_SECONDS = 1.0
_MAX_VIDEOS_PER_FRAME = 1000
_MAX_IMPORTS_PER_FRAME = 200
_MAX_LISTS = 1000
_READ_CHUNK = 500

_log = logging.getLogger(__name__)


class ProgressConnection:
    """One watching client: what it has not been told yet.

    Args:
        user_id: Who watches.
    """

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        self._videos: dict[str, VideoProgress] = {}
        self._imports: dict[str, ImportOut] = {}
        self._lanes: list[LaneOut] = []
        self._lists: dict[str, None] = {}
        self._changed = asyncio.Event()
        self._seq = 0

    def put(
        self,
        *,
        video_states: Sequence[VideoProgress] = (),
        import_states: Sequence[ImportOut] = (),
        lanes: Sequence[LaneOut] = (),
        list_ids: Iterable[str] = (),
    ) -> None:
        """Fold newer states in; nobody is told before ``tell``."""
        self._videos.update((state.video_id, state) for state in video_states)
        self._imports.update((state.id, state) for state in import_states)
        if lanes:
            self._lanes = list(lanes)
        self._lists.update(dict.fromkeys(list_ids))
        while len(self._lists) > _MAX_LISTS:
            # Lists that are there are few. Of those that were deleted, a client that has not read
            # for so long may miss some: it does not show them.
            del self._lists[next(iter(self._lists))]

    def tell(self) -> None:
        """All of a moment is folded in: a frame may go out."""
        if self.has_pending:
            self._changed.set()

    def forget(self) -> None:
        """Drop what is pending, because something newer is about to be sent."""
        self._videos.clear()
        self._imports.clear()
        self._lanes = []
        self._lists.clear()
        self._changed.clear()

    @property
    def has_pending(self) -> bool:
        """Whether there is something to tell."""
        return bool(self._videos or self._imports or self._lanes or self._lists)

    async def wait(self) -> None:
        """Until there is something to tell."""
        await self._changed.wait()

    def take(self, *, snapshot: bool = False) -> ProgressMessage:
        """The next message, with the newest state of everything that changed."""
        ids = list(self._videos)[:_MAX_VIDEOS_PER_FRAME]
        import_ids = list(self._imports)[:_MAX_IMPORTS_PER_FRAME]
        message = ProgressMessage(
            seq=self.next_seq(),
            snapshot=snapshot,
            videos=[self._videos.pop(video_id) for video_id in ids],
            imports=[self._imports.pop(import_id) for import_id in import_ids],
            lanes=self._lanes,
            lists=list(self._lists),
        )
        self._lanes = []
        self._lists.clear()
        if not self.has_pending:
            self._changed.clear()
        return message

    def next_seq(self) -> int:
        """Counts this connection's messages."""
        self._seq += 1
        return self._seq


class ProgressHub:
    """Tells every connection what changed.

    Args:
        database: Whose commits are watched, and where the states are read.
        presenter: Turns rows into messages.
        import_service: Shows imports.
        limiter: Shows lanes.
    """

    def __init__(
        self,
        *,
        database: Database,
        presenter: VideoPresenter,
        import_service: ImportService,
        limiter: LaneLimiter,
    ) -> None:
        self.epoch = secrets.token_hex(8)
        self._database = database
        self._presenter = presenter
        self._import_service = import_service
        self._limiter = limiter
        self._connections: set[ProgressConnection] = set()
        self._dirty = Changes()
        self._wake = asyncio.Event()
        # Imports and lanes are counted, which takes longer: no frame of a video waits for that.
        self._dirty_counts = Changes()
        self._counts_wake = asyncio.Event()
        # Reading and handing out is one step at a time, so that states never overtake each other.
        self._lock = asyncio.Lock()
        self._counts_lock = asyncio.Lock()
        self._imports_read_at = 0.0
        self._any_lane_troubled = False
        self._told_lanes: list[LaneOut] = []
        self._estimates_read_at = 0.0
        database.on_commit(self.mark)

    @property
    def client_count(self) -> int:
        """How many watch."""
        return len(self._connections)

    def mark(self, changes: Changes) -> None:
        """Note what changed; cheap when nobody watches."""
        if not self._connections:
            return
        self._dirty.videos |= changes.videos
        self._dirty.lists |= changes.lists
        self._dirty.anything |= changes.anything
        if changes.videos or changes.lists or changes.anything:
            self._wake.set()
        self._mark_counts(imports_of=changes.imports, lanes=changes.lanes)

    def _mark_counts(self, *, imports_of: Iterable[str], lanes: Iterable[str] = ()) -> None:
        self._dirty_counts.imports.update(imports_of)
        self._dirty_counts.lanes.update(lanes)
        if self._dirty_counts:
            self._counts_wake.set()

    async def run(self) -> None:
        """Hand out changes until cancelled."""
        async with asyncio.TaskGroup() as loops:
            loops.create_task(self._again_and_again(self._wake.wait, self._wake, self._flush))
            loops.create_task(
                self._again_and_again(self._wait_for_counts, self._counts_wake, self._flush_counts)
            )

    async def _again_and_again(
        self,
        wait: Callable[[], Awaitable[Any]],
        woken: asyncio.Event,
        flush: Callable[[], Awaitable[None]],
    ) -> None:
        while True:
            await wait()
            woken.clear()
            began_at = time.monotonic()
            try:
                await flush()
            except Exception as error:  # noqa: BLE001 - the loop must outlive a database that is away
                if self._database.storage.failed(error) is None:
                    _log.exception("progress could not be read")
                # What was to be told is known by nobody any more.
                self._dirty.anything = True
                self._wake.set()
                await asyncio.sleep(_AWAY_SECONDS)
            # From beginning to beginning: what a look takes is part of the time between two of them.
            await asyncio.sleep(max(0.0, began_at + FRAME_SECONDS - time.monotonic()))

    def connect(self, user_id: str) -> ProgressConnection:
        """Begin to watch."""
        connection = ProgressConnection(user_id)
        self._connections.add(connection)
        return connection

    def disconnect(self, connection: ProgressConnection) -> None:
        """End watching."""
        self._connections.discard(connection)

    async def load_snapshot(self, connection: ProgressConnection) -> None:
        """Leave a new connection the state of all that is not over.

        Changes from before are dropped, later ones are folded in.
        """
        async with self._lock, self._counts_lock, self._database.read() as session:
            connection.forget()
            running = await imports.running_of(session, connection.user_id)
            await self._put_all(connection, session, running)
            if self._any_lane_troubled:
                # Nobody else may have watched, so nobody looks at the clock yet.
                self._counts_wake.set()

    async def _put_all(
        self,
        connection: ProgressConnection,
        session: AsyncSession,
        shown: Sequence[VideoImport],
    ) -> None:
        lanes = await self._limiter.overview(session)
        # The others have not been told this, so whatever comes next is news.
        self._note_lanes(lanes, told=[])
        connection.put(
            import_states=await self._import_service.show_all(session, shown), lanes=lanes
        )
        async for rows in videos.pending_of(session, connection.user_id, _READ_CHUNK):
            connection.put(video_states=[self._presenter.progress(row) for row in rows])

    async def _tell_anything(self) -> None:
        """Tell what is, as nobody knows what changed: also what may have ended meanwhile."""
        for connection in self._connections:
            async with self._database.read() as session:
                newest = await imports.page(
                    session, connection.user_id, limit=_MAX_IMPORTS_PER_FRAME, before=None
                )
                await self._put_all(connection, session, newest)
                # Whoever looks at a list reads it again.
                connection.put(list_ids=await shares.visible_ids(session, connection.user_id))

    async def _wait_for_counts(self) -> None:
        timeout = None
        if self._connections and self._dirty_counts.imports:
            timeout = max(0.0, self._imports_read_at + _IMPORT_SECONDS - time.monotonic())
        elif self._connections and self._any_lane_troubled:
            timeout = _TROUBLED_LANE_SECONDS
        try:
            # Not wait_for: until Python 3.12 it can swallow a cancellation.
            async with asyncio.timeout(timeout):
                await self._counts_wake.wait()
        except TimeoutError:
            if self._any_lane_troubled:
                self._dirty_counts.lanes.add("")

    async def _flush(self) -> None:
        async with self._lock:
            dirty, self._dirty = self._dirty, Changes()
            if dirty.anything:
                async with self._counts_lock:
                    await self._tell_anything()
            await self._flush_videos(list(dirty.videos))
            for connection in self._connections:
                connection.put(
                    list_ids=[
                        row_id for owner, row_id in dirty.lists if owner == connection.user_id
                    ]
                )
                connection.tell()

    async def _flush_counts(self) -> None:
        async with self._counts_lock:
            dirty, self._dirty_counts = self._dirty_counts, Changes()
            if dirty.imports:
                await self._flush_imports(dirty.imports)
            if dirty.lanes:
                await self._flush_lanes()
            for connection in self._connections:
                connection.tell()

    async def _flush_videos(self, video_ids: list[str]) -> None:
        for start in range(0, len(video_ids), _READ_CHUNK):
            async with self._database.read() as session:
                rows = await videos.by_ids(session, video_ids[start : start + _READ_CHUNK])
                sharers = await shares.sharers(session, {row.list_id for row in rows})
            by_user: dict[str, list[VideoProgress]] = {}
            for row in rows:
                state = self._presenter.progress(row)
                for user_id in (row.user_id, *sharers.get(row.list_id, ())):
                    by_user.setdefault(user_id, []).append(state)
            self._mark_counts(imports_of=[row.import_id for row in rows if row.import_id])
            for connection in self._connections:
                connection.put(video_states=by_user.get(connection.user_id, ()))

    async def _flush_imports(self, import_ids: set[str]) -> None:
        now = time.monotonic()
        if now < self._imports_read_at + _IMPORT_SECONDS:
            self._dirty_counts.imports |= import_ids
            return
        self._imports_read_at = now
        watchers = {connection.user_id for connection in self._connections}
        ids = list(import_ids)
        for start in range(0, len(ids), _READ_CHUNK):
            async with self._database.read() as session:
                rows = [
                    row
                    for row in await imports.by_ids(session, ids[start : start + _READ_CHUNK])
                    if row.user_id in watchers
                ]
                shown = await self._import_service.show_all(session, rows)
            by_user: dict[str, list[ImportOut]] = {}
            for row, state in zip(rows, shown, strict=True):
                by_user.setdefault(row.user_id, []).append(state)
            for connection in self._connections:
                connection.put(import_states=by_user.get(connection.user_id, ()))

    async def _flush_lanes(self) -> None:
        async with self._database.read() as session:
            lanes = await self._limiter.overview(session)
            if _pauses(lanes) != _pauses(self._told_lanes) or self._estimates_are_old():
                self._estimates_read_at = time.monotonic()
                for user_id in {connection.user_id for connection in self._connections}:
                    running = await imports.running_of(session, user_id)
                    self._mark_counts(imports_of=[row.id for row in running])
        if lanes != self._told_lanes:
            for connection in self._connections:
                connection.put(lanes=lanes)
        self._note_lanes(lanes, told=lanes)

    def _estimates_are_old(self) -> bool:
        return time.monotonic() > self._estimates_read_at + _ESTIMATE_SECONDS

    def _note_lanes(self, lanes: Sequence[LaneOut], told: Sequence[LaneOut]) -> None:
        self._told_lanes = list(told)
        self._any_lane_troubled = any(lane.state is not LaneState.OPEN for lane in lanes)


def _pauses(lanes: Sequence[LaneOut]) -> list[tuple[str, LaneState, datetime | None]]:
    """What of the lanes ends by the clock, or with an answer: not that one is slow."""
    return [
        (lane.name, lane.state, lane.resumes_at)
        for lane in lanes
        if lane.state in (LaneState.PAUSED, LaneState.PROBING)
    ]
