"""Searches that a person keeps."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.schemas.search import SavedSearchIn, SavedSearchOut


async def all_of(session: AsyncSession, user_id: str) -> list[SavedSearchOut]:
    """A user's searches, by name."""
    raise NotImplementedError


async def save(unit: UnitOfWork, *, user_id: str, search: SavedSearchIn) -> SavedSearchOut:
    """Keep a search."""
    raise NotImplementedError


async def rename(unit: UnitOfWork, *, user_id: str, search_id: str, name: str) -> SavedSearchOut:
    """Give it another name.

    Raises:
        VideothekError: ``not_found``.
    """
    raise NotImplementedError


async def forget(unit: UnitOfWork, *, user_id: str, search_id: str) -> None:
    """Forget it.

    Raises:
        VideothekError: ``not_found``.
    """
    raise NotImplementedError
