"""The fixed library and the small videos of the contract, in a database of each kind."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.core.database import Database
from tests.search.small_videos import OTHER_LIST, OTHERS, SMALL_VIDEOS, STRANGERS
from tests.support.databases import PostgresTemplates, SqliteTemplates
from tests.support.spoken import Shelf, add_person, add_videos, opened, the_library


async def _fill(url: str) -> None:
    database = Database(url)
    try:
        async with database.write() as unit:
            _, big = await add_person(unit, "reader", "library")
            await add_videos(unit, big, the_library())
            _, small, other = await add_person(unit, "tester", "small", OTHER_LIST)
            await add_videos(unit, small, SMALL_VIDEOS)
            await add_videos(unit, other, OTHERS, first=len(SMALL_VIDEOS))
            _, strange = await add_person(unit, "stranger", "strange")
            await add_videos(unit, strange, STRANGERS)
    finally:
        await database.close()


def _filled(url: str) -> str:
    # In a thread of its own: the loop of the tests is not to be touched.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _fill(url)).result()
    return url


@pytest.fixture(scope="session")
def sqlite_library(
    sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with sqlite_templates.fresh(tmp_path_factory.mktemp("library")) as url:
        yield _filled(url)


@pytest.fixture(scope="session")
def postgres_library(postgres_templates: PostgresTemplates) -> Iterator[str]:
    with postgres_templates.fresh(Path()) as url:
        yield _filled(url)


@pytest.fixture(params=["sqlite_library", "postgres_library"])
def library_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
async def library(library_url: str) -> AsyncIterator[Shelf]:
    """The fixed library; nobody changes it."""
    async with opened(library_url, "reader", "library") as shelf:
        yield shelf


@pytest.fixture
async def small(library_url: str) -> AsyncIterator[Shelf]:
    """The small videos of the contract; nobody changes them."""
    async with opened(library_url, "tester", "small") as shelf:
        yield shelf


@pytest.fixture
async def shelf(database_url: str) -> AsyncIterator[Shelf]:
    """An empty list."""
    database = Database(database_url)
    try:
        async with database.write() as unit:
            user_id, list_id = await add_person(unit, "owner of one", "one")
        yield Shelf(database, user_id, list_id)
    finally:
        await database.close()
