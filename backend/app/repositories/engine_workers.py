"""Who works on the engine's jobs, and when they were heard of last."""

from collections.abc import Sequence

from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

_REGISTER = text("SELECT worker_id FROM procrastinate_register_worker_v1()")
# A host that slept for long may have been forgotten: it comes back under its name.
_BEAT = text(
    "WITH before AS (SELECT last_heartbeat FROM procrastinate_workers WHERE id = :worker_id),"
    " beat AS (INSERT INTO procrastinate_workers (id, last_heartbeat)"
    " OVERRIDING SYSTEM VALUE VALUES (:worker_id, now())"
    " ON CONFLICT (id) DO UPDATE SET last_heartbeat = now())"
    " SELECT extract(epoch FROM now() - last_heartbeat)::double precision FROM before"
)
_UNREGISTER = text(
    "DELETE FROM procrastinate_workers WHERE id::text = ANY(:worker_ids)"
).bindparams(bindparam("worker_ids", type_=ARRAY(Text)))
_SILENT = text(
    "SELECT owner FROM unnest(:owners) AS owner WHERE NOT EXISTS ("
    " SELECT FROM procrastinate_workers WHERE id::text = owner"
    " AND last_heartbeat > now() - make_interval(secs => :seconds))"
).bindparams(bindparam("owners", type_=ARRAY(Text)))
_COUNT_ABANDONED = text(
    "SELECT count(*) FROM procrastinate_jobs AS job WHERE status = 'doing' AND NOT EXISTS ("
    " SELECT FROM procrastinate_workers AS worker WHERE worker.id = job.worker_id"
    " AND worker.last_heartbeat > now() - make_interval(secs => :seconds))"
)
_FORGET = text(
    "DELETE FROM procrastinate_workers"
    " WHERE last_heartbeat < now() - make_interval(secs => :seconds)"
)


async def register(session: AsyncSession) -> int:
    """A new worker's number."""
    return int(await session.scalar(_REGISTER))


async def beat(session: AsyncSession, worker_id: int) -> float | None:
    """Say that a worker lives.

    Returns:
        Seconds since it said so last; None if it had been forgotten.
    """
    seconds: float | None = await session.scalar(_BEAT, {"worker_id": worker_id})
    return seconds


async def unregister(session: AsyncSession, worker_ids: Sequence[str]) -> None:
    """Workers that are gone; what they have begun has been freed."""
    await session.execute(_UNREGISTER, {"worker_ids": list(worker_ids)})


async def silent(session: AsyncSession, owners: Sequence[str], seconds: float) -> list[str]:
    """Which of these workers nobody has heard of for so long."""
    rows = await session.scalars(_SILENT, {"owners": list(owners), "seconds": seconds})
    return list(rows)


async def count_abandoned(session: AsyncSession, seconds: float) -> int:
    """How many jobs were taken on by workers that nobody has heard of for so long."""
    return int(await session.scalar(_COUNT_ABANDONED, {"seconds": seconds}) or 0)


async def forget(session: AsyncSession, seconds: float) -> None:
    """Remove workers that nobody has heard of for so long."""
    await session.execute(_FORGET, {"seconds": seconds})
