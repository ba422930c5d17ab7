"""Questions about imports and their items."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import ErrorCode
from app.models import (
    PENDING_STAGES,
    TERMINAL_STAGES,
    CaptionsSource,
    ImportItem,
    ImportStage,
    ImportState,
    PlaylistRead,
    ReadState,
    Video,
    VideoEnrichment,
    VideoImport,
)
from app.repositories import playlist_reads
from app.repositories.access import viewers_of
from app.repositories.dialects import dialect_of, insert_rows, locked, table_of
from app.repositories.playlist_reads import ReadTally

_IMPORTS = table_of(VideoImport)
_ITEMS = table_of(ImportItem)
# Written out as in the index, or SQLite would not use that.
_IS_UNDER_WAY = text(
    f"imports.state IN ('{ImportState.RUNNING.value}', '{ImportState.PAUSED.value}')"
)
_PENDING = exists().where(
    Video.import_id == _IMPORTS.c.id,
    Video.import_stage.in_([stage.value for stage in PENDING_STAGES]),
)
# What waits for a time of its own holds nothing up.
_UNDER_WAY = _PENDING.where(
    VideoEnrichment.video_id == Video.id, VideoEnrichment.next_attempt_at.is_(None)
)
# Nobody knows how many videos a playlist still brings.
_IS_READ_THROUGH = ~exists().where(
    PlaylistRead.import_id == _IMPORTS.c.id, PlaylistRead.state == ReadState.WAITING.value
)
_FINISH = (
    update(_IMPORTS)
    .where(
        _IS_READ_THROUGH,
        or_(
            and_(_IMPORTS.c.state == ImportState.RUNNING.value, ~_UNDER_WAY),
            # A paused one holds even what comes later, so it is over only when nothing is left.
            and_(_IMPORTS.c.state == ImportState.PAUSED.value, ~_PENDING),
        ),
    )
    .values(state=ImportState.FINISHED.value, finished_at=bindparam("now"))
    .returning(_IMPORTS.c.id)
)
_FINISH_ONE = _FINISH.where(_IMPORTS.c.id == bindparam("this_import"))
_FINISH_ALL = _FINISH.where(_IS_UNDER_WAY, _IMPORTS.c.user_id == bindparam("this_user"))
_LOCK = (
    select(_IMPORTS.c.id)
    .where(_IMPORTS.c.id == bindparam("this_import"))
    .with_for_update(key_share=True)
)


@dataclass(slots=True)
class ImportTally:
    """What became of an import's videos, and of its playlists, so far."""

    total: int = 0
    progress_sum: int = 0
    imported: int = 0
    without_captions: int = 0
    from_sound: int = 0
    unavailable: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    unextracted: int = 0
    uncaptioned: int = 0
    postponed: int = 0
    stopped: int = 0
    reads: ReadTally = field(default_factory=ReadTally)

    @property
    def under_way(self) -> int:
        """How many are neither over nor stopped nor wait for a time of their own."""
        return self.waiting - self.postponed - self.stopped


async def add(session: AsyncSession, row: dict[str, Any]) -> None:
    """Store an import; its videos and items follow."""
    await session.execute(insert(VideoImport).values(**row))


async def add_items(session: AsyncSession, items: Sequence[dict[str, Any]]) -> None:
    """Store the items of an import whose videos are there."""
    await insert_rows(session, _ITEMS, items)


async def last_position(session: AsyncSession, import_id: str) -> int:
    """The position of an import's last line; -1 without any."""
    last = await session.scalar(
        select(func.max(ImportItem.position)).where(ImportItem.import_id == import_id)
    )
    return -1 if last is None else int(last)


async def hold(session: AsyncSession, import_id: str) -> VideoImport | None:
    """The import, locked until the transaction ends."""
    row: VideoImport | None = await session.scalar(
        locked(select(VideoImport).where(VideoImport.id == import_id))
    )
    return row


async def owned(
    session: AsyncSession, import_id: str, user_id: str, *, lock: bool = False
) -> VideoImport | None:
    """The import, if it is this user's; locked until the transaction ends if asked for."""
    statement = select(VideoImport).where(
        VideoImport.id == import_id, VideoImport.user_id == user_id
    )
    if lock:
        statement = locked(statement)
    row: VideoImport | None = await session.scalar(statement)
    return row


async def by_ids(session: AsyncSession, import_ids: Sequence[str]) -> list[VideoImport]:
    """The imports that exist."""
    return list(await session.scalars(select(VideoImport).where(VideoImport.id.in_(import_ids))))


async def running_of(session: AsyncSession, user_id: str) -> list[VideoImport]:
    """A user's imports that are not over, newest first."""
    return list(
        await session.scalars(
            select(VideoImport)
            .where(VideoImport.user_id == user_id, _IS_UNDER_WAY)
            .order_by(VideoImport.created_at.desc())
        )
    )


