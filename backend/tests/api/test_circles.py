"""Nobody who changes many videos waits in a circle with who indexes some of them."""

import asyncio

import pytest
from sqlalchemy import text, update

from app.models import Video
from app.repositories import search_texts
from tests.api.test_bulk_videos import do, dropped
from tests.api.test_import_life import act
from tests.support.arranged import put
from tests.support.databases import somebody_waits
from tests.support.server import Client, RunningApp, until

# SQLite has one writer, who is alone.
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

VIDEOS = 60


async def _first_is_last_in_the_table(app: RunningApp, video_id: str) -> None:
    """Who reads the table from its beginning finds this video after all others."""
    async with app.runtime.database.write() as unit:
        await unit.session.execute(
            update(Video).where(Video.id == video_id).values(position_seconds=1.0)
        )
    async with app.runtime.database.write() as unit:
        # The planner is to know that nearly all rows are wanted.
        await unit.session.execute(text("ANALYZE videos"))


@pytest.mark.parametrize("what", ["cancel", "go on", "retry"])
async def test_many_videos_are_changed_while_two_of_them_are_indexed(
    idle_client: Client, idle_app: RunningApp, what: str
) -> None:
    import_id, ids = await dropped(idle_client, VIDEOS)
    if what == "go on":
        await act(idle_client, import_id, "cancel", remaining="keep")
    if what == "retry":
        for video_id in ids:
            await put(idle_app, video_id, "error", error_code="video_private")
    low, high = min(ids), max(ids)
    await _first_is_last_in_the_table(idle_app, low)
    asked = {
        "cancel": act(idle_client, import_id, "cancel", remaining="keep"),
        "go on": act(idle_client, import_id, "retry-failed", outcome="stopped"),
        "retry": do(idle_client, "retry", ids),
    }
    chosen = asked.pop(what)
    for other in asked.values():
        other.close()

    async with idle_app.runtime.database.write() as unit:
        await search_texts.hold(unit.session, low)
        answering = asyncio.create_task(chosen)
        await until(lambda: somebody_waits(idle_app.runtime.database))
        await search_texts.hold(unit.session, high)
    assert (await answering).status_code in (200, 202)
