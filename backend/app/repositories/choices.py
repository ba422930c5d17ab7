"""What there is to filter by, counted."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Video, VideoEnrichment, VideoList, VideoTag
from app.repositories.access import may_see

Counted = list[tuple[str, int]]


async def channels(session: AsyncSession, user_id: str, list_id: str | None, limit: int) -> Counted:
    """The channels of a user's videos, the most frequent first."""
    statement = _narrowed(
        select(Video.channel, func.count())
        .join(VideoList, VideoList.id == Video.list_id)
        .where(Video.channel.is_not(None))
        .group_by(Video.channel),
        user_id,
        list_id,
    )
    return await _counted(session, statement, limit)


async def captions(
    session: AsyncSession, user_id: str, list_id: str | None
) -> tuple[Counted, Counted]:
    """The languages of captions, as they are written with their regions, and where they came from.

    Together: to look at each video's row takes longer than to count.
    """
    language = case((VideoEnrichment.cues.is_not(None), VideoEnrichment.language), else_=None)
    source = VideoEnrichment.captions_source
    statement = _narrowed(
        select(language, source, func.count())
        .select_from(Video)
        .join(VideoList, VideoList.id == Video.list_id)
        .join(VideoEnrichment, VideoEnrichment.video_id == Video.id)
        .group_by(language, source),
        user_id,
        list_id,
    )
    languages: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for in_language, come_from, count in await session.execute(statement):
        if in_language is not None:
            languages[in_language] += count
        if come_from is not None:
            sources[come_from] += count
    return _sorted(languages.items()), _sorted(sources.items())


async def tags(session: AsyncSession, user_id: str, list_id: str | None, limit: int) -> Counted:
    """The tags, the most frequent first."""
    statement = _narrowed(
        select(func.min(VideoTag.name), func.count())
        .join(Video, Video.id == VideoTag.video_id)
        .join(VideoList, VideoList.id == Video.list_id)
        .group_by(VideoTag.key),
        user_id,
        list_id,
    )
    return await _counted(session, statement, limit)


def _narrowed(
    statement: Select[*tuple[Any, ...]], user_id: str, list_id: str | None
) -> Select[*tuple[Any, ...]]:
    statement = statement.where(may_see(user_id))
    return statement if list_id is None else statement.where(Video.list_id == list_id)


async def _counted(
    session: AsyncSession, statement: Select[*tuple[Any, ...]], limit: int
) -> Counted:
    ordered = statement.order_by(func.count().desc()).limit(limit)
    return _sorted((value, count) for value, count in await session.execute(ordered))


def _sorted(counted: Iterable[tuple[str, int]]) -> Counted:
    return sorted(counted, key=_most_first)


def _most_first(choice: tuple[str, int]) -> tuple[int, str, str]:
    """The two databases would sort equally frequent ones differently."""
    value, count = choice
    return -count, value.casefold(), value
