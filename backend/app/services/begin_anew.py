"""Trying videos again: one, many that a person chose, or all that a cancelled import left."""

from collections.abc import Sequence

from app.core.database import UnitOfWork
from app.models import ImportStage, JobKind
from app.repositories import imports, many_videos, videos
from app.repositories.many_videos import ChosenVideo
from app.services.job_queue import FIRST_JOBS, JobQueue, NewJob, priority_for
from app.services.rate_limiter import Priority


async def begin_anew(unit: UnitOfWork, queue: JobQueue, chosen: Sequence[ChosenVideo]) -> None:
    """Let work on videos begin anew, a few of them ahead of batches, many as a batch.

    One in error returns to the last stage it had reached; a complete one stays complete while what
    was found is looked up anew; one under way or waiting begins anew at once; one that was stopped
    goes on where it was.

    Args:
        unit: A transaction in which the queue holds still.
        queue: Where the jobs are.
        chosen: As they are in this transaction.
    """
    if not chosen:
        return
    priority = priority_for(len(chosen))
    await queue.defer_again(
        unit,
        [
            NewJob(kind, video.id, priority, video.import_id or "")
            for video in chosen
            for kind in _next_jobs(video)
        ],
    )
    await _restart(unit, queue, chosen, priority)
    await many_videos.hold(unit.session, {video.id for video in chosen}, key_share=True)
    await many_videos.reopen(unit.session, [video.id for video in chosen])
    anew = [video.id for video in chosen if video.is_over and not video.is_transcribing]
    await many_videos.begin_round(unit.session, anew)
    unfinished = [video for video in chosen if video.stage != ImportStage.COMPLETE]
    await many_videos.go_on(unit.session, [video.id for video in unfinished])
    import_ids = {video.import_id for video in unfinished if video.import_id is not None}
    await imports.resume_finished(unit.session, import_ids)
    unit.changes.imports |= import_ids
    unit.changes.videos.update(video.id for video in chosen)


async def _restart(
    unit: UnitOfWork, queue: JobQueue, chosen: Sequence[ChosenVideo], priority: Priority
) -> None:
    waiting = [video.youtube_id for video in chosen if not video.is_over and not video.is_stopped]
    # The same video elsewhere may be what one of these waits for.
    twins = await videos.ids_of_youtube_ids(unit.session, waiting)
    ids = list({video.id for video in chosen}.union(twins))
    await queue.restart(unit, ids)
    if priority is Priority.INTERACTIVE:
        await queue.hasten(unit, ids)


def _next_jobs(video: ChosenVideo) -> Sequence[JobKind]:
    """What a video needs that has no job; one that is under way has its own."""
    title = () if video.has_title else (JobKind.TITLE,)
    if video.is_over and video.is_transcribing:
        # What was heard so far is paid for: it goes on, now.
        return (JobKind.TRANSCRIBE,)
    if video.is_over:
        return (*title, JobKind.EXTRACT)
    return _jobs_of_stopped(video) if video.is_stopped else ()


def _jobs_of_stopped(video: ChosenVideo) -> Sequence[JobKind]:
    if video.stage in (ImportStage.CAPTIONS, ImportStage.CHAPTERS):
        return (JobKind.FINISH,)
    if video.is_transcribing:
        return (JobKind.TRANSCRIBE, JobKind.GO_ON)
    if video.is_extracted and video.has_track:
        return (JobKind.CAPTIONS,)
    if video.has_copy:
        return (JobKind.REUSE,)
    return FIRST_JOBS if not video.has_title else (JobKind.EXTRACT,)
