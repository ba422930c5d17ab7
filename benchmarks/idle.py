"""What the application costs while nobody uses it."""

import asyncio

from benchmarks.installation import installation, upstream
from benchmarks.places import databases
from benchmarks.table import Result, show

_SECONDS = 20
_SETTLE_SECONDS = 3
_GOAL_MEGABYTES = 150
_GOAL_PERCENT = 0.5


async def _idle(gateway: str, name: str, url: str) -> list[Result]:
    async with installation(gateway, database_url=url) as running:
        await asyncio.sleep(_SETTLE_SECONDS)
        before = running.app.cpu_seconds()
        await asyncio.sleep(_SECONDS)
        percent = (running.app.cpu_seconds() - before) / _SECONDS * 100
        megabytes = running.app.memory_bytes() / 1e6
    return [
        Result(f"{name}: memory", megabytes, _GOAL_MEGABYTES, lambda value: f"{value:.0f} MB"),
        Result(f"{name}: processor", percent, _GOAL_PERCENT, lambda value: f"{value:.2f} %"),
    ]


async def run() -> None:
    """Measure on both databases and print."""
    results = []
    with upstream() as gateway, databases() as urls:
        for name, url in urls.items():
            results += await _idle(gateway, name, url)
    show(f"idle: the application, {_SECONDS} s, nobody there", results)
