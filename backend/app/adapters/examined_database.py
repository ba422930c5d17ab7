"""A database that something may be wrong with, opened with little patience and without changing it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

_PATIENCE_SECONDS: Final = 3


@asynccontextmanager
async def examined(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine whose transactions begin only where somebody says so.

    Args:
        url: As for ``Database``.
    """
    where, arguments = _careful(make_url(url))
    engine = create_async_engine(
        where,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args=arguments,
        isolation_level="AUTOCOMMIT",
    )
    try:
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def examining(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session of such an engine."""
    async with AsyncSession(engine) as session:
        yield session


def _careful(url: URL) -> tuple[URL, dict[str, Any]]:
    if url.get_backend_name() == "postgresql":
        return url, {"connect_timeout": _PATIENCE_SECONDS}
    # Of a file that is not there nothing must be made.
    name = f"file:{quote(str(Path(url.database or '').absolute()))}"
    query = {"uri": "true", "mode": "rw"}
    return url.set(database=name, query=query), {"timeout": _PATIENCE_SECONDS}
