"""Questions about what a person writes of a video, and how far they have watched it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Video, VideoList, WatchPosition
from app.repositories.dialects import chunks, insert_for, table_of

_VIDEOS = table_of(Video)
_SET_NOTE = (
    update(_VIDEOS)
    .where(_VIDEOS.c.id == bindparam("this_video"))
    .values(note=bindparam("text", type_=_VIDEOS.c.note.type))
)


async def notes_of(session: AsyncSession, video_ids: Sequence[str]) -> dict[str, str]:
    """The notes of those that have one."""
    found: dict[str, str] = {}
    for chunk in chunks(video_ids):
        rows = await session.execute(
            select(Video.id, Video.note).where(Video.id.in_(chunk), Video.note.is_not(None))
        )
        found.update({video_id: note for video_id, note in rows if note})
    return found


async def set_notes(session: AsyncSession, notes: Mapping[str, str | None]) -> None:
    """Replace the notes of videos, given by their ids."""
    if notes:
        await session.execute(
            _SET_NOTE, [{"this_video": video_id, "text": note} for video_id, note in notes.items()]
        )


async def set_position(
    session: AsyncSession, video_id: str, position_seconds: float | None
) -> None:
    """Remember where the owner of a list stopped watching."""
    await session.execute(
        update(Video).where(Video.id == video_id).values(position_seconds=position_seconds)
    )


async def hand_over_positions(
    session: AsyncSession, video_ids: Sequence[str], list_id: str
) -> None:
    """Of videos that go into a list of somebody else: each keeps their own place in them.

    Args:
        session: A transaction that has locked the videos, before they are in the list.
        video_ids: The videos.
        list_id: Where they go.
    """
    to_user = select(VideoList.user_id).where(VideoList.id == list_id).scalar_subquery()
    positions = table_of(WatchPosition)
    of_others = select(VideoList.id).where(VideoList.user_id != to_user)
    own = select(WatchPosition.position_seconds).where(
        WatchPosition.user_id == to_user, WatchPosition.video_id == Video.id
    )
    for chunk in chunks(video_ids):
        coming = and_(Video.id.in_(chunk), Video.list_id.in_(of_others))
        left = (
            select(VideoList.user_id, Video.id, Video.position_seconds)
            .join(VideoList, VideoList.id == Video.list_id)
            .where(coming, Video.position_seconds.is_not(None))
        )
        keep = insert_for(session, positions).from_select(
            ["user_id", "video_id", "position_seconds"], left
        )
        await session.execute(
            keep.on_conflict_do_update(
                index_elements=["user_id", "video_id"],
                set_={"position_seconds": keep.excluded.position_seconds},
            )
        )
        await session.execute(
            update(Video).where(coming).values(position_seconds=own.scalar_subquery())
        )
        await session.execute(
            delete(WatchPosition).where(
                WatchPosition.user_id == to_user, WatchPosition.video_id.in_(chunk)
            )
        )


async def set_position_of(
    session: AsyncSession, user_id: str, video_id: str, position_seconds: float | None
) -> None:
    """Remember where somebody else stopped watching."""
    if position_seconds is None:
        await session.execute(
            delete(WatchPosition).where(
                WatchPosition.user_id == user_id, WatchPosition.video_id == video_id
            )
        )
        return
    row = {"user_id": user_id, "video_id": video_id, "position_seconds": position_seconds}
    await session.execute(
        insert_for(session, table_of(WatchPosition))
        .values(row)
        .on_conflict_do_update(
            index_elements=["user_id", "video_id"], set_={"position_seconds": position_seconds}
        )
    )
