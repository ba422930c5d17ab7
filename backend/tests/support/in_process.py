"""`videothek` without the second that a process takes to start, for what it says rather than is."""

import asyncio
from pathlib import Path

from typer.testing import CliRunner

from app.cli import app as command_line
from tests.support.command import Done


async def invoked(folder: Path, *arguments: object, **settings: str) -> Done:
    """Run a command for the installation in a folder.

    Args:
        folder: Its data directory.
        arguments: Of the command.
        settings: Environment variables.
    """
    done = await asyncio.to_thread(
        CliRunner().invoke,
        command_line,
        [str(argument) for argument in arguments],
        env={"VIDEOTHEK_DATA_DIR": str(folder), "LC_ALL": "C", **settings},
    )
    return Done(done.exit_code, done.stdout, done.stderr)
