"""Cutting sounds into parts, in a child process."""

import asyncio
import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from app.adapters import sound_cutter
from app.adapters.child_process import ChildFailed, ChildProcess
from app.adapters.sound_cutter import PyAvSoundCutter
from app.adapters.sound_decoding import SAMPLE_RATE, pcm_of
from app.core.errors import SoundUnavailable
from app.services.transcription.ports import CutPart, CutPlan
from tests.support.sounds import noise, silence, talk, write_sound

PLAN = CutPlan(part_seconds=20, overlap_seconds=4)
_CUTTING = "app.adapters.sound_cutting"
# Starts a child as the application does, says its number, and waits to be killed.
_PARENT = f"""
import asyncio
from app.adapters.child_process import ChildProcess
async def main():
    child = await ChildProcess.start({_CUTTING!r})
    print(child.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


def seconds_in(part: CutPart) -> float:
    return (part.end_ms - part.start_ms) / 1000


def seconds_heard(path: Path) -> float:
    return sum(len(block) for block in pcm_of(path)) / 2 / SAMPLE_RATE


def loud_seconds(path: Path) -> list[bool]:
    """Of each tenth of a second, whether there is something in it."""
    pcm = b"".join(pcm_of(path))
    step = SAMPLE_RATE // 10 * 2
    return [max(pcm[at + 1 : at + step : 2], default=0) > 8 for at in range(0, len(pcm), step)]


@pytest.mark.parametrize("ending", ["m4a", "webm"])
async def test_parts_end_in_pauses_and_nothing_is_lost(tmp_path: Path, ending: str) -> None:
    sound = write_sound(tmp_path / f"sound.{ending}", (0, talk(49)))
    parts = await PyAvSoundCutter().cut(sound, tmp_path, PLAN)

    assert parts[0].start_ms == 0
    assert parts[-1].end_ms == pytest.approx(49_000, abs=60)
    for before, after in pairwise(parts):
        assert before.end_ms == after.start_ms
        # A pause is the last half of three and a half seconds.
        assert 3000 < before.end_ms % 3500 < 3500
    for part in parts:
        assert 5 <= seconds_in(part) <= 25
        assert part.path.suffix == ".ogg"
        assert seconds_heard(part.path) == pytest.approx(seconds_in(part), abs=0.03)
        assert part.voiced_ms == pytest.approx(1000 * seconds_in(part) * 6 / 7, rel=0.1)


async def test_without_pauses_parts_overlap_and_a_short_rest_joins_the_last(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "sound.webm", (0, noise(37)))
    parts = await PyAvSoundCutter().cut(sound, tmp_path, PLAN)

    assert len(parts) == 2
    assert parts[0].end_ms - parts[1].start_ms == 4000
    assert parts[1].end_ms == pytest.approx(37_000, abs=40)
    assert seconds_heard(parts[1].path) == pytest.approx(seconds_in(parts[1]), abs=0.03)


async def test_gaps_in_time_are_silence_so_that_every_second_is_where_it_was(
    tmp_path: Path,
) -> None:
    sound = write_sound(tmp_path / "sound.webm", (0, noise(2)), (7, noise(2)))
    (part,) = await PyAvSoundCutter().cut(sound, tmp_path, PLAN)

    assert seconds_in(part) == pytest.approx(9, abs=0.05)
    loud = loud_seconds(part.path)
    assert all(loud[1:19])
    assert not any(loud[23:68])
    assert all(loud[72:89])


async def test_damaged_packets_are_passed_over(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "sound.m4a", (0, talk(21)))
    data = bytearray(sound.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3_000] = b"\xff" * 3_000
    sound.write_bytes(data)
    (part,) = await PyAvSoundCutter().cut(sound, tmp_path, PLAN)

    assert seconds_in(part) == pytest.approx(21, abs=0.5)


@pytest.mark.parametrize(
    "content", [b"", b"no sound at all" * 500, b"\x1a\x45\xdf\xa3" + b"x" * 99]
)
async def test_what_is_no_sound_can_not_be_had(tmp_path: Path, content: bytes) -> None:
    sound = tmp_path / "sound.webm"
    sound.write_bytes(content)
    with pytest.raises(SoundUnavailable):
        await PyAvSoundCutter().cut(sound, tmp_path, PLAN)


async def test_a_part_is_halved_at_a_pause(tmp_path: Path) -> None:
    whole = write_sound(tmp_path / "a.ogg", (0, noise(8) + silence(1) + noise(9)))
    halves = await PyAvSoundCutter().halve(whole.read_bytes(), tmp_path)

    assert [half.start_ms for half in halves] == [0, halves[0].end_ms]
    assert halves[0].end_ms == pytest.approx(8500, abs=100)
    assert halves[1].end_ms == pytest.approx(18_000, abs=40)


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


async def until_gone(pid: int) -> None:
    async with asyncio.timeout(10):
        while is_alive(pid):  # noqa: ASYNC110 - another process has no events
            await asyncio.sleep(0.01)


async def test_a_child_dies_with_its_parent_however_sudden_that_is() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PARENT, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    child_pid = int(await parent.stdout.readline())
    assert is_alive(child_pid)
    parent.send_signal(signal.SIGKILL)
    await parent.wait()
    await until_gone(child_pid)


async def test_a_child_inherits_no_secrets_no_sockets_and_no_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VIDEOTHEK_GROQ_API_KEY", "a secret")
    child = await ChildProcess.start(_CUTTING)
    try:
        # Once it answered, it is at rest: nothing is opened and closed while one looks.
        nothing = {"sound": "nothing.webm", "directory": "."}
        assert "unreadable" in await child.ask(nothing, deadline_seconds=20)
        assert "a secret" not in environment_of(child.pid)
        assert os.getsid(child.pid) == child.pid
        # Its input may be a pair of sockets.
        inherited = {name: link for name, link in open_files_of(child.pid).items() if name > 2}
        assert not any(link.startswith("socket:") for link in inherited.values())
    finally:
        await child.kill()


async def test_a_child_that_dies_is_a_failure_to_be_tried_again() -> None:
    child = await ChildProcess.start(_CUTTING)
    with pytest.raises(ChildFailed) as caught:
        await child.ask({"nonsense": 1}, deadline_seconds=20)
    assert "KeyError" in caught.value.detail
    assert not child.is_alive


def environment_of(pid: int) -> str:
    return Path(f"/proc/{pid}/environ").read_text()


def open_files_of(pid: int) -> dict[int, str]:
    links = Path(f"/proc/{pid}/fd").iterdir()
    return {int(link.name): str(link.readlink()) for link in links}


async def test_cancelling_ends_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: asyncio.Queue[ChildProcess] = asyncio.Queue()

    class Watched(ChildProcess):
        def __init__(self, process: asyncio.subprocess.Process) -> None:
            super().__init__(process)
            started.put_nowait(self)

    monkeypatch.setattr(sound_cutter, "ChildProcess", Watched)
    # Reading a pipe that nobody writes to takes for ever.
    endless = tmp_path / "sound.webm"
    os.mkfifo(endless)
    cutting = asyncio.create_task(PyAvSoundCutter().cut(endless, tmp_path, PLAN))
    async with asyncio.timeout(10):
        child = await started.get()
    cutting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cutting
    assert not is_alive(child.pid)
