"""A whole library goes into another database: everything, once, whatever happens on the way."""

import asyncio
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.adapters.embedded_queue import EmbeddedJobQueue
from app.cli.own_library import is_in_use, own_schema
from app.core.database import Database
from app.core.settings import Settings
from app.migrations.runner import UnfinishedCopy, migrate_to
from app.models import Base, Job, SearchDocument
from app.models.unfinished_copy import UNFINISHED_COPY
from app.services.database_copy.copying import CopyPhase, Report
from app.services.database_copy.deciding import CopyProblem, CopyRefused
from app.services.database_copy.whole_copy import CopyOutcome, copy_database
from standin.server import StandIn
from tests.conftest import PACING_SCALE
from tests.search.small_videos import SMALL_VIDEOS
from tests.support.command import Command
from tests.support.databases import PostgresTemplates, SqliteTemplates
from tests.support.full_library import engine_of, everything, fill
from tests.support.in_process import invoked
from tests.support.server import PASSWORD, running_app
from tests.support.spoken import add_person, add_videos, opened

DIRECTIONS = ["sqlite to postgresql", "postgresql to sqlite"]
TABLES = [table.name for table in Base.metadata.sorted_tables]


@contextmanager
def fresh(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """A migrated database, in a folder of its own if it is a file."""
    folder.mkdir()
    templates: SqliteTemplates | PostgresTemplates = request.getfixturevalue(
        {"sqlite": "sqlite_templates", "postgresql": "postgres_templates"}[kind]
    )
    with templates.fresh(folder) as url:
        yield url


@pytest.fixture(params=DIRECTIONS)
def direction(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def source(direction: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with fresh(direction.split(" to ", maxsplit=1)[0], request, tmp_path / "source") as url:
        yield url


@pytest.fixture
def target(direction: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with fresh(direction.split(" to ")[1], request, tmp_path / "target") as url:
        yield url


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "elsewhere")


@asynccontextmanager
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    try:
        yield opened
    finally:
        await opened.close()


async def filled(url: str, rows: int = 8) -> str:
    async with database(url) as library:
        await fill(library, rows)
    return url


async def copied(
    source: str, target: str, settings: Settings, report: Report = lambda *_progress: None
) -> CopyOutcome:
    return await copy_database(
        source,
        target,
        schema=own_schema(),
        is_in_use=lambda url: is_in_use(url, settings),
        report=report,
    )


def different(outcome: CopyOutcome) -> list[str]:
    return [each.table for each in outcome.compared if not each.is_equal]


def execute(url: str, *statements: str) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def names(url: str) -> set[str]:
    engine = engine_of(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


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


class Interrupted(Exception):
    """Something that comes between."""


async def interrupted(source: str, target: str, settings: Settings, *, after: int) -> None:
    """Copy until more than so many rows have arrived."""

    def report(phase: CopyPhase, done: int, _total: int) -> None:
        if phase is CopyPhase.COPYING and done > after:
            raise Interrupted

    with pytest.raises(Interrupted):
        await copied(source, target, settings, report)


async def test_every_row_of_every_table_arrives(source: str, target: str, settings: Settings):
    there = everything(await filled(source))
    assert {name for name, rows in there.items() if len(rows) < 8} == set()
    schema = schema_of(target)

    outcome = await copied(source, target, settings)

    assert different(outcome) == []
    assert [each.table for each in outcome.compared] == TABLES
    assert {each.source.row_count for each in outcome.compared} == {8}
    assert everything(target) == there
    assert schema_of(target) == schema


async def test_a_library_comes_back_from_another_database_as_it_was(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Settings
):
    with (
        fresh("sqlite", request, tmp_path / "a") as here,
        fresh("postgresql", request, tmp_path / "b") as there,
    ):
        await filled(here)
        back = f"sqlite+aiosqlite:///{tmp_path / 'c' / 'made by the copy.db'}"
        assert (await copied(here, there, settings)).is_equal
        assert (await copied(there, back, settings)).is_equal

        again = await copied(here, back, settings)

    assert (again.was_there, again.is_equal) == (True, True)
    assert everything(back) == everything(here)


def test_a_database_has_no_table_that_is_not_copied(database_url: str):
    own = {name for name in names(database_url) if "_fts" not in name}
    of_engines = {name for name in own if name.startswith(("procrastinate_", "alembic_"))}
    assert own - of_engines <= set(TABLES)


async def test_nobody_works_on_anything_in_the_copy_and_numbers_go_on_behind_the_last(
    source: str, target: str, settings: Settings
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

    await copied(source, target, settings)

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


async def test_a_source_that_changed_between_two_attempts_is_found_out(
    source: str, target: str, settings: Settings
):
    await filled(source, rows=20)
    await interrupted(source, target, settings, after=200)
    execute(source, "UPDATE users SET username = 'somebody else' WHERE username LIKE '3 %'")

    outcome = await copied(source, target, settings)

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
    source: str, target: str, settings: Settings, tmp_path: Path, change: str, table: str
):
    await filled(source)
    await copied(source, target, settings)
    execute(target, change)

    done = await invoked(tmp_path / "elsewhere", "copy-database", source, target)

    assert done.code == 1
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert [line[0] for line in lines if line[-1] != "✓"] == [table]
    assert len(lines) == len(TABLES)
    assert f"does NOT hold the same as the source: {table}." in done.err


async def test_two_copies_at_once_do_not_write_twice(source: str, target: str, settings: Settings):
    there = everything(await filled(source, rows=100))
    await interrupted(source, target, settings, after=300)

    attempts = await asyncio.gather(
        *(copied(source, target, settings) for _ in range(2)), return_exceptions=True
    )

    problems = [each.problem for each in attempts if isinstance(each, CopyRefused)]
    assert problems == [CopyProblem.ANOTHER_COPIES]
    assert everything(target) == there


async def test_what_only_one_database_can_hold_is_left_out_or_told(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Settings
):
    with (
        fresh("sqlite", request, tmp_path / "a") as file,
        fresh("postgresql", request, tmp_path / "b") as server,
        fresh("postgresql", request, tmp_path / "c") as other,
    ):
        await filled(server)
        execute(server, "UPDATE videos SET position_seconds = 'NaN' WHERE youtube_id LIKE '5 %'")
        assert (await copied(server, file, settings)).is_equal
        nothing = "SELECT count(*) FROM videos WHERE position_seconds IS NULL"
        path = file.removeprefix("sqlite+aiosqlite:///")
        with sqlite3.connect(path) as connection:
            assert connection.execute(nothing).fetchone() == (4,)
        connection.close()

        execute(file, "UPDATE users SET password_hash = char(0) WHERE username LIKE '1 %'")
        with pytest.raises(CopyRefused) as refused:
            await copied(file, other, settings)
        assert (refused.value.problem, refused.value.table) == (CopyProblem.ROW_REFUSED, "users")
        assert "NUL" in refused.value.detail
        execute(file, "UPDATE users SET password_hash = 'x' WHERE username LIKE '1 %'")
        assert (await copied(file, other, settings)).is_equal


async def test_search_finds_in_the_copy_what_it_finds_in_the_library(
    source: str, target: str, settings: Settings
):
    async with database(source) as library, library.write() as unit:
        _, small = await add_person(unit, "tester", "small")
        await add_videos(unit, small, SMALL_VIDEOS)
    await copied(source, target, settings)

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


async def test_another_library_is_never_overwritten(source: str, target: str, settings: Settings):
    await filled(source)
    await filled(target)
    execute(target, "UPDATE installation_secrets SET value = 'another' WHERE name LIKE '0 %'")
    there = everything(target)

    with pytest.raises(CopyRefused) as refused:
        await copied(source, target, settings)

    assert refused.value.problem is CopyProblem.TARGET_TAKEN
    assert everything(target) == there


async def test_a_copy_does_not_go_on_with_another_library(
    source: str, target: str, settings: Settings
):
    await filled(source)
    await interrupted(source, target, settings, after=50)
    execute(source, "UPDATE installation_secrets SET value = 'another' WHERE name LIKE '0 %'")

    with pytest.raises(CopyRefused) as refused:
        await copied(source, target, settings)
    assert refused.value.problem is CopyProblem.TARGET_BEGUN_OTHERWISE

    with pytest.raises(CopyRefused) as refused:
        await copied(target, source, settings)
    assert refused.value.problem is CopyProblem.SOURCE_UNFINISHED


@pytest.fixture
async def library(sqlite_templates: SqliteTemplates, tmp_path: Path) -> AsyncIterator[Path]:
    """A small library in a file."""
    with sqlite_templates.fresh(tmp_path) as url:
        async with database(url) as one, one.write() as unit:
            await add_person(unit, "somebody", "a list")
        yield tmp_path / "videothek.db"


def side_files(folder: Path) -> list[Path]:
    return list(folder.glob("*.db-*"))


async def told(library: Path, source: object, target: object) -> str:
    """What the command says instead of copying."""
    done = await invoked(library.parent / "elsewhere", "copy-database", source, target)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1), done.err
    return done.err


async def test_what_can_not_be_a_source_is_told_in_one_sentence(library: Path, tmp_path: Path):
    target = tmp_path / "target.db"
    (tmp_path / "text.db").write_text("no database" * 1000)
    (tmp_path / "empty.db").touch()
    execute(f"sqlite:///{tmp_path / 'foreign.db'}", "CREATE TABLE songs (id INTEGER)")
    for revision, name in (("0006", "older.db"), ("9999", "newer.db")):
        shutil.copy(library, tmp_path / name)
        execute(
            f"sqlite:///{tmp_path / name}", f"UPDATE alembic_version SET version_num = '{revision}'"
        )

    for name, words in {
        "missing.db": "There is no library in",
        "empty.db": "There is no library in",
        "text.db": "file is not a database",
        "foreign.db": "is not the database of a Videothek",
        "older.db": "is from an older version",
        "newer.db": "is from a newer version",
    }.items():
        assert words in await told(library, tmp_path / name, target), name
    assert not target.exists()
    assert side_files(tmp_path) == []


async def test_what_can_not_be_a_target_is_told_in_one_sentence(library: Path, tmp_path: Path):
    execute(f"sqlite:///{tmp_path / 'foreign.db'}", "CREATE TABLE songs (id INTEGER)")
    (tmp_path / "link.db").symlink_to(library)
    (tmp_path / "text.db").write_text("no database" * 1000)
    before = (tmp_path / "foreign.db").read_bytes()

    for target, words in {
        str(library): "the same database",
        str(tmp_path / "link.db"): "the same database",
        f"sqlite:///{library}": "the same database",
        str(tmp_path / "foreign.db"): "holds something other than a Videothek",
        str(tmp_path / "text.db"): "file is not a database",
        "mysql://me:secret@host/songs": "is neither a file nor an address",
        "sqlite://": "is neither a file nor an address",
        "postgresql://": "is neither a file nor an address",
        "postgresql://me:secret@127.0.0.1:9/none": "Copying has stopped",
        str(library / "below a file.db"): "Copying has stopped",
    }.items():
        sentence = await told(library, library, target)
        assert words in sentence, target
        assert "secret" not in sentence
    assert (tmp_path / "foreign.db").read_bytes() == before


async def test_the_same_server_is_known_by_any_name(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Settings
):
    with fresh("postgresql", request, tmp_path / "a") as url, pytest.raises(CopyRefused) as refused:
        await copied(url, url.replace("127.0.0.1", "localhost"), settings)
    assert refused.value.problem is CopyProblem.SAME


async def test_a_library_that_is_worked_on_is_not_copied(library: Path, tmp_path: Path):
    async with database(f"sqlite+aiosqlite:///{library}") as one:
        queue = EmbeddedJobQueue(one, library.parent)
        assert "Stop it" in await told(library, library, tmp_path / "target.db")
        await queue.release_own()

    target = tmp_path / "new folder" / "target.db"
    done = await invoked(tmp_path / "elsewhere", "copy-database", library, target)
    assert done.code == 0, done.err
    assert f"VIDEOTHEK_DATABASE_URL=sqlite:///{target}" in done.out
