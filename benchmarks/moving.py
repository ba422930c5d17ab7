"""How long a library takes to move into another database, with all that is compared at the end."""

import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from app.core.settings import Settings
from benchmarks.library.filling import fill, places
from benchmarks.quick import quick_directory
from benchmarks.table import Result, seconds, show
from tests.support.copies import copied
from tests.support.databases import PostgresTemplates
from tests.support.postgres import restartable_server

VIDEOS = 20_000
# Half an hour is said in each of the first thousand, little in all others: these are compared.
_SMALLEST = 1000
_GOAL_GROWTH = 1.5
_THERE, _BACK = "SQLite to PostgreSQL", "PostgreSQL to SQLite"


async def run(videos: int = VIDEOS) -> bool:
    """Measure and print; tell whether the time grows with the videos only.

    Args:
        videos: In the largest library; in thousands, four or more.
    """
    sizes = [_SMALLEST, videos // 2000 * 1000, videos // 1000 * 1000]
    newest = datetime.now(UTC) - timedelta(minutes=10)
    took: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="videothek-moving-", dir=quick_directory()) as name:
        async with places(Path(name)) as (file, _server):
            have = 0
            for size in sizes:
                await fill([file], have=have, want=size, newest=newest)
                have = size
                took[size] = await _there_and_back(file.url)
    results = [
        Result(f"{size:,} videos, {way}", each, None, seconds)
        for size, ways in took.items()
        for way, each in ways.items()
    ]
    growth = [_growth(took, way, sizes) for way in (_THERE, _BACK)]
    show(
        "copy-database: with captions and search index, all compared",
        [*results, *growth],
    )
    return all(each.measured < _GOAL_GROWTH for each in growth)


def _growth(took: dict[int, dict[str, float]], way: str, sizes: Sequence[int]) -> Result:
    of_few, of_many = (
        (took[large][way] - took[small][way]) / (large - small) for small, large in pairwise(sizes)
    )
    what = f"one more of {sizes[-1]:,} beside one more of {sizes[1]:,}, {way}"
    return Result(what, of_many / of_few, _GOAL_GROWTH, "{:.2f} x".format)


async def _there_and_back(source: str) -> dict[str, float]:
    with (
        tempfile.TemporaryDirectory(prefix="videothek-moving-", dir=quick_directory()) as name,
        restartable_server() as server,
        PostgresTemplates(server).empty(Path(name)) as between,
    ):
        directory = Path(name)
        return {
            _THERE: await _seconds(source, between, directory),
            _BACK: await _seconds(between, f"sqlite+aiosqlite:///{name}/videothek.db", directory),
        }


async def _seconds(source: str, target: str, directory: Path) -> float:
    began_at = time.perf_counter()
    outcome = await copied(source, target, Settings(data_dir=directory / "elsewhere"))
    assert outcome.is_equal
    return time.perf_counter() - began_at
