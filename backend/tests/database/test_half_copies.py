"""A library that is only half there: nobody serves it, backs it up or takes it for a whole one."""

import asyncio
import os
import shutil
import stat
from pathlib import Path

import pytest

from app.cli.own_library import own_schema
from app.core.settings import Settings
from app.migrations.runner import UnfinishedCopy, migrate
from app.repositories.database_state import Contents, look_at
from app.services.backups import BackupProblem, BackupRefused, back_up, restore
from app.services.database_copy import whole_copy
from app.services.database_copy.copying import DatabaseCopy
from app.services.database_copy.deciding import CopyProblem, CopyRefused
from tests.database.test_backup import NOW, never, silent, url_of
from tests.support.copies import Interrupted, copied, execute, filled, fresh, interrupted
from tests.support.in_process import invoked


async def test_a_copy_that_ends_as_soon_as_there_are_tables_can_be_given_again(
    source: str, target: str, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
):
    await filled(source)

    async def power_cut(_copy: DatabaseCopy, _origin: str) -> None:
        raise Interrupted

    with monkeypatch.context() as once:
        once.setattr(whole_copy.DatabaseCopy, "begin", power_cut)
        with pytest.raises(Interrupted):
            await copied(source, target, elsewhere)

    assert look_at(target).contents is Contents.UNFINISHED
    with pytest.raises(UnfinishedCopy):
        await migrate(target)
    assert (await copied(source, target, elsewhere)).is_equal
    await migrate(target)


async def test_of_two_who_begin_at_once_one_copies_and_the_other_is_told(
    source: str, target: str, elsewhere: Settings
):
    await filled(source)

    first, second = await asyncio.gather(
        copied(source, target, elsewhere),
        copied(source, target, elsewhere),
        return_exceptions=True,
    )

    told = [each for each in (first, second) if isinstance(each, BaseException)]
    assert [type(each) for each in told] == [CopyRefused]
    assert isinstance(told[0], CopyRefused)
    assert told[0].problem is CopyProblem.ANOTHER_COPIES
    assert (await copied(source, target, elsewhere)).is_equal


@pytest.fixture
async def half(tmp_path: Path, elsewhere: Settings, request: pytest.FixtureRequest) -> Path:
    """A file with a part of a library."""
    with fresh("sqlite", request, tmp_path / "whole") as source:
        await filled(source)
        path = tmp_path / "half.db"
        await interrupted(source, url_of(path), elsewhere, after=20)
    return path


def test_a_part_of_a_library_is_not_backed_up_and_not_put_back(half: Path, tmp_path: Path):
    backup, library = tmp_path / "backup.db", tmp_path / "data" / "videothek.db"

    with pytest.raises(BackupRefused) as refused:
        back_up(half, backup, overwrite=False, report=silent)
    assert refused.value.problem is BackupProblem.UNFINISHED
    with pytest.raises(BackupRefused) as refused:
        restore(half, library, own_schema(), is_in_use=never, now=NOW, report=silent)
    assert refused.value.problem is BackupProblem.UNFINISHED

    assert not backup.exists()
    assert not library.exists()


async def test_the_doctor_knows_a_part_of_a_library(half: Path, tmp_path: Path):
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(half, folder / "videothek.db")

    done = await invoked(folder, "doctor")

    assert done.code == 1
    assert "Only a part of a library is in the database" in done.out


def test_a_library_that_was_copied_is_nobody_elses(half: Path):
    assert stat.S_IMODE(half.stat().st_mode) == 0o600


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_a_backup_never_goes_where_the_library_keeps_its_newest_changes(
    tmp_path: Path, suffix: str
):
    library = tmp_path / "videothek.db"
    library.write_bytes(b"")
    beside = library.with_name(library.name + suffix)
    beside.write_bytes(b"changes")
    (tmp_path / "link").symlink_to(beside)

    for target in (beside, tmp_path / "link"):
        with pytest.raises(BackupRefused) as refused:
            back_up(library, target, overwrite=True, report=silent)
        assert refused.value.problem is BackupProblem.SAME
    assert beside.read_bytes() == b"changes"


def test_a_folder_is_not_said_to_be_missing(tmp_path: Path):
    with pytest.raises(BackupRefused) as refused:
        restore(tmp_path, tmp_path / "x.db", own_schema(), is_in_use=never, now=NOW, report=silent)
    assert refused.value.problem is BackupProblem.FOLDER


async def test_who_repeats_an_old_copy_is_never_told_to_delete_what_they_work_with(
    source: str, target: str, elsewhere: Settings
):
    await filled(source)
    await copied(source, target, elsewhere)
    execute(target, "UPDATE videos SET title = 'since then'")

    done = await invoked(elsewhere.data_dir, "copy-database", source, target)

    assert done.code == 1
    said = " ".join(done.err.split())
    assert "Nothing was changed" in said
    assert "keep it" in said


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://videothek@127.0.0.1:abc/vt1", "is neither a file nor an address"),
        ("postgresql://u:geheim@127.0.0.1:abc/vt1", "postgresql://u:***@127.0.0.1"),
        ("postgresql:/videothek@127.0.0.1:5571/vt1", "is neither a file nor an address"),
        ("sqlite:/x/y.db", "is neither a file nor an address"),
        ("postgresql://127.0.0.1:5571", "lacks the name of the database"),
    ],
)
async def test_an_address_that_is_not_quite_one_is_said_plainly(
    tmp_path: Path, address: str, words: str
):
    done = await invoked(tmp_path, "copy-database", tmp_path / "x.db", address)

    assert done.code == 1
    assert words in " ".join(done.err.split())
    assert "geheim" not in done.err
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - the other way blocks, says the linter
