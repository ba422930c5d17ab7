"""Questions about lanes."""

import time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Lane
from app.repositories.dialects import insert_for


async def clock(session: AsyncSession) -> float:
    """The time all processes of an installation agree on, in seconds since the epoch.

    PostgreSQL's own clock where hosts share it; SQLite's processes share a host and so its clock.
    """
    if session.get_bind().dialect.name == "postgresql":
        epoch = await session.scalar(select(func.extract("epoch", func.clock_timestamp())))
        return float(epoch or 0.0)
    return time.time()


async def load_for_update(session: AsyncSession, name: str) -> dict[str, Any] | None:
    """The pacer's state of a lane; nobody else steps it until this transaction ends."""
    statement = select(Lane.pacer_state).where(Lane.name == name, Lane.egress == "")
    state: dict[str, Any] | None = await session.scalar(statement.with_for_update())
    return state


async def load_all(session: AsyncSession) -> dict[str, Lane]:
    """Every lane's row by name."""
    rows = await session.scalars(select(Lane).where(Lane.egress == ""))
    return {row.name: row for row in rows}


async def ensure(session: AsyncSession, names: list[str], state: dict[str, Any]) -> None:
    """Make the rows that are missing, so that there is always one to lock."""
    existing = await load_all(session)
    session.add_all(
        Lane(name=name, egress="", pacer_state=state) for name in names if name not in existing
    )


async def save(
    session: AsyncSession, name: str, state: dict[str, Any], *, reason_code: str | None = None
) -> None:
    """Write a lane's state back.

    Args:
        session: The transaction that loaded it.
        name: The lane.
        state: The pacer's state as plain data.
        reason_code: Why it is paused, when this step says so; else the last reason stays.
    """
    values: dict[str, Any] = {"pacer_state": state}
    if reason_code is not None:
        values["reason_code"] = reason_code
    statement = insert_for(session, Lane).values(name=name, egress="", **values)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["name", "egress"], set_=values)
    )
