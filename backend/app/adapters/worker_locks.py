"""Which processes work on a data directory, by the locks they hold (see `embedded_queue`)."""

from pathlib import Path

from filelock import FileLock, Timeout

# Held only for the moment in which a directory gets its name.
_NO_WORKER = "host.lock"


def has_living_workers(data_dir: Path) -> bool:
    """Whether any process of Videothek runs on a data directory.

    Args:
        data_dir: Its lock files are looked at, and stay as they are.
    """
    paths = (data_dir / "workers").glob("*.lock")
    return any(_is_held(path) for path in paths if path.name != _NO_WORKER)


def _is_held(path: Path) -> bool:
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
