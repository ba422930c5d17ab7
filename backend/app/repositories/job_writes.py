"""Changing jobs, whichever queue they are in."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from app.repositories import embedded_jobs, engine_jobs
from app.repositories.dialects import dialect_of
from app.repositories.jobs import JobChange, OwnJob


class JobWrites(Protocol):
    """What ``embedded_jobs`` and ``engine_jobs`` both do."""

    async def add_many(self, session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
        """Add jobs of videos that have none of their kind yet."""

    async def add_or_reschedule(
        self, session: AsyncSession, rows: Sequence[dict[str, Any]]
    ) -> None:
        """Add jobs; one of its kind that a video has already runs at the new time instead."""

    async def lock(
        self, session: AsyncSession, job_id: int, *, worker_id: str, until: float
    ) -> None:
        """Take a job on."""

    async def put_back(
        self,
        session: AsyncSession,
        job: OwnJob,
        *,
        run_at: float,
        attempts: int,
        handed_back_at: float | None,
        suspicion: int,
    ) -> int | None:
        """Hand a job back to the queue, to run again at ``run_at``, if it is still this worker's."""

    async def release_of(self, session: AsyncSession, worker_ids: Sequence[str]) -> int:
        """Free the jobs of workers that are gone; how many there were."""

    async def change(
        self, session: AsyncSession, new: JobChange, *conditions: ColumnElement[bool]
    ) -> None:
        """Change all jobs that fulfil the conditions."""


def writes_of(session: AsyncSession) -> JobWrites:
    """How the jobs of this database are changed."""
    return engine_jobs if dialect_of(session) == "postgresql" else embedded_jobs
