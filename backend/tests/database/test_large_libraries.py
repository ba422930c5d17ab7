"""What is asked most looks at no more of a large library than of a small one.

Counted are the steps of SQLite's machine, and the rows that PostgreSQL reads.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database, UnitOfWork
from app.core.identifiers import new_id
from app.models import ImportStage, ImportState, SearchDocument, VideoEnrichment, VideoImport
from app.repositories import imports, search_index, videos
from tests.support.databases import PostgresTemplates
from tests.support.library import add_list, owner_of

SMALL, LARGE = 100, 3000
# Of each library, whatever its size.
UNDER_WAY = 3
VERSION = 7
_INSTRUCTIONS = 10

Question = Callable[[AsyncSession, str], Awaitable[Any]]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def fill(unit: UnitOfWork, count: int) -> str:
    """A list of complete videos, each with its import and its words, but for a few at the end."""
    list_id = await add_list(unit)
    user_id = await owner_of(unit, list_id)
    newest = datetime.now(UTC)
    numbered = [(number, new_id()) for number in range(count)]
    await videos.insert_many(
        unit.session,
        [
            {
                "id": video_id,
                "list_id": list_id,
                "youtube_id": f"{number:011}",
                "created_at": newest - timedelta(seconds=number),
                "import_stage": stage_of(number, count),
            }
            for number, video_id in numbered
        ],
    )
    await unit.session.execute(
        insert(VideoImport),
        [
            {
                "id": new_id(),
                "user_id": user_id,
                "list_id": list_id,
                "state": ImportState.FINISHED
                if number < count - UNDER_WAY
                else ImportState.RUNNING,
                "created_at": newest - timedelta(seconds=number),
                **{f"{verdict}_count": 0 for verdict in VERDICTS},
            }
            for number, _ in numbered
        ],
    )
    await unit.session.execute(
        insert(SearchDocument),
        [
            {"video_id": video_id, "list_id": list_id, "language": "en", "version": VERSION}
            for _, video_id in numbered
        ],
    )
    return list_id


VERDICTS = ("new", "duplicate", "repeated", "rejected", "playlist")


def stage_of(number: int, count: int) -> ImportStage:
    return ImportStage.COMPLETE if number < count - UNDER_WAY else ImportStage.CREATED


async def effort(database: Database, list_id: str, ask: Question) -> int:
    """How much the database does for a question."""
    async with database.write() as unit:
        if database.is_sqlite:
            return await _steps(unit.session, list_id, ask)
        # As it is done by itself in the background.
        await unit.session.execute(text("ANALYZE"))
        return await _rows(database, unit.session, list_id, ask)


async def _steps(session: AsyncSession, list_id: str, ask: Question) -> int:
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    connection = (await (await session.connection()).get_raw_connection()).driver_connection
    assert connection is not None
    await connection.set_progress_handler(step, _INSTRUCTIONS)
    try:
        await ask(session, list_id)
    finally:
        await connection.set_progress_handler(None, 0)
    return count


async def _rows(database: Database, session: AsyncSession, list_id: str, ask: Question) -> int:
    with noted(database) as asked:
        await ask(session, list_id)
    assert asked
    rows = 0
    connection = await session.connection()
    for statement, parameters in asked:
        explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
        result = await connection.exec_driver_sql(explained, parameters)
        rows += _rows_read(result.scalar_one()[0]["Plan"])
    return rows


@contextmanager
def noted(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed, with their parameters."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _rows_read(plan: dict[str, Any]) -> int:
    own = 0
    if "Relation Name" in plan and plan["Node Type"].endswith("Scan"):
        kinds = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
        own = round(plan["Actual Loops"] * sum(plan.get(kind, 0) for kind in kinds))
    return own + sum(map(_rows_read, plan.get("Plans", [])))


async def stage_page(session: AsyncSession, list_id: str) -> None:
    page = await videos.page(
        session,
        list_id,
        viewer_id=await owner(session, list_id),
        limit=50,
        before=None,
        stage=ImportStage.CREATED,
        oldest_first=False,
    )
    assert len(page) == UNDER_WAY


async def stage_count(session: AsyncSession, list_id: str) -> None:
    assert await videos.count(session, list_id, ImportStage.CREATED) == UNDER_WAY


async def first_page(session: AsyncSession, list_id: str) -> None:
    page = await videos.page(
        session,
        list_id,
        viewer_id=await owner(session, list_id),
        limit=50,
        before=None,
        stage=None,
        oldest_first=False,
    )
    assert len(page) == 50


async def snapshot(session: AsyncSession, list_id: str) -> None:
    user_id = await owner(session, list_id)
    found = [row async for rows in videos.pending_of(session, user_id, 500) for row in rows]
    assert len(found) == UNDER_WAY


async def running_imports(session: AsyncSession, list_id: str) -> None:
    found = await imports.running_of(session, await owner(session, list_id))
    assert len(found) == UNDER_WAY


async def finished_imports(session: AsyncSession, list_id: str) -> None:
    ended = await imports.finish_all_done(
        session, [await owner(session, list_id)], datetime.now(UTC)
    )
    assert len(ended) == UNDER_WAY


async def stale_words(session: AsyncSession, _list_id: str) -> None:
    assert await search_index.stale(session, VERSION) == []


async def owner(session: AsyncSession, list_id: str) -> str:
    return await owner_of(UnitOfWork(session), list_id)


@pytest.mark.parametrize(
    "ask",
    [
        first_page,
        stage_page,
        stage_count,
        snapshot,
        running_imports,
        finished_imports,
        stale_words,
    ],
)
async def test_what_is_asked_most_costs_the_same_in_a_library_of_any_size(
    database: Database, ask: Question
) -> None:
    async with database.write() as unit:
        small = await fill(unit, SMALL)
    of_small = await effort(database, small, ask)
    async with database.write() as unit:
        large = await fill(unit, LARGE)

    of_large = await effort(database, large, ask)

    assert of_large < 2 * of_small + UNDER_WAY


async def test_what_is_over_is_counted_without_reading_through_its_captions(
    database: Database,
) -> None:
    async with database.write() as unit:
        await fill(unit, SMALL)
        with noted(database) as asked:
            await imports.tally(unit.session, ["an import"])
    (counting,) = (statement for statement, _ in asked if "import_progress" in statement)
    over, under_way = counting.split("UNION ALL")

    # These columns were added behind the captions; SQLite reads rows from the front.
    assert "next_attempt_at" not in over
    assert "extracted_at" not in over
    assert "next_attempt_at" in under_way


async def test_a_snapshot_holds_what_waits_for_captions_and_nothing_of_others(
    database: Database,
) -> None:
    async with database.write() as unit:
        mine, others = await fill(unit, SMALL), await fill(unit, SMALL)
        expected = {await waiting_video(unit, mine)}
        await waiting_video(unit, others)
        user_id = await owner_of(unit, mine)
    async with database.read() as session:
        pending = videos.pending_of(session, user_id, page_size=2)
        found = [row async for rows in pending for row in rows]

    assert {row.id for row in found if row.captions_pending} == expected
    assert len(found) == UNDER_WAY + 1
    assert {row.list_id for row in found} == {mine}


async def waiting_video(unit: UnitOfWork, list_id: str) -> str:
    """Let the captions of a complete video be on their way."""
    page = await videos.page(
        unit.session,
        list_id,
        viewer_id=await owner(unit.session, list_id),
        limit=1,
        before=None,
        stage=ImportStage.COMPLETE,
        oldest_first=False,
    )
    row = await unit.session.get_one(VideoEnrichment, page[0].id)
    row.captions_pending = True
    await unit.session.flush()
    return page[0].id


async def setting(database: Database, name: str) -> str:
    async with database.read() as session:
        return str(await session.scalar(text(f"SHOW {name}")))


@pytest.mark.parametrize(("options", "cost"), [("", "1.1"), (" -c random_page_cost=2.5", "2.5")])
async def test_postgresql_looks_rows_up_unless_somebody_has_set_how_and_compiles_nothing(
    postgres_templates: PostgresTemplates, tmp_path: Path, options: str, cost: str
) -> None:
    with postgres_templates.fresh(tmp_path) as url:
        database = Database(f"{url}?options={quote(f'-c lock_timeout=0{options}')}")
        try:
            assert await setting(database, "random_page_cost") == cost
            assert await setting(database, "jit") == "off"
        finally:
            await database.close()
