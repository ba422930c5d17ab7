"""What one process changes, the others are told: ids, by LISTEN and NOTIFY."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.change_feed import ChangeFeed, _changes, _parts
from app.core.database import Changes, Database

IDS = st.sets(st.uuids().map(str), max_size=400)
CHANGES = st.builds(
    Changes,
    videos=IDS,
    imports=IDS,
    lanes=st.sets(st.sampled_from(["player", "oembed"])),
    jobs_for_lanes=st.sets(st.sampled_from(["player", "oembed"])),
    lists=st.sets(st.tuples(st.uuids().map(str), st.uuids().map(str)), max_size=200),
    search=st.booleans(),
    anything=st.booleans(),
)
# What PostgreSQL takes.
MOST_BYTES = 7999


@given(CHANGES)
def test_whatever_changed_arrives_whole_in_messages_that_are_short_enough(changes: Changes) -> None:
    arrived = Changes()
    for part in _parts(changes):
        payload = json.dumps({"from": "0" * 12, **part}, separators=(",", ":"))
        assert len(payload.encode()) <= MOST_BYTES
        said = _changes(json.loads(payload))
        arrived.videos |= said.videos
        arrived.imports |= said.imports
        arrived.lanes |= said.lanes
        arrived.jobs_for_lanes |= said.jobs_for_lanes
        arrived.lists |= said.lists
        arrived.search |= said.search
        arrived.anything |= said.anything

    assert arrived == changes


@pytest.fixture
def url(postgres_templates: Any, tmp_path: Path) -> Iterator[str]:
    with postgres_templates.fresh(tmp_path) as found:
        yield found


class Process:
    """A database as one process has it, and what it was told."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self._news = asyncio.Event()
        self.told: list[Changes] = []
        self.database.on_commit(self._note)
        self.feed = ChangeFeed(self.database)

    def _note(self, changes: Changes) -> None:
        self.told.append(changes)
        self._news.set()

    async def until_told(self, check: Any) -> None:
        async with asyncio.timeout(10):
            while not any(check(changes) for changes in self.told):
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def processes(url: str, count: int = 2) -> AsyncIterator[list[Process]]:
    """Processes that listen."""
    found = [Process(url) for _ in range(count)]
    tasks = [asyncio.create_task(process.feed.run()) for process in found]
    for process in found:
        await process.until_told(lambda changes: changes.anything)
        process.told.clear()
    try:
        yield found
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for process in found:
            await process.database.close()


async def change(process: Process, *video_ids: str) -> None:
    async with process.database.write() as unit:
        unit.changes.videos.update(video_ids)


async def test_a_commit_of_one_process_is_told_to_the_others_and_to_itself_once(url: str) -> None:
    async with processes(url, 3) as (first, second, third):
        await change(first, "a", "b")
        await change(second, "c")

        for process in (first, second, third):
            await process.until_told(lambda changes: changes.videos == {"a", "b"})
            await process.until_told(lambda changes: changes.videos == {"c"})
            assert len(process.told) == 2


async def test_what_was_rolled_back_is_told_to_nobody(url: str) -> None:
    async with processes(url) as (first, second):
        with pytest.raises(ZeroDivisionError):
            async with first.database.write() as unit:
                unit.changes.videos.add("never")
                raise ZeroDivisionError
        await change(first, "after")

        await second.until_told(lambda changes: changes.videos == {"after"})
        assert len(second.told) == 1


async def test_whoever_lost_its_connection_listens_again_and_knows_that_it_missed_something(
    url: str,
) -> None:
    async with processes(url) as (first, second):
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            )
        await change(first, "missed, perhaps")

        await second.until_told(lambda changes: changes.anything)
        await change(first, "later")
        await second.until_told(lambda changes: changes.videos == {"later"})
