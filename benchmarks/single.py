"""How soon a person sees what becomes of one video, or of five, at the default pace."""

import asyncio
import random
import statistics
import time
from dataclasses import dataclass

from benchmarks.installation import Installation, as_links, installation, new_ids, upstream
from benchmarks.table import Result, milliseconds, seconds, show
from tests.support.server import ProgressSocket, progress_socket

ROUNDS_OF_ONE = 5
ROUNDS_OF_FIVE = 3
_TITLED = 25
_COMPLETE = 100
_LIMIT_SECONDS = 120
# After its start, so that the application is idle.
_SETTLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds from the POST until everything that was posted had come so far."""

    first_frame: float
    titled: float
    complete: float


async def _watch(socket: ProgressSocket, count: int, started: float) -> Seen:
    reached: dict[str, dict[str, int]] = {}
    at: dict[int, float] = {}
    async with asyncio.timeout(_LIMIT_SECONDS):
        while _COMPLETE not in at:
            message = await socket.next(_LIMIT_SECONDS)
            now = time.perf_counter() - started
            for video in message.get("videos", []):
                reached[video["video_id"]] = video
            for progress in (0, _TITLED, _COMPLETE):
                far = sum(video["progress"] >= progress for video in reached.values())
                if far == count:
                    at.setdefault(progress, now)
    return Seen(at[0], at[_TITLED], at[_COMPLETE])


async def _add(running: Installation, ids: list[str]) -> None:
    if len(ids) == 1:
        answer = await running.client.add(as_links(ids))
    else:
        answer = await running.client.batch({"text": as_links(ids)})
    answer.raise_for_status()


async def _round(gateway: str, ids: list[str]) -> Seen:
    """One round on a fresh application, so that its burst is whole."""
    async with installation(gateway) as running:
        token = running.client.token
        async with progress_socket(running.app.url, token) as socket:
            await socket.next()
            await asyncio.sleep(_SETTLE_SECONDS)
            started = time.perf_counter()
            watching = asyncio.create_task(_watch(socket, len(ids), started))
            await _add(running, ids)
            return await watching


async def run() -> None:
    """Measure and print."""
    chance = random.Random(2)
    with upstream() as gateway:
        ones = [await _round(gateway, new_ids(1, chance)) for _ in range(ROUNDS_OF_ONE)]
        fives = [await _round(gateway, new_ids(5, chance)) for _ in range(ROUNDS_OF_FIVE)]
    first = [seen.first_frame for seen in ones]
    whole = [seen.complete for seen in ones]
    titled = [seen.titled for seen in fives]
    all_whole = [seen.complete for seen in fives]
    show(
        "single: a few videos on an idle system at the default pace (median)",
        [
            Result(
                "one video, first frame",
                statistics.median(first),
                0.2,
                milliseconds,
                f"slowest {milliseconds(max(first))}",
            ),
            Result(
                "one video, complete",
                statistics.median(whole),
                2,
                seconds,
                f"slowest {seconds(max(whole))}",
            ),
            Result(
                "five at once, all titled",
                statistics.median(titled),
                2,
                seconds,
                f"slowest {seconds(max(titled))}",
            ),
            Result(
                "five at once, all complete",
                statistics.median(all_whole),
                15,
                seconds,
                f"slowest {seconds(max(all_whole))}",
            ),
        ],
    )
