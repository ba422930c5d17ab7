"""What the application costs while nobody uses it."""

import asyncio

from benchmarks.installation import installation, upstream
from benchmarks.table import Result, show

_SECONDS = 20
_SETTLE_SECONDS = 3
_GOAL_MEGABYTES = 150
_GOAL_PERCENT = 0.5


async def run() -> None:
    """Measure and print."""
    with upstream() as gateway:
        async with installation(gateway) as running:
            await asyncio.sleep(_SETTLE_SECONDS)
            before = running.app.cpu_seconds()
            await asyncio.sleep(_SECONDS)
            percent = (running.app.cpu_seconds() - before) / _SECONDS * 100
            megabytes = running.app.memory_bytes() / 1e6
    show(
        f"idle: the application, {_SECONDS} s, nobody there",
        [
            Result("memory", megabytes, _GOAL_MEGABYTES, lambda value: f"{value:.0f} MB"),
            Result("processor", percent, _GOAL_PERCENT, lambda value: f"{value:.2f} %"),
        ],
    )
