"""``videothek import``: files, exports and links into the library."""

import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from app.cli.client import Server
from app.cli.failures import CommandFailed, ExitCode
from app.cli.summary import Job, accepted_text, exit_code, summary_text
from app.cli.terminal import run, tell, terminal, write
from app.cli.watch import LiveBar, PlainLines, watch
from app.cli.words import plain, say, terminal_language
from app.core.errors import ErrorCode
from app.core.messages import message_for
from app.core.settings import Settings

_STDIN = "-"


def import_files(files: Sequence[str], *, list_name: str | None, split: bool, wait: bool) -> None:
    """Import files.

    Args:
        files: Their names; ``-`` is what comes in.
        list_name: Where the videos go; the list is made if there is none of this name.
        split: Each playlist or folder becomes a list of its own.
        wait: Until the import is over.
    """

    def command(server: Server, settings: Settings) -> ExitCode:
        parts = _read_all(files, settings.import_max_bytes)
        options: dict[str, Any] = {"split_into_lists": split}
        if list_name is not None:
            options |= _target(server, list_name)
        accepted = server.post(
            "/imports",
            data={"options": json.dumps(options)},
            files=[("file", part) for part in parts],
        )
        write(accepted_text(accepted["counts"]))
        if not wait:
            write(say("goes_on", id=accepted["import_id"]))
            return ExitCode.INCOMPLETE if accepted["counts"]["rejected"] else ExitCode.OK
        return follow(server, accepted["import_id"])

    run(command)


def follow(server: Server, import_id: str) -> ExitCode:
    """Show an import's progress until it is over, then its summary."""
    console = terminal()
    bar = LiveBar(console) if console else None
    try:
        with bar or nullcontext():
            job = watch(server, import_id, bar or PlainLines(write))
    except KeyboardInterrupt:
        tell(say("goes_on", id=import_id))
        return ExitCode.INTERRUPTED
    return conclude(job)


def conclude(job: Job) -> ExitCode:
    """The last word on an import that is over."""
    write(summary_text(job))
    return exit_code(job)


def _target(server: Server, list_name: str) -> dict[str, str]:
    found = find_list(server, list_name, to_add=True)
    return {"list_id": found["id"]} if found else {"new_list_name": list_name}


def find_list(server: Server, list_name: str, *, to_add: bool = False) -> dict[str, Any] | None:
    """The list of this name: exactly, else in whatever case; one's own before those of others.

    Args:
        server: Where.
        list_name: Its name.
        to_add: Only lists to which one may add.
    """
    wanted = " ".join(list_name.split())
    # The server gives one's own first.
    lists: list[dict[str, Any]] = server.get("/lists")
    if to_add:
        lists = [entry for entry in lists if entry["access"] != "read"]
    for same in (str.__eq__, lambda one, other: one.casefold() == other.casefold()):
        for entry in lists:
            if same(entry["name"], wanted):
                return entry
    return None


def _read_all(names: Sequence[str], max_bytes: int) -> list[tuple[str, bytes]]:
    """All inputs with their names; never much more than the server takes."""
    parts: list[tuple[str, bytes]] = []
    left = max_bytes
    for name in names:
        parts.append(_read(name, left + 1))
        left -= len(parts[-1][1])
        if left < 0:
            raise CommandFailed(message_for(ErrorCode.PAYLOAD_TOO_LARGE, terminal_language()))
    return parts


def _read(name: str, most: int) -> tuple[str, bytes]:
    try:
        if name == _STDIN:
            if sys.stdin.isatty():
                tell(say("type_links"))
            return "stdin", sys.stdin.buffer.read(most)
        with Path(name).open("rb") as file:
            return Path(name).name, file.read(most)
    except OSError as error:
        sentence = say("file_missing", name=plain(name), reason=error.strerror or str(error))
        raise CommandFailed(sentence, ExitCode.USAGE) from error
