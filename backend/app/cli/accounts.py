"""Accounts from the terminal of the server's machine: who can read its database needs no password."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer

from app.cli.beginning import open_database
from app.cli.failures import give_up
from app.cli.local import left_addresses, load_settings
from app.cli.serving import shown_host
from app.core.database import Database, UnitOfWork
from app.core.errors import VideothekError
from app.core.messages import message_for
from app.core.settings import Settings
from app.models import User
from app.repositories import users
from app.services.accounts import people
from app.services.accounts.keys import load_secrets
from app.services.accounts.passwords import PASSWORD_MIN_LENGTH
from app.services.auth_service import AuthService

Found = TypeVar("Found")
_Work = Callable[[AuthService, UnitOfWork], Awaitable[Found]]


def print_link(username: str, *, anywhere: bool) -> None:
    """Print a new one-time sign-in link, for somebody who has no password.

    Args:
        username: Whose.
        anywhere: The link is good on other machines, too.
    """

    async def make(auth: AuthService, unit: UnitOfWork) -> str:
        user = await _somebody(unit, username)
        if user.password_hash is not None:
            give_up(
                f"{username!r} has a password, and links are for those who have none. A new one: "
                f"videothek users password {username}"
            )
        return await auth.create_link(unit, user.id, is_for_anywhere=anywhere)

    settings = load_settings()
    code = _in_database(settings, make)
    typer.echo(f"{_last_address(settings)}/#code={code}")


def set_password(username: str, password: str) -> None:
    """Give somebody another password; they are signed out everywhere, and so are their tools.

    Args:
        username: Whose.
        password: The new one.
    """

    async def change(auth: AuthService, unit: UnitOfWork) -> None:
        user = await _somebody(unit, username)
        try:
            await auth.set_password(unit, user, password)
        except VideothekError as error:
            sentence = message_for(error.code, "en").replace("{limit}", str(PASSWORD_MIN_LENGTH))
            give_up(sentence)

    _in_database(load_settings(), change)
    typer.echo(
        f"{username} has a new password and is signed out everywhere; tools need new tokens."
    )


def show_all() -> None:
    """Print everybody with an account."""

    async def look(_auth: AuthService, unit: UnitOfWork) -> list[tuple[str, str]]:
        return [(person.username, person.role) for person in await people.all_people(unit.session)]

    for name, role in _in_database(load_settings(), look):
        typer.echo(f"{name}  ({role})")


async def _somebody(unit: UnitOfWork, username: str) -> User:
    user = await users.by_name(unit.session, username)
    if user is None:
        give_up(f"There is no user {username!r}.")
    return user


def _in_database(settings: Settings, work: _Work[Found]) -> Found:
    open_database(settings)

    async def run() -> Found:
        database = Database(settings.resolved_database_url)
        try:
            auth = AuthService(await load_secrets(database), settings, database)
            async with database.write() as unit:
                await auth.ensure_owner(unit)
                return await work(auth, unit)
        finally:
            await database.close()

    return asyncio.run(run())


def _last_address(settings: Settings) -> str:
    if settings.public_url:
        return settings.public_url
    left = left_addresses(settings)
    return left.public if left else f"http://{shown_host(settings.host)}:{settings.port}"
