"""A whole library goes into another database: everything, once, whatever happens on the way."""

import asyncio
import signal
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.core.settings import Settings
from app.migrations.runner import UnfinishedCopy, migrate_to
from app.models import Base, Job, SearchDocument
from app.models.unfinished_copy import UNFINISHED_COPY
from app.services.database_copy.copying import CopyPhase
from app.services.database_copy.deciding import CopyProblem, CopyRefused
from standin.server import StandIn
from tests.conftest import PACING_SCALE
from tests.search.small_videos import SMALL_VIDEOS
from tests.support.command import Command
from tests.support.copies import (
    copied,
    database,
    different,
    execute,
    filled,
    fresh,
    interrupted,
    names,
)
from tests.support.full_library import engine_of, everything
from tests.support.in_process import invoked
from tests.support.server import PASSWORD, running_app
from tests.support.spoken import add_person, add_videos, opened

TABLES = [table.name for table in Base.metadata.sorted_tables]


def schema_of(url: str) -> set[str]:
    """Every table, index and trigger, as it was made."""
    wanted = "SELECT sql FROM sqlite_master"
    if "postgresql" in url:
        wanted = "SELECT indexdef FROM pg_indexes UNION SELECT relname FROM pg_class"
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            return {str(row[0]) for row in connection.execute(text(wanted))}
    finally:
        engine.dispose()


async def test_every_row_of_every_table_arrives(source: str, target: str, elsewhere: Settings):
    there = everything(await filled(source))
    assert {name for name, rows in there.items() if len(rows) < 8} == set()
    schema = schema_of(target)

    outcome = await copied(source, target, elsewhere)

    assert different(outcome) == []
    assert [each.table for each in outcome.compared] == TABLES
    assert {each.source.row_count for each in outcome.compared} == {8}
    assert everything(target) == there
    assert schema_of(target) == schema


async def test_a_library_comes_back_from_another_database_as_it_was(
    request: pytest.FixtureRequest, tmp_path: Path, elsewhere: Settings
):
    with (
        fresh("sqlite", request, tmp_path / "a") as here,
        fresh("postgresql", request, tmp_path / "b") as there,
    ):
        await filled(here)
        back = f"sqlite+aiosqlite:///{tmp_path / 'c' / 'made by the copy.db'}"
        assert (await copied(here, there, elsewhere)).is_equal
        assert (await copied(there, back, elsewhere)).is_equal

        again = await copied(here, back, elsewhere)

    assert (again.was_there, again.is_equal) == (True, True)
    assert everything(back) == everything(here)


def test_a_database_has_no_table_that_is_not_copied(database_url: str):
    own = {name for name in names(database_url) if "_fts" not in name}
    of_engines = {name for name in own if name.startswith(("procrastinate_", "alembic_"))}
    assert own - of_engines <= set(TABLES)


async def test_nobody_works_on_anything_in_the_copy_and_numbers_go_on_behind_the_last(
    source: str, target: str, elsewhere: Settings
):
    await filled(source)
    async with database(source) as library, library.write() as unit:
        gone = (
            insert(SearchDocument)
            .values(number=4000, language="", version=0)
            .returning(SearchDocument.number)
        )
        await unit.session.execute(gone)
        await unit.session.execute(text("DELETE FROM search_documents WHERE number = 4000"))
        if not library.is_sqlite:
            await unit.session.execute(text("SELECT setval('search_documents_number_seq', 4000)"))

    await copied(source, target, elsewhere)

    async with database(target) as library, library.write() as unit:
        for table in ("jobs", "playlist_reads"):
            locked = text(f"SELECT count(*) FROM {table} WHERE locked_by IS NOT NULL")
            assert await unit.session.scalar(locked) == 0
        number = await unit.session.scalar(
            insert(SearchDocument).values(language="", version=0).returning(SearchDocument.number)
        )
        assert number == 4001
        order = (await unit.session.scalars(select(Job.attempts).order_by(Job.id))).all()
        assert list(order) == list(range(8))


@pytest.mark.timeout(180)
async def test_a_copy_that_is_killed_goes_on_where_it_was(source: str, target: str, tmp_path: Path):
    there = everything(await filled(source, rows=1100))
    command = Command.of(tmp_path / "elsewhere")

    for steps in (2, 9, 17):
        await killed_after(command, source, target, steps)
    served = await command.but(VIDEOTHEK_DATABASE_URL=target)("serve", "--port", "0")
    assert (served.code, served.err.count("\n")) == (1, 1)
    assert "videothek copy-database" in served.err
    done = await command("copy-database", source, target)

    assert done.code == 0, done.err
    assert everything(target) == there
    migrate_to(target, "head")


async def killed_after(command: Command, source: str, target: str, steps: int) -> None:
    """Kill a copy once so many of its steps are done."""
    process = await command.start("copy-database", source, target)
    while steps_done(target) < steps:
        assert process.returncode is None, (await process.stderr.read()) if process.stderr else ""
        await asyncio.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    assert process.returncode == -signal.SIGKILL


def steps_done(url: str) -> int:
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            done = select(UNFINISHED_COPY.c.step).where(UNFINISHED_COPY.c.is_done)
            return len(connection.execute(done).all())
    except SQLAlchemyError:
        return 0
    finally:
        engine.dispose()


async def test_what_changes_in_the_source_meanwhile_is_not_in_the_copy(
    source: str, target: str, elsewhere: Settings
):
    there = everything(await filled(source))

    def change(phase: CopyPhase, done: int, _total: int) -> None:
        if phase is CopyPhase.COPYING and done == 8:
            execute(source, "UPDATE video_tags SET name = 'x'", "DELETE FROM saved_searches")

    assert (await copied(source, target, elsewhere, change)).is_equal
    assert everything(target) == there
    assert everything(source) != there


