"""Many videos at once: what a person chose is removed or tried again."""

from collections.abc import Sequence
from datetime import UTC, datetime

from app.core.database import UnitOfWork
from app.repositories import imports, job_groups, many_videos
from app.repositories.many_videos import ChosenVideo
from app.services.begin_anew import begin_anew
from app.services.job_queue import JobQueue
from app.services.list_access import editable_videos, tell_of_lists


async def remove_videos(
    unit: UnitOfWork, queue: JobQueue, *, user_id: str, video_ids: Sequence[str]
) -> int:
    """Remove videos from their lists, with everything found for them.

    Returns:
        How many there were; those of others do not count.

    Raises:
        VideothekError: ``list_read_only``.
    """
    await queue.hold_still(unit)
    chosen = await editable_videos(unit.session, user_id, video_ids)
    await remove_chosen(unit, queue, chosen)
    return len(chosen)


async def retry_videos(
    unit: UnitOfWork, queue: JobQueue, *, user_id: str, video_ids: Sequence[str]
) -> int:
    """Try videos again.

    Returns:
        How many there were; those of others do not count.

    Raises:
        VideothekError: ``list_read_only``.
    """
    await queue.hold_still(unit)
    chosen = await editable_videos(unit.session, user_id, video_ids)
    await begin_anew(unit, queue, chosen)
    return len(chosen)


async def remove_chosen(unit: UnitOfWork, queue: JobQueue, chosen: Sequence[ChosenVideo]) -> None:
    """Remove videos, in a transaction in which the queue holds still."""
    if not chosen:
        return
    ids = [video.id for video in chosen]
    await queue.wake_copies_of_videos(unit, ids)
    await job_groups.remove_of_videos(unit.session, ids)
    await many_videos.remove(unit.session, ids)
    of_imports = {video.import_id for video in chosen if video.import_id is not None}
    concerned = await imports.owners(unit.session, of_imports)
    unit.changes.imports.update(
        await imports.finish_all_done(unit.session, concerned, datetime.now(UTC))
    )
    unit.changes.imports.update(of_imports)
    await tell_of_lists(unit, {video.list_id for video in chosen})
