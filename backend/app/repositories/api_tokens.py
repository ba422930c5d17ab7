"""Questions about tokens of other tools."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ApiToken


async def all_of(session: AsyncSession, user_id: str) -> list[ApiToken]:
    """A user's tokens, newest first."""
    return list(
        await session.scalars(
            select(ApiToken)
            .where(ApiToken.user_id == user_id)
            .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
        )
    )


async def by_hash(session: AsyncSession, token_hash: str) -> ApiToken | None:
    """The token with this hash."""
    row: ApiToken | None = await session.scalar(
        select(ApiToken).where(ApiToken.token_hash == token_hash)
    )
    return row


async def note_use(session: AsyncSession, token_id: str, now: datetime, before: datetime) -> None:
    """Say that a token was used now, unless that was said after ``before``."""
    await session.execute(
        update(ApiToken)
        .where(
            ApiToken.id == token_id,
            or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at < before),
        )
        .values(last_used_at=now)
    )


async def remove_of(session: AsyncSession, user_id: str) -> None:
    """Delete all tokens of somebody."""
    await session.execute(delete(ApiToken).where(ApiToken.user_id == user_id))


async def remove(session: AsyncSession, token_id: str, user_id: str) -> bool:
    """Delete a user's token.

    Returns:
        Whether there was one.
    """
    removed = await session.scalar(
        delete(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.user_id == user_id)
        .returning(ApiToken.id)
    )
    return removed is not None
