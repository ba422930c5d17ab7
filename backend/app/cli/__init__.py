"""The ``videothek`` command.

Here is only what it understands. What a command needs is imported when it is called: a server must
not wait for a progress bar, nor a progress bar for a server.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli import import_commands
from app.cli.options import OutputOption
from app.core.version import VERSION

app = typer.Typer(
    help="Videothek: a library for YouTube videos.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
users = typer.Typer(help="Accounts.", no_args_is_help=True)
app.add_typer(users, name="users")
app.add_typer(import_commands.imports, name="imports")
tokens = typer.Typer(help="What lets other tools in.", no_args_is_help=True)
app.add_typer(tokens, name="tokens")

_MAX_LIST_NAME = 200
_IMPORT_HELP = "\n\n".join(
    (
        "Import links, text, files or whole exports: each is recognised by its content.",
        "The server does the work, so closing this does not end it. Without --list the videos go into "
        "the oldest list. The server is the one of this machine's own installation, or "
        "VIDEOTHEK_SERVER_URL with VIDEOTHEK_API_TOKEN.",
        "Exit codes:",
        "0: everything is there, also without captions",
        "1: nothing could be imported, or it failed",
        "2: wrong usage",
        "3: over, but some videos are not available or some lines are no videos",
        "4: the server is not there, or does not let us in",
        "130: interrupted; what was accepted goes on",
    )
)


class Format(StrEnum):
    """What a library can be written as."""

    CSV = "csv"
    JSON = "json"
    TAKEOUT = "takeout"
    HTML = "html"
    ARCHIVE = "archive"


class Scope(StrEnum):
    """What a token may do."""

    ADD = "add"
    READ = "read"
    FULL = "full"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"videothek {VERSION}")
        raise typer.Exit


@app.callback()
def videothek(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say which version this is.", callback=_show_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Videothek: a library for YouTube videos."""


@contextmanager
def _no_collections() -> Iterator[None]:
    """What is imported stays: to look for garbage in it takes a fifth of a server's start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = None,
    *,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Only serve; “videothek worker” does the work.")
    ] = False,
) -> None:
    """Serve the page and the API, and enrich videos."""
    with _no_collections():
        from app.cli import serving

    serving.serve(host, port, with_workers=not no_worker)


@app.command()
def worker(
    lanes: Annotated[
        str | None,
        typer.Option(
            help="Only these lanes, separated by commas: oembed, player, timedtext, playlist, media, "
            "groq, local. All of them unless given."
        ),
    ] = None,
) -> None:
    """Enrich videos, without a page: as many of these as you like, on any number of machines."""
    with _no_collections():
        from app.cli import working

    working.work(lanes)


def _named(name: str | None) -> str | None:
    """The name of a list, if it is one that a list can have."""
    if name is not None and not 0 < len(name.strip()) <= _MAX_LIST_NAME:
        raise typer.BadParameter(f"a list's name has 1 to {_MAX_LIST_NAME} characters")
    return name


@app.command("import", help=_IMPORT_HELP)
def import_(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files; “-” is stdin.")],
    list_name: Annotated[
        str | None,
        typer.Option(
            "--list",
            metavar="NAME",
            help="Into this list; made if missing. With --split: what stands in no playlist or folder.",
            callback=_named,
        ),
    ] = None,
    *,
    split: Annotated[
        bool, typer.Option("--split", help="Each playlist or folder becomes a list of its own.")
    ] = False,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Don't wait until everything is there.")
    ] = False,
) -> None:
    """See ``_IMPORT_HELP``."""
    from app.cli import add

    add.import_files(files, list_name=list_name, split=split, wait=not no_wait)


@app.command()
def export(
    export_format: Annotated[Format, typer.Option("--format", help="How it is written.")],
    list_name: Annotated[
        str | None, typer.Option("--list", metavar="NAME", help="Only this list.")
    ] = None,
    output: OutputOption = None,
) -> None:
    """Take the library along: all lists and their videos as one file, to be imported anywhere."""
    from app.cli import take_along

    take_along.export_library(export_format, list_name=list_name, output=output)


@tokens.command("create")
def create_token(
    name: Annotated[str, typer.Argument(help="What it is for.")],
    scope: Annotated[
        Scope,
        typer.Option(help="add: see lists, add videos; read: see everything; full: change, too."),
    ] = Scope.ADD,
) -> None:
    """Make a token and print it: this is the only time it is shown."""
    from app.cli import tool_tokens

    tool_tokens.create_token(name, scope)


@tokens.command("list")
def list_tokens() -> None:
    """All tokens, and when each was used last."""
    from app.cli import tool_tokens

    tool_tokens.list_tokens()


@tokens.command("revoke")
def revoke_token(
    which: Annotated[
        str, typer.Argument(metavar="NAME", help="Its name, or the beginning of its id.")
    ],
) -> None:
    """Make a token worthless at once."""
    from app.cli import tool_tokens

    tool_tokens.revoke_token(which)


@users.command("link")
def users_link(
    username: Annotated[str, typer.Argument(help="Whose link.")] = "owner",
    anywhere: Annotated[
        bool,
        typer.Option(
            "--anywhere", help="Let it in from other machines, too, for a server elsewhere."
        ),
    ] = False,
) -> None:
    """Print a new one-time sign-in link for somebody who has no password."""
    from app.cli import accounts

    accounts.print_link(username, anywhere=anywhere)


@users.command("password")
def users_password(
    username: Annotated[str, typer.Argument(help="Whose password.")] = "owner",
    from_input: Annotated[
        bool, typer.Option("--stdin", help="Read it from the first line of the input.")
    ] = False,
) -> None:
    """Give somebody another password. They are signed out everywhere; tools need new tokens."""
    from app.cli import accounts

    password = (
        sys.stdin.readline().rstrip("\r\n")
        if from_input
        else typer.prompt("New password", hide_input=True, confirmation_prompt=True)
    )
    accounts.set_password(username, password)


@users.command("list")
def users_list() -> None:
    """Print everybody with an account."""
    from app.cli import accounts

    accounts.show_all()


@app.command()
def doctor(
    reindex: Annotated[
        bool, typer.Option("--reindex", help="Make the search index anew; the server may run.")
    ] = False,
) -> None:
    """Look whether everything is set up rightly, and say what to do if it is not (exit code 1)."""
    from app.cli import examination

    if reindex:
        examination.reindex()
    else:
        examination.examine()


@app.command("copy-database")
def copy_database(
    source: Annotated[
        str, typer.Argument(help="Where the library is: the path of a SQLite file, or a URL.")
    ],
    target: Annotated[str, typer.Argument(help="An empty database, likewise.")],
) -> None:
    """Copy everything into another database: SQLite to PostgreSQL, or back. Stop the server first.

    At its end all tables are compared. After an interruption the same command goes on.
    """
    from app.cli import copying

    copying.copy(source, target)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The backup: a file, or a directory for it.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Back up the library into one file; the server may run (SQLite; for PostgreSQL: pg_dump)."""
    from app.cli import backing_up

    backing_up.back_up(file, force=force)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What “backup” has made.")],
) -> None:
    """Put a backup in the library's place, and keep the old one beside it. Stop the server first."""
    from app.cli import backing_up

    backing_up.restore(file)


@app.command(hidden=True)
def openapi() -> None:
    """Print the OpenAPI document, from which the page's typed client is made."""
    from app.cli import serving

    serving.print_openapi()


def main() -> None:
    """Entry point of the ``videothek`` command."""
    app()
