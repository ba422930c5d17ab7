"""Questions about lanes."""

import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Lane
from app.repositories.dialects import insert_for, table_of

_LANES = table_of(Lane)
_THIS_LANE = (_LANES.c.name == bindparam("lane"), _LANES.c.egress == "")
_LOAD = select(_LANES.c.pacer_state).where(*_THIS_LANE).with_for_update()
_LOAD_ALL = (
    select(_LANES.c.pacer_state, _LANES.c.history, _LANES.c.reason_code)
    .where(*_THIS_LANE)
    .with_for_update()
)
_SAVE = (
    update(_LANES)
    .where(*_THIS_LANE)
    .values(pacer_state=bindparam("state", type_=_LANES.c.pacer_state.type))
)
_SAVE_ALL = _SAVE.values(
    history=bindparam("new_history", type_=_LANES.c.history.type),
    reason_code=bindparam("reason", type_=String),
)
_LOAD_QUOTA = select(_LANES.c.quota).where(*_THIS_LANE)
_HOLD_QUOTA = _LOAD_QUOTA.with_for_update()
_SAVE_QUOTA = (
    update(_LANES)
    .where(*_THIS_LANE)
    .values(quota=bindparam("new_quota", type_=_LANES.c.quota.type))
)


@dataclass(frozen=True, slots=True)
class LaneRow:
    """What a lane remembers, as plain data."""

    pacer_state: dict[str, Any]
    history: dict[str, Any] | None
    reason_code: str | None


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
    state: dict[str, Any] | None = await session.scalar(_LOAD, {"lane": name})
    return state


async def load_with_history(session: AsyncSession, name: str) -> LaneRow | None:
    """Everything a lane remembers; nobody else steps it until this transaction ends."""
    row = (await session.execute(_LOAD_ALL, {"lane": name})).one_or_none()
    return LaneRow(*row) if row else None


async def load_all(session: AsyncSession) -> dict[str, Lane]:
    """Every lane's row by name."""
    rows = await session.scalars(select(Lane).where(Lane.egress == ""))
    return {row.name: row for row in rows}


async def ensure(session: AsyncSession, names: list[str], state: dict[str, Any]) -> None:
    """Make the rows that are missing, so that there is always one to lock."""
    await session.execute(
        insert_for(session, _LANES)
        .values([{"name": name, "egress": "", "pacer_state": state} for name in sorted(names)])
        .on_conflict_do_nothing(index_elements=["name", "egress"])
    )


async def save(session: AsyncSession, name: str, state: dict[str, Any]) -> None:
    """Write the pacer's state back, in the transaction that loaded it."""
    await session.execute(_SAVE, {"lane": name, "state": state})


async def save_with_history(session: AsyncSession, name: str, row: LaneRow) -> None:
    """Write back everything a lane remembers, in the transaction that loaded it."""
    parameters = {
        "lane": name,
        "state": row.pacer_state,
        "new_history": row.history,
        "reason": row.reason_code,
    }
    await session.execute(_SAVE_ALL, parameters)


async def quota(session: AsyncSession, name: str) -> dict[str, Any] | None:
    """What a lane remembers of its upstream's quotas."""
    state: dict[str, Any] | None = await session.scalar(_LOAD_QUOTA, {"lane": name})
    return state


async def hold_quota(session: AsyncSession, name: str) -> dict[str, Any] | None:
    """The same; nobody else steps the lane until this transaction ends."""
    state: dict[str, Any] | None = await session.scalar(_HOLD_QUOTA, {"lane": name})
    return state


async def save_quota(session: AsyncSession, name: str, state: dict[str, Any]) -> None:
    """Write it back, in the transaction that holds it."""
    await session.execute(_SAVE_QUOTA, {"lane": name, "new_quota": state})