async def page(
    session: AsyncSession, user_id: str, *, limit: int, before: tuple[datetime, str] | None
) -> list[VideoImport]:
    """A user's imports, newest first."""
    statement = select(VideoImport).where(VideoImport.user_id == user_id)
    if before is not None:
        statement = statement.where(
            tuple_(VideoImport.created_at, VideoImport.id) < tuple_(*before)
        )
    return list(
        await session.scalars(
            statement.order_by(VideoImport.created_at.desc(), VideoImport.id.desc()).limit(limit)
        )
    )


async def count(session: AsyncSession, user_id: str) -> int:
    """The number of a user's imports."""
    return await session.scalar(select(func.count()).where(VideoImport.user_id == user_id)) or 0


async def tally(session: AsyncSession, import_ids: Sequence[str]) -> dict[str, ImportTally]:
    """Count what became of imports' videos and playlists."""
    rows = await session.execute(
        union_all(
            _counted(import_ids, TERMINAL_STAGES),
            # Only of these is it asked what stands behind the captions in a row: to get there SQLite
            # has to read through them, which takes ten times longer than all the rest.
            _counted(
                import_ids,
                PENDING_STAGES,
                VideoEnrichment.extracted_at.is_(None),
                VideoEnrichment.next_attempt_at.is_not(None),
            ),
        )
    )
    result = {import_id: ImportTally() for import_id in import_ids}
    for row in rows:
        group: tuple[Any, ...] = tuple(row)
        _count(result[group[0]], *group[1:])
    for import_id, reads in (await playlist_reads.tally(session, import_ids)).items():
        result[import_id].reads = reads
    return result


def _counted(
    import_ids: Sequence[str], stages: Sequence[ImportStage], *more: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """Groups of videos, also by whether they are not extracted and wait for a time of their own."""
    groups = (
        Video.import_id,
        Video.import_stage,
        Video.error_code,
        VideoEnrichment.captions_source,
    )
    return (
        select(
            *groups, *(more or (false(), false())), func.count(), func.sum(Video.import_progress)
        )
        .outerjoin(VideoEnrichment, VideoEnrichment.video_id == Video.id)
        .where(Video.import_id.in_(import_ids), Video.import_stage.in_(stages))
        .group_by(*groups, *more)
    )


def _count(
    result: ImportTally,
    stage: str,
    error_code: str | None,
    captions_source: str | None,
    is_unextracted: bool,
    is_postponed: bool,
    number: int,
    progress: int,
) -> None:
    result.total += number
    if stage == ImportStage.ERROR:
        code = error_code or ErrorCode.VIDEO_DELETED
        result.unavailable[code] = result.unavailable.get(code, 0) + number
        result.progress_sum += 100 * number
        return
    result.progress_sum += int(progress)
    result.from_sound += number if captions_source == CaptionsSource.WHISPER else 0
    if stage == ImportStage.COMPLETE:
        result.imported += number
        result.without_captions += number if captions_source == CaptionsSource.NONE else 0
        return
    result.waiting += number
    if error_code == ErrorCode.IMPORT_CANCELLED:
        result.stopped += number
    elif is_postponed:
        result.postponed += number
    else:
        result.unextracted += number if is_unextracted else 0
        in_need = stage in (ImportStage.CREATED, ImportStage.METADATA)
        result.uncaptioned += number if in_need else 0


async def finish_if_done(session: AsyncSession, import_id: str, now: datetime) -> None:
    """End an import when all its videos are over, or, unless it is paused, come later.

    Not while one of its playlists is still to be read.

    The import is locked first: of two transactions that each end one of the last videos, the second
    must see the first one's. SQLite has but one at a time.
    """
    if dialect_of(session) == "postgresql":
        await session.execute(_LOCK, {"this_import": import_id})
    await session.execute(_FINISH_ONE, {"this_import": import_id, "now": now})


async def finish_all_done(
    session: AsyncSession, user_ids: Collection[str], now: datetime
) -> list[str]:
    """End every import of these users of whose videos none is under way.

    Returns:
        The imports that ended.
    """
    ended: list[str] = []
    for user_id in sorted(user_ids):
        ended += await session.scalars(_FINISH_ALL, {"this_user": user_id, "now": now})
    return ended


async def owners(session: AsyncSession, import_ids: Collection[str]) -> set[str]:
    """Whose imports these are."""
    return set(
        await session.scalars(
            select(VideoImport.user_id).where(VideoImport.id.in_(import_ids)).distinct()
        )
    )


async def resume_finished(session: AsyncSession, import_ids: Collection[str]) -> None:
    """Videos of finished imports are tried again: these run again."""
    await session.execute(
        update(VideoImport)
        .where(VideoImport.id.in_(import_ids), VideoImport.state == ImportState.FINISHED)
        .values(state=ImportState.RUNNING, finished_at=None)
    )


async def show_in_list(session: AsyncSession, list_id: str, to_list_id: str) -> None:
    """Say of imports into a list that they went into another one, to those who may know of that one."""
    await session.execute(
        update(VideoImport)
        .where(VideoImport.list_id == list_id, VideoImport.user_id.in_(viewers_of(to_list_id)))
        .values(list_id=to_list_id)
    )
