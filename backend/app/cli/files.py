"""Files that come from the server."""

import os
import re
from pathlib import Path

import httpx

from app.cli.failures import CommandFailed
from app.cli.terminal import tell
from app.cli.words import plain, say


def save(answer: httpx.Response, output: Path) -> None:
    """Save a download under a name; into a directory under its own.

    Nothing takes the place of what is there before all of it has come.

    Args:
        answer: The download.
        output: A file or a directory.

    Raises:
        CommandFailed: It can't be written.
    """
    target = output / _own_name(answer) if output.is_dir() else output
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        try:
            with fresh.open("wb") as file:
                for part in answer.iter_bytes():
                    file.write(part)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandFailed(say("file_missing", name=plain(str(target)), reason=reason)) from error
    tell(say("saved", name=plain(str(target))))


def _own_name(answer: httpx.Response) -> str:
    found = re.search(r'filename="([\w.-]+)"', answer.headers.get("Content-Disposition", ""))
    return Path(found[1]).name if found else "videothek"
