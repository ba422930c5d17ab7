"""What every step of enrichment does at its end: say how far the video is, and defer the next step."""

from datetime import UTC, datetime

from app.core.database import UnitOfWork
from app.models import ImportStage, JobKind
from app.repositories import enrichments, imports, video_steps, videos
from app.services.job_queue import JobQueue, NewJob, QueuedJob


async def reach(unit: UnitOfWork, video_id: str, stage: ImportStage) -> None:
    """Say that a video has reached a stage; a replayed step changes nothing.

    Args:
        unit: The transaction that stores the result.
        video_id: The video.
        stage: The stage.
    """
    added_at = await video_steps.advance(unit.session, video_id, stage)
    if added_at is not None:
        unit.changes.reached.append((stage.value, (datetime.now(UTC) - added_at).total_seconds()))
    await enrichments.set_stage(unit.session, video_id, stage)
    unit.changes.videos.add(video_id)


async def defer_next(queue: JobQueue, unit: UnitOfWork, job: QueuedJob, kind: JobKind) -> None:
    """Defer another step of the same video, with the same place among the others.

    Args:
        queue: Where it goes.
        unit: The transaction that stores the result of the step before.
        job: The step before.
        kind: The step.
    """
    await queue.defer_again(unit, [NewJob(kind, job.video_id, job.priority, job.batch)])


async def finish_import(unit: UnitOfWork, video_id: str) -> None:
    """End the import of a video if it was the last one that anything is to be done for now.

    Args:
        unit: The transaction in which the video ended, or began to wait for a time of its own.
        video_id: The video.
    """
    import_id = await videos.import_of(unit.session, video_id)
    if import_id is not None:
        await imports.finish_if_done(unit.session, import_id, datetime.now(UTC))
        unit.changes.imports.add(import_id)
