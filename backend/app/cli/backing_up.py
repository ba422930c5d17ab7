"""``videothek backup`` and ``videothek restore``."""

import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from sqlalchemy.exc import SQLAlchemyError

from app.cli.copying import reason_of, shown_url
from app.cli.failures import give_up
from app.cli.local import load_settings
from app.cli.own_library import is_in_use, library_file, own_schema
from app.cli.words import plain, say
from app.core.settings import Settings
from app.services import backups
from app.services.backups import BackupRefused, Report


def back_up(file: Path, *, force: bool) -> None:
    """Back up this installation's library.

    Args:
        file: The backup; in a directory it gets a name with the time.
        force: Whether a file may be there already.
    """
    settings = load_settings()
    library = library_file(settings)
    if library is None:
        command = ("pg_dump", "--format=custom", f"--file={file}", _server(settings))
        give_up(say("backup_of_server", command=shlex.join(command)))
    target = file / f"videothek-{_now():%Y-%m-%d-%H%M%S}.db" if file.is_dir() else file
    try:
        with _progress("backup_copying") as report:
            backups.back_up(library, target, overwrite=force, report=report)
    except BackupRefused as refused:
        _refuse("backup", refused, name=target, library=library)
    except (sqlite3.Error, OSError) as error:
        give_up(say("backup_failed", name=plain(str(target)), reason=plain(_reason(error))))
    size = f"{target.stat().st_size / 1e6:.1f}"
    typer.echo(say("backup_saved", name=plain(str(target)), size=size))


def restore(file: Path) -> None:
    """Put a backup in the place of this installation's library.

    Args:
        file: The backup.
    """
    settings = load_settings()
    library = library_file(settings)
    if library is None:
        command = ("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction")
        give_up(say("restore_of_server", command=_restoring(command, settings, file)))
    try:
        with _progress("restore_copying") as report:
            aside = backups.restore(
                file,
                library,
                own_schema(),
                is_in_use=lambda: is_in_use(settings.resolved_database_url, settings),
                now=_now(),
                report=report,
            )
    except BackupRefused as refused:
        _refuse("restore", refused, name=file, library=library)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        give_up(say("restore_failed", name=plain(str(file)), reason=plain(_reason(error))))
    typer.echo(say("restore_done", name=plain(str(file))))
    if aside is not None:
        typer.echo(say("restore_aside", aside=plain(str(aside))))


def _restoring(command: tuple[str, ...], settings: Settings, file: Path) -> str:
    return shlex.join([*command, f"--dbname={_server(settings)}", str(file)])


def _server(settings: Settings) -> str:
    return shown_url(settings.resolved_database_url)


def _refuse(command: str, refused: BackupRefused, *, name: Path, library: Path) -> NoReturn:
    names = {"name": plain(str(name)), "library": plain(str(library))}
    give_up(say(f"{command}_no_{refused.problem}", **names))


def _reason(error: Exception) -> str:
    strerror = error.strerror if isinstance(error, OSError) else None
    return strerror or reason_of(error)


def _now() -> datetime:
    """By the clock on the wall: the names of files are for people."""
    return datetime.now().astimezone()


@contextmanager
def _progress(word: str) -> Iterator[Report]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, transient=True, console=console, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(say(word), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
