"""Videos go into another list, and a list becomes a part of another."""

from collections.abc import Sequence

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError
from app.models import Access
from app.repositories import follows, imports, lists, many_videos, notes, playlist_reads, videos
from app.repositories.many_videos import ChosenVideo
from app.schemas.videos import MovedOut
from app.services.bulk_service import remove_chosen
from app.services.job_queue import JobQueue
from app.services.lanes import LaneName
from app.services.list_access import editable_videos, list_for, tell_of_lists
from app.services.own_words import Bearer, bring
from app.services.search import indexing
from app.services.sharing import settle


async def move_videos(
    unit: UnitOfWork, queue: JobQueue, *, user_id: str, video_ids: Sequence[str], list_id: str
) -> MovedOut:
    """Move videos to another list, with everything found for them and their import's progress.

    What the other list has already is only removed from its own; tags and notes are united.

    Raises:
        VideothekError: ``list_not_found``; ``list_read_only``, also for where one of them is.
    """
    # Locked first of all, like for a drop into this list.
    await list_for(unit.session, list_id, user_id, Access.EDIT, lock=True)
    await queue.hold_still(unit)
    chosen = await editable_videos(unit.session, user_id, video_ids)
    return await _move(unit, queue, chosen, list_id)


async def merge_lists(
    unit: UnitOfWork, queue: JobQueue, *, user_id: str, list_id: str, into_list_id: str
) -> MovedOut:
    """Move all videos of a list into another one, and delete the empty list.

    What is still to be read into the list is read into the other one. So is what it follows, unless
    that one follows something itself.

    Raises:
        VideothekError: ``list_not_found`` for either; ``invalid_request`` for a list into itself;
            ``list_of_other`` for a list that is not one's own, ``list_read_only`` for the other one.
    """
    if list_id == into_list_id:
        raise VideothekError(ErrorCode.INVALID_REQUEST, 422)
    session = unit.session
    # In the order of their ids, so that two who lock several of them never wait in a circle.
    for one in sorted((list_id, into_list_id)):
        needed = Access.OWNER if one == list_id else Access.EDIT
        await list_for(session, one, user_id, needed, lock=True)
    await queue.hold_still(unit)
    chosen = await many_videos.of_list(session, list_id)
    moved = await _move(unit, queue, chosen, into_list_id)
    await imports.show_in_list(session, list_id, into_list_id)
    await follows.move(session, list_id, into_list_id)
    await playlist_reads.move(session, list_id, into_list_id)
    await settle(unit, into_list_id, [])
    await tell_of_lists(unit, [list_id, into_list_id])
    await lists.remove(session, list_id)
    unit.changes.jobs_for_lanes.add(LaneName.PLAYLIST)
    return moved


async def _move(
    unit: UnitOfWork, queue: JobQueue, chosen: Sequence[ChosenVideo], list_id: str
) -> MovedOut:
    elsewhere = [video for video in chosen if video.list_id != list_id]
    there = await videos.ids_in_list(
        unit.session, list_id, [video.youtube_id for video in elsewhere]
    )
    moving: dict[str, ChosenVideo] = {}
    # Of one video in several lists, the one that is furthest goes.
    for video in sorted(elsewhere, key=lambda video: -video.progress):
        if video.youtube_id not in there:
            moving.setdefault(video.youtube_id, video)
    staying = there | {youtube_id: video.id for youtube_id, video in moving.items()}
    moved_ids = {video.id for video in moving.values()}
    doubles = [video for video in elsewhere if video.id not in moved_ids]
    # All at once, or two who change the same videos in portions could wait in a circle.
    await many_videos.hold(unit.session, {video.id for video in elsewhere} | set(staying.values()))
    await notes.hand_over_positions(unit.session, list(moved_ids), list_id)
    await many_videos.move(unit.session, list(moved_ids), list_id)
    changed = await bring(
        unit.session, [Bearer(video.id, staying[video.youtube_id]) for video in doubles]
    )
    await indexing.index_soon(unit, sorted(changed))
    await remove_chosen(unit, queue, doubles)
    unit.changes.videos |= moved_ids
    await settle(unit, list_id, list(moved_ids))
    came = [list_id] if moved_ids or changed else []
    await tell_of_lists(unit, {*came, *(video.list_id for video in elsewhere)})
    return MovedOut(moved=len(moved_ids), already_there=len(chosen) - len(moved_ids))
