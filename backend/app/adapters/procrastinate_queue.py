"""The job queue of many machines: the tables of procrastinate, on PostgreSQL."""

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

from app.adapters.queue_on_rows import QueueOnRows, lock_owners, release
from app.adapters.worker_life import WorkerLife
from app.core.database import Database, UnitOfWork
from app.repositories import engine_jobs, engine_workers, playlist_reads
from app.repositories import jobs as job_rows
from app.repositories import lanes as lane_rows
from app.services.job_queue import LEASE_SECONDS, QueuedJob
from app.services.lanes import LaneName

_log = logging.getLogger(__name__)

# The engine's own default, three heartbeats of ten seconds.
_STALLED_SECONDS = 30.0
_FORGOTTEN_SECONDS = 7 * 24 * 3600.0
# After the database was away every worker looks stalled until it has said again that it lives. Who has
# just said so itself, so many times in a row, has given the others the time to.
_STEADY_BEATS = 3


class ProcrastinateJobQueue(QueueOnRows):
    """Implements ``JobQueue`` on the tables of procrastinate.

    Whose heart has not beaten for half a minute is gone, wherever it was; who died on this host is
    known by its lock file at once.

    Args:
        database: Where the tables are.
        life: Begun under the worker's name.
        worker_id: The engine's number of this worker.
    """

    def __init__(self, database: Database, life: WorkerLife, worker_id: int) -> None:
        super().__init__(str(worker_id))
        self._database = database
        self._life = life
        self._steady_beats = 0
        self._idle_before: set[int] = set()

    @classmethod
    async def open(cls, database: Database, data_dir: Path) -> "ProcrastinateJobQueue":
        """Register a worker.

        Args:
            database: Migrated.
            data_dir: Where the lock files are.
        """
        life = WorkerLife(data_dir / "workers")
        while True:
            async with database.write() as unit:
                worker_id = await engine_workers.register(unit.session)
            # Another database that was here before has numbered its workers likewise.
            if life.begin(_lock_name(database, str(worker_id))):
                return cls(database, life, worker_id)

    async def release_dead_workers(self) -> int:
        """See ``JobQueue``."""
        async with self._database.write() as unit:
            owners = await lock_owners(unit) - {self.worker_id}
            dead = {owner for owner in owners if self._died_here(owner)}
            if self._steady_beats >= _STEADY_BEATS:
                others = sorted(owners - dead)
                dead.update(await engine_workers.silent(unit.session, others, _STALLED_SECONDS))
            if not dead:
                return 0
            released = await release(unit, sorted(dead))
            await engine_workers.unregister(unit.session, sorted(dead))
            return released

    async def keep_alive(self, jobs: Sequence[QueuedJob], read_ids: Sequence[str]) -> None:
        """See ``JobQueue``."""
        async with self._database.write() as unit:
            silence = await engine_workers.beat(unit.session, int(self.worker_id))
            is_steady = silence is not None and silence < _STALLED_SECONDS
            self._steady_beats = self._steady_beats + 1 if is_steady else 0
            if read_ids:
                until = await lane_rows.clock(unit.session) + LEASE_SECONDS
                await playlist_reads.extend_leases(unit.session, read_ids, self.worker_id, until)
            await self._release_forgotten(unit, {job.id for job in jobs})

    async def _release_forgotten(self, unit: UnitOfWork, in_work: set[int]) -> None:
        """Free what is marked as this worker's and is not worked on, nor was at the last beat."""
        own = set(await job_rows.ids_of(unit.session, self.worker_id))
        idle = own - in_work
        if forgotten := idle & self._idle_before:
            _log.warning("%d jobs of this worker had been forgotten", len(forgotten))
            unit.changes.jobs_for_lanes.update(LaneName)
            await engine_jobs.release(unit.session, sorted(forgotten), self.worker_id)
        # What was taken on in this very moment may not be known as begun yet.
        self._idle_before = idle - forgotten

    async def release_own(self) -> int:
        """See ``JobQueue``."""
        async with self._database.write() as unit:
            released = await release(unit, [self.worker_id])
            await self._leave(unit)
        self._life.end()
        return released

    async def _leave(self, unit: UnitOfWork) -> None:
        await engine_workers.unregister(unit.session, [self.worker_id])
        await engine_workers.forget(unit.session, _FORGOTTEN_SECONDS)

    def _died_here(self, worker_id: str) -> bool:
        name = _lock_name(self._database, worker_id)
        return self._life.is_known(name) and self._life.is_dead(name)


def _lock_name(database: Database, worker_id: str) -> str:
    """Another database in the same directory has other workers of the same numbers."""
    address = f"{database.url.host}:{database.url.port}/{database.url.database}"
    return f"{hashlib.sha256(address.encode()).hexdigest()[:12]}.{worker_id}"
