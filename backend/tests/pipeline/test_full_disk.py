"""A disk without room, a database that may not be written: work waits, nothing is asked for twice."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.util.concurrency import greenlet_spawn

from app.core.database import Database
from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.databases import SqliteTemplates
from tests.support.server import Client, RunningApp, until

pytestmark = pytest.mark.timeout(120)

# The watch page, the player's answer, the captions, oEmbed.
REQUESTS_PER_VIDEO = 4
# What a busy machine may take too long for.
TOO_LATE = 4


@pytest.fixture
def database_url(sqlite_templates: SqliteTemplates, tmp_path: Path) -> Iterator[str]:
    with sqlite_templates.fresh(tmp_path) as url:
        yield url


async def _pragma(database: Database, words: str) -> Any:
    """On the connection that writes, without a transaction."""
    connection = await database.engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        rows = await driver.execute_fetchall(f"PRAGMA {words}")
        return rows[0][0] if rows else None
    finally:
        await greenlet_spawn(connection.close)


@asynccontextmanager
async def no_room(database: Database) -> AsyncIterator[None]:
    """The file may not grow."""
    pages = await _pragma(database, "page_count")
    most = await _pragma(database, "max_page_count")
    await _pragma(database, f"max_page_count = {pages}")
    try:
        yield
    finally:
        await _pragma(database, f"max_page_count = {most}")


@asynccontextmanager
async def read_only(database: Database) -> AsyncIterator[None]:
    """Nothing may be written."""
    await _pragma(database, "query_only = ON")
    try:
        yield
    finally:
        await _pragma(database, "query_only = OFF")


@pytest.mark.parametrize("trouble", [no_room, read_only])
async def test_what_can_t_be_stored_is_kept_and_stored_when_there_is_room_again(
    app: RunningApp, client: Client, standin: StandIn, trouble: Any
) -> None:
    standin.set_latency(0.1)
    ids = video_ids(30)
    await client.batch({"text": links(ids)})

    async def has_begun() -> Any:
        videos = await client.videos()
        return any(video["import_stage"] == "complete" for video in videos) or None

    await until(has_begun)

    async with trouble(app.runtime.database):
        await asyncio.sleep(2)
        # What is there can be read meanwhile.
        assert len(await client.videos()) == len(ids)

    videos = await client.until_settled(60)
    assert {video["import_stage"] for video in videos} == {"complete"}
    asked = standin.counts()["videos"].values()
    repeated = sum(max(0, sum(kinds.values()) - REQUESTS_PER_VIDEO) for kinds in asked)
    assert repeated <= TOO_LATE


async def test_a_drop_that_finds_no_room_is_wholly_refused(app: RunningApp, client: Client) -> None:
    database = app.runtime.database
    async with no_room(database):
        # Until not even a row has a place.
        answers = [await client.batch({"text": links(video_ids(500))}) for _ in range(3)]
        refused = answers[-1]
        assert refused.status_code >= 500
        assert "sqlite" not in refused.text.lower()

    with sqlite3.connect(str(database.url.database)) as connection:
        imports, videos = connection.execute(
            "SELECT (SELECT count(*) FROM imports), (SELECT count(*) FROM videos)"
        ).fetchone()
    accepted = [answer for answer in answers if answer.status_code == 201]
    assert imports == len(accepted)
    assert videos == sum(answer.json()["counts"]["new"] for answer in accepted)
