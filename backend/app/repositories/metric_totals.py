"""Questions about what all processes have counted."""

import functools
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import MetricTotal
from app.repositories.dialects import dialect_of, insert_of, table_of

_TOTALS = table_of(MetricTotal)


async def add(session: AsyncSession, amounts: Mapping[tuple[str, str], float]) -> None:
    """Add to totals, making those that are missing.

    Args:
        session: A transaction.
        amounts: By name and labels.
    """
    # Sorted: two processes that lock the same rows in different orders would wait for each other.
    rows = [
        {"name": name, "labels": labels, "value": value}
        for (name, labels), value in sorted(amounts.items())
    ]
    if rows:
        await session.execute(_add(dialect_of(session)), rows)


async def all_of(session: AsyncSession) -> dict[tuple[str, str], float]:
    """Every total by name and labels."""
    rows = await session.execute(select(_TOTALS.c.name, _TOTALS.c.labels, _TOTALS.c.value))
    return {(name, labels): value for name, labels, value in rows}


@functools.cache
def _add(dialect: str) -> Any:
    statement = insert_of(dialect, _TOTALS)
    return statement.on_conflict_do_update(
        index_elements=["name", "labels"],
        set_={"value": _TOTALS.c.value + statement.excluded.value},
    )
