"""Lock files that say which processes of this host live.

Each worker process holds a file lock for as long as it lives. The kernel drops the lock at its death,
however sudden, so that others on this host know at once.
"""

from pathlib import Path

from filelock import FileLock, Timeout


class WorkerLife:
    """The life of this process, and a look at that of others.

    Args:
        directory: Where the lock files are.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._own: FileLock | None = None
        directory.mkdir(parents=True, exist_ok=True)

    def begin(self, name: str) -> bool:
        """Live under this name; False if somebody else does."""
        lock = FileLock(self._path(name), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self._own = lock
        return True

    def end(self) -> None:
        """Leave nothing behind."""
        if self._own is not None:
            self._own.release()
            Path(self._own.lock_file).unlink(missing_ok=True)
            self._own = None

    def is_known(self, name: str) -> bool:
        """Whether one of this name began here and has not ended in peace."""
        return self._path(name).exists()

    def is_dead(self, name: str) -> bool:
        """Whether one of this name that began here is gone."""
        path = self._path(name)
        if self._own is not None and Path(self._own.lock_file) == path:
            return False
        try:
            with FileLock(path, timeout=0):
                path.unlink(missing_ok=True)
        except Timeout:
            return False
        return True

    def _path(self, name: str) -> Path:
        return self._directory / f"{name}.lock"
