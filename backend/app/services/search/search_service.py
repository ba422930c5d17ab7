"""Finds videos and moments."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.schemas.search import SearchFilters, SearchOut, SearchSort
from app.services.presenting import VideoPresenter


async def find(
    session: AsyncSession,
    presenter: VideoPresenter,
    *,
    user_id: str,
    query: str,
    filters: SearchFilters,
    sort: SearchSort,
    limit: int,
    cursor: str | None,
) -> SearchOut:
    """One page of what is found.

    Raises:
        VideothekError: ``list_not_found``; ``invalid_request`` for a cursor that is not ours.
    """
    raise NotImplementedError
