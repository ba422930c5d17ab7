"""Many videos at once: what a person chose is removed, tried again or moved."""

from collections.abc import Sequence
from datetime import UTC, datetime

from app.core.database import UnitOfWork
from app.repositories import imports, job_groups, many_videos, videos
from app.repositories.many_videos import ChosenVideo
from app.schemas.videos import MovedOut
from app.services.begin_anew import begin_anew
from app.services.job_queue import JobQueue
from app.services.list_service import own_list


async def remove_videos(
    unit: UnitOfWork, queue: JobQueue, *, user_id: str, video_ids: Sequence[str]
) -> int:
    """Remove videos from their lists, with everything found for them.

    Returns:
        How many there were; those of others do not count.
    """
    await queue.hold_still(unit)
    chosen = await many_videos.owned(unit.session, user_id, video_ids)
    await remove_chosen(unit, queue, user_id, chosen)
    return len(chosen)


async def retry_videos(
    unit: UnitOfWork, queue: JobQueue, *, user_id: str, video_ids: Sequence[str]
) -> int:
    """Try videos again.

    Returns:
        How many there were; those of others do not count.
    """
    await queue.hold_still(unit)
    chosen = await many_videos.owned(unit.session, user_id, video_ids)
    await begin_anew(unit, queue, chosen)
    return len(chosen)


async def move_videos(
    unit: UnitOfWork, queue: JobQueue, *, user_id: str, video_ids: Sequence[str], list_id: str
) -> MovedOut:
    """Move videos to another list, with everything found for them and their import's progress.

    Raises:
        VideothekError: ``list_not_found``.
    """
    # Locked first of all, like for a drop into this list.
    await own_list(unit.session, list_id, user_id, lock=True)
    await queue.hold_still(unit)
    chosen = await many_videos.owned(unit.session, user_id, video_ids)
    elsewhere = [video for video in chosen if video.list_id != list_id]
    there = set(
        await videos.ids_in_list(unit.session, list_id, [video.youtube_id for video in elsewhere])
    )
    moving: dict[str, ChosenVideo] = {}
    # Of one video in several lists, the one that is furthest goes.
    for video in sorted(elsewhere, key=lambda video: -video.progress):
        if video.youtube_id not in there:
            moving.setdefault(video.youtube_id, video)
    moved_ids = {video.id for video in moving.values()}
    await many_videos.move(unit.session, list(moved_ids), list_id)
    await remove_chosen(
        unit, queue, user_id, [video for video in elsewhere if video.id not in moved_ids]
    )
    unit.changes.videos |= moved_ids
    for changed in {video.list_id for video in elsewhere}:
        unit.changes.note_list(user_id, changed)
    if moved_ids:
        unit.changes.note_list(user_id, list_id)
    return MovedOut(moved=len(moved_ids), already_there=len(chosen) - len(moved_ids))


async def remove_chosen(
    unit: UnitOfWork, queue: JobQueue, user_id: str, chosen: Sequence[ChosenVideo]
) -> None:
    """Remove videos, in a transaction in which the queue holds still."""
    if not chosen:
        return
    ids = [video.id for video in chosen]
    await queue.wake_copies_of_videos(unit, ids)
    await job_groups.remove_of_videos(unit.session, ids)
    await many_videos.remove(unit.session, ids)
    ended = await imports.finish_all_done(unit.session, user_id, datetime.now(UTC))
    unit.changes.imports.update(ended)
    unit.changes.imports.update(video.import_id for video in chosen if video.import_id is not None)
    for list_id in {video.list_id for video in chosen}:
        unit.changes.note_list(user_id, list_id)
