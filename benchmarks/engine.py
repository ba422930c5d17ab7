"""What a video costs the processor, beside what yt-dlp needs for it by itself."""

import asyncio
import random
import subprocess
import sys
import time

from benchmarks.installation import as_links, installation, new_ids, upstream
from benchmarks.table import Result, milliseconds, show

VIDEOS = (100, 300, 1000)
VIDEOS_ALONE = 300
GOAL_SECONDS = 0.040
# As good as no pace at all.
_PACING_SCALE = 100_000.0
# Asking how far it is must not cost what is measured.
_POLL_SECONDS = 1.0
_MAX_POLLS = 1800


async def _cpu_of_import(gateway: str, count: int) -> tuple[float, float]:
    """Processor and wall seconds of the application for one import."""
    ids = new_ids(count, random.Random(count))
    async with installation(gateway, pacing_scale=_PACING_SCALE) as running:
        http = running.client.http
        before, started = running.app.cpu_seconds(), time.perf_counter()
        answer = await running.client.batch({"text": as_links(ids)})
        address = f"/imports/{answer.raise_for_status().json()['import_id']}"
        for _ in range(_MAX_POLLS):
            await asyncio.sleep(_POLL_SECONDS)
            shown = (await http.get(address)).json()
            if shown["state"] == "finished":
                break
        assert shown["summary"]["imported"] == count
        return running.app.cpu_seconds() - before, time.perf_counter() - started


def _cpu_of_ytdlp(gateway: str, count: int) -> float:
    """Processor seconds per video of the extractor alone, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.ytdlp_alone", gateway, str(count)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout) / count


async def run() -> None:
    """Measure and print."""
    results = []
    with upstream() as gateway:
        alone = _cpu_of_ytdlp(gateway, VIDEOS_ALONE)
        for count in VIDEOS:
            cpu, wall = await _cpu_of_import(gateway, count)
            note = (
                f"{milliseconds(cpu / count)} in all, yt-dlp alone {milliseconds(alone)}; "
                f"{count / wall:.1f} videos/s"
            )
            results.append(
                Result(f"{count} videos", cpu / count - alone, GOAL_SECONDS, milliseconds, note)
            )
    show("engine: processor time per video beside yt-dlp's own, no pace", results)
