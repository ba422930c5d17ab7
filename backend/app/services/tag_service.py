"""Tags and notes: a person's own words for videos."""

from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, not_found
from app.core.texts import key_of, lines_of_text
from app.repositories import notes, tags
from app.repositories.many_videos import HeldVideo
from app.schemas.tags import MAX_TAGS_OF_A_VIDEO, TagOut
from app.schemas.videos import TaggedOut, TagVideosIn, VideoChangeIn
from app.services.list_access import hold_editable_videos, tell_of_lists
from app.services.search import indexing


async def all_tags(session: AsyncSession, user_id: str) -> list[TagOut]:
    """The tags of the videos that a user may see, in alphabetical order."""
    found = sorted(await tags.all_of(session, user_id), key=lambda tag: key_of(tag[0]))
    return [TagOut(name=name, video_count=count) for name, count in found]


async def tag_videos(unit: UnitOfWork, *, user_id: str, change: TagVideosIn) -> TaggedOut:
    """Add tags to many videos, or take them away; those of others are passed over.

    A video that would have more than ``MAX_TAGS_OF_A_VIDEO`` keeps those it has and gets the first of
    the new ones; it does not count as tagged.

    Raises:
        VideothekError: ``list_read_only``.
    """
    chosen = await hold_editable_videos(unit.session, user_id, change.video_ids)
    ids = [video.id for video in chosen]
    before = await tags.keys_of(unit.session, ids)
    removed = {key_of(name) for name in change.remove}
    if removed:
        await tags.remove(unit.session, ids, removed)
    added = await _as_spelled(unit.session, user_id, change.add)
    rows = []
    changed = []
    full_count = 0
    for video in chosen:
        had = before.get(video.id, set())
        kept = had - removed
        wanted = [key for key in added if key not in kept]
        new = wanted[: MAX_TAGS_OF_A_VIDEO - len(kept)]
        full_count += new != wanted
        rows += [{"video_id": video.id, "key": key, "name": added[key]} for key in new]
        if had != kept | set(new):
            changed.append(video)
    await tags.add(unit.session, rows)
    await _tell(unit, changed)
    return TaggedOut(tagged=len(chosen) - full_count)


async def change_video(
    unit: UnitOfWork, *, user_id: str, video_id: str, change: VideoChangeIn
) -> None:
    """Set the note or the tags of a video; what is left out stays as it is.

    Raises:
        VideothekError: ``video_not_found``, ``list_read_only``.
    """
    held = await hold_editable_videos(unit.session, user_id, [video_id])
    if not held:
        raise not_found(ErrorCode.VIDEO_NOT_FOUND)
    given = change.model_fields_set
    if "note" in given:
        note = lines_of_text(change.note or "").strip() or None
        await notes.set_notes(unit.session, {video_id: note})
    if "tags" in given and change.tags is not None:
        await _set_tags(unit.session, user_id, video_id, change.tags)
    if given:
        await _tell(unit, held)


async def _set_tags(
    session: AsyncSession, user_id: str, video_id: str, names: Sequence[str]
) -> None:
    wanted = await _as_spelled(session, user_id, names)
    had = (await tags.keys_of(session, [video_id])).get(video_id, set())
    await tags.remove(session, [video_id], had - set(wanted))
    rows = [
        {"video_id": video_id, "key": key, "name": name}
        for key, name in wanted.items()
        if key not in had
    ]
    await tags.add(session, rows)


async def _as_spelled(session: AsyncSession, user_id: str, names: Iterable[str]) -> dict[str, str]:
    """Tags by their keys, each as this library wrote it first."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(key_of(name), name)
    return wanted | await tags.spellings(session, user_id, wanted) if wanted else {}


async def _tell(unit: UnitOfWork, changed: Sequence[HeldVideo]) -> None:
    await indexing.index_soon(unit, [video.id for video in changed])
    await tell_of_lists(unit, {video.list_id for video in changed})
