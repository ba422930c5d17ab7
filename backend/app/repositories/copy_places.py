"""How far a copy into a database has come, in the transactions that bring it further."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.unfinished_copy import UNFINISHED_COPY as _COPY
from app.repositories.dialects import dialect_of


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """How far a step has come.

    Args:
        place: Of the last row (`whole_tables.place_of`), empty before the first.
        row_count: How many have come.
        is_done: Whether these are all.
    """

    place: str = ""
    row_count: int = 0
    is_done: bool = False


async def is_begun(session: AsyncSession) -> bool:
    """Whether somebody has begun to copy; nobody else can until the transaction ends."""
    if dialect_of(session) == "postgresql":
        await session.execute(text(f"LOCK TABLE {_COPY.name} IN ACCESS EXCLUSIVE MODE"))
    return await session.scalar(select(_COPY.c.step).limit(1)) is not None


async def begin(session: AsyncSession, origin: str, steps: Mapping[str, str]) -> None:
    """Note that a copy into this database begins; the table is there.

    Args:
        session: A transaction.
        origin: Which library is copied (`DatabaseState.origin`).
        steps: What is to be done, and the place at which each begins.
    """
    start = {"origin": origin, "row_count": 0, "is_done": False}
    await session.execute(
        insert(_COPY), [{"step": step, "place": place, **start} for step, place in steps.items()]
    )


async def places(session: AsyncSession) -> dict[str, CopyPlace]:
    """How far each step has come."""
    rows = await session.execute(
        select(_COPY.c.step, _COPY.c.place, _COPY.c.row_count, _COPY.c.is_done)
    )
    return {step: CopyPlace(*values) for step, *values in rows}


async def move(session: AsyncSession, step: str, before: CopyPlace, after: CopyPlace) -> bool:
    """Note that a step has come further.

    Returns:
        False if it was not where it was thought to be: somebody else copies, too.
    """
    found = await session.scalar(
        update(_COPY)
        .where(_COPY.c.step == step, _COPY.c.place == before.place, ~_COPY.c.is_done)
        .values(place=after.place, row_count=after.row_count, is_done=after.is_done)
        .returning(_COPY.c.step)
    )
    return found is not None


async def end(session: AsyncSession) -> None:
    """Note that the library is whole."""
    await (await session.connection()).run_sync(_COPY.drop)
