"""Private folders: whatever happens, nothing stays behind."""

import asyncio
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.errors import SoundUnavailable, UpstreamFailed
from app.services.transcription.folders import SoundFolders

_PARENT = """
import asyncio, sys
from pathlib import Path
from app.services.transcription.folders import SoundFolders
async def main():
    async with SoundFolders(Path(sys.argv[1])).open("video") as path:
        (path / "sound").write_bytes(b"x")
        print(path, flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


def left_in(data_dir: Path) -> list[str]:
    return sorted(path.name for path in (data_dir / "sound").rglob("*") if path.suffix != ".lock")


def everything_in(data_dir: Path) -> list[Path]:
    return list((data_dir / "sound").iterdir())


@pytest.mark.parametrize("error", [None, SoundUnavailable, ValueError, asyncio.CancelledError])
async def test_a_folder_is_private_and_gone_afterwards(
    tmp_path: Path, error: type[BaseException] | None
) -> None:
    folders = SoundFolders(tmp_path)
    try:
        async with folders.open("video") as path:
            (path / "sound").write_bytes(b"x")
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
            if error:
                raise error
    except (SoundUnavailable, ValueError, asyncio.CancelledError):
        pass
    assert "video" not in left_in(tmp_path)
    await folders.close()
    assert everything_in(tmp_path) == []


async def test_what_broke_off_is_kept_for_the_next_time_but_not_for_ever(tmp_path: Path) -> None:
    folders = SoundFolders(tmp_path)
    for name in ("first", "second", "third"):
        with pytest.raises(UpstreamFailed):
            async with folders.open(name) as path:
                (path / "part").write_bytes(b"x")
                raise UpstreamFailed("reset")
    # Two at most.
    assert {"second", "third"} <= set(left_in(tmp_path))
    assert "first" not in left_in(tmp_path)
    async with folders.open("second") as path:
        assert (path / "part").exists()
    await folders.discard("third")
    assert not {"second", "third"} & set(left_in(tmp_path))
    await folders.close()


async def test_a_start_removes_what_the_dead_left_and_nothing_of_the_living(
    tmp_path: Path,
) -> None:
    living = SoundFolders(tmp_path)
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PARENT, str(tmp_path), stdout=subprocess.PIPE
    )
    assert killed.stdout is not None
    assert await killed.stdout.readline()
    async with living.open("mine") as mine:
        new = SoundFolders(tmp_path)
        assert await new.remove_leftovers() == 0
        killed.send_signal(signal.SIGKILL)
        await killed.wait()
        assert "video" in left_in(tmp_path)
        assert await new.remove_leftovers() == 1
        assert left_in(tmp_path) == sorted(["mine", mine.parent.name])
    await living.close()
    assert everything_in(tmp_path) == []
