"""How a lane looks for work that others tell of."""

import asyncio
from pathlib import Path

from app.core.database import Database
from app.services.lanes import LaneName
from app.workers.dispatcher import Dispatcher, Started


class Looking(Dispatcher[str]):
    """Finds nothing, and counts how often it looked."""

    looks = 0

    async def start_next(self) -> float:
        self.looks += 1
        return 60.0

    async def work(self, started: Started[str]) -> None:
        raise AssertionError(started)


async def test_a_lane_looks_at_once_for_what_others_tell_but_not_for_each_of_a_hundred(
    tmp_path: Path,
) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/videothek.db")
    lane = Looking(LaneName.PLAYER, 1, database)
    running = asyncio.create_task(lane.run())
    await asyncio.sleep(0.01)
    assert lane.looks == 1

    lane.wake_soon()
    await asyncio.sleep(0.01)
    assert lane.looks == 2

    for _ in range(100):
        lane.wake_soon()
        await asyncio.sleep(0)
    assert lane.looks == 2
    await asyncio.sleep(0.5)
    assert lane.looks == 3

    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await database.close()
