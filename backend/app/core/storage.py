"""What stands in the way of the database: told from its drivers' errors, and remembered."""

import errno
import logging
import os
import sqlite3
import time
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core.errors import ErrorCode, VideothekError

_log = logging.getLogger(__name__)

# The same trouble is told at most so often, however many requests and workers meet it.
_TELL_SECONDS: Final = 60.0
# A page or two of SQLite's log; with less nothing can be committed.
_LEAST_BYTES: Final = 64 * 1024

_STATUS: Final = {
    ErrorCode.STORAGE_FULL: 507,
    ErrorCode.STORAGE_READ_ONLY: 503,
    ErrorCode.STORAGE_UNAVAILABLE: 503,
}
_SQLITE: Final = {
    sqlite3.SQLITE_FULL: ErrorCode.STORAGE_FULL,
    sqlite3.SQLITE_READONLY: ErrorCode.STORAGE_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ErrorCode.STORAGE_UNAVAILABLE,
    sqlite3.SQLITE_IOERR: ErrorCode.STORAGE_UNAVAILABLE,
    sqlite3.SQLITE_BUSY: ErrorCode.STORAGE_UNAVAILABLE,
    sqlite3.SQLITE_PROTOCOL: ErrorCode.STORAGE_UNAVAILABLE,
}
_POSTGRESQL: Final = {
    "53100": ErrorCode.STORAGE_FULL,
    "25006": ErrorCode.STORAGE_READ_ONLY,
}
# No connection, no room for one more, or the server is ending or starting.
_POSTGRESQL_AWAY: Final = ("08", "53300", "57P")
_FILES: Final = {
    errno.ENOSPC: ErrorCode.STORAGE_FULL,
    errno.EDQUOT: ErrorCode.STORAGE_FULL,
    errno.EROFS: ErrorCode.STORAGE_READ_ONLY,
}


class StorageError(VideothekError):
    """Nothing can be stored for now; what was accepted is safe, and it goes on by itself.

    Args:
        code: Why.
        detail: What the driver said, for the log.
    """

    def __init__(self, code: ErrorCode, detail: str = "") -> None:
        super().__init__(code, _STATUS[code])
        self.detail = detail


def first_line(error: BaseException) -> str:
    """What a driver or the system says is wrong, without the statement and its parameters."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def storage_error(error: BaseException, file: Path | None = None) -> StorageError | None:
    """What an error says of the database or the disk; None if it says nothing of them.

    Args:
        error: What a driver raised.
        file: The database, if it is a file.
    """
    if isinstance(error, StorageError):
        return error
    code = _code_of(error)
    if code is None:
        return None
    if code is ErrorCode.STORAGE_UNAVAILABLE and file is not None:
        # SQLite can't even be opened where nothing can be written beside it, and names no reason.
        code = obstacle_of(file) or code
    return StorageError(code, first_line(error))


def obstacle_of(file: Path) -> ErrorCode | None:
    """Why nothing can be written to a database that is a file, as far as that is seen from outside."""
    if file.exists() and not os.access(file, os.W_OK):
        return ErrorCode.STORAGE_READ_ONLY
    try:
        volume = os.statvfs(file.parent)
    except OSError:
        return None
    is_full = volume.f_bavail * volume.f_frsize < _LEAST_BYTES
    return ErrorCode.STORAGE_FULL if is_full else None


def is_locked(error: BaseException) -> bool:
    """Whether somebody else keeps a database that is a file to themselves."""
    return _sqlite_code(getattr(error, "orig", error)) == sqlite3.SQLITE_BUSY


def is_damage(error: BaseException) -> bool:
    """Whether a file is no database, or a broken one."""
    code = _sqlite_code(getattr(error, "orig", error))
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code_of(error: BaseException) -> ErrorCode | None:
    if isinstance(error, PoolTimeout):
        return ErrorCode.STORAGE_UNAVAILABLE
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return ErrorCode.STORAGE_UNAVAILABLE
        return _code_of_driver(error.orig)
    if isinstance(error, sqlite3.Error):
        return _code_of_driver(error)
    return _FILES.get(error.errno or 0) if isinstance(error, OSError) else None


def _code_of_driver(error: BaseException | None) -> ErrorCode | None:
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(_sqlite_code(error))
    state = getattr(error, "sqlstate", "")
    if state is None:
        # The server never answered; psycopg's other errors of this kind carry a state.
        return ErrorCode.STORAGE_UNAVAILABLE if _is_operational(error) else None
    if state.startswith(_POSTGRESQL_AWAY):
        return ErrorCode.STORAGE_UNAVAILABLE
    return _POSTGRESQL.get(state)


def _sqlite_code(error: object) -> int:
    """Extended codes carry the plain one in their lowest byte."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def _is_operational(error: BaseException | None) -> bool:
    return any(kind.__name__ == "OperationalError" for kind in type(error).__mro__)


class StorageWatch:
    """Remembers what the last attempt to store something met.

    Args:
        file: The database, if it is a file.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.trouble: StorageError | None = None
        self._is_told = False
        self._told: ErrorCode | None = None
        self._told_at = float("-inf")

    def failed(self, error: BaseException) -> StorageError | None:
        """Note an error, and tell of it in the log unless that was done just now.

        Returns:
            What it says of the database; None if it says nothing of it, and so was not told.
        """
        trouble = storage_error(error, self.file)
        if trouble is None:
            return None
        self.trouble = trouble
        if self._told is not trouble.code or time.monotonic() > self._told_at + _TELL_SECONDS:
            self._told, self._told_at, self._is_told = trouble.code, time.monotonic(), True
            _log.error("nothing can be stored: %s (%s)", trouble.code, trouble.detail)
        return trouble

    def worked(self) -> None:
        """Something was stored."""
        if self._is_told:
            _log.warning("the database works again")
        self.trouble, self._is_told = None, False
