"""``videothek export``: the library as a file."""

import sys
from pathlib import Path

from app.cli.add import find_list
from app.cli.client import Server
from app.cli.failures import CommandFailed, ExitCode
from app.cli.files import save
from app.cli.terminal import run
from app.cli.words import plain, say
from app.core.settings import Settings

_BINARY = "takeout"


def export_library(export_format: str, *, list_name: str | None, output: Path | None) -> None:
    """Fetch the library.

    Args:
        export_format: How it is written.
        list_name: Only this list.
        output: Where to, a file or a directory; None prints it.
    """

    def command(server: Server, _settings: Settings) -> None:
        if output is None and export_format == _BINARY and sys.stdout.isatty():
            raise CommandFailed(say("not_to_terminal"), ExitCode.USAGE)
        list_id = None
        if list_name is not None:
            found = find_list(server, list_name)
            if found is None:
                raise CommandFailed(say("no_such_list", name=plain(list_name)))
            list_id = found["id"]
        with server.download("/export", format=export_format, list_id=list_id) as answer:
            if output is not None:
                save(answer, output)
                return
            for part in answer.iter_bytes():
                sys.stdout.buffer.write(part)

    run(command)
