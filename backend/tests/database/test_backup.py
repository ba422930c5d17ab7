"""A backup is whole, whoever writes meanwhile; what is put back is whole, or nothing is changed."""

import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.adapters.embedded_queue import EmbeddedJobQueue
from app.cli.own_library import own_schema
from app.core.database import Database
from app.migrations.runner import migrate_to, revisions
from app.repositories import sqlite_files
from app.services.backups import BackupProblem, BackupRefused, back_up, restore
from tests.support.command import Command, Done
from tests.support.databases import SqliteTemplates, die
from tests.support.full_library import everything, fill
from tests.support.in_process import invoked
from tests.support.server import AppProcess

NOW = datetime(2026, 1, 31, 12, 30, 0, tzinfo=UTC)


@pytest.fixture
async def library(sqlite_templates: SqliteTemplates, tmp_path: Path) -> Path:
    """A library with rows in every table, where the server would look for it."""
    folder = tmp_path / "data"
    folder.mkdir()
    with sqlite_templates.fresh(folder) as url:
        database = Database(url)
        await fill(database)
        await database.close()
    return folder / "videothek.db"


def url_of(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def silent(_done: int, _total: int) -> None:
    pass


def never() -> bool:
    return False


def execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, timeout=30)) as connection, connection:
        return connection.execute(statement).fetchall()


def pairs(path: Path) -> list[int]:
    """The numbers of the writers' transactions, each of which adds two rows."""
    found = execute(path, "SELECT name, value FROM installation_secrets WHERE name LIKE 'w%'")
    left = sorted(int(str(value)) for name, value in found if str(name).startswith("wa"))
    right = sorted(int(str(value)) for name, value in found if str(name).startswith("wb"))
    assert left == right
    return left


def add_pair(path: Path, number: int) -> None:
    execute(
        path,
        "INSERT INTO installation_secrets (name, value) "
        f"VALUES ('wa{number}', '{number}'), ('wb{number}', '{number}')",
    )


def content(path: Path) -> bytes:
    return path.read_bytes()


def beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


def test_a_backup_is_the_library_of_one_moment_while_500_rows_are_written(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sqlite_files, "_PAGES_AT_ONCE", 3)
    written = iter(range(250))
    add_pair(library, 1000)

    def write_meanwhile(_done: int, _total: int) -> None:
        for _ in range(5):
            if (number := next(written, None)) is not None:
                add_pair(library, number)

    back_up(library, tmp_path / "backup.db", overwrite=False, report=write_meanwhile)

    assert pairs(library) == [*range(250), 1000]
    assert pairs(tmp_path / "backup.db") == [1000]
    assert sqlite_files.is_sound(tmp_path / "backup.db")


def test_backups_beside_a_busy_writer_are_each_a_moment_of_it(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sqlite_files, "_PAGES_AT_ONCE", 20)
    enough = threading.Event()

    def write() -> None:
        for number in range(250):
            add_pair(library, number)
        enough.set()

    writer = threading.Thread(target=write)
    writer.start()
    counts = []
    while not enough.is_set():
        target = tmp_path / f"{len(counts)}.db"
        back_up(library, target, overwrite=False, report=silent)
        found = pairs(target)
        assert found == list(range(len(found)))
        counts.append(len(found))
    writer.join()

    assert counts == sorted(counts)
    assert any(0 < count < 250 for count in counts)


async def test_a_backup_comes_back_as_it_was(library: Path, tmp_path: Path):
    before = everything(url_of(library))
    done = await invoked(library.parent, "backup", tmp_path / "backup.db")
    assert (done.code, done.err) == (0, "")
    assert "backup.db" in done.out
    # Keys and the hashes of passwords are in it.
    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o600
    assert beside(tmp_path / "backup.db") == ["backup.db", "data"]
    execute(library, "DELETE FROM users")
    changed = everything(url_of(library))

    done = await invoked(library.parent, "restore", tmp_path / "backup.db")

    assert (done.code, done.err) == (0, "")
    assert everything(url_of(library)) == before
    (aside,) = library.parent.glob("videothek-before-*.db")
    assert str(aside) in done.out
    assert everything(url_of(aside)) == changed


