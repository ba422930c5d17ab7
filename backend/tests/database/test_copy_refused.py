"""Where a library is not copied from or to: it is told in one sentence, and nothing is changed."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.adapters.embedded_queue import EmbeddedJobQueue
from app.core.settings import Settings
from app.services.database_copy.deciding import CopyProblem, CopyRefused
from tests.support.copies import copied, database, execute, filled, fresh, interrupted
from tests.support.databases import SqliteTemplates
from tests.support.full_library import everything
from tests.support.in_process import invoked
from tests.support.spoken import add_person


async def test_another_library_is_never_overwritten(source: str, target: str, elsewhere: Settings):
    await filled(source)
    await filled(target)
    execute(target, "UPDATE installation_secrets SET value = 'another' WHERE name LIKE '0 %'")
    there = everything(target)

    with pytest.raises(CopyRefused) as refused:
        await copied(source, target, elsewhere)

    assert refused.value.problem is CopyProblem.TARGET_TAKEN
    assert everything(target) == there


async def test_a_copy_does_not_go_on_with_another_library(
    source: str, target: str, elsewhere: Settings
):
    await filled(source)
    await interrupted(source, target, elsewhere, after=50)
    execute(source, "UPDATE installation_secrets SET value = 'another' WHERE name LIKE '0 %'")

    with pytest.raises(CopyRefused) as refused:
        await copied(source, target, elsewhere)
    assert refused.value.problem is CopyProblem.TARGET_BEGUN_OTHERWISE

    with pytest.raises(CopyRefused) as refused:
        await copied(target, source, elsewhere)
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
        "postgresql://": "lacks the name of the database",
        "postgresql://me:secret@127.0.0.1:9/none": "Copying has stopped",
        str(library / "below a file.db"): "Copying has stopped",
    }.items():
        sentence = await told(library, library, target)
        assert words in sentence, target
        assert "secret" not in sentence
    assert (tmp_path / "foreign.db").read_bytes() == before


async def test_the_same_server_is_known_by_any_name(
    request: pytest.FixtureRequest, tmp_path: Path, elsewhere: Settings
):
    with fresh("postgresql", request, tmp_path / "a") as url, pytest.raises(CopyRefused) as refused:
        await copied(url, url.replace("127.0.0.1", "localhost"), elsewhere)
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


async def test_a_worker_anywhere_that_the_queue_of_postgresql_has_just_heard_of_is_found(
    request: pytest.FixtureRequest, tmp_path: Path, elsewhere: Settings
):
    with (
        fresh("postgresql", request, tmp_path / "a") as server,
        fresh("sqlite", request, tmp_path / "b") as file,
    ):
        await filled(server)
        execute(
            server,
            "CREATE TABLE IF NOT EXISTS procrastinate_workers (last_heartbeat timestamptz)",
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '9 s')",
        )
        with pytest.raises(CopyRefused) as refused:
            await copied(server, file, elsewhere)
        assert refused.value.problem is CopyProblem.SOURCE_IN_USE

        # It was killed, and did not say goodbye.
        execute(server, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 m'")
        assert (await copied(server, file, elsewhere)).is_equal
