"""Questions about the database itself."""

from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.unfinished_copy import UNFINISHED_COPY
from app.repositories.dialects import dialect_of

_MOST_PROBLEMS = 3


async def is_read_only(session: AsyncSession) -> bool:
    """Whether the database answers and takes nothing: a standby, or one that was set so."""
    question = (
        "SELECT current_setting('transaction_read_only')::boolean"
        if dialect_of(session) == "postgresql"
        # A file says so by itself: see core.storage.
        else "SELECT 0"
    )
    return bool(await session.scalar(text(question)))


async def version(session: AsyncSession) -> str:
    """The version of the database's program."""
    question = (
        "SELECT current_setting('server_version')"
        if dialect_of(session) == "postgresql"
        else "SELECT sqlite_version()"
    )
    return str(await session.scalar(text(question))).partition(" ")[0]


async def size_bytes(session: AsyncSession) -> int:
    """How large the database is."""
    question = (
        "SELECT pg_database_size(current_database())"
        if dialect_of(session) == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    return int(await session.scalar(text(question)) or 0)


async def schema_revision(session: AsyncSession) -> str | None:
    """Which revision the schema is at; None if there is none yet."""
    connection = await session.connection()
    if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
        return None
    revision: str | None = await session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


async def problems(session: AsyncSession) -> list[str]:
    """What is damaged in a database that is a file; reads all of it."""
    rows = await session.scalars(text(f"PRAGMA quick_check({_MOST_PROBLEMS})"))
    return [row for row in rows if row != "ok"]


async def connections(session: AsyncSession) -> tuple[int, int]:
    """How many connections a server has, and how many it lets in."""
    row = await session.execute(
        text(
            "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),"
            " current_setting('max_connections')::int"
            " - current_setting('superuser_reserved_connections')::int"
        )
    )
    used, most = row.one()
    return used, most


async def is_unfinished_copy(session: AsyncSession) -> bool:
    """Whether a library is being copied into it, or was until something came between."""
    connection = await session.connection()
    return await connection.run_sync(lambda sync: inspect(sync).has_table(UNFINISHED_COPY.name))


async def begin_to_write(session: AsyncSession) -> None:
    """Change something in a file, and take it back; in a session that begins nothing by itself.

    Raises:
        DBAPIError: It can't be written, or somebody else keeps it.
    """
    # To begin alone is not enough: where nothing may be written, that is reading.
    await session.execute(text("BEGIN IMMEDIATE"))
    try:
        number = await session.scalar(text("PRAGMA user_version"))
        await session.execute(text(f"PRAGMA user_version = {int(number or 0)}"))
    finally:
        await session.execute(text("ROLLBACK"))
