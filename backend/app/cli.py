"""The ``videothek`` command."""

import asyncio
import gc
import json
import logging
import socket
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import Database
from app.core.settings import Settings
from app.main import create_app
from app.migrations.runner import migrate
from app.repositories import users as user_rows
from app.runtime import Runtime
from app.services.auth_service import LINK_MINUTES, AuthService, load_secrets

app = typer.Typer(help="Videothek: a library for YouTube videos.", no_args_is_help=True)
users = typer.Typer(help="Accounts.", no_args_is_help=True)
app.add_typer(users, name="users")

# Long enough for workers to finish or hand back (workers.settings.SHUTDOWN_SECONDS).
_GRACEFUL_SECONDS = 3


class _Server(uvicorn.Server):
    """Tells people where to go once the server listens."""

    def __init__(self, config: uvicorn.Config, settings: Settings, runtime_of: object) -> None:
        super().__init__(config)
        self._settings = settings
        self._state = runtime_of

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        runtime: Runtime | None = getattr(self._state, "runtime", None)
        if runtime is not None and self.started:
            address = _address(self._settings, self.servers[0].sockets[0])
            _address_file(self._settings).write_text(address)
            await _welcome(runtime, address)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = None,
) -> None:
    """Serve the page and the API, and enrich videos."""
    settings = _settings()
    settings.host = settings.host if host is None else host
    settings.port = settings.port if port is None else port
    _set_up_logging(settings)
    _check_port(settings)
    _open_database(settings)
    application = create_app(settings)
    config = uvicorn.Config(
        application,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_GRACEFUL_SECONDS,
        server_header=False,
    )
    # What is there now stays for good: looking through it again and again costs 80 ms each time.
    gc.collect()
    gc.freeze()
    _Server(config, settings, application.state).run()


@users.command("link")
def users_link(
    username: Annotated[str, typer.Argument(help="Whose link.")] = "owner",
) -> None:
    """Print a new one-time sign-in link."""
    settings = _settings()
    _open_database(settings)
    code = asyncio.run(_new_link(settings, username))
    if code is None:
        typer.echo(f"There is no user {username!r}.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{_last_address(settings)}/#code={code}")


@app.command(hidden=True)
def openapi() -> None:
    """Print the OpenAPI document, from which the page's typed client is made."""
    document = create_app(Settings()).openapi()
    typer.echo(json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True))


async def _new_link(settings: Settings, username: str) -> str | None:
    database = Database(settings.resolved_database_url)
    try:
        auth = AuthService(await load_secrets(database), settings)
        async with database.write() as unit:
            await auth.ensure_owner(unit)
            user = await user_rows.by_name(unit.session, username)
            return await auth.create_link(unit, user.id) if user else None
    finally:
        await database.close()


async def _welcome(runtime: Runtime, address: str) -> None:
    """Say where the page is; with a link that signs in while the owner has no password."""
    async with runtime.database.write() as unit:
        owner = await runtime.auth.ensure_owner(unit)
        code = None
        if owner.password_hash is None:
            code = await runtime.auth.create_link(unit, owner.id)
    typer.echo("")
    typer.echo(f"  Videothek is running at {address}")
    if code is not None:
        typer.echo(f"  Sign in with this link (works once, for {LINK_MINUTES} minutes):")
        typer.echo(f"    {address}/#code={code}")
    typer.echo("  Stop with Ctrl+C.")
    typer.echo("")


def _address(settings: Settings, listening: socket.socket) -> str:
    if settings.public_url:
        return settings.public_url
    return f"http://{_shown_host(settings.host)}:{listening.getsockname()[1]}"


def _shown_host(host: str) -> str:
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared with, not listened on
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _address_file(settings: Settings) -> Path:
    """Where a running server leaves its address for ``videothek users link``."""
    return settings.data_dir / "address"


def _last_address(settings: Settings) -> str:
    if settings.public_url:
        return settings.public_url
    file = _address_file(settings)
    if file.exists():
        return file.read_text()
    return f"http://{_shown_host(settings.host)}:{settings.port}"


def _settings() -> Settings:
    """The settings, or a plain sentence about the first that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        name = "_".join(str(part) for part in error.errors()[0]["loc"]).upper()
        _give_up(f"VIDEOTHEK_{name} is not right: {error.errors()[0]['msg']}.")


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            reason = error.strerror or str(error)
            _give_up(f"Can't listen on {settings.host}, port {settings.port}: {reason}.")


def _open_database(settings: Settings) -> None:
    """Migrate, or say plainly that the database can't be used."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        asyncio.run(migrate(settings.resolved_database_url))
    except (SQLAlchemyError, OSError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        _give_up(f"The database can't be used: {reason}")


def _give_up(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _set_up_logging(settings: Settings) -> None:
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    # What their own lines say at this level is noise beside ours.
    for name in ("httpx", "uvicorn.error", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def main() -> None:
    """Entry point of the ``videothek`` command."""
    app()


if __name__ == "__main__":
    main()
