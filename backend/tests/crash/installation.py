"""All processes of an installation, and how long each needs to work again after it was killed."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.crash.databases import CrashDatabase, DatabaseAway, ask
from tests.crash.person import Person
from tests.crash.processes import ManagedProcess, Processes
from tests.crash.topology import Topology, clean_environment
from tests.support.postgres import free_port
from tests.support.server import PASSWORD

# An hour's block takes seven seconds, and what failed four times is tried again after an eighth of one.
PACING_SCALE = 500.0

_READY_SECONDS = 60.0
_LOOK_SECONDS = 0.05
_NOT_RESUMED_SECONDS = 20.0
_OWNERS = "SELECT DISTINCT locked_by FROM jobs WHERE locked_by IS NOT NULL"
_DUE = "SELECT count(*) FROM jobs WHERE run_at <= {now}"
# Moves whenever a video reaches a stage.
_PROGRESS = (
    "SELECT coalesce(sum(import_progress), 0), coalesce(sum(CASE import_stage WHEN 'error' THEN 1"
    " ELSE 0 END), 0) FROM videos"
)


@dataclass(frozen=True, slots=True)
class App:
    """A process that serves the page."""

    process: ManagedProcess
    url: str


class Installation:
    """The apps and the workers on one database.

    Args:
        topology: How many of them.
        database: Theirs.
        gateway: Their upstream.
        directory: For their data and logs.
        processes: Look after them.
    """

    def __init__(
        self,
        topology: Topology,
        database: CrashDatabase,
        gateway: str,
        directory: Path,
        processes: Processes,
    ) -> None:
        self.topology = topology
        self.database = database
        environment = clean_environment() | {
            "VIDEOTHEK_DATA_DIR": str(directory / "data"),
            "VIDEOTHEK_DATABASE_URL": database.url,
            "VIDEOTHEK_YOUTUBE_GATEWAY": gateway,
            "VIDEOTHEK_OWNER_PASSWORD": PASSWORD,
            "VIDEOTHEK_PACING_SCALE": str(PACING_SCALE),
            # Signed in once, for the whole run.
            "VIDEOTHEK_ACCESS_TOKEN_SECONDS": "86400",
        }

        def process(name: str, *arguments: str) -> ManagedProcess:
            command = [sys.executable, "-m", "app.cli", *arguments]
            return processes.add(ManagedProcess(name, command, environment, directory))

        role = ["--no-worker"] if topology.workers else []
        self.apps = []
        for number in range(1, topology.apps + 1):
            port = free_port()
            app = process(f"app-{number}", "serve", "--port", str(port), *role)
            self.apps.append(App(app, f"http://127.0.0.1:{port}"))
        self.workers = [
            process(f"worker-{number}", "worker") for number in range(1, topology.workers + 1)
        ]
        self._owners: set[str] = set()

    @property
    def urls(self) -> list[str]:
        """Of the apps."""
        return [app.url for app in self.apps]

    @property
    def all(self) -> list[ManagedProcess]:
        """Apps, then workers."""
        return [*(app.process for app in self.apps), *self.workers]

    async def until_ready(self, person: Person) -> None:
        """Until every app says that it is.

        Raises:
            TimeoutError: One does not.
        """
        for app in self.apps:
            await self._until_app(app, person.is_ready)

    # -- time to resume --------------------------------------------------------------------------

    async def app_resumes(self, app: App, person: Person, began: float) -> float | None:
        """Seconds until an app serves its people again and, if it works too, has taken a job on.

        Args:
            app: Which one.
            person: Who asks.
            began: When it was begun again, of the monotonic clock.

        Returns:
            None where there was nothing to do.
        """
        await self._until_app(app, person.is_served)
        return time.monotonic() - began if self.workers else await self.work_resumes(began)

    async def work_resumes(self, began: float, new: int = 1) -> float | None:
        """Seconds until a worker that was not there before has taken a job on.

        Args:
            began: When it was begun, of the monotonic clock.
            new: How many such workers are waited for; the first one counts.

        Returns:
            None where there was nothing to do.
        """
        first: float | None = None
        before = set(self._owners)
        while time.monotonic() < began + _NOT_RESUMED_SECONDS:
            self._owners |= await self._working()
            now = time.monotonic() - began
            found = len(self._owners - before)
            first = now if found and first is None else first
            if found >= new or not await self._is_anything_due():
                return first
            await asyncio.sleep(_LOOK_SECONDS)
        return _NOT_RESUMED_SECONDS if first is None else first

    async def database_resumes(self, began: float) -> float | None:
        """Seconds until a video has got on after the database was begun again; None if none can."""
        before = await self._rows(_PROGRESS)
        while time.monotonic() < began + _NOT_RESUMED_SECONDS:
            if await self._rows(_PROGRESS) != before:
                return time.monotonic() - began
            if not await self._is_anything_due():
                return None
            await asyncio.sleep(_LOOK_SECONDS)
        return _NOT_RESUMED_SECONDS

    async def note_workers(self) -> None:
        """Remember who works now, so that whoever comes later is new."""
        self._owners |= await self._working()

    async def _working(self) -> set[str]:
        return {row[0] for row in await self._rows(_OWNERS)}

    async def _is_anything_due(self) -> bool:
        rows = await self._rows(_DUE.format(now=time.time()))
        return not rows or rows[0][0] > 0

    async def _rows(self, sql: str) -> list[tuple[object, ...]]:
        try:
            return list(await ask(self.database, sql))
        except DatabaseAway:
            return []

    async def _until_app(self, app: App, check: Callable[[str], Awaitable[bool]]) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while not await check(app.url):
            if time.monotonic() > deadline or app.process.ended_by_itself:
                raise TimeoutError(f"{app.process.name} is not ready: {app.process.log}")
            await asyncio.sleep(_LOOK_SECONDS)
