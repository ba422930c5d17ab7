"""A process that is asked to stop stops, whatever wakes it in the same moment."""

import asyncio

from app.core.database import Changes
from app.workers.group import make_workers
from tests.support.server import RunningApp


async def test_a_wake_up_in_the_moment_of_stopping_does_not_keep_the_workers_running(
    idle_app: RunningApp,
) -> None:
    for _ in range(20):
        workers = make_workers(idle_app.runtime)
        await workers.start()
        await asyncio.sleep(0.02)
        workers._on_commit(Changes(jobs_for_lanes={"oembed", "player", "timedtext", "local"}))
        async with asyncio.timeout(5):
            # Only the tasks: the queue's own end belongs to the process.
            for dispatcher in workers._dispatchers.values():
                dispatcher.stop()
            for task in workers._tasks:
                task.cancel()
            await asyncio.gather(*workers._tasks, return_exceptions=True)
