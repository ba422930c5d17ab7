"""The job queue in the application's own database, for one machine: a table, leases, lock files."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock

from app.adapters.queue_on_rows import QueueOnRows, lock_owners, release
from app.adapters.worker_life import WorkerLife
from app.core.database import Database
from app.repositories import embedded_jobs, playlist_reads
from app.repositories import lanes as lane_rows
from app.services.job_queue import LEASE_SECONDS, QueuedJob


class EmbeddedJobQueue(QueueOnRows):
    """Implements ``JobQueue`` on the ``jobs`` table.

    The start of a process frees at once what those have begun that died on this host; a lease ends
    what was begun elsewhere.

    Args:
        database: Where the table is.
        data_dir: Where the lock files are.
    """

    def __init__(self, database: Database, data_dir: Path) -> None:
        directory = data_dir / "workers"
        self._database = database
        self._life = WorkerLife(directory)
        self._host = _host_name(directory)
        super().__init__(f"{self._host}.{secrets.token_hex(8)}")
        self._life.begin(self.worker_id)

    async def release_dead_workers(self) -> int:
        """See ``JobQueue``."""
        async with self._database.write() as unit:
            owners = await lock_owners(unit)
            dead = [owner for owner in owners if self._is_dead(owner)]
            return await release(unit, dead) if dead else 0

    async def keep_alive(self, jobs: Sequence[QueuedJob], read_ids: Sequence[str]) -> None:
        """See ``JobQueue``."""
        if not jobs and not read_ids:
            return
        async with self._database.write() as unit:
            until = await lane_rows.clock(unit.session) + LEASE_SECONDS
            ids = [job.id for job in jobs]
            await embedded_jobs.extend_leases(unit.session, ids, self.worker_id, until)
            await playlist_reads.extend_leases(unit.session, read_ids, self.worker_id, until)

    async def release_own(self) -> int:
        """See ``JobQueue``."""
        async with self._database.write() as unit:
            released = await release(unit, [self.worker_id])
        self._life.end()
        return released

    def _is_dead(self, worker_id: str) -> bool:
        # Lock files in another directory say nothing about its workers.
        return worker_id.startswith(f"{self._host}.") and self._life.is_dead(worker_id)


def _host_name(directory: Path) -> str:
    """A name for this data directory."""
    path = directory / "host"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            path.write_text(secrets.token_hex(8))
        return path.read_text()