async def test_a_backup_gets_a_name_in_a_folder_and_overwrites_only_if_it_is_told_to(
    library: Path, tmp_path: Path
):
    folder = tmp_path / "backups"
    folder.mkdir()
    assert (await invoked(library.parent, "backup", folder)).code == 0
    (made,) = folder.iterdir()
    assert made.name.startswith("videothek-20")
    old = made.read_bytes()
    execute(library, "DELETE FROM lists")

    refused = await invoked(library.parent, "backup", made)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "--force" in refused.err
    assert made.read_bytes() == old
    assert (await invoked(library.parent, "backup", made, "--force")).code == 0
    assert execute(made, "SELECT count(*) FROM lists") == [(0,)]
    assert list(folder.iterdir()) == [made]


async def test_there_is_no_backup_of_what_is_not_there_damaged_or_the_backup_itself(
    library: Path, tmp_path: Path
):
    refused = await invoked(tmp_path / "nowhere", "backup", str(tmp_path / "b.db"))
    assert "There is no library here yet" in refused.err
    refused = await invoked(library.parent, "backup", library, "--force")
    assert "is the library itself" in refused.err
    refused = await invoked(library.parent, "backup", tmp_path / "no folder" / "b.db")
    assert "can't be written: No such file or directory" in refused.err
    assert refused.code == 1

    good = tmp_path / "good.db"
    back_up(library, good, overwrite=False, report=silent)
    before = good.read_bytes()
    spoil(library)
    refused = await invoked(library.parent, "backup", good, "--force")
    assert (refused.code, "is damaged" in refused.err) == (1, True)
    assert good.read_bytes() == before
    assert beside(good) == ["data", "good.db"]


