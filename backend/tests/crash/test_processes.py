"""Nobody is left running, whatever happens."""

import sys
from pathlib import Path

import pytest

from tests.crash.processes import ManagedProcess, Processes

# A parent with a child that would both stay for a minute.
_FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def _begin(directory: Path) -> ManagedProcess:
    process = ManagedProcess("family", [sys.executable, "-c", _FAMILY], {}, directory)
    process.start()
    while not (lines := process.log.read_text().splitlines()[1:]):
        assert process.is_running
    assert lines[0].isdigit()
    return process


def _is_there(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] not in "ZX"


def _child(process: ManagedProcess) -> int:
    return int(process.log.read_text().splitlines()[1])


def test_a_failure_ends_processes_and_their_children(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Processes() as processes:
        process = processes.add(_begin(tmp_path))
        assert _is_there(_child(process))
        raise KeyboardInterrupt

    assert not process.is_running
    assert not _is_there(_child(process))


def test_who_was_killed_can_be_begun_again_and_has_not_ended_by_itself(tmp_path: Path) -> None:
    with Processes() as processes:
        process = processes.add(_begin(tmp_path))
        process.kill_with_children()
        assert not process.ended_by_itself
        process.start()
        assert process.is_running


def test_who_ends_by_itself_is_noticed(tmp_path: Path) -> None:
    process = ManagedProcess("short", [sys.executable, "-c", ""], {}, tmp_path)
    process.start()
    while process.is_running:
        pass

    assert process.ended_by_itself
    process.reap()
