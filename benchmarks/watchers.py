"""A hundred people watch a thousand videos being imported.

How soon each sees what is added, and what they cost in memory, also if they do not read.
"""

import asyncio
import json
import random
import statistics
import string
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from benchmarks.installation import Installation, as_links, installation, new_ids, upstream
from benchmarks.places import databases
from benchmarks.table import Result, milliseconds, show
from benchmarks.watching import MARK

CLIENTS = 100
VIDEOS = 1000
GOAL_SECONDS = 0.3
# What a watcher may still grow by, once it has been told everything there is.
_GOAL_GROWTH_BYTES = 100_000
_EARLY_SECONDS, _LATE_SECONDS = 10.0, 35.0
_ADD_EVERY_SECONDS = 0.4
_UNLIMITED = 100_000.0
# Everything that was added has reached everybody.
_AFTERWARDS_SECONDS = 2.0


@dataclass
class Watch:
    """One import that was watched.

    Attributes:
        memory: Resident bytes of the application, early and late.
        delays: Of each added video to each client, in seconds from the answer to who added it.
        whole_delays: Likewise from the beginning of the transaction that added it.
        frames: That each client got in a second.
        settled: How many videos were over at the end.
    """

    memory: list[int] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    whole_delays: list[float] = field(default_factory=list)
    frames: float = 0.0
    settled: int = 0


@asynccontextmanager
async def _clients(
    running: Installation, count: int, kind: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    arguments = [running.app.url, running.client.token, str(count), kind]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.watching",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=100_000_000,
    )
    try:
        assert process.stdout is not None
        assert (await process.stdout.readline()).strip() == b"ready"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _told(process: asyncio.subprocess.Process) -> dict[str, Any]:
    output, _ = await process.communicate(b"")
    told: dict[str, Any] = json.loads(output)
    return told


class Adding:
    """Somebody adds a video again and again.

    Args:
        running: Where.
        list_id: To which list.
    """

    def __init__(self, running: Installation, list_id: str) -> None:
        self._running = running
        self._list_id = list_id
        self._chance = random.Random(3)
        self.begun_at: dict[str, float] = {}
        self.answered_at: dict[str, float] = {}

    async def until(self, seconds: float) -> None:
        """Add one every so often, until so long after the start."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            youtube_id = MARK + "".join(self._chance.choices(string.ascii_letters, k=6))
            answer = await self._running.client.add(as_links([youtube_id]), self._list_id)
            self.answered_at[youtube_id] = time.time()
            video = answer.raise_for_status().json()
            # Taken by the application where its transaction begins, on the clock of this machine.
            self.begun_at[youtube_id] = datetime.fromisoformat(video["created_at"]).timestamp()
            await asyncio.sleep(_ADD_EVERY_SECONDS)


async def _watch(gateway: str, url: str, clients: int, kind: str) -> Watch:
    watch = Watch()
    async with installation(gateway, pacing_scale=_UNLIMITED, database_url=url) as running:
        http = running.client.http
        other = (await http.post("/lists", json={"name": "Other"})).raise_for_status().json()["id"]
        text = as_links(new_ids(VIDEOS, random.Random(1)))
        answer = await running.client.batch({"text": text})
        path = f"/imports/{answer.raise_for_status().json()['import_id']}"
        adding = Adding(running, other)
        async with _clients(running, clients, kind) as process:
            await adding.until(_EARLY_SECONDS)
            watch.memory.append(running.app.memory_bytes())
            await adding.until(_LATE_SECONDS - _EARLY_SECONDS)
            watch.memory.append(running.app.memory_bytes())
            summary = (await http.get(path)).json()["summary"]
            watch.settled = summary["imported"]
            assert summary["waiting"], "the import was over before the measurement"
            await asyncio.sleep(_AFTERWARDS_SECONDS)
            told = await _told(process)
        watch.frames = statistics.mean(told["frames"] or [0]) / _LATE_SECONDS
        watch.delays = _between(adding.answered_at, told["told_at"])
        watch.whole_delays = _between(adding.begun_at, told["told_at"])
    return watch


def _between(moments: dict[str, float], told_at: list[dict[str, float]]) -> list[float]:
    return [told[youtube_id] - at for told in told_at for youtube_id, at in moments.items()]


def _delays(name: str, watch: Watch) -> list[Result]:
    ordered = sorted(watch.delays)
    p50, p99 = _parts(ordered)
    whole = " and ".join(milliseconds(part) for part in _parts(sorted(watch.whole_delays)))
    note = (
        f"{len(ordered):,} frames of {CLIENTS} clients, longest {milliseconds(ordered[-1])}; "
        f"meanwhile {watch.settled} videos were completed"
    )
    frames = (
        f"from the beginning of the transaction: p50 and p99 {whole}; "
        f"{watch.frames:.1f} frames a second for each client"
    )
    return [
        Result(f"{name}: from the answer to the frame, p50", p50, None, milliseconds, frames),
        Result(f"{name}: from the answer to the frame, p99", p99, GOAL_SECONDS, milliseconds, note),
    ]


def _parts(ordered: list[float]) -> list[float]:
    return [ordered[round(part * (len(ordered) - 1))] for part in (0.5, 0.99)]


def _memory(name: str, watch: Watch, alone: Watch) -> list[Result]:
    early, late = (
        (watched - without) / CLIENTS
        for watched, without in zip(watch.memory, alone.memory, strict=True)
    )
    growth = f"{_kilobytes(early)} after {_EARLY_SECONDS:.0f} s"
    total = f"{watch.memory[1] / 1e6:.0f} MB in all, {alone.memory[1] / 1e6:.0f} MB without"
    return [
        Result(f"{name}: memory of each", late, None, _kilobytes, total),
        Result(f"{name}: that it grew by", late - early, _GOAL_GROWTH_BYTES, _kilobytes, growth),
    ]


def _kilobytes(value: float) -> str:
    return f"{value / 1e3:.0f} kB"


async def run() -> None:
    """Measure and print."""
    results: list[Result] = []
    with upstream() as gateway, databases() as urls:
        alone = await _watch(gateway, "", 0, "deaf")
        for name, url in urls.items():
            watch = await _watch(gateway, url, CLIENTS, "reading")
            results += _delays(name, watch)
            if name == "SQLite":
                results += _memory("clients that read", watch, alone)
        deaf = await _watch(gateway, "", CLIENTS, "deaf")
        results += _memory("clients that do not read", deaf, alone)
    show(
        f"watchers: {CLIENTS} clients while {VIDEOS} videos are imported without any pace",
        results,
    )
