"""Questions about videos."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import (
    PENDING_STAGES,
    TERMINAL_STAGES,
    ImportStage,
    Video,
    VideoEnrichment,
    VideoList,
    VideoTag,
    WatchPosition,
)
from app.repositories.access import may_see, visible_lists
from app.repositories.dialects import chunks, insert_rows, table_of

_VIDEOS = table_of(Video)
_ENRICHMENTS = table_of(VideoEnrichment)
_TWIN_IDS = select(_VIDEOS.c.id).where(
    _VIDEOS.c.youtube_id == bindparam("youtube"), _VIDEOS.c.id != bindparam("this_video")
)
_IMPORT_OF = select(_VIDEOS.c.import_id).where(_VIDEOS.c.id == bindparam("this_video"))
# Tags are single lines, so that none holds this.
_TAG_SEPARATOR = "\n"
_TAG_NAMES = (
    select(func.aggregate_strings(VideoTag.name, _TAG_SEPARATOR))
    .where(VideoTag.video_id == Video.id)
    .correlate(Video)
    .scalar_subquery()
)
_PENDING_SINCE = select(_VIDEOS.c.created_at).where(
    _VIDEOS.c.id == bindparam("this_video"),
    _VIDEOS.c.import_stage.not_in([stage.value for stage in TERMINAL_STAGES]),
)


@dataclass(frozen=True, slots=True)
class VideoRow:
    """A video with what the grid shows of its enrichment, and whose it is."""

    id: str
    user_id: str
    list_id: str
    import_id: str | None
    youtube_id: str
    title: str | None
    channel: str | None
    duration_seconds: int | None
    published_at: datetime | None
    created_at: datetime
    import_stage: str
    import_progress: int
    error_code: str | None
    language: str | None
    captions_source: str | None
    captions_pending: bool
    captions_code: str | None
    next_attempt_at: datetime | None
    position_seconds: float | None
    tag_names: str | None

    @property
    def tags(self) -> list[str]:
        """The names of its tags, in alphabetical order."""
        return (
            sorted(self.tag_names.split(_TAG_SEPARATOR), key=str.casefold) if self.tag_names else []
        )


def _rows(viewer_id: str | None = None) -> Select[*tuple[Any, ...]]:
    """Videos as somebody sees them, or as their lists' owners do."""
    return (
        select(
            Video.id,
            VideoList.user_id,
            Video.list_id,
            Video.import_id,
            Video.youtube_id,
            Video.title,
            Video.channel,
            Video.duration_seconds,
            Video.published_at,
            Video.created_at,
            Video.import_stage,
            Video.import_progress,
            Video.error_code,
            Video.language,
            VideoEnrichment.captions_source,
            func.coalesce(VideoEnrichment.captions_pending, False),
            VideoEnrichment.last_error_code,
            VideoEnrichment.next_attempt_at,
            Video.position_seconds if viewer_id is None else _position_of(viewer_id),
            _TAG_NAMES,
        )
        .join(VideoList, VideoList.id == Video.list_id)
        .outerjoin(VideoEnrichment, VideoEnrichment.video_id == Video.id)
    )


def _position_of(viewer_id: str) -> ColumnElement[float | None]:
    of_other = select(WatchPosition.position_seconds).where(
        WatchPosition.user_id == viewer_id, WatchPosition.video_id == Video.id
    )
    return case(
        (VideoList.user_id == viewer_id, Video.position_seconds),
        else_=of_other.correlate(Video).scalar_subquery(),
    )


async def visible(session: AsyncSession, video_id: str, user_id: str) -> VideoRow | None:
    """The video, if it is in a list that this user may see."""
    result = await session.execute(_rows(user_id).where(Video.id == video_id, may_see(user_id)))
    row = result.one_or_none()
    return VideoRow(*row) if row else None


