"""``videothek worker``: the lanes without a page."""

import asyncio
import contextlib
import signal

import typer

from app.cli.beginning import open_database, settle_down
from app.cli.local import load_settings
from app.cli.log_setup import log_for_servers
from app.core.settings import Settings
from app.runtime import open_runtime
from app.services.lanes import LaneName
from app.workers.group import WORKER_LANES, make_workers
from app.workers.settings import LANE_CONCURRENCY, PLAYLISTS_AT_ONCE


def work(lanes: str | None) -> None:
    """Enrich videos until told to stop.

    Args:
        lanes: Names separated by commas; all unless given.
    """
    chosen = _chosen(lanes)
    settings = load_settings()
    log_for_servers(settings)
    open_database(settings)
    settle_down()
    asyncio.run(_work(settings, chosen))


def _chosen(lanes: str | None) -> frozenset[LaneName]:
    if lanes is None:
        return WORKER_LANES
    names = [name.strip() for name in lanes.split(",") if name.strip()]
    known = {lane.value: lane for lane in WORKER_LANES}
    if unknown := [name for name in names if name not in known]:
        raise typer.BadParameter(
            f"there is no lane {unknown[0]!r}; there are {', '.join(sorted(known))}"
        )
    if not names:
        raise typer.BadParameter("name at least one lane")
    return frozenset(known[name] for name in names)


async def _work(settings: Settings, lanes: frozenset[LaneName]) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    runtime = await open_runtime(
        settings,
        extraction_threads=LANE_CONCURRENCY[LaneName.PLAYER],
        playlist_threads=PLAYLISTS_AT_ONCE,
    )
    try:
        group = make_workers(runtime, lanes)
        feed = asyncio.create_task(runtime.feed.run(), name="other processes")
        await group.start()
        typer.echo(f"  Working on {', '.join(sorted(lanes))}. Stop with Ctrl+C.")
        await stopping.wait()
        feed.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await feed
        await group.stop()
    finally:
        await runtime.close()
