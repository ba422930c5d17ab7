"""What the kernel knows about processes: their processor time and memory."""

import os
import time
from pathlib import Path

import psycopg

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Return the processor time a process has used so far, in all its threads.

    Args:
        pid: Of the process; nanoseconds count, so that a single request can be measured.
    """
    # What clock_getcpuclockid(3) returns, which Python does not offer for other processes.
    return time.clock_gettime((~pid << 3) | 2)


def memory_bytes(pid: int) -> int:
    """Return the resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if "VmRSS" in line)
    return int(line.split()[1]) * 1024


def private_bytes(pid: int) -> int:
    """Return the memory that a process shares with no other one.

    Just begun, before it is a program of its own, it shares all that its parent has.
    """
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


def children(pid: int) -> list[int]:
    """Return the processes that a process has begun and that are still there."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


class DatabaseServer:
    """The processes of a PostgreSQL server on this machine.

    Args:
        url: Of one of its databases, as a superuser.
    """

    def __init__(self, url: str) -> None:
        plain = url.replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(plain, autocommit=True) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row is not None
        self._pid = int((Path(row[0]) / "postmaster.pid").read_text().splitlines()[0])

    def cpu_seconds(self) -> float:
        """Return the processor time of all its processes, also of those that have ended."""
        return self._of_ended() + sum(map(_cpu_seconds_if_there, [self._pid, *children(self._pid)]))

    def _of_ended(self) -> float:
        # The name in parentheses may hold spaces; cutime and cstime are the 14th and 15th after it.
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[13]) + int(fields[14])) / _TICKS_PER_SECOND


def _cpu_seconds_if_there(pid: int) -> float:
    try:
        return cpu_seconds(pid)
    except OSError:
        return 0.0
