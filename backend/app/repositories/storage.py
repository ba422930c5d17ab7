"""Questions about the database itself."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.repositories.dialects import dialect_of


async def is_read_only(session: AsyncSession) -> bool:
    """Whether the database answers and takes nothing: a standby, or one that was set so."""
    question = (
        "SELECT current_setting('transaction_read_only')::boolean"
        if dialect_of(session) == "postgresql"
        # A file says so by itself: see core.storage.
        else "SELECT 0"
    )
    return bool(await session.scalar(text(question)))
