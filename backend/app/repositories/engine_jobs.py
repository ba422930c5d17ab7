"""Changing jobs that are the engine's: the tables of procrastinate, on PostgreSQL.

They are read through the view ``jobs``, which has the columns of the table other databases have, and
deleted through it. Only what the engine keeps in its own way is written here. Its functions carry a
version in their names, so that processes of two versions can work beside each other.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    bindparam,
    cast,
    column,
    select,
    table,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Job
from app.repositories.dialects import table_of
from app.repositories.jobs import JobChange, OwnJob

_JOBS = table_of(Job)
_ENGINE = table(
    "procrastinate_jobs",
    column("id"),
    column("priority"),
    column("scheduled_at"),
    column("args", JSONB),
)

# One row per job, in the order of the queue. What is due has no time to wait for, only one since when it
# is due: the engine writes down each time to wait for, in a row of its own.
_NEW_JOBS = """
WITH new_jobs AS (SELECT lane, kind, -priority AS priority,
    jsonb_strip_nulls(jsonb_build_object('video_id', video_id, 'batch', batch, 'due_since', run_at,
        'failures', failures, 'handed_back_at', handed_back_at, 'suspicion', suspicion)) AS args,
    CASE WHEN run_at > extract(epoch FROM clock_timestamp()) THEN to_timestamp(run_at) END AS due_at,
    position
FROM unnest(
    cast(:lanes AS text[]), cast(:kinds AS text[]), cast(:video_ids AS text[]),
    cast(:priorities AS integer[]), cast(:batches AS text[]), cast(:run_ats AS double precision[]),
    cast(:failures AS integer[]), cast(:handed_back_ats AS double precision[]),
    cast(:suspicions AS integer[])
) WITH ORDINALITY AS given (lane, kind, video_id, priority, batch, run_at, failures, handed_back_at,
    suspicion, position))
"""
_DEFER = text(
    _NEW_JOBS  # noqa: S608 - none but our own words
    + "SELECT procrastinate_defer_jobs_v1(array_agg("
    " ROW(lane, kind, priority, NULL, NULL, args, due_at)::procrastinate_job_to_defer_v1"
    " ORDER BY position)) FROM new_jobs"
)
_DEFER_OR_RESCHEDULE = text(
    _NEW_JOBS  # noqa: S608 - none but our own words
    + "INSERT INTO procrastinate_jobs AS job (queue_name, task_name, priority, args, scheduled_at)"
    " SELECT lane, kind, priority, args, due_at FROM new_jobs ORDER BY position"
    " ON CONFLICT (video_id, task_name) DO UPDATE"
    " SET scheduled_at = excluded.scheduled_at, priority = excluded.priority,"
    " args = job.args || jsonb_build_object('due_since', excluded.args->'due_since')"
    " WHERE job.status = 'todo'"
)
_TAKE = text(
    "UPDATE procrastinate_jobs SET status = 'doing', worker_id = cast(:worker_id AS bigint)"
    " WHERE id = :job_id"
)
_PUT_BACK = text(
    "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, attempts = attempts + 1,"
    " scheduled_at = CASE WHEN cast(:run_at AS double precision) > extract(epoch FROM clock_timestamp())"
    " THEN to_timestamp(cast(:run_at AS double precision)) END,"
    " args = args || jsonb_build_object('due_since', cast(:run_at AS double precision),"
    " 'failures', cast(:failures AS integer),"
    " 'handed_back_at', cast(:handed_back_at AS double precision),"
    " 'suspicion', cast(:suspicion AS integer))"
    " WHERE id = :job_id AND video_id = :this_video AND task_name = :this_kind"
    " AND status = 'doing' AND worker_id = cast(:worker_id AS bigint)"
    " RETURNING -priority"
)
_RELEASE = text(
    "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, attempts = attempts + 1"
    " WHERE status = 'doing' AND coalesce(worker_id::text, '') = ANY(:worker_ids) RETURNING id"
).bindparams(bindparam("worker_ids", type_=ARRAY(Text)))

_RELEASE_SOME = text(
    "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, attempts = attempts + 1"
    " WHERE status = 'doing' AND worker_id = :worker_id AND id = ANY(:job_ids)"
)


async def add_many(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Defer jobs of videos that have none of their kind yet."""
    if rows:
        await session.execute(_DEFER, _columns(rows))


async def add_or_reschedule(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Defer jobs; one of its kind that a video has already runs at the new time instead.

    One that is in work stays as it is.
    """
    if rows:
        await session.execute(_DEFER_OR_RESCHEDULE, _columns(rows))


def _columns(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "lanes": [row["lane"] for row in rows],
        "kinds": [row["kind"] for row in rows],
        "video_ids": [row["video_id"] for row in rows],
        "priorities": [row["priority"] for row in rows],
        "batches": [row["batch"] for row in rows],
        "run_ats": [row["run_at"] for row in rows],
        # Only of those that come from another queue.
        "failures": [row.get("attempts") for row in rows],
        "handed_back_ats": [row.get("handed_back_at") for row in rows],
        "suspicions": [row.get("suspicion") for row in rows],
    }


async def lock(session: AsyncSession, job_id: int, *, worker_id: str, until: float) -> None:  # noqa: ARG001
    """Take a job on. It is this worker's until it is known to be gone, so no time ends that."""
    await session.execute(_TAKE, {"job_id": job_id, "worker_id": int(worker_id)})


async def put_back(
    session: AsyncSession,
    job: OwnJob,
    *,
    run_at: float,
    attempts: int,
    handed_back_at: float | None,
    suspicion: int,
) -> int | None:
    """Hand a job back to the queue, to run again at ``run_at``, if it is still this worker's.

    Returns:
        Like ``jobs.finish``.
    """
    values = {
        "run_at": run_at,
        "failures": attempts,
        "handed_back_at": handed_back_at,
        "suspicion": suspicion,
        "worker_id": int(job.worker_id),
    }
    priority: int | None = await session.scalar(_PUT_BACK, job.parameters() | values)
    return priority


async def release_of(session: AsyncSession, worker_ids: Sequence[str]) -> int:
    """Free the jobs of workers that are gone.

    Returns:
        How many there were.
    """
    return len((await session.execute(_RELEASE, {"worker_ids": list(worker_ids)})).all())


async def release(session: AsyncSession, job_ids: Sequence[int], worker_id: str) -> None:
    """Free some jobs of a worker."""
    await session.execute(_RELEASE_SOME, {"job_ids": list(job_ids), "worker_id": int(worker_id)})


async def change(session: AsyncSession, new: JobChange, *conditions: ColumnElement[bool]) -> None:
    """Change all jobs that fulfil the conditions, which are about the view."""
    values: dict[str, Any] = {}
    said: dict[str, float] = {}
    if new.priority is not None:
        values["priority"] = -new.priority
    if new.run_at is not None:
        # Every change of the time is to "now".
        values["scheduled_at"] = None
        said["due_since"] = new.run_at
    if new.is_fresh:
        said |= {"failures": 0, "suspicion": 0}
    if said:
        values["args"] = _ENGINE.c.args.op("||")(cast(said, JSONB))
    chosen = select(_JOBS.c.id).where(*conditions)
    await session.execute(update(_ENGINE).where(_ENGINE.c.id.in_(chosen)).values(values))
