"""Searches that a person keeps."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError, not_found
from app.core.identifiers import new_id
from app.models import SavedSearch
from app.repositories import saved_searches
from app.schemas.search import MAX_SAVED_SEARCHES, SavedSearchIn, SavedSearchOut


async def all_of(session: AsyncSession, user_id: str) -> list[SavedSearchOut]:
    """A user's searches, by name."""
    found = [_shown(row) for row in await saved_searches.all_of(session, user_id)]
    return sorted(found, key=lambda search: (search.name.casefold(), search.id))


async def save(unit: UnitOfWork, *, user_id: str, search: SavedSearchIn) -> SavedSearchOut:
    """Keep a search.

    Raises:
        VideothekError: ``too_many_searches``.
    """
    if await saved_searches.hold_count(unit.session, user_id) >= MAX_SAVED_SEARCHES:
        raise VideothekError(ErrorCode.TOO_MANY_SEARCHES, 409, limit=MAX_SAVED_SEARCHES)
    row = SavedSearch(
        id=new_id(),
        user_id=user_id,
        name=search.name,
        search=search.model_dump(mode="json", exclude={"name"}, exclude_none=True),
        created_at=datetime.now(UTC),
    )
    unit.session.add(row)
    await unit.session.flush()
    return _shown(row)


async def rename(unit: UnitOfWork, *, user_id: str, search_id: str, name: str) -> SavedSearchOut:
    """Give it another name.

    Raises:
        VideothekError: ``not_found``.
    """
    row = await saved_searches.rename(unit.session, user_id, search_id, name)
    if row is None:
        raise not_found(ErrorCode.NOT_FOUND)
    return _shown(row)


async def forget(unit: UnitOfWork, *, user_id: str, search_id: str) -> None:
    """Forget it.

    Raises:
        VideothekError: ``not_found``.
    """
    if not await saved_searches.remove(unit.session, user_id, search_id):
        raise not_found(ErrorCode.NOT_FOUND)


def _shown(row: SavedSearch) -> SavedSearchOut:
    return SavedSearchOut(id=row.id, name=row.name, created_at=row.created_at, **row.search)
