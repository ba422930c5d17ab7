"""Questions about playlists that are read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import PlaylistRead
from app.repositories.dialects import table_of

_READS = table_of(PlaylistRead)


async def add_many(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert reads; the items they belong to are there."""
    if rows:
        await session.execute(insert(_READS), list(rows))
