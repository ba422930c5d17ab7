"""What a person wrote of a video goes along where the video goes."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from app.repositories import notes, tags


class Bearer(NamedTuple):
    """A video whose tags and note another one gets as well."""

    from_id: str
    to_id: str


async def bring(session: AsyncSession, bearers: Sequence[Bearer]) -> set[str]:
    """Add the tags of videos to those of others, and append their notes.

    Args:
        session: A transaction in which those who get them are locked or new.
        bearers: From which video to which.

    Returns:
        Those whose words are others now.
    """
    tagged = await tags.have_any(session, [bearer.from_id for bearer in bearers])
    await tags.copy(session, [bearer for bearer in bearers if bearer.from_id in tagged])
    noted = await _append_notes(session, bearers)
    return noted | {bearer.to_id for bearer in bearers if bearer.from_id in tagged}


async def _append_notes(session: AsyncSession, bearers: Sequence[Bearer]) -> set[str]:
    ids = {video_id for bearer in bearers for video_id in bearer}
    written = await notes.notes_of(session, sorted(ids))
    changed: dict[str, str | None] = {}
    for source, target in bearers:
        added, there = written.get(source), changed.get(target) or written.get(target)
        if not added or (there and added in there):
            continue
        changed[target] = f"{there}\n\n{added}" if there else added
    await notes.set_notes(session, changed)
    return set(changed)