async def by_ids(session: AsyncSession, video_ids: Sequence[str]) -> list[VideoRow]:
    """The videos that still exist."""
    result = await session.execute(_rows().where(Video.id.in_(video_ids)))
    return [VideoRow(*row) for row in result]


async def page(
    session: AsyncSession,
    list_id: str,
    *,
    viewer_id: str,
    limit: int,
    before: tuple[datetime, str] | None,
    stage: ImportStage | None,
    oldest_first: bool,
    tag_key: str | None = None,
) -> list[VideoRow]:
    """Up to ``limit`` videos of a list, newest first unless asked otherwise.

    Args:
        session: A session.
        list_id: The list.
        viewer_id: Who looks at it.
        limit: The most rows to give back.
        before: ``created_at`` and ``id`` of the last row of the page before.
        stage: Only videos in this stage.
        oldest_first: The other way round.
        tag_key: Only videos with this tag.
    """
    key = tuple_(Video.created_at, Video.id)
    statement = _rows(viewer_id).where(*_in_list(list_id, stage, tag_key))
    if before is not None:
        edge = tuple_(*before)
        statement = statement.where(key > edge if oldest_first else key < edge)
    ordering = (
        (Video.created_at, Video.id) if oldest_first else (Video.created_at.desc(), Video.id.desc())
    )
    result = await session.execute(statement.order_by(*ordering).limit(limit))
    return [VideoRow(*row) for row in result]


async def count(
    session: AsyncSession, list_id: str, stage: ImportStage | None, tag_key: str | None = None
) -> int:
    """The number of videos of a list, in all, or only in one stage or with one tag."""
    statement = select(func.count()).select_from(Video).where(*_in_list(list_id, stage, tag_key))
    return await session.scalar(statement) or 0


def _in_list(
    list_id: str, stage: ImportStage | None, tag_key: str | None
) -> list[ColumnElement[bool]]:
    conditions = [Video.list_id == list_id]
    if stage is not None:
        conditions.append(Video.import_stage == stage)
    if tag_key is not None:
        conditions.append(exists().where(VideoTag.video_id == Video.id, VideoTag.key == tag_key))
    return conditions


async def pending_of(
    session: AsyncSession, user_id: str, page_size: int
) -> AsyncIterator[list[VideoRow]]:
    """All videos that a user may see and that are still under way, page by page: memory stays small.

    They are looked for in two indexes, which hold nothing else: of a large library most is over.
    """
    of_user = visible_lists(user_id)
    seen = set(await session.scalars(of_user))
    in_stages = select(Video.id).where(
        Video.list_id.in_(of_user), Video.import_stage.in_(PENDING_STAGES)
    )
    with_captions_to_come = select(VideoEnrichment.video_id).where(VideoEnrichment.captions_pending)
    ids = {*await session.scalars(in_stages), *await session.scalars(with_captions_to_come)}
    for chunk in chunks(sorted(ids), page_size):
        rows = await by_ids(session, chunk)
        if shown := [row for row in rows if row.list_id in seen]:
            yield shown


async def ids_in_list(
    session: AsyncSession, list_id: str, youtube_ids: Sequence[str]
) -> dict[str, str]:
    """Which of these are in the list already: YouTube's id to ours."""
    result = await session.execute(
        select(Video.youtube_id, Video.id).where(
            Video.list_id == list_id, Video.youtube_id.in_(youtube_ids)
        )
    )
    return dict(result.all())


async def ids_in_lists(
    session: AsyncSession, list_ids: Sequence[str], youtube_ids: Sequence[str]
) -> dict[tuple[str, str], str]:
    """Which of these are in which of the lists already: the list and YouTube's id, to ours."""
    if not list_ids or not youtube_ids:
        return {}
    result = await session.execute(
        select(Video.list_id, Video.youtube_id, Video.id).where(
            Video.list_id.in_(list_ids), Video.youtube_id.in_(youtube_ids)
        )
    )
    return {(list_id, youtube_id): video_id for list_id, youtube_id, video_id in result}


