"""Questions about playlists that are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.models import (
    Follow,
    ImportItem,
    ImportState,
    PlaylistRead,
    ReadState,
    Video,
    VideoImport,
)
from app.repositories.access import editable_lists
from app.repositories.dialects import locked, table_of
from app.repositories.jobs import QueueState, WorkInState

_READS = table_of(PlaylistRead)
_PAUSED = select(VideoImport.id).where(VideoImport.state == text(f"'{ImportState.PAUSED.value}'"))
# A follow's read has no import: NULL is in no list, but not outside of it either.
_IS_HELD = and_(PlaylistRead.import_id.is_not(None), PlaylistRead.import_id.in_(_PAUSED))
_IS_WAITING = PlaylistRead.state == ReadState.WAITING.value
_ANNOUNCED = case(
    (
        PlaylistRead.expected_count > PlaylistRead.found_count,
        PlaylistRead.expected_count - PlaylistRead.found_count,
    ),
    else_=0,
)
# One that says nothing of itself has a video at least, and one that says too little is not over.
_MISSING = case((_ANNOUNCED > 0, _ANNOUNCED), else_=1)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A playlist that is read, and for what.

    Args:
        id: Its id.
        list_id: Where its videos go.
        import_id: The import that waits for it, unless a follow looks.
        item_id: The import's line that links to it.
        follow_id: The follow that looks.
        source: What is read.
        priority: Who waits for it.
        attempts: How often it failed in a row.
    """

    id: str
    list_id: str
    import_id: str | None
    item_id: str | None
    follow_id: str | None
    source: str
    priority: int
    attempts: int


@dataclass(slots=True)
class ReadTally:
    """What became of an import's playlists so far.

    Args:
        waiting: How many are not over.
        failed: How many could not be read.
        stopped: How many were left when the import was cancelled.
        found: Their videos, as far as they were read.
        announced: Videos that the waiting ones say they have beyond these.
        missing: The same, but at least one for each that is waiting.
    """

    waiting: int = 0
    failed: int = 0
    stopped: int = 0
    found: int = 0
    announced: int = 0
    missing: int = 0


