"""Questions about what a person writes of a video, and how far they have watched it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Video
from app.repositories.dialects import chunks, table_of

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
    """Remember where a person stopped watching."""
    await session.execute(
        update(Video).where(Video.id == video_id).values(position_seconds=position_seconds)
    )
