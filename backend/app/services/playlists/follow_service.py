"""Lists that follow a playlist or channel: begin, change, look now, end."""

import random
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, ReasonCode, VideothekError, not_found
from app.core.identifiers import new_id
from app.models import Access, Follow, PlaylistRead, ReadState
from app.repositories import follows, playlist_reads
from app.repositories import lanes as lane_rows
from app.schemas.follows import FollowIn, FollowOut
from app.services.lanes import LaneName
from app.services.list_access import list_for, tell_of_lists
from app.services.playlists.follow_view import of_lists
from app.services.playlists.rules import next_check_seconds
from app.services.rate_limiter import Priority
from app.services.youtube_ids import (
    extract_playlist_id,
    extract_source,
    is_personal_playlist,
)

_rng = random.Random()  # noqa: S311 - jitter, no secret


async def follow(unit: UnitOfWork, *, user_id: str, list_id: str, wanted: FollowIn) -> FollowOut:
    """Let a list follow a playlist or channel; another one replaces it.

    Raises:
        VideothekError: ``list_not_found``, ``list_read_only``, ``not_a_playlist``.
    """
    await list_for(unit.session, list_id, user_id, Access.EDIT, lock=True)
    source = _source_of(wanted.url)
    now = await lane_rows.clock(unit.session)
    known = await follows.of_list(unit.session, list_id, lock=True)
    if known is not None and source in (known[0].source, known[0].asked_source):
        _change_interval(known[0], known[1], wanted.interval_hours, now)
    else:
        if known is not None:
            await follows.remove(unit.session, known[0].id)
        await _begin(unit, user_id, list_id, source, wanted, now)
    await unit.session.flush()
    await _tell(unit, list_id)
    return await _show(unit.session, list_id, user_id)


async def check_now(unit: UnitOfWork, *, user_id: str, list_id: str) -> FollowOut:
    """Look now: a person waits for it.

    Raises:
        VideothekError: ``list_not_found``, ``list_read_only``, ``follow_not_found``.
    """
    await list_for(unit.session, list_id, user_id, Access.EDIT, lock=True)
    known = await follows.of_list(unit.session, list_id, lock=True)
    if known is None:
        raise not_found(ErrorCode.FOLLOW_NOT_FOUND)
    read = known[1]
    now = await lane_rows.clock(unit.session)
    read.run_at = min(read.run_at, now)
    read.priority = int(Priority.INTERACTIVE)
    await unit.session.flush()
    await _tell(unit, list_id)
    return await _show(unit.session, list_id, user_id)


async def unfollow(unit: UnitOfWork, *, user_id: str, list_id: str) -> None:
    """Follow it no longer. The videos stay.

    Raises:
        VideothekError: ``list_not_found``, ``list_read_only``, ``follow_not_found``.
    """
    await list_for(unit.session, list_id, user_id, Access.EDIT, lock=True)
    known = await follows.of_list(unit.session, list_id, lock=True)
    if known is None:
        raise not_found(ErrorCode.FOLLOW_NOT_FOUND)
    await follows.remove(unit.session, known[0].id)
    await _tell(unit, list_id)


def _source_of(url: str) -> str:
    source = extract_source(url)
    list_id = extract_playlist_id(url)
    if source is None and list_id is not None:
        # A video that is open inside a playlist: here only the playlist can be meant.
        source = f"playlist:{list_id}"
    if source is None:
        raise VideothekError(ErrorCode.NOT_A_PLAYLIST, 422)
    if list_id is not None and is_personal_playlist(list_id):
        reason = ReasonCode.PERSONAL_PLAYLIST
        raise VideothekError(ErrorCode.NOT_A_PLAYLIST, 422, reason_code=reason)
    return source


def _change_interval(known: Follow, read: PlaylistRead, interval_hours: int, now: float) -> None:
    if known.interval_hours == interval_hours:
        return
    known.interval_hours = interval_hours
    if known.checked_at is not None and read.locked_by is None and read.run_at > now:
        since = now - known.checked_at.timestamp()
        read.run_at = now + max(0.0, next_check_seconds(interval_hours, _rng) - since)


async def _begin(
    unit: UnitOfWork, user_id: str, list_id: str, source: str, wanted: FollowIn, now: float
) -> None:
    row = Follow(
        id=new_id(),
        user_id=user_id,
        list_id=list_id,
        source=source,
        asked_source=source,
        interval_hours=wanted.interval_hours,
        include_existing=wanted.include_existing,
        is_primed=False,
        created_at=datetime.now(UTC),
    )
    unit.session.add(row)
    await unit.session.flush()
    await playlist_reads.add_many(
        unit.session,
        [
            {
                "id": new_id(),
                "list_id": list_id,
                "follow_id": row.id,
                "source": source,
                "state": ReadState.WAITING,
                "priority": int(Priority.INTERACTIVE),
                "run_at": now,
            }
        ],
    )


async def _tell(unit: UnitOfWork, list_id: str) -> None:
    await tell_of_lists(unit, [list_id])
    unit.changes.jobs_for_lanes.add(LaneName.PLAYLIST)
    unit.changes.lanes.add(LaneName.PLAYLIST)


async def _show(session: AsyncSession, list_id: str, user_id: str) -> FollowOut:
    return (await of_lists(session, user_id))[list_id]
