"""Videos that somebody may see: showing, removing, trying again."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, not_found
from app.core.texts import key_of
from app.models import Access, CaptionsSource, ChaptersSource, ImportStage, VideoEnrichment
from app.repositories import enrichments, notes, videos
from app.repositories.videos import VideoRow
from app.schemas.videos import (
    CaptionsOut,
    ChapterOut,
    CueOut,
    EnrichmentOut,
    NeighboursOut,
    VideoDetailOut,
    VideoOut,
    VideoPage,
)
from app.services.bulk_service import remove_videos, retry_videos
from app.services.job_queue import JobQueue
from app.services.list_access import list_for
from app.services.paging import decode_cursor, encode_cursor
from app.services.presenting import VideoPresenter
from app.services.transcription.showing import VideoTranscripts

# Who stopped this close to the beginning begins there again.
_BEGINNING_SECONDS = 1.0
# Who came this close to the end has seen it: closing words, or a share of a long video's credits.
_END_SECONDS = 10.0
_END_SHARE = 0.03


async def visible_video(session: AsyncSession, video_id: str, user_id: str) -> VideoRow:
    """The video, if this user may see it.

    Raises:
        VideothekError: ``video_not_found``, also for one that they may not know of.
    """
    row = await videos.visible(session, video_id, user_id)
    if row is None:
        raise not_found(ErrorCode.VIDEO_NOT_FOUND)
    return row


async def detail_of(
    session: AsyncSession, presenter: VideoPresenter, *, user_id: str, video_id: str
) -> VideoDetailOut:
    """A video for a page of its own.

    Raises:
        VideothekError: ``video_not_found``.
    """
    row = await visible_video(session, video_id, user_id)
    note = await videos.note(session, video_id)
    return VideoDetailOut(**presenter.video(row).model_dump(), note=note)


async def set_position(
    unit: UnitOfWork, *, user_id: str, video_id: str, position_seconds: float | None
) -> None:
    """Remember where a person stopped watching.

    Raises:
        VideothekError: ``video_not_found``.
    """
    video = await visible_video(unit.session, video_id, user_id)
    position = _worth_remembering(position_seconds, video.duration_seconds)
    if video.user_id == user_id:
        await notes.set_position(unit.session, video_id, position)
    else:
        await notes.set_position_of(unit.session, user_id, video_id, position)


def _worth_remembering(seconds: float | None, duration_seconds: int | None) -> float | None:
    """A place to go on at; None at the very beginning, and where hardly anything is left."""
    if seconds is None or seconds < _BEGINNING_SECONDS:
        return None
    if duration_seconds is not None:
        end_seconds = max(_END_SECONDS, _END_SHARE * duration_seconds)
        if seconds >= duration_seconds - end_seconds:
            return None
    return seconds


async def neighbours_of(
    session: AsyncSession, presenter: VideoPresenter, *, user_id: str, video_id: str
) -> NeighboursOut:
    """The videos before and after one in its list, newest first.

    Raises:
        VideothekError: ``video_not_found``.
    """
    row = await visible_video(session, video_id, user_id)

    async def beside(*, oldest_first: bool) -> VideoOut | None:
        found = await videos.page(
            session,
            row.list_id,
            viewer_id=user_id,
            limit=1,
            before=(row.created_at, row.id),
            stage=None,
            oldest_first=oldest_first,
        )
        return presenter.video(found[0]) if found else None

    return NeighboursOut(
        previous=await beside(oldest_first=True), next=await beside(oldest_first=False)
    )


async def list_page(
    session: AsyncSession,
    presenter: VideoPresenter,
    *,
    user_id: str,
    list_id: str,
    limit: int,
    cursor: str | None,
    stage: ImportStage | None,
    tag: str | None,
    oldest_first: bool,
) -> VideoPage:
    """One page of a list's videos.

    Raises:
        VideothekError: ``list_not_found``; ``invalid_request`` for a cursor that is not ours.
    """
    await list_for(session, list_id, user_id, Access.READ)
    tag_key = key_of(tag) if tag is not None else None
    rows = await videos.page(
        session,
        list_id,
        viewer_id=user_id,
        limit=limit + 1,
        before=decode_cursor(cursor),
        stage=stage,
        oldest_first=oldest_first,
        tag_key=tag_key,
    )
    shown = rows[:limit]
    more = len(rows) > limit
    return VideoPage(
        items=[presenter.video(row) for row in shown],
        next_cursor=encode_cursor(shown[-1].created_at, shown[-1].id) if more else None,
        total=await videos.count(session, list_id, stage, tag_key),
    )


async def enrichment_of(
    session: AsyncSession, *, user_id: str, video_id: str, transcripts: VideoTranscripts
) -> EnrichmentOut:
    """What was found for a video.

    Args:
        session: A session.
        user_id: Who asks.
        video_id: Of which video.
        transcripts: How far one is, and what one would take.

    Raises:
        VideothekError: ``video_not_found``.
    """
    video = await visible_video(session, video_id, user_id)
    row = await enrichments.full(session, video_id) or VideoEnrichment(
        stage=video.import_stage, cues=[], chapters=[]
    )
    return EnrichmentOut(
        stage=ImportStage(row.stage),
        description=await videos.description(session, video_id),
        captions=CaptionsOut(
            source=CaptionsSource(row.captions_source) if row.captions_source else None,
            language=row.language,
            cues=[
                CueOut(start_seconds=start, end_seconds=end, text=text)
                for start, end, text in row.cues or []
            ],
        ),
        chapters=[
            ChapterOut(start_seconds=start, end_seconds=end, title=title)
            for start, end, title in row.chapters or []
        ],
        chapters_source=ChaptersSource(row.chapters_source) if row.chapters_source else None,
        last_error_code=ErrorCode(row.last_error_code) if row.last_error_code else None,
        transcription=await transcripts.of(session, video_id),
        transcription_estimate=transcripts.estimate(row.captions_source, video.duration_seconds),
    )


async def delete_video(unit: UnitOfWork, queue: JobQueue, *, user_id: str, video_id: str) -> None:
    """Remove a video from its list, with everything found for it.

    Raises:
        VideothekError: ``video_not_found``, ``list_read_only``.
    """
    if not await remove_videos(unit, queue, user_id=user_id, video_ids=[video_id]):
        raise not_found(ErrorCode.VIDEO_NOT_FOUND)


async def retry_video(unit: UnitOfWork, queue: JobQueue, *, user_id: str, video_id: str) -> None:
    """Try a video again, ahead of batches.

    Raises:
        VideothekError: ``video_not_found``, ``list_read_only``.
    """
    if not await retry_videos(unit, queue, user_id=user_id, video_ids=[video_id]):
        raise not_found(ErrorCode.VIDEO_NOT_FOUND)
