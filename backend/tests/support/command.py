"""`videothek` as people run it: a process with arguments, an environment and pipes."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """A command that has ended."""

    code: int
    out: str
    err: str


def _hear_ctrl_c() -> None:
    """As in a terminal: what a shell starts in the background, tests too, is deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Command:
    """Runs `videothek` for one server.

    Args:
        environment: The settings that name it.
    """

    def __init__(self, **environment: str) -> None:
        clean = {
            name: value
            for name, value in os.environ.items()
            if "VIDEOTHEK" not in name and not name.startswith(("LC_", "LANG"))
        }
        self.environment: Mapping[str, str] = {**clean, "LANG": "en_US.UTF-8", **environment}

    def but(self, **environment: str) -> "Command":
        """The same with other settings."""
        other = Command()
        other.environment = {**self.environment, **environment}
        return other

    @classmethod
    def at(cls, url: str, token: str, **environment: str) -> "Command":
        """For a server elsewhere."""
        return cls(VIDEOTHEK_SERVER_URL=url, VIDEOTHEK_API_TOKEN=token, **environment)

    @classmethod
    def of(cls, directory: Path, **environment: str) -> "Command":
        """For the server of this machine's own installation."""
        return cls(VIDEOTHEK_DATA_DIR=str(directory), **environment)

    async def start(
        self, *arguments: str, stdout: int = asyncio.subprocess.PIPE
    ) -> asyncio.subprocess.Process:
        """Begin, and leave it running."""
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "app.cli",
            *arguments,
            env=self.environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=stdout,
            stderr=asyncio.subprocess.PIPE,
            preexec_fn=_hear_ctrl_c,
        )

    async def __call__(self, *arguments: str, stdin: str | bytes = b"") -> Done:
        """Run to its end."""
        process = await self.start(*arguments)
        given = stdin.encode() if isinstance(stdin, str) else stdin
        async with asyncio.timeout(60):
            out, err = await process.communicate(given)
        assert process.returncode is not None
        return Done(process.returncode, out.decode(), err.decode())