async def test_a_source_that_changed_between_two_attempts_is_found_out(
    source: str, target: str, elsewhere: Settings
):
    await filled(source, rows=20)
    await interrupted(source, target, elsewhere, after=200)
    execute(source, "UPDATE users SET username = 'somebody else' WHERE username LIKE '3 %'")

    outcome = await copied(source, target, elsewhere)

    assert different(outcome) == ["users"]
    with pytest.raises(UnfinishedCopy):
        migrate_to(target, "head")


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE videos SET title = title || ' ' WHERE youtube_id LIKE '4 %'", "videos"),
        ("UPDATE follows SET is_primed = NOT is_primed WHERE source LIKE '1 %'", "follows"),
        ("DELETE FROM transcription_usage WHERE billed_ms = 1", "transcription_usage"),
        ("DELETE FROM jobs WHERE attempts = 1", "jobs"),
        (
            "UPDATE playlist_reads SET locked_by = 'somebody' WHERE found_count = 1",
            "playlist_reads",
        ),
        ("UPDATE search_pieces SET pairs = 'x' WHERE id = 4096", "search_pieces"),
    ],
)
async def test_a_changed_row_is_found_by_comparing(
    source: str, target: str, elsewhere: Settings, tmp_path: Path, change: str, table: str
):
    await filled(source)
    await copied(source, target, elsewhere)
    execute(target, change)

    done = await invoked(tmp_path / "elsewhere", "copy-database", source, target)

    assert done.code == 1
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert [line[0] for line in lines if line[-1] != "✓"] == [table]
    assert len(lines) == len(TABLES)
    assert f"no longer the same as the source: {table}." in done.err


async def test_two_copies_at_once_do_not_write_twice(source: str, target: str, elsewhere: Settings):
    there = everything(await filled(source, rows=100))
    await interrupted(source, target, elsewhere, after=300)

    attempts = await asyncio.gather(
        *(copied(source, target, elsewhere) for _ in range(2)), return_exceptions=True
    )

    problems = [each.problem for each in attempts if isinstance(each, CopyRefused)]
    assert problems == [CopyProblem.ANOTHER_COPIES]
    assert everything(target) == there


async def test_what_only_one_database_can_hold_is_left_out_or_told(
    request: pytest.FixtureRequest, tmp_path: Path, elsewhere: Settings
):
    with (
        fresh("sqlite", request, tmp_path / "a") as file,
        fresh("postgresql", request, tmp_path / "b") as server,
        fresh("postgresql", request, tmp_path / "c") as other,
    ):
        await filled(server)
        execute(server, "UPDATE videos SET position_seconds = 'NaN' WHERE youtube_id LIKE '5 %'")
        assert (await copied(server, file, elsewhere)).is_equal
        nothing = "SELECT count(*) FROM videos WHERE position_seconds IS NULL"
        path = file.removeprefix("sqlite+aiosqlite:///")
        with sqlite3.connect(path) as connection:
            assert connection.execute(nothing).fetchone() == (4,)
        connection.close()

        execute(file, "UPDATE users SET password_hash = char(0) WHERE username LIKE '1 %'")
        with pytest.raises(CopyRefused) as refused:
            await copied(file, other, elsewhere)
        assert (refused.value.problem, refused.value.table) == (CopyProblem.ROW_REFUSED, "users")
        assert "NUL" in refused.value.detail
        execute(file, "UPDATE users SET password_hash = 'x' WHERE username LIKE '1 %'")
        assert (await copied(file, other, elsewhere)).is_equal


async def test_search_finds_in_the_copy_what_it_finds_in_the_library(
    source: str, target: str, elsewhere: Settings
):
    async with database(source) as library, library.write() as unit:
        _, small = await add_person(unit, "tester", "small")
        await add_videos(unit, small, SMALL_VIDEOS)
    await copied(source, target, elsewhere)

    queries = (
        "häuser",
        '"quick brown fox"',
        "lantern*",
        "東京",
        "marzipan",
        '"this and that"',
        "-fox",
    )
    async with (
        opened(source, "tester", "small") as here,
        opened(target, "tester", "small") as there,
    ):
        for query in queries:
            answers = [await shelf.find(query) for shelf in (here, there)]
            assert answers[0].total > 0, query
            assert answers[0] == answers[1]


async def test_an_import_goes_on_in_the_copy_and_who_was_signed_in_stays_so(
    source: str, target: str, standin: StandIn, tmp_path: Path
):
    common = {
        "youtube_gateway": standin.url,
        "owner_password": PASSWORD,
        "pacing_scale": PACING_SCALE,
        "frontend_dir": tmp_path / "page",
    }
    before = Settings(data_dir=tmp_path / "source", database_url=source, **common)
    after = Settings(data_dir=tmp_path / "target", database_url=target, **common)
    links = [f"https://youtu.be/CAUT_copy{number:02}" for number in range(6)]
    async with running_app(before, with_workers=False) as app:
        client = await app.sign_in()
        await client.batch({"urls": links})
        with pytest.raises(CopyRefused) as refused:
            await copied(source, target, before)
        assert refused.value.problem is CopyProblem.SOURCE_IN_USE
        token = client.token

    assert (await copied(source, target, before)).is_equal

    async with running_app(after) as app:
        client = await app.sign_in()
        client.http.headers["Authorization"] = f"Bearer {token}"
        videos = await client.until_settled()
    assert {video["import_stage"] for video in videos} == {"complete"}
    assert len(videos) == len(links)
