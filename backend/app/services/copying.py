"""Copies videos into another list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.core.database import UnitOfWork
from app.core.identifiers import new_id
from app.models import Access, JobKind
from app.repositories import copies, many_videos, videos
from app.repositories.copies import Copy
from app.repositories.many_videos import ChosenVideo
from app.schemas.videos import CopiedOut
from app.services.enrichment.reuse import PATIENT_CHECK_SECONDS
from app.services.job_queue import JobQueue, NewJob, priority_for
from app.services.list_access import list_for, tell_of_lists
from app.services.new_videos import new_rows, store_new
from app.services.own_words import Bearer, bring
from app.services.search import indexing


async def copy_videos(
    unit: UnitOfWork,
    queue: JobQueue,
    *,
    user_id: str,
    video_ids: Sequence[str],
    list_id: str,
) -> CopiedOut:
    """Copy videos to another list, with everything found for them, whatever its age.

    Of one that is still under way the copy waits, like for any video that is known elsewhere. Tags
    and notes go along; where a person stopped watching does not, and no import can be undone to
    remove what a person has copied.

    Raises:
        VideothekError: ``list_not_found``, ``list_read_only`` for the list they would come into.
    """
    # Locked first of all, like for a drop into this list.
    await list_for(unit.session, list_id, user_id, Access.EDIT, lock=True)
    await queue.hold_still(unit)
    chosen = await many_videos.visible(unit.session, user_id, video_ids)
    there = await videos.ids_in_list(unit.session, list_id, [video.youtube_id for video in chosen])
    copied: dict[str, ChosenVideo] = {}
    for video in chosen:
        # Of one video in several lists, the one that is furthest is copied.
        known = copied.get(video.youtube_id)
        if video.youtube_id not in there and (known is None or known.progress < video.progress):
            copied[video.youtube_id] = video
    # When each came into its new list: now, in the order they had.
    now = datetime.now(UTC)
    times = {
        youtube_id: now - timedelta(microseconds=place) for place, youtube_id in enumerate(copied)
    }
    made = {
        **await _copy_finished(unit, queue, list_id, copied, times),
        **await _begin_others(unit, queue, user_id, list_id, copied, times),
    }
    bearers = [
        Bearer(video.id, made[video.youtube_id]) for video in chosen if video.youtube_id in made
    ]
    await bring(unit.session, bearers)
    await indexing.index_soon(unit, list(made.values()))
    if made:
        unit.changes.videos.update(made.values())
        await tell_of_lists(unit, [list_id])
    return CopiedOut(copied=len(made), already_there=len(chosen) - len(made))


async def _copy_finished(
    unit: UnitOfWork,
    queue: JobQueue,
    list_id: str,
    copied: Mapping[str, ChosenVideo],
    times: Mapping[str, datetime],
) -> dict[str, str]:
    """Copy what is over.

    Returns:
        The new ids by YouTube's.
    """
    made = {
        video.youtube_id: Copy(video.id, new_id(), times[video.youtube_id])
        for video in copied.values()
        if video.is_over
    }
    await copies.add(unit.session, list_id, list(made.values()))
    new_ids = {youtube_id: copy.video_id for youtube_id, copy in made.items()}
    waiting = await copies.still_to_get_captions(unit.session, list_id) & set(new_ids.values())
    # They are copied once they are there; this is for the case that the source is deleted meanwhile.
    await queue.defer(
        unit,
        [
            NewJob(
                JobKind.REUSE,
                video_id,
                priority_for(len(copied)),
                delay_seconds=PATIENT_CHECK_SECONDS,
            )
            for video_id in sorted(waiting)
        ],
    )
    return new_ids


async def _begin_others(
    unit: UnitOfWork,
    queue: JobQueue,
    user_id: str,
    list_id: str,
    copied: Mapping[str, ChosenVideo],
    times: Mapping[str, datetime],
) -> dict[str, str]:
    under_way = [youtube_id for youtube_id, video in copied.items() if not video.is_over]
    rows = [
        replace(row, created_at=times[row.youtube_id])
        for row in new_rows(user_id, list_id, None, under_way)
    ]
    await store_new(unit, queue, rows, priority_for(len(copied)))
    return {row.youtube_id: row.id for row in rows}
