"""What happens to many jobs at once: those of some videos, of a list, or of an import."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import PENDING_STAGES, Job, Video
from app.repositories.dialects import chunks, dialect_of, table_of
from app.repositories.job_writes import writes_of
from app.repositories.jobs import JobChange

_JOBS = table_of(Job)


async def hold_still(session: AsyncSession) -> None:
    """Let nobody take, finish or defer a job until this transaction ends.

    To be called before anything else is locked. What a person does to many videos at once then sees
    each of them either before or after a worker's step. A transaction of SQLite is alone anyway.
    """
    if dialect_of(session) == "postgresql":
        await session.execute(text("LOCK TABLE jobs IN EXCLUSIVE MODE"))


async def restart(session: AsyncSession, video_ids: Sequence[str], now: float) -> None:
    """Let the jobs of videos that nobody works on begin anew, at once."""
    await writes_of(session).change(
        session,
        JobChange(run_at=now, is_fresh=True),
        _JOBS.c.video_id.in_(video_ids),
        _JOBS.c.locked_by.is_(None),
    )


async def hasten(session: AsyncSession, video_ids: Sequence[str], priority: int) -> None:
    """Give the jobs of some videos a better place in the queue."""
    await writes_of(session).change(
        session,
        JobChange(priority=priority),
        _JOBS.c.video_id.in_(video_ids),
        _JOBS.c.priority > priority,
    )


async def wake(session: AsyncSession, video_ids: Sequence[str], kind: str, now: float) -> None:
    """Make waiting jobs of a kind due now."""
    for chunk in chunks(video_ids):
        await writes_of(session).change(
            session,
            JobChange(run_at=now),
            _JOBS.c.video_id.in_(chunk),
            _JOBS.c.kind == kind,
            _JOBS.c.locked_by.is_(None),
        )


async def set_priority_of_batch(session: AsyncSession, batch: str, priority: int) -> None:
    """Give all jobs of a batch the same place in the queue."""
    await writes_of(session).change(
        session,
        JobChange(priority=priority),
        _JOBS.c.batch == batch,
        _JOBS.c.priority != priority,
    )


async def wake_copies(
    session: AsyncSession, kind: str, now: float, *gone: ColumnElement[bool]
) -> None:
    """Make jobs of a kind due for the same videos in other lists.

    Args:
        session: A transaction.
        kind: The kind of job.
        now: The lanes' clock.
        gone: Which videos will not go on, so that nobody must wait for them.
    """
    copies = select(Video.id).where(Video.youtube_id.in_(select(Video.youtube_id).where(*gone)))
    await writes_of(session).change(
        session,
        JobChange(run_at=now),
        _JOBS.c.kind == kind,
        _JOBS.c.video_id.in_(copies),
        _JOBS.c.locked_by.is_(None),
    )


async def remove_of_videos(session: AsyncSession, video_ids: Sequence[str]) -> None:
    """Remove the jobs of videos that are about to be deleted.

    The database would do it too, but after the videos, and workers lock jobs before videos.
    """
    await session.execute(delete(_JOBS).where(_JOBS.c.video_id.in_(video_ids)))


async def remove_of_list(session: AsyncSession, list_id: str) -> None:
    """Remove the jobs of a list's videos, likewise before the videos."""
    await remove_of_videos_where(session, Video.list_id == list_id)


async def remove_of_import(session: AsyncSession, import_id: str) -> None:
    """Remove the jobs of all of an import's videos."""
    await remove_of_videos_where(session, Video.import_id == import_id)


async def remove_of_pending(session: AsyncSession, import_id: str) -> None:
    """Remove the jobs of an import's videos that are not over."""
    await remove_of_videos_where(
        session, Video.import_id == import_id, Video.import_stage.in_(PENDING_STAGES)
    )


async def remove_of_videos_where(session: AsyncSession, *conditions: ColumnElement[bool]) -> None:
    """Remove the jobs of videos."""
    await session.execute(
        delete(_JOBS).where(_JOBS.c.video_id.in_(select(Video.id).where(*conditions)))
    )
