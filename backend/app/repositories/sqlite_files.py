"""Files of SQLite as a whole: copied while others write, examined, and taken out of use."""

import sqlite3
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

_PAGES_AT_ONCE = 2000
_BUSY_SECONDS = 5.0
SIDE_FILES = ("-wal", "-shm")
"""What SQLite keeps beside a file while it is in use."""


def copy_online(source: Path, target: Path, report: Callable[[int, int], None]) -> None:
    """Copy a database as it is at one moment, while others read and write it.

    Args:
        source: The file.
        target: Where to; an empty file or none.
        report: Told how much is done, and of how much.

    Raises:
        sqlite3.Error: It can't be read, or the copy can't be written.
    """
    with closing(_opened(source)) as reader, closing(_opened(target, "rwc")) as writer:
        # The copy reads from this moment on. Without it each write of somebody else would begin it anew.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reader.backup(
            writer,
            pages=_PAGES_AT_ONCE,
            progress=lambda _status, left, total: report(total - left, total),
        )
    let_go(target)


def let_go(path: Path) -> None:
    """Leave all of a database in its one file, with nothing beside it.

    Raises:
        sqlite3.OperationalError: Somebody has it open.
        sqlite3.DatabaseError: It is damaged, or no database.
    """
    with closing(_opened(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    if mode != "delete":
        raise sqlite3.OperationalError("database is locked")


def is_sound(path: Path) -> bool:
    """Whether all of a database can be read, and its indexes are right."""
    try:
        with closing(_opened(path)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError:
        return False
    return found == [("ok",)]


def _opened(path: Path, mode: str = "rw") -> sqlite3.Connection:
    name = urllib.parse.quote(str(path.absolute()))
    return sqlite3.connect(
        f"file:{name}?mode={mode}", uri=True, isolation_level=None, timeout=_BUSY_SECONDS
    )
