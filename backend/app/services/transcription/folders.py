"""Private folders for sounds: none outlives its use, not even a sudden death."""

import asyncio
import secrets
import shutil
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.core.errors import LaneClosed, SoundAddressExpired, UpstreamFailed, UpstreamThrottled

_PRIVATE = 0o700
# What broke off may be gone on with for so long: an address is good for about six hours, and the long
# ladder of repetitions begins with minutes.
_KEPT_SECONDS = 3600.0
# Each of them may be as large as the largest sound.
_KEPT_AT_ONCE = 2
# After these the same work is taken up again soon, and what was fetched is worth keeping.
_BREAKS = (UpstreamFailed, UpstreamThrottled, LaneClosed, SoundAddressExpired)


class SoundFolders:
    """The folders of one process, in a directory of its own below ``<data_dir>/sound``.

    Its lock file is held for as long as the process lives; the kernel drops it at its death, however
    sudden, so that the next start knows which directories are left over.

    Args:
        data_dir: Where the application keeps its data.
    """

    def __init__(self, data_dir: Path) -> None:
        self._parent = data_dir / "sound"
        self._own = self._parent / secrets.token_hex(8)
        self._life: FileLock | None = None
        self._beginning = threading.Lock()
        self._kept: dict[str, asyncio.TimerHandle] = {}

    @asynccontextmanager
    async def open(self, name: str) -> AsyncGenerator[Path]:
        """A folder, removed at the end; only after a break what is in it waits for the next time.

        Args:
            name: Whose folder it is: the id of a video. At most one at a time may have it.
        """
        path = self._own / name
        timer = self._kept.pop(name, None)
        if timer:
            timer.cancel()
        await asyncio.to_thread(self._make, path)
        try:
            yield path
        except _BREAKS:
            await self._keep(name)
            raise
        except BaseException:
            await self._remove(path)
            raise
        await self._remove(path)

    async def discard(self, name: str) -> None:
        """Nobody goes on with what broke off here."""
        timer = self._kept.pop(name, None)
        if timer:
            timer.cancel()
            await self._remove(self._own / name)

    async def remove_leftovers(self) -> int:
        """Remove what dead processes left behind, and say of how many; called at the start."""
        return await asyncio.to_thread(self._remove_leftovers)

    async def close(self) -> None:
        """Remove everything of this process."""
        for timer in self._kept.values():
            timer.cancel()
        self._kept.clear()
        await asyncio.to_thread(self._remove_own)

    def _make(self, path: Path) -> None:
        with self._beginning:
            if self._life is None:
                self._parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
                # The lock comes first: a directory without one is taken for left over.
                self._life = FileLock(_lock_of(self._own), thread_local=False)
                self._life.acquire()
                self._own.mkdir(mode=_PRIVATE)
        path.mkdir(mode=_PRIVATE, exist_ok=True)

    async def _keep(self, name: str) -> None:
        loop = asyncio.get_running_loop()
        self._kept[name] = loop.call_later(_KEPT_SECONDS, self._forget, name)
        while len(self._kept) > _KEPT_AT_ONCE:
            await self.discard(next(iter(self._kept)))

    def _forget(self, name: str) -> None:
        self._kept.pop(name, None)
        asyncio.get_running_loop().run_in_executor(None, _remove_tree, self._own / name)

    async def _remove(self, path: Path) -> None:
        # A job that is cancelled removes its folder all the same.
        await asyncio.shield(asyncio.to_thread(_remove_tree, path))

    def _remove_own(self) -> None:
        if self._life is None:
            return
        _remove_tree(self._own)
        self._life.release()
        _lock_of(self._own).unlink(missing_ok=True)
        self._life = None

    def _remove_leftovers(self) -> int:
        if not self._parent.is_dir():
            return 0
        left = [path for path in self._parent.iterdir() if path.is_dir() and path != self._own]
        removed = sum(_remove_if_dead(path) for path in left)
        for lock in self._parent.glob("*.lock"):
            if lock != _lock_of(self._own) and not lock.with_suffix("").is_dir():
                _remove_if_dead(lock.with_suffix(""))
        return removed


def _lock_of(directory: Path) -> Path:
    return directory.with_name(f"{directory.name}.lock")


def _remove_if_dead(directory: Path) -> bool:
    lock = _lock_of(directory)
    try:
        with FileLock(lock, timeout=0):
            _remove_tree(directory)
            lock.unlink(missing_ok=True)
    except Timeout:
        return False
    return True


def _remove_tree(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