def spoil(path: Path) -> None:
    """Overwrite some pages in the middle, as a dying disk would."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * 3 * 4096)


def test_a_full_disk_leaves_no_half_backup(library: Path, tmp_path: Path):
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "from app.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "backup", str(tmp_path / "b.db")],
        env=dict(Command.of(library.parent).environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "can't be written" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.fixture
def backup(library: Path, tmp_path: Path) -> Path:
    target = tmp_path / "backup.db"
    back_up(library, target, overwrite=False, report=silent)
    return target


def put_back(backup: Path, library: Path) -> Path | None:
    return restore(backup, library, own_schema(), is_in_use=never, now=NOW, report=silent)


def shortened(backup: Path) -> Iterator[tuple[str, bytes]]:
    whole = backup.read_bytes()
    for size in (1, 50, 4096, 4097, len(whole) // 2 // 4096 * 4096, len(whole) - 4096):
        yield f"{size} of {len(whole)} bytes", whole[:size]


def test_a_backup_that_is_cut_off_is_never_put_back(library: Path, backup: Path, tmp_path: Path):
    before = library.read_bytes()
    for name, content in shortened(backup):
        half = tmp_path / "half.db"
        half.write_bytes(content)
        with pytest.raises(BackupRefused) as refused:
            put_back(half, library)
        # Less than a page is to SQLite a database without tables.
        assert refused.value.problem in (BackupProblem.DAMAGED, BackupProblem.FOREIGN), name
    assert library.read_bytes() == before
    assert beside(library) == ["videothek.db"]


async def test_what_is_no_backup_is_told_in_one_sentence(
    library: Path, backup: Path, tmp_path: Path
):
    (tmp_path / "text.db").write_text("no database " * 1000)
    (tmp_path / "empty.db").touch()
    execute(tmp_path / "foreign.db", "CREATE TABLE songs (id INTEGER)")
    shutil.copy(backup, tmp_path / "spoilt.db")
    spoil(tmp_path / "spoilt.db")
    shutil.copy(backup, tmp_path / "newer.db")
    execute(tmp_path / "newer.db", "UPDATE alembic_version SET version_num = '9999'")
    shutil.copy(backup, tmp_path / "unfinished.db")
    execute(tmp_path / "unfinished.db", "CREATE TABLE unfinished_copy (step TEXT, origin TEXT)")
    before = content(library)

    for name, words in {
        "missing.db": "There is no",
        "text.db": "is damaged or not complete",
        "spoilt.db": "is damaged or not complete",
        "empty.db": "is not a backup of a Videothek",
        "foreign.db": "is not a backup of a Videothek",
        "unfinished.db": "Only a part of a library is in",
        "newer.db": "is from a newer version",
        "data/videothek.db": "is the library itself",
    }.items():
        done = await invoked(library.parent, "restore", tmp_path / name)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1), done.err
        assert words in done.err, name
    assert content(library) == before
    assert beside(library) == ["videothek.db"]


async def test_nothing_is_put_back_under_a_living_server(library: Path, backup: Path):
    def is_refused(done: Done) -> bool:
        return done.code == 1 and "Stop it" in done.err

    with AppProcess(library.parent) as server:
        await server.start()
        assert is_refused(await invoked(library.parent, "restore", backup))
        server.kill()

    # Somebody who has no lock file, such as another program.
    database = Database(url_of(library))
    await database.ping()
    before = everything(url_of(library))
    assert is_refused(await invoked(library.parent, "restore", backup))
    assert everything(url_of(library)) == before
    await database.close()

    # A worker that died leaves its lock file, and nobody holds it.
    queue = EmbeddedJobQueue(Database(url_of(library)), library.parent)
    die(queue)
    assert (await invoked(library.parent, "restore", backup)).code == 0


def test_an_older_backup_is_brought_to_this_version(library: Path, backup: Path):
    migrate_to(url_of(backup), "0005", down=True)
    kept = backup.read_bytes()
    put_back(backup, library)
    assert execute(library, "SELECT version_num FROM alembic_version") == [(revisions()[0],)]
    assert execute(library, "SELECT count(*) FROM videos") == [(8,)]
    assert backup.read_bytes() == kept


def test_a_backup_is_put_where_no_library_is(backup: Path, tmp_path: Path):
    fresh = tmp_path / "new host" / "videothek.db"
    assert put_back(backup, fresh) is None
    assert everything(url_of(fresh)) == everything(url_of(backup))
    assert beside(fresh) == ["videothek.db"]


def test_changes_of_a_library_that_is_gone_are_never_read_into_the_new_one(
    library: Path, backup: Path
):
    before = everything(url_of(library))
    library.unlink()
    for suffix in ("-wal", "-shm"):
        library.with_name(library.name + suffix).write_bytes(b"changes")

    put_back(backup, library)

    aside = "videothek-before-2026-01-31-123000.db"
    assert beside(library) == [f"{aside}-shm", f"{aside}-wal", "videothek.db"]
    assert everything(url_of(library)) == before


def test_a_backup_takes_the_place_of_a_damaged_library(library: Path, backup: Path):
    before = everything(url_of(backup))
    library.write_bytes(b"no database" * 1000)

    aside = put_back(backup, library)

    assert everything(url_of(library)) == before
    assert aside is not None
    assert aside.read_bytes() == b"no database" * 1000


def test_where_a_file_can_have_only_one_name_the_old_library_is_kept_too(
    library: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(_self: Path, _target: Path) -> None:
        raise OSError("not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    execute(library, "DELETE FROM users")
    aside = put_back(backup, library)
    assert aside is not None
    assert execute(aside, "SELECT count(*) FROM users") == [(0,)]
    assert execute(library, "SELECT count(*) FROM users") == [(8,)]


async def test_for_postgresql_the_command_of_its_own_program_is_told_without_the_password(
    tmp_path: Path,
):
    url = "postgresql://me:secret@db.example:5433/my library"
    for name, program in (("backup", "pg_dump --format=custom"), ("restore", "pg_restore --clean")):
        done = await invoked(tmp_path, name, "b.dump", VIDEOTHEK_DATABASE_URL=url)
        assert (done.code, done.out) == (1, "")
        assert program in done.err
        assert "//me@db.example:5433/my library" in done.err
        assert "secret" not in done.err
