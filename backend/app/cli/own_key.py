"""Signing in at this machine's own installation: whoever can read its database needs no password."""

import asyncio
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from app.cli.failures import CommandFailed, ExitCode, ServerAway
from app.cli.words import plain, say
from app.core.database import Database
from app.core.settings import Settings
from app.core.storage import first_line
from app.services.accounts.keys import owners_access_token

_TOKEN_SECONDS = 900


def own_access_token(settings: Settings) -> str:
    """An access token of the owner, made with the installation's own key.

    Args:
        settings: Where the database is; it is only read.

    Raises:
        CommandFailed: It can't be read, or there is nothing in it yet.
    """
    database = make_url(settings.resolved_database_url)
    # SQLite would make the file that is not there.
    if database.get_backend_name() == "sqlite" and not Path(database.database or "").is_file():
        raise ServerAway(say("no_server"))
    try:
        token = asyncio.run(_issue(settings.resolved_database_url))
    except (SQLAlchemyError, OSError, ImportError) as error:
        sentence = say("no_database", reason=plain(first_line(error)))
        raise CommandFailed(sentence, ExitCode.NO_SERVER) from error
    if token is None:
        raise ServerAway(say("no_server"))
    return token


async def _issue(url: str) -> str | None:
    database = Database(url)
    try:
        return await owners_access_token(database, lifetime_seconds=_TOKEN_SECONDS)
    finally:
        await database.close()
