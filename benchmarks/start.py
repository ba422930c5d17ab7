"""From `videothek serve` to the first answered request, with nothing and with a large library."""

import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks import processes
from benchmarks.library.filling import Place, fill, places
from benchmarks.quick import quick_directory
from benchmarks.table import Result, milliseconds, seconds, show
from tests.support.postgres import free_port
from tests.support.server import PASSWORD

VIDEOS = 100_000
_ROUNDS = 7
_GOAL_GROWTH = 1.25
_PATIENCE_SECONDS = 60.0
_ASK_EVERY_SECONDS = 0.005
_REQUEST = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
_LARGEST_PACKAGES = 4


class Start(NamedTuple):
    """One start.

    Args:
        seconds: From the command to the answer.
        processor_seconds: That it used until then.
    """

    seconds: float
    processor_seconds: float


async def _start(place: Place) -> Start:
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if "VIDEOTHEK" not in name},
        "VIDEOTHEK_DATA_DIR": str(place.directory),
        "VIDEOTHEK_DATABASE_URL": place.url,
        "VIDEOTHEK_OWNER_PASSWORD": PASSWORD,
    }
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: ASYNC220 - begun at once, waited for below
        [sys.executable, "-m", "app.cli", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                if await _is_answered(port):
                    took = time.perf_counter() - started
                    return Start(took, processes.cpu_seconds(process.pid))
                await asyncio.sleep(_ASK_EVERY_SECONDS)
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


async def _is_answered(port: int) -> bool:
    with contextlib.suppress(OSError):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(_REQUEST)
            return b" 200 " in await reader.readline()
        finally:
            writer.close()
    return False


async def _starts(place: Place) -> list[Start]:
    # The first one makes keys and compiles modules.
    await _start(place)
    return [await _start(place) for _ in range(_ROUNDS)]


def _results(name: str, videos: int, empty: list[Start], full: list[Start]) -> list[Result]:
    def median(starts: list[Start], field: str) -> float:
        return statistics.median(getattr(start, field) for start in starts)

    results = []
    for what, starts in (("nothing in it", empty), (f"{videos:,} videos", full)):
        used = median(starts, "processor_seconds")
        note = f"{milliseconds(used)} of processor time"
        results.append(Result(f"{name}, {what}", median(starts, "seconds"), None, seconds, note))
    growth = median(full, "processor_seconds") / median(empty, "processor_seconds")
    what = f"{name}, processor time beside that of nothing"
    return [*results, Result(what, growth, _GOAL_GROWTH, lambda value: f"{value:.2f} x")]


def _imports() -> Result:
    """What the import of all modules takes, and whose these are."""
    command = [sys.executable, "-X", "importtime", "-c", "import app.main, app.cli.serving"]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=True)
    own: Counter[str] = Counter()
    for line in done.stderr.splitlines():
        _, _, figures = line.partition("import time:")
        taken, _, rest = figures.partition("|")
        if taken.strip().isdigit():
            own[rest.partition("|")[2].strip().partition(".")[0]] += int(taken)
    largest = ", ".join(
        f"{name} {milliseconds(taken / 1e6)}" for name, taken in own.most_common(_LARGEST_PACKAGES)
    )
    return Result("import of all modules", sum(own.values()) / 1e6, None, milliseconds, largest)


async def run(videos: int = VIDEOS) -> None:
    """Measure and print.

    Args:
        videos: In the large library; in thousands.
    """
    results = [_imports()]
    with tempfile.TemporaryDirectory(prefix="videothek-start-", dir=quick_directory()) as name:
        async with places(Path(name)) as measured:
            empty = [await _starts(place) for place in measured]
            newest = datetime.now(UTC) - timedelta(minutes=10)
            await fill(measured, have=0, want=videos, newest=newest, is_short=True)
            for place, before in zip(measured, empty, strict=True):
                results += _results(place.name, videos, before, await _starts(place))
    show("start: from the command to the first answered request (median)", results)
