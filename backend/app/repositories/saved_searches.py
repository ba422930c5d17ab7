"""Questions about searches that are kept."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import SavedSearch, User


async def all_of(session: AsyncSession, user_id: str) -> Sequence[SavedSearch]:
    """A user's searches."""
    return list(await session.scalars(select(SavedSearch).where(SavedSearch.user_id == user_id)))


async def hold_count(session: AsyncSession, user_id: str) -> int:
    """How many a user has; until the transaction ends nobody who asks this adds another one."""
    await session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
    count = select(func.count()).select_from(SavedSearch).where(SavedSearch.user_id == user_id)
    return await session.scalar(count) or 0


async def rename(
    session: AsyncSession, user_id: str, search_id: str, name: str
) -> SavedSearch | None:
    """Give one another name; None if it is not there, or somebody else's."""
    row: SavedSearch | None = await session.scalar(
        update(SavedSearch)
        .where(SavedSearch.id == search_id, SavedSearch.user_id == user_id)
        .values(name=name)
        .returning(SavedSearch)
    )
    return row


async def remove(session: AsyncSession, user_id: str, search_id: str) -> bool:
    """Remove one; whether it was there."""
    removed = await session.scalar(
        delete(SavedSearch)
        .where(SavedSearch.id == search_id, SavedSearch.user_id == user_id)
        .returning(SavedSearch.id)
    )
    return removed is not None
