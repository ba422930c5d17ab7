"""What a search can be narrowed to."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.schemas.search import SearchChoicesOut


async def of_library(
    session: AsyncSession, *, user_id: str, list_id: str | None
) -> SearchChoicesOut:
    """The channels, languages, sources and tags of a user's videos.

    Raises:
        VideothekError: ``list_not_found``.
    """
    raise NotImplementedError
