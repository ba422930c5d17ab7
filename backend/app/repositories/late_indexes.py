"""Indexes that are made when the rows are there, which takes a fraction of keeping them row by row."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.repositories.dialects import dialect_of

# Those of the words. All others are little work, or are asked meanwhile.
_GIN = text(
    "SELECT indexname, indexdef FROM pg_indexes"
    " WHERE schemaname = current_schema() AND indexdef LIKE '% USING gin %'"
)
# As much memory as this speeds it up; a server has 64 MB otherwise.
_MORE_MEMORY = text("SET LOCAL maintenance_work_mem = '256MB'")


async def put_off(session: AsyncSession) -> dict[str, str]:
    """Drop such indexes of an empty database.

    Returns:
        The statements that make them again, by their names.
    """
    if dialect_of(session) != "postgresql":
        return {}
    found = {row.indexname: row.indexdef for row in await session.execute(_GIN)}
    for name in found:
        await session.execute(text(f'DROP INDEX "{name}"'))
    return found


async def make(session: AsyncSession, definition: str) -> None:
    """Make one of them."""
    await session.execute(_MORE_MEMORY)
    # As it is: colons in it are no parameters.
    await (await session.connection()).exec_driver_sql(definition)
