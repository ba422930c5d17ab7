"""Questions about followed playlists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.models import Follow, FollowedVideo, PlaylistRead, VideoList
from app.repositories.access import may_see
from app.repositories.dialects import locked

# Databases allow some ten thousand parameters in a statement; this is far from it.
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class FollowRow:
    """A follow, and when it looks next."""

    list_id: str
    source: str
    title: str | None
    interval_hours: int
    checked_at: datetime | None
    reason_code: str | None
    run_at: float
    is_read: bool


async def of_user(session: AsyncSession, user_id: str) -> dict[str, FollowRow]:
    """What the lists that a user may see follow, by list."""
    rows = await session.execute(
        select(
            Follow.list_id,
            Follow.source,
            Follow.title,
            Follow.interval_hours,
            Follow.checked_at,
            Follow.reason_code,
            PlaylistRead.run_at,
            PlaylistRead.locked_by.is_not(None),
        )
        .join(PlaylistRead, PlaylistRead.follow_id == Follow.id)
        .join(VideoList, VideoList.id == Follow.list_id)
        .where(may_see(user_id))
    )
    return {row[0]: FollowRow(*row) for row in rows}


async def of_list(
    session: AsyncSession, list_id: str, *, lock: bool = False
) -> tuple[Follow, PlaylistRead] | None:
    """What a list follows with its read; both locked until the transaction ends if asked for."""
    statement = (
        select(Follow, PlaylistRead)
        .join(PlaylistRead, PlaylistRead.follow_id == Follow.id)
        .where(Follow.list_id == list_id)
    )
    row = (await session.execute(locked(statement) if lock else statement)).one_or_none()
    return (row[0], row[1]) if row else None


async def get(session: AsyncSession, follow_id: str) -> Follow | None:
    """A follow."""
    return await session.get(Follow, follow_id, populate_existing=True)


async def remove(session: AsyncSession, follow_id: str) -> None:
    """Follow no longer; its read and what it has seen go too."""
    await session.execute(delete(Follow).where(Follow.id == follow_id))


async def seen(session: AsyncSession, follow_id: str) -> set[str]:
    """YouTube's ids of the videos that a follow has seen."""
    rows = await session.scalars(
        select(FollowedVideo.youtube_id).where(FollowedVideo.follow_id == follow_id)
    )
    return set(rows)


async def note_seen(session: AsyncSession, follow_id: str, youtube_ids: Sequence[str]) -> None:
    """Remember videos that were not seen before."""
    for start in range(0, len(youtube_ids), _CHUNK):
        await session.execute(
            insert(FollowedVideo),
            [
                {"follow_id": follow_id, "youtube_id": youtube_id}
                for youtube_id in youtube_ids[start : start + _CHUNK]
            ],
        )


async def move(session: AsyncSession, list_id: str, to_list_id: str) -> None:
    """Let another list follow what a list follows, unless it follows something itself."""
    other = aliased(Follow)
    taken = exists().where(other.list_id == to_list_id)
    await session.execute(
        update(Follow).where(Follow.list_id == list_id, ~taken).values(list_id=to_list_id)
    )
