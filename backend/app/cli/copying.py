"""``videothek copy-database``: a whole library into another database."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from app.cli.failures import ExitCode, give_up
from app.cli.local import load_settings
from app.cli.own_library import is_in_use, own_schema
from app.cli.tables import print_table
from app.cli.words import number_text, plain, say
from app.core.settings import Settings
from app.core.storage import first_line
from app.services.database_copy.copying import CopyPhase, Report
from app.services.database_copy.deciding import CopyRefused
from app.services.database_copy.whole_copy import CopyOutcome, copy_database

_KINDS = ("sqlite", "postgresql")
# With a slash too few it would be the name of a file.
_SCHEME = re.compile(r"(sqlite|postgres\w*)(\+\w+)?:", re.IGNORECASE)
_PASSWORD = re.compile(r"(//[^/:@]*:).*@")
# Enough to tell two apart by eye.
_CHECKSUM_DIGITS = 16


def copy(source: str, target: str) -> None:
    """Copy a library, or go on where that was interrupted.

    Args:
        source: Where it is: the path of a SQLite file, or the URL of a database.
        target: Where it is to be, likewise.
    """
    settings = load_settings()
    source_url, target_url = url_of(source), url_of(target)
    shown = {"source": shown_url(source_url), "target": shown_url(target_url)}
    advice = say("copy_empty_file" if _is_file(target_url) else "copy_empty_server")
    try:
        with progress_of_rows() as report:
            outcome = asyncio.run(
                copy_database(
                    source_url,
                    target_url,
                    schema=own_schema(),
                    is_in_use=lambda url: is_in_use(url, settings),
                    report=report,
                )
            )
    except CopyRefused as refused:
        sentence = f"copy_no_{refused.problem}"
        more = {"table": refused.table, "detail": plain(refused.detail), "advice": advice}
        give_up(say(sentence, **shown, **more))
    except (SQLAlchemyError, OSError, ImportError) as error:
        give_up(say("copy_failed", reason=plain(reason_of(error))))
    except KeyboardInterrupt:
        give_up(say("copy_interrupted"), ExitCode.INTERRUPTED)
    _show(outcome)
    if not outcome.is_equal:
        tables = ", ".join(each.table for each in outcome.compared if not each.is_equal)
        # Nothing was copied: most likely somebody has worked with the target since it was.
        sentence = "copy_went_on" if outcome.was_there else "copy_differs"
        give_up(say(sentence, target=shown["target"], tables=tables, advice=advice))
    end = "copy_was_there" if outcome.was_there else "copy_done"
    typer.echo(say(end, target=shown["target"], url=_setting(target_url)))


def url_of(address: str) -> str:
    """The SQLAlchemy URL behind what a person gave, or a sentence about what is wrong with it."""
    if "://" not in address:
        if _SCHEME.match(address):
            give_up(say("copy_bad_address", address=plain(address)))
        return f"sqlite+aiosqlite:///{Path(address).expanduser().absolute()}"
    url = Settings(database_url=address).resolved_database_url
    try:
        parsed = make_url(url)
    # The second is what it says of a port that is no number.
    except (ArgumentError, ValueError):
        give_up(say("copy_bad_address", address=_without_password(address)))
    if parsed.get_backend_name() not in _KINDS:
        give_up(say("copy_bad_address", address=plain(parsed.render_as_string())))
    if parsed.database in (None, "", ":memory:"):
        sentence = "copy_bad_address" if _is_file(url) else "copy_no_name"
        give_up(say(sentence, address=shown_url(url) or plain(address)))
    return url


def _without_password(address: str) -> str:
    return plain(_PASSWORD.sub(r"\1***@", address))


def shown_url(url: str) -> str:
    """An address for people, without its password."""
    parsed = make_url(url)
    if _is_file(url):
        return plain(parsed.database or "")
    without = URL.create(
        "postgresql", parsed.username, None, parsed.host, parsed.port, parsed.database, parsed.query
    )
    return plain(without.render_as_string())


def reason_of(error: BaseException) -> str:
    """What a database or the system said, in one line."""
    return first_line(error).rstrip(".")


@contextmanager
def progress_of_rows() -> Iterator[Report]:
    """A bar on the terminal, away from what is printed."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(
        *columns, transient=True, console=console, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=None)

        def report(phase: CopyPhase, done: int, total: int) -> None:
            bar.update(task, description=say(f"copy_{phase}"), completed=done, total=total)

        yield report


def _setting(url: str) -> str:
    """A URL as people write it, without its password."""
    return f"sqlite:///{make_url(url).database}" if _is_file(url) else shown_url(url)


def _is_file(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _show(outcome: CopyOutcome) -> None:
    head = ("table", "source", "target", "checksum", "equal")
    print_table(
        [say(f"copy_head_{name}") for name in head],
        [
            [
                each.table,
                number_text(each.source.row_count),
                number_text(each.target.row_count),
                str(each.source)[:_CHECKSUM_DIGITS],
                "✓" if each.is_equal else "✗",
            ]
            for each in outcome.compared
        ],
    )
