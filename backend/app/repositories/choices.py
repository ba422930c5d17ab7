"""What there is to filter by, counted."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.models import Video, VideoEnrichment, VideoList, VideoTag

Counted = list[tuple[str, int]]


async def channels(session: AsyncSession, user_id: str, list_id: str | None, limit: int) -> Counted:
    """The channels of a user's videos, the most frequent first."""
    return await _counted(session, _values(Video.channel, user_id, list_id), limit)


async def languages(session: AsyncSession, user_id: str, list_id: str | None) -> Counted:
    """The languages of captions, as they are written with their regions."""
    return await _counted(
        session,
        _values(VideoEnrichment.language, user_id, list_id, VideoEnrichment.cues.is_not(None)),
        None,
    )


async def captions_sources(session: AsyncSession, user_id: str, list_id: str | None) -> Counted:
    """Where captions came from."""
    return await _counted(session, _values(VideoEnrichment.captions_source, user_id, list_id), None)


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


def _values(
    column: InstrumentedAttribute[str | None],
    user_id: str,
    list_id: str | None,
    *conditions: ColumnElement[bool],
) -> Select[*tuple[Any, ...]]:
    statement = (
        select(column, func.count())
        .select_from(Video)
        .join(VideoList, VideoList.id == Video.list_id)
        .outerjoin(VideoEnrichment, VideoEnrichment.video_id == Video.id)
        .where(column.is_not(None), *conditions)
        .group_by(column)
    )
    return _narrowed(statement, user_id, list_id)


def _narrowed(
    statement: Select[*tuple[Any, ...]], user_id: str, list_id: str | None
) -> Select[*tuple[Any, ...]]:
    statement = statement.where(VideoList.user_id == user_id)
    return statement if list_id is None else statement.where(Video.list_id == list_id)


async def _counted(
    session: AsyncSession, statement: Select[*tuple[Any, ...]], limit: int | None
) -> Counted:
    ordered = statement.order_by(func.count().desc()).limit(limit)
    rows: Sequence[Any] = (await session.execute(ordered)).all()
    return sorted(((value, count) for value, count in rows), key=_most_first)


def _most_first(choice: tuple[str, int]) -> tuple[int, str, str]:
    """The two databases would sort equally frequent ones differently."""
    value, count = choice
    return -count, value.casefold(), value
