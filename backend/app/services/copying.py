"""Copies videos into another list of the same person."""

from collections.abc import Sequence

from app.core.database import UnitOfWork
from app.schemas.videos import CopiedOut
from app.services.job_queue import JobQueue


async def copy_videos(
    unit: UnitOfWork,
    queue: JobQueue,
    *,
    user_id: str,
    video_ids: Sequence[str],
    list_id: str,
) -> CopiedOut:
    """Copy videos to another list, with everything found for them, whatever its age.

    Raises:
        VideothekError: ``list_not_found``.
    """
    raise NotImplementedError
