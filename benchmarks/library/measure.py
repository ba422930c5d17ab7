"""Lets a library grow and measures it at each size, on both databases."""

import asyncio
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.installation import Installation, as_links, installation_at, new_ids, upstream
from benchmarks.library.content import LIST_IDS
from benchmarks.library.filling import Place, fill, forget_pace, middle_of, places
from benchmarks.library.growth import Growth
from benchmarks.library.operations import ADDED, Visit
from benchmarks.quick import quick_directory
from benchmarks.table import Result, milliseconds, seconds, show
from tests.support.whisper import BASE_PATH

VIDEOS = 100_000
_SMALLEST = 1000
# Nothing that was added is looked up while it is measured what adding costs; and as good as no pace.
_SLOW, _UNLIMITED = 0.001, 100_000.0
_POLL_SECONDS = 0.5
_PATIENCE_SECONDS = 900.0
_DAY_SECONDS = 86_400
_GOAL_MEMORY_MEGABYTES = 250.0


def sizes_up_to(videos: int) -> list[int]:
    """Return what is compared: 1000 videos, and ten times as many until there are enough."""
    sizes = [_SMALLEST]
    while sizes[-1] * 10 < videos:
        sizes.append(sizes[-1] * 10)
    return [*sizes, videos] if videos > _SMALLEST else sizes


async def run(videos: int = VIDEOS) -> bool:
    """Measure and print; tell whether nothing grows more than it may.

    Args:
        videos: In the largest library; in thousands.
    """
    sizes = sizes_up_to(videos // 1000 * 1000)
    newest = datetime.now(UTC) - timedelta(minutes=10)
    with (
        upstream() as gateway,
        tempfile.TemporaryDirectory(prefix="videothek-library-", dir=quick_directory()) as name,
    ):
        async with places(Path(name)) as filled:
            growths = {place.name: Growth(place.name) for place in filled}
            whole: list[Result] = []
            have = 0
            for size in sizes:
                started = time.perf_counter()
                await fill(filled, have=have, want=size, newest=newest)
                have = size
                print(f"{size:,} videos are there after {time.perf_counter() - started:.0f} s more")
                for place in filled:
                    whole += await _measure(gateway, place, growths[place.name], size)
                    if size in (sizes[0], sizes[-1]):
                        whole.append(await _import(gateway, place, size))
    for growth in growths.values():
        growth.show(sizes)
    show("library as a whole", whole)
    return all(growth.is_reached for growth in growths.values())


def _settings(gateway: str) -> dict[str, str]:
    """With captions from the sound switched on, so that their estimates are asked too."""
    return {
        "VIDEOTHEK_GROQ_BASE_URL": f"{gateway}{BASE_PATH}",
        "VIDEOTHEK_GROQ_API_KEY": "gsk_bench",
        "VIDEOTHEK_ACCESS_TOKEN_SECONDS": str(_DAY_SECONDS),
    }


async def _measure(gateway: str, place: Place, growth: Growth, size: int) -> list[Result]:
    await forget_pace(place)
    middle = await middle_of(place, LIST_IDS[0])
    async with installation_at(
        place.directory,
        gateway,
        pacing_scale=_SLOW,
        database_url=place.url,
        more=_settings(gateway),
    ) as running:
        before = running.app.memory_bytes() / 1e6
        visit = Visit(running, place.server, growth, size, middle, random.Random(size))
        await visit.look_around()
        await visit.change()
        after = running.app.memory_bytes() / 1e6
    what = f"{place.name}, {size:,} videos: memory after all this"
    note = f"{before:.0f} MB before"
    return [Result(what, after, _GOAL_MEMORY_MEGABYTES, lambda value: f"{value:.0f} MB", note)]


async def _import(gateway: str, place: Place, size: int) -> Result:
    """A thousand more, until the last one is complete."""
    await forget_pace(place)
    async with installation_at(
        place.directory,
        gateway,
        pacing_scale=_UNLIMITED,
        database_url=place.url,
    ) as running:
        http = running.client.http
        list_id = (await http.post("/lists", json={"name": "More"})).json()["id"]
        before, started = _processor_seconds(running, place), time.perf_counter()
        ids = new_ids(ADDED, random.Random(-size))
        answer = await running.client.batch({"text": as_links(ids)}, list_id)
        await _until_finished(running, answer.raise_for_status().json()["import_id"])
        wall = time.perf_counter() - started
        cpu = _processor_seconds(running, place) - before
        (await http.delete(f"/lists/{list_id}")).raise_for_status()
    what = f"{place.name}, {size:,} videos: import of {ADDED} more"
    note = f"{milliseconds(cpu / ADDED)} of processor time for each"
    return Result(what, wall, None, seconds, note)


def _processor_seconds(running: Installation, place: Place) -> float:
    server = place.server.cpu_seconds() if place.server else 0.0
    return running.app.cpu_seconds() + server


async def _until_finished(running: Installation, import_id: str) -> None:
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            shown = (await running.client.http.get(f"/imports/{import_id}")).json()
            if shown["state"] == "finished":
                assert shown["summary"]["imported"] == ADDED
                return
            await asyncio.sleep(_POLL_SECONDS)
