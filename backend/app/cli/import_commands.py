"""``videothek imports``: what it understands. What a command needs is imported when it is called."""

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.options import OutputOption

imports = typer.Typer(help="What was imported, and steering it.")

WhichImport = Annotated[
    str, typer.Argument(metavar="ID", help="The beginning of its id, or “last”.")
]
Limit = Annotated[int, typer.Option(help="How many, the newest first.", min=1, max=200)]


class Retriable(StrEnum):
    """Groups of an import's videos that can be tried again."""

    UNAVAILABLE = "unavailable"
    WITHOUT_CAPTIONS = "without_captions"
    WAITING = "waiting"
    STOPPED = "stopped"


class Outcome(StrEnum):
    """What a line of an import can come to."""

    IMPORTED = "imported"
    WITHOUT_CAPTIONS = "without_captions"
    UNAVAILABLE = "unavailable"
    WAITING = "waiting"
    STOPPED = "stopped"
    REMOVED = "removed"
    DUPLICATE = "duplicate"
    REPEATED = "repeated"
    REJECTED = "rejected"
    PLAYLIST = "playlist"


@imports.callback(invoke_without_command=True)
def all_imports(context: typer.Context, limit: Limit = 20) -> None:
    """What was imported, and steering it. Without a command: as “list”."""
    if context.invoked_subcommand is None:
        list_imports(limit)


@imports.command("list")
def list_imports(limit: Limit = 20) -> None:
    """The newest imports, as a table."""
    from app.cli import steering

    steering.show_imports(limit)


@imports.command()
def show(
    which: WhichImport = "last",
    *,
    wait: Annotated[
        bool,
        typer.Option("--wait", help="Watch it until it is over; then ends like “import”."),
    ] = False,
) -> None:
    """How far an import is, and what became of it."""
    from app.cli import steering

    steering.show(which, wait=wait)


@imports.command()
def pause(which: WhichImport) -> None:
    """Take nothing more of an import on; what is in flight finishes its step."""
    from app.cli import steering

    steering.steer("pause", which)


@imports.command()
def resume(which: WhichImport) -> None:
    """Let a paused or cancelled import go on."""
    from app.cli import steering

    steering.steer("resume", which)


@imports.command()
def cancel(
    which: WhichImport,
    *,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove what is not finished, too.")
    ] = False,
) -> None:
    """End an import. What is finished stays; the rest stays where it is, unless it is removed."""
    from app.cli import steering

    steering.steer("cancel", which, remaining="remove" if remove else "keep")


@imports.command()
def retry(
    which: WhichImport,
    outcome: Annotated[
        Retriable, typer.Option(help="Which group of its videos.")
    ] = Retriable.UNAVAILABLE,
) -> None:
    """Try a group of an import's videos again."""
    from app.cli import steering

    steering.retry(which, outcome)


@imports.command()
def undo(
    which: WhichImport,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
) -> None:
    """Remove all that an import added, within a day after its end."""
    from app.cli import steering

    steering.undo(which, sure=yes)


@imports.command()
def report(
    which: WhichImport,
    outcome: Annotated[Outcome | None, typer.Option(help="Only lines that came to this.")] = None,
    output: OutputOption = None,
) -> None:
    """Every line of an import and what became of it, as a table."""
    from app.cli import steering

    steering.report(which, outcome=outcome, output=output)
