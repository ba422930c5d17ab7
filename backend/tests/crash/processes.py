"""Processes that are begun, killed and reaped; whatever happens, none is left running."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

_DEATH_SECONDS = 15.0


class ManagedProcess:
    """A program that may be killed and begun again; all that it says is appended to one file.

    Args:
        name: Of the process and of its log.
        command: The program and its arguments.
        environment: All of it.
        directory: Where its log goes.
        user: Whom it runs as, if not as whoever runs this.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        directory: Path,
        user: str | None = None,
    ) -> None:
        self.name = name
        self.log = directory / f"{name}.log"
        self.starts = 0
        self._command = command
        self._environment = environment
        self._user = user
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was begun and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def ended_by_itself(self) -> bool:
        """Whether it ended without having been told to."""
        return self._process is not None and self._process.poll() is not None

    def processor_wait_seconds(self) -> float:
        """How long it has stood in line for a processor: time that others have taken."""
        assert self._process is not None
        try:
            said = Path(f"/proc/{self._process.pid}/schedstat").read_text()
        except FileNotFoundError:
            # Not every kernel counts it.
            return 0.0
        return int(said.split()[1]) / 1e9

    def start(self) -> None:
        """Begin, in a process group of its own so that Ctrl-C is for the harness alone."""
        self.reap()
        self.starts += 1
        with self.log.open("ab") as log:
            log.write(f"--- start {self.starts} at {time.time():.3f}\n".encode())
            log.flush()
            self._process = subprocess.Popen(
                self._command,
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._user,
                start_new_session=True,
            )

    def kill(self) -> None:
        """As the kernel does when memory runs out: no goodbye."""
        if self._process is not None:
            self._process.kill()
            self.reap()

    def kill_with_children(self) -> None:
        """Likewise, together with every process that it has begun."""
        if self._process is None:
            return
        pid = self._process.pid
        with contextlib.suppress(ProcessLookupError):
            # While it stands still it begins no more of them.
            os.kill(pid, signal.SIGSTOP)
        family = [pid, *_children(pid)]
        for member in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
        self.reap()
        _wait_for_deaths(family)

    def stop(self, seconds: float) -> int:
        """Ask it to end; returns its exit code.

        Raises:
            TimeoutError: It is still there after so many seconds.
        """
        assert self._process is not None
        self._process.terminate()
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"{self.name} did not end within {seconds} s") from None
        self._process = None
        return code

    def reap(self) -> None:
        """Wait for the end of a killed process."""
        if self._process is not None:
            self._process.wait(_DEATH_SECONDS)
            self._process = None


class Processes:
    """All processes of a run: at its end, however it ends, every one of them is killed."""

    def __init__(self) -> None:
        self._all: list[ManagedProcess] = []

    def add(self, process: ManagedProcess) -> ManagedProcess:
        """Look after one more."""
        self._all.append(process)
        return process

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self._all:
            process.kill_with_children()


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in file.read_text().split()]
    return found


def _wait_for_deaths(pids: Sequence[int]) -> None:
    deadline = time.monotonic() + _DEATH_SECONDS
    while any(_is_alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{pids} outlive SIGKILL")
        time.sleep(0.01)


def _is_alive(pid: int) -> bool:
    """A dead process whose parent has not asked for its exit code is no longer alive."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X")