async def add_many(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert reads; the items they belong to are there."""
    if rows:
        await session.execute(insert(_READS), list(rows))


async def remove_of_import(session: AsyncSession, import_id: str) -> None:
    """Nobody wants to know any more what is in an import's playlists."""
    await session.execute(delete(_READS).where(_READS.c.import_id == import_id))


async def next_due(session: AsyncSession, now: float) -> ReadRow | None:
    """The playlist that should be read next, locked against other transactions.

    People's come first, then the oldest, those of one import in the order of its lines and one at a
    time: so they keep that order in their list, and one import leaves room for the others.
    """
    statement = (
        select(
            PlaylistRead.id,
            PlaylistRead.list_id,
            PlaylistRead.import_id,
            PlaylistRead.item_id,
            PlaylistRead.follow_id,
            PlaylistRead.source,
            PlaylistRead.priority,
            PlaylistRead.attempts,
        )
        .outerjoin(ImportItem, ImportItem.id == PlaylistRead.item_id)
        .where(
            _IS_WAITING,
            PlaylistRead.run_at <= now,
            or_(PlaylistRead.locked_by.is_(None), PlaylistRead.locked_until < now),
            ~_IS_HELD,
            ~_is_import_busy(now),
        )
        .order_by(
            PlaylistRead.priority,
            PlaylistRead.run_at,
            func.coalesce(ImportItem.position, 0),
            PlaylistRead.id,
        )
        .limit(1)
        .with_for_update(of=PlaylistRead, skip_locked=True)
    )
    row = (await session.execute(statement)).one_or_none()
    return ReadRow(*row) if row else None


async def next_run_at(session: AsyncSession, now: float) -> float | None:
    """When something is due next that nobody reads and that waits for no other."""
    earliest: float | None = await session.scalar(
        select(func.min(PlaylistRead.run_at)).where(
            _IS_WAITING, PlaylistRead.locked_by.is_(None), ~_IS_HELD, ~_is_import_busy(now)
        )
    )
    return earliest


def _is_import_busy(now: float) -> ColumnElement[bool]:
    other = aliased(PlaylistRead)
    return exists().where(
        other.import_id == PlaylistRead.import_id,
        other.locked_until >= now,
        other.id != PlaylistRead.id,
    )


async def count_due(session: AsyncSession, now: float) -> int:
    """How many are read or wait for the lane."""
    statement = select(func.count()).where(_IS_WAITING, PlaylistRead.run_at <= now, ~_IS_HELD)
    return await session.scalar(statement) or 0


async def take(session: AsyncSession, read_id: str, *, worker_id: str, until: float) -> None:
    """Begin to read."""
    await session.execute(
        update(PlaylistRead)
        .where(PlaylistRead.id == read_id)
        .values(locked_by=worker_id, locked_until=until)
    )


async def hold_own(session: AsyncSession, read_id: str, worker_id: str) -> PlaylistRead | None:
    """The read, locked until the transaction ends, if it is still this worker's and wanted."""
    row: PlaylistRead | None = await session.scalar(
        locked(
            select(PlaylistRead).where(
                PlaylistRead.id == read_id, PlaylistRead.locked_by == worker_id, _IS_WAITING
            )
        )
    )
    return row


async def stored_ids(session: AsyncSession, item_id: str) -> list[str]:
    """YouTube's ids of the entries of a playlist that are stored."""
    rows = await session.scalars(
        select(ImportItem.youtube_id).where(ImportItem.parent_item_id == item_id)
    )
    return [youtube_id for youtube_id in rows if youtube_id is not None]


async def ids_of_import_in_list(
    session: AsyncSession, import_id: str, list_id: str, youtube_ids: Sequence[str]
) -> set[str]:
    """Which of these an import has a line for already whose video is in a list."""
    rows = await session.scalars(
        select(Video.youtube_id)
        .join(ImportItem, ImportItem.video_id == Video.id)
        .where(
            ImportItem.import_id == import_id,
            Video.list_id == list_id,
            Video.youtube_id.in_(youtube_ids),
        )
    )
    return set(rows)


async def tally(session: AsyncSession, import_ids: Sequence[str]) -> dict[str, ReadTally]:
    """Count what became of imports' playlists."""
    rows = await session.execute(
        select(
            PlaylistRead.import_id,
            PlaylistRead.state,
            func.count(),
            func.sum(PlaylistRead.found_count),
            func.sum(_ANNOUNCED),
            func.sum(_MISSING),
        )
        .where(PlaylistRead.import_id.in_(import_ids))
        .group_by(PlaylistRead.import_id, PlaylistRead.state)
    )
    result: dict[str, ReadTally] = {}
    for import_id, state, number, found, announced, missing in rows:
        counts = result.setdefault(str(import_id), ReadTally())
        counts.found += int(found)
        if state == ReadState.WAITING:
            counts.waiting += number
            counts.announced += int(announced)
            counts.missing += int(missing)
        elif state == ReadState.FAILED:
            counts.failed += number
        elif state == ReadState.STOPPED:
            counts.stopped += number
    return result


# -- what people do to an import -----------------------------------------------------------------


async def stop_of_import(session: AsyncSession, import_id: str) -> None:
    """Leave what is not over; who reads one finds that it is not wanted any more."""
    await session.execute(
        update(PlaylistRead)
        .where(PlaylistRead.import_id == import_id, _IS_WAITING)
        .values(state=ReadState.STOPPED.value, locked_by=None, locked_until=None)
    )


async def begin_anew(
    session: AsyncSession, import_id: str, user_id: str, state: ReadState, now: float
) -> list[str]:
    """Let an import's reads in this state be tried at once, with all attempts; none is doubled.

    Those into lists that its user may not change any more stay as they are.

    Returns:
        Those that were.
    """
    found = await session.scalars(
        update(PlaylistRead)
        .where(
            PlaylistRead.import_id == import_id,
            PlaylistRead.state == state.value,
            PlaylistRead.locked_by.is_(None),
            PlaylistRead.list_id.in_(editable_lists(user_id)),
        )
        .values(state=ReadState.WAITING.value, reason_code=None, attempts=0, run_at=now, priority=0)
        .returning(PlaylistRead.id)
    )
    return list(found)


async def move(session: AsyncSession, list_id: str, to_list_id: str) -> None:
    """Read into another list what was to be read into one, but for what that one still follows.

    Who reads one just now finds that it is no longer theirs; it is read again from where it was.
    """
    followed = select(Follow.id).where(Follow.list_id == list_id)
    await session.execute(
        update(PlaylistRead)
        .where(
            PlaylistRead.list_id == list_id,
            or_(PlaylistRead.follow_id.is_(None), PlaylistRead.follow_id.not_in(followed)),
        )
        .values(list_id=to_list_id, locked_by=None, locked_until=None)
    )


# -- leases --------------------------------------------------------------------------------------


async def extend_leases(
    session: AsyncSession, read_ids: Sequence[str], worker_id: str, until: float
) -> None:
    """Say that a worker still reads these."""
    await session.execute(
        update(PlaylistRead)
        .where(PlaylistRead.id.in_(read_ids), PlaylistRead.locked_by == worker_id)
        .values(locked_until=until)
    )


async def lock_owners(session: AsyncSession) -> list[str]:
    """The workers that read something."""
    rows = await session.scalars(
        select(PlaylistRead.locked_by).where(PlaylistRead.locked_by.is_not(None)).distinct()
    )
    return [row for row in rows if row is not None]


async def release_of(session: AsyncSession, worker_ids: Sequence[str]) -> int:
    """Free what workers that are gone have begun.

    Returns:
        How many there were.
    """
    result = await session.scalars(
        update(PlaylistRead)
        .where(PlaylistRead.locked_by.in_(worker_ids))
        .values(locked_by=None, locked_until=None)
        .returning(PlaylistRead.id)
    )
    return len(result.all())


async def by_state(session: AsyncSession, lane: str, now: float) -> list[WorkInState]:
    """How many playlists are in each state, as work of this lane."""
    state = case(
        (PlaylistRead.locked_until >= now, QueueState.RUNNING.value),
        (_IS_HELD, QueueState.HELD.value),
        (PlaylistRead.run_at <= now, QueueState.WAITING.value),
        else_=QueueState.LATER.value,
    )
    rows = await session.execute(
        select(state.label("queue_state"), func.count(), func.min(PlaylistRead.run_at))
        .where(_IS_WAITING)
        .group_by(text("queue_state"))
    )
    return [WorkInState(lane, QueueState(name), count, oldest) for name, count, oldest in rows]
