"""What is measured: the application and its upstream, each in a process of its own."""

import random
import string
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks import processes
from tests.support.server import AppProcess, Client, OnlyApp, WorkerProcess, sign_in

_ALPHABET = string.ascii_letters + string.digits


class _Measured(AppProcess):
    """What the kernel knows about a process."""

    @property
    def pid(self) -> int:
        """The running process."""
        assert self._process is not None
        return self._process.pid

    def cpu_seconds(self) -> float:
        """Return the processor time used so far, by all threads."""
        return processes.cpu_seconds(self.pid)

    def memory_bytes(self) -> int:
        """Return the resident memory."""
        return processes.memory_bytes(self.pid)

    def children(self) -> list[int]:
        """Return the processes it has begun."""
        return processes.children(self.pid)


class MeasuredProcess(_Measured):
    """`videothek serve`."""


class MeasuredApp(_Measured, OnlyApp):
    """`videothek serve --no-worker`."""


class MeasuredWorker(_Measured, WorkerProcess):
    """`videothek worker`."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A running application with a signed-in person."""

    app: MeasuredProcess
    client: Client
    directory: Path


class Upstream(NamedTuple):
    """A stand-in upstream that runs.

    Args:
        url: Its address.
        pid: Its process.
    """

    url: str
    pid: int


@contextmanager
def upstream() -> Iterator[str]:
    """A stand-in upstream that answers at once; yields its address."""
    with measured_upstream() as running:
        yield running.url


@contextmanager
def measured_upstream() -> Iterator[Upstream]:
    """Likewise, and its process."""
    command = [sys.executable, "-m", "standin", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Upstream(process.stdout.readline().split()[-1], process.pid)
        finally:
            process.terminate()


@asynccontextmanager
async def installation(
    gateway: str,
    *,
    pacing_scale: float = 1.0,
    database_url: str = "",
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[Installation]:
    """A fresh application on a free port.

    Args:
        gateway: Its upstream.
        pacing_scale: How many times faster than real.
        database_url: SQLite in a temporary directory unless given.
        more: Other settings.
    """
    with tempfile.TemporaryDirectory(prefix="videothek-bench-") as name:
        async with installation_at(
            Path(name), gateway, pacing_scale=pacing_scale, database_url=database_url, more=more
        ) as running:
            yield running


@asynccontextmanager
async def installation_at(
    directory: Path,
    gateway: str,
    *,
    pacing_scale: float = 1.0,
    database_url: str = "",
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[Installation]:
    """Likewise, in a directory of which the application may know from before.

    Args:
        directory: For its data.
        gateway: Its upstream.
        pacing_scale: How many times faster than real.
        database_url: SQLite in the directory unless given.
        more: Other settings.
    """
    environment = {
        "VIDEOTHEK_YOUTUBE_GATEWAY": gateway,
        "VIDEOTHEK_PACING_SCALE": str(pacing_scale),
        "VIDEOTHEK_DATABASE_URL": database_url,
        # One person asks here as often as a thousand would.
        "VIDEOTHEK_REQUESTS_PER_MINUTE": "0",
        **(more or {}),
    }
    app = MeasuredProcess(directory, **environment)
    with app:
        await app.start()
        client = await sign_in(app.url)
        try:
            yield Installation(app, client, directory)
        finally:
            await client.http.aclose()


def new_ids(count: int, chance: random.Random) -> list[str]:
    """Return ids of videos that are fine and have automatic captions.

    Args:
        count: How many.
        chance: The same ids for the same state of it.
    """
    return ["CAUT_" + "".join(chance.choices(_ALPHABET, k=6)) for _ in range(count)]


def as_links(ids: list[str]) -> str:
    """Return a text with one link on each line."""
    return "\n".join(f"https://www.youtube.com/watch?v={video_id}" for video_id in ids)
