"""Backups of a library that is a file of SQLite, and putting one back.

The file is the whole state: the keys, tokens and everything that waits are in it. Pictures beside it are
fetched again.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.repositories import sqlite_files
from app.repositories.database_state import Contents, DatabaseState, look_at
from app.repositories.sqlite_files import SIDE_FILES
from app.services.schema import Schema

_OF_SQLITE = ("-journal", *SIDE_FILES)

Report = Callable[[int, int], None]
"""Told how much is copied, and of how much."""


class BackupProblem(StrEnum):
    """Why there is no backup, or it is not put back."""

    NOTHING_THERE = "nothing_there"
    EXISTS = "exists"
    DAMAGED_LIBRARY = "damaged_library"
    UNFINISHED = "unfinished"
    FOLDER = "folder"
    MISSING = "missing"
    SAME = "same"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    NEWER = "newer"
    IN_USE = "in_use"


class BackupRefused(Exception):
    """There is no backup, or it is not put back; everything is as it was.

    Args:
        problem: Why.
    """

    def __init__(self, problem: BackupProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def back_up(library: Path, target: Path, *, overwrite: bool, report: Report) -> None:
    """Copy a library, as it is at one moment, while a server works on it.

    Nothing is at the target's place before all of it is there, on the disk and in order.

    Args:
        library: Its file.
        target: The backup.
        overwrite: Whether a file may be there already.
        report: Told how far it is.

    Raises:
        BackupRefused: See `BackupProblem`.
        OSError: The backup can't be written.
        sqlite3.Error: Likewise.
    """
    if not library.is_file():
        raise BackupRefused(BackupProblem.NOTHING_THERE)
    if _is_beside(target, library):
        raise BackupRefused(BackupProblem.SAME)
    if target.exists():
        if target.samefile(library):
            raise BackupRefused(BackupProblem.SAME)
        if not overwrite:
            raise BackupRefused(BackupProblem.EXISTS)
    fresh = _beside(target)
    try:
        _make_private(fresh)
        _copy(library, fresh, report, BackupProblem.DAMAGED_LIBRARY)
        if look_at(_url(fresh)).contents is Contents.UNFINISHED:
            raise BackupRefused(BackupProblem.UNFINISHED)
        _settle(fresh)
        fresh.replace(target)
        _settle(target.parent)
    finally:
        _remove(fresh)


def restore(
    backup: Path,
    library: Path,
    schema: Schema,
    *,
    is_in_use: Callable[[], bool],
    now: datetime,
    report: Report,
) -> Path | None:
    """Put a backup in a library's place.

    It is brought to this version's schema before it gets there. A process that is killed meanwhile
    leaves the one or the other, each of them whole.

    Args:
        backup: Its file; it stays as it is.
        library: The file that the server opens.
        schema: What this version makes of a database.
        is_in_use: Whether a server works on the library.
        now: For the name under which the old library is kept.
        report: Told how far it is.

    Returns:
        Where the old library is; None if there was none.

    Raises:
        BackupRefused: See `BackupProblem`.
        OSError: The files can't be written.
        sqlite3.Error: Likewise.
        SQLAlchemyError: The schema can't be brought to this version.
    """
    if backup.is_dir():
        raise BackupRefused(BackupProblem.FOLDER)
    if not backup.is_file():
        raise BackupRefused(BackupProblem.MISSING)
    if library.exists() and backup.samefile(library):
        raise BackupRefused(BackupProblem.SAME)
    if is_in_use():
        raise BackupRefused(BackupProblem.IN_USE)
    library.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = _beside(library)
    try:
        _make_private(fresh)
        _copy(backup, fresh, report, BackupProblem.DAMAGED)
        _check(look_at(_url(fresh)), schema)
        schema.migrate(_url(fresh))
        _own_like(fresh, library if library.exists() else library.parent)
        _settle(fresh)
        return _swap(fresh, library, is_in_use, now)
    finally:
        _remove(fresh)


def _copy(source: Path, target: Path, report: Report, if_damaged: BackupProblem) -> None:
    try:
        sqlite_files.copy_online(source, target, report)
    except sqlite3.OperationalError:
        # No damage: a full disk, a file that may not be read.
        raise
    except sqlite3.DatabaseError as error:
        raise BackupRefused(if_damaged) from error
    if not sqlite_files.is_sound(target):
        raise BackupRefused(if_damaged)


def _check(state: DatabaseState, schema: Schema) -> None:
    if state.contents is Contents.UNFINISHED:
        raise BackupRefused(BackupProblem.UNFINISHED)
    if state.revision is None or state.contents is Contents.FOREIGN:
        raise BackupRefused(BackupProblem.FOREIGN)
    if state.revision not in schema.known:
        raise BackupRefused(BackupProblem.NEWER)


def _swap(fresh: Path, library: Path, is_in_use: Callable[[], bool], now: datetime) -> Path | None:
    if not library.exists():
        _put_aside_side_files(library, _aside(library, now))
        fresh.replace(library)
        _settle(library.parent)
        return None
    try:
        sqlite_files.let_go(library)
    except sqlite3.OperationalError as error:
        raise BackupRefused(BackupProblem.IN_USE) from error
    except sqlite3.DatabaseError:
        # Damaged: that may be why a backup is put back.
        pass
    if is_in_use():
        raise BackupRefused(BackupProblem.IN_USE)
    aside = _aside(library, now)
    # What is left of the old one's changes must never be read as the new one's.
    _put_aside_side_files(library, aside)
    try:
        aside.hardlink_to(library)
    except OSError:
        # Not every file system has a second name for a file.
        shutil.copy2(library, aside)
    fresh.replace(library)
    _settle(library.parent)
    return aside


def _put_aside_side_files(library: Path, aside: Path) -> None:
    for suffix in SIDE_FILES:
        beside = library.with_name(library.name + suffix)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + suffix))


def _aside(library: Path, now: datetime) -> Path:
    stamp = f"{now:%Y-%m-%d-%H%M%S}"
    return library.with_name(f"{library.stem}-before-{stamp}{library.suffix}")


def _is_beside(path: Path, library: Path) -> bool:
    """Whether SQLite keeps a part of the library there while it is in use."""
    whole = library.resolve()
    return path.resolve() in [whole.with_name(whole.name + each) for each in _OF_SQLITE]


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}")


def _make_private(path: Path) -> None:
    """Keys and the hashes of passwords are in it."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _own_like(path: Path, example: Path) -> None:
    """Whoever restores as root must not lock the server out."""
    status = example.stat()
    if os.geteuid() == 0:
        os.chown(path, status.st_uid, status.st_gid)
    if example.is_file():
        path.chmod(status.st_mode & 0o777)


def _settle(path: Path) -> None:
    """Let it survive a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _remove(path: Path) -> None:
    for suffix in ("", *_OF_SQLITE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path.absolute()}"
