"""What every process that stays does first: it opens the database."""

import asyncio
import gc
import sys
import time
from pathlib import Path

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app.cli.failures import give_up
from app.core.settings import Settings
from app.core.storage import first_line
from app.migrations.runner import migrate

_LOOK_SECONDS = 1.0
# What the server says itself (a wrong password, no such database) waiting does not mend; but for
# "cannot connect now", which it says while it starts and stops.
_STARTING = "57P03"

# How many more objects there are than before when Python looks for circles among them. Its own 700 fit
# a program that makes hundreds: one file of captions is 10,000, of which none is a circle.
_OBJECTS_BETWEEN_LOOKS = 50_000

# How long a thread that computes keeps the others from running. Extractions and captions are read in
# threads, and at Python's own 5 ms the event loop would wait so long at each of its turns: a hundred
# people who watch an import would see it 30 ms later.
_TURN_SECONDS = 0.001


def open_database(settings: Settings) -> None:
    """Migrate, or say plainly that the database can't be used."""
    # A server may just be coming back; whoever starts us would only start us again.
    until = time.monotonic() + settings.database_wait_seconds
    is_waiting = False
    while True:
        try:
            # Nobody else's: what people watch is in it, and the keys of the installation.
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            _check_address(settings)
            return asyncio.run(migrate(settings.resolved_database_url))
        except OperationalError as error:
            if not _may_come_back(settings, error) or time.monotonic() > until:
                give_up(f"The database can't be used: {first_line(error)}")
            if not is_waiting:
                typer.echo(f"Waiting for the database: {first_line(error)}", err=True)
                is_waiting = True
        except (SQLAlchemyError, OSError, ImportError) as error:
            give_up(f"The database can't be used: {first_line(error)}")
        time.sleep(_LOOK_SECONDS)


def settle_down() -> None:
    """To be called once all is there that stays: Python looks for garbage among what comes only.

    Otherwise each look through everything costs 80 ms, and all looks a tenth of an import.
    """
    sys.setswitchinterval(_TURN_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)


def _check_address(settings: Settings) -> None:
    """A folder that was mistyped must not become an empty library."""
    url = make_url(settings.resolved_database_url)
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        give_up(
            "The database can't be used: its address has to begin with sqlite:/// or postgresql://."
        )
    if settings.database_url and url.get_backend_name() == "sqlite" and url.database:
        folder = Path(url.database).absolute().parent
        if not folder.is_dir():
            give_up(f"The database can't be used: there is no folder {folder}.")


def _may_come_back(settings: Settings, error: OperationalError) -> bool:
    if not settings.resolved_database_url.startswith("postgresql"):
        return False
    said = str(error.orig)
    return getattr(error.orig, "sqlstate", None) == _STARTING or any(
        words in said
        for words in (
            "refused",
            "starting up",
            "shutting down",
            "closed the connection",
            "resolve host",
        )
    )
