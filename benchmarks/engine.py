"""What a video costs the processor, beside what yt-dlp needs for it by itself."""

import asyncio
import random
import subprocess
import sys
import time

from benchmarks.installation import as_links, installation, new_ids, upstream
from benchmarks.table import Result, milliseconds, show

VIDEOS = (100, 1000)
# Of a larger one with `--videos 10000`, which takes a quarter of an hour.
VIDEOS_ALONE = 300
GOAL_SECONDS = 0.040
# As good as no pace at all.
_PACING_SCALE = 100_000.0
# What one video costs may not grow with their number.
_GOAL_GROWTH = 1.2
# Asking how far it is must not cost what is measured: it counts all of them.
_POLL_SECONDS = 2.0
_PATIENCE_SECONDS = 7200.0


async def _cpu_of_import(gateway: str, count: int) -> tuple[float, float]:
    """Processor and wall seconds of the application for one import."""
    ids = new_ids(count, random.Random(count))
    async with installation(gateway, pacing_scale=_PACING_SCALE) as running:
        http = running.client.http
        before, started = running.app.cpu_seconds(), time.perf_counter()
        answer = await running.client.batch({"text": as_links(ids)})
        address = f"/imports/{answer.raise_for_status().json()['import_id']}"
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
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


async def run(videos: int = VIDEOS[-1]) -> None:
    """Measure and print.

    Args:
        videos: In the largest import.
    """
    results = []
    costs = {}
    with upstream() as gateway:
        alone = _cpu_of_ytdlp(gateway, VIDEOS_ALONE)
        for count in sorted({*(count for count in VIDEOS if count < videos), videos}):
            cpu, wall = await _cpu_of_import(gateway, count)
            costs[count] = cpu / count
            note = (
                f"{milliseconds(cpu / count)} in all, yt-dlp alone {milliseconds(alone)}; "
                f"{count / wall:.1f} videos/s"
            )
            results.append(
                Result(f"{count:,} videos", cpu / count - alone, GOAL_SECONDS, milliseconds, note)
            )
    growth = costs[max(costs)] / costs[min(costs)]
    what = f"one of {max(costs):,} beside one of {min(costs):,}"
    results.append(Result(what, growth, _GOAL_GROWTH, lambda value: f"{value:.2f} x"))
    show("engine: processor time per video beside yt-dlp's own, no pace", results)