async def hold(session: AsyncSession, video_ids: Sequence[str]) -> set[str]:
    """Keep videos from being removed until the transaction ends; jobs are to be locked before.

    Returns:
        Those that are still there.
    """
    if not video_ids:
        return set()
    statement = (
        select(Video.id)
        .where(Video.id.in_(video_ids))
        # In the order in which ``many_videos.remove`` locks them: nobody waits in a circle.
        .order_by(Video.id)
        .with_for_update(read=True, key_share=True)
    )
    return set(await session.scalars(statement))


async def known_elsewhere(
    session: AsyncSession, youtube_ids: Sequence[str], since: datetime
) -> dict[str, str]:
    """Which of these are in some list of this installation, under way or found since ``since``.

    Returns:
        YouTube's id to one of ours.
    """
    result = await session.execute(
        select(Video.youtube_id, Video.id)
        .join(VideoEnrichment, VideoEnrichment.video_id == Video.id)
        .where(
            Video.youtube_id.in_(youtube_ids),
            Video.import_stage != ImportStage.ERROR,
            or_(
                Video.import_stage != ImportStage.COMPLETE,
                VideoEnrichment.extracted_at >= since,
            ),
        )
    )
    return dict(result.all())


async def twins(session: AsyncSession, video_id: str, youtube_id: str) -> list[Video]:
    """The same video in other lists, those that are furthest first."""
    result = await session.scalars(
        select(Video)
        .where(Video.youtube_id == youtube_id, Video.id != video_id)
        .order_by(Video.import_progress.desc(), Video.id)
    )
    return list(result)


async def insert_many(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert videos together with their empty enrichments."""
    await insert_rows(session, _VIDEOS, rows)
    await insert_rows(session, _ENRICHMENTS, [{"video_id": row["id"]} for row in rows])


async def twin_ids(session: AsyncSession, video_id: str, youtube_id: str) -> list[str]:
    """The same video in other lists."""
    parameters = {"this_video": video_id, "youtube": youtube_id}
    return list(await session.scalars(_TWIN_IDS, parameters))


async def ids_of_youtube_ids(session: AsyncSession, youtube_ids: Sequence[str]) -> list[str]:
    """The videos in all lists that have one of these ids of YouTube."""
    if not youtube_ids:
        return []
    return list(await session.scalars(select(Video.id).where(Video.youtube_id.in_(youtube_ids))))


async def import_of(session: AsyncSession, video_id: str) -> str | None:
    """The import that brought a video."""
    import_id: str | None = await session.scalar(_IMPORT_OF, {"this_video": video_id})
    return import_id


async def pending_since(session: AsyncSession, video_id: str) -> datetime | None:
    """When a video was added; None if its import is over."""
    added: datetime | None = await session.scalar(_PENDING_SINCE, {"this_video": video_id})
    return added


async def duration_seconds(session: AsyncSession, video_id: str) -> int | None:
    """How long a video is, if that is known."""
    seconds: int | None = await session.scalar(
        select(Video.duration_seconds).where(Video.id == video_id)
    )
    return seconds


async def language(session: AsyncSession, video_id: str) -> str | None:
    """The language spoken in a video, if that is known."""
    code: str | None = await session.scalar(select(Video.language).where(Video.id == video_id))
    return code


async def newest_of_import(session: AsyncSession, import_id: str) -> datetime | None:
    """When the newest of an import's videos was added."""
    newest: datetime | None = await session.scalar(
        select(func.max(Video.created_at)).where(Video.import_id == import_id)
    )
    return newest


async def note(session: AsyncSession, video_id: str) -> str | None:
    """What a person wrote about a video."""
    found: str | None = await session.scalar(select(Video.note).where(Video.id == video_id))
    return found


async def description(session: AsyncSession, video_id: str) -> str | None:
    """A video's description."""
    text: str | None = await session.scalar(select(Video.description).where(Video.id == video_id))
    return text
