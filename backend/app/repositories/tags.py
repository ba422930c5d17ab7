"""Questions about tags."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Video, VideoList, VideoTag
from app.repositories.access import may_see
from app.repositories.dialects import chunks, insert_for, table_of

_TAGS = table_of(VideoTag)


async def all_of(session: AsyncSession, user_id: str) -> list[tuple[str, int]]:
    """The names of the tags that a user sees, each with the number of its videos."""
    rows = await session.execute(
        select(func.min(VideoTag.name), func.count())
        .join(Video, Video.id == VideoTag.video_id)
        .join(VideoList, VideoList.id == Video.list_id)
        .where(may_see(user_id))
        .group_by(VideoTag.key)
    )
    return [(name, count) for name, count in rows]


async def spellings(session: AsyncSession, user_id: str, keys: Collection[str]) -> dict[str, str]:
    """How a user writes these tags already: key to name."""
    rows = await session.execute(
        select(VideoTag.key, func.min(VideoTag.name))
        .join(Video, Video.id == VideoTag.video_id)
        .join(VideoList, VideoList.id == Video.list_id)
        .where(may_see(user_id), VideoTag.key.in_(keys))
        .group_by(VideoTag.key)
    )
    return dict(rows.all())


async def keys_of(session: AsyncSession, video_ids: Sequence[str]) -> dict[str, set[str]]:
    """The keys of videos' tags."""
    found: dict[str, set[str]] = {}
    for chunk in chunks(video_ids):
        rows = await session.execute(
            select(VideoTag.video_id, VideoTag.key).where(VideoTag.video_id.in_(chunk))
        )
        for video_id, key in rows:
            found.setdefault(video_id, set()).add(key)
    return found


async def add(session: AsyncSession, rows: Sequence[Mapping[str, str]]) -> None:
    """Add tags (``video_id``, ``key``, ``name``) to videos that are locked; some may have them."""
    if rows:
        await session.execute(insert_for(session, _TAGS).on_conflict_do_nothing(), list(rows))


async def remove(session: AsyncSession, video_ids: Sequence[str], keys: Collection[str]) -> None:
    """Take tags away from videos."""
    for chunk in chunks(video_ids):
        await session.execute(
            delete(VideoTag).where(VideoTag.video_id.in_(chunk), VideoTag.key.in_(keys))
        )


async def copy(session: AsyncSession, pairs: Iterable[tuple[str, str]]) -> None:
    """Give videos the tags of others as well.

    Args:
        session: A transaction.
        pairs: From which video to which.
    """
    parameters = [{"from_video": source, "to_video": target} for source, target in pairs]
    if not parameters:
        return
    tags = select(bindparam("to_video", type_=_TAGS.c.video_id.type), _TAGS.c.key, _TAGS.c.name)
    statement = (
        insert_for(session, _TAGS)
        .from_select(
            ["video_id", "key", "name"], tags.where(_TAGS.c.video_id == bindparam("from_video"))
        )
        .on_conflict_do_nothing()
    )
    await session.execute(statement, parameters)


async def have_any(session: AsyncSession, video_ids: Sequence[str]) -> set[str]:
    """Which of these videos have a tag."""
    found: set[str] = set()
    for chunk in chunks(video_ids):
        found |= set(
            await session.scalars(
                select(VideoTag.video_id).where(VideoTag.video_id.in_(chunk)).distinct()
            )
        )
    return found
