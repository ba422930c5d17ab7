"""``videothek serve``, and what else works on this machine's own installation."""

import contextlib
import json
import socket
import sys
from types import FrameType

import typer
import uvicorn

from app.api.connections import server_config
from app.api.peers import DirectPeers
from app.cli.beginning import open_database, settle_down
from app.cli.failures import give_up
from app.cli.local import Addresses, leave_addresses, load_settings
from app.cli.log_setup import log_for_servers
from app.core.settings import Settings
from app.main import create_app
from app.runtime import Runtime
from app.services.auth_service import LINK_MINUTES

# For requests that are being answered; the workers come after them (workers.settings.SHUTDOWN_SECONDS).
_GRACEFUL_SECONDS = 2
_OPEN_FILES = 8192


class _Server(uvicorn.Server):
    """Tells people where to go once the server listens."""

    def __init__(self, config: uvicorn.Config, settings: Settings, runtime_of: object) -> None:
        super().__init__(config)
        self._settings = settings
        self._state = runtime_of

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop. That takes less than ten seconds, and asking again makes it no shorter."""
        if not self.should_exit:
            super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        runtime: Runtime | None = getattr(self._state, "runtime", None)
        if runtime is not None and self.started:
            addresses = _addresses(self._settings, self.servers[0].sockets[0])
            leave_addresses(self._settings, addresses)
            await _welcome(runtime, addresses.public)


def serve(host: str | None, port: int | None, *, with_workers: bool = True) -> None:
    """Serve the page and the API, and enrich videos.

    Args:
        host: Address to listen on, instead of the one in the settings.
        port: Port to listen on, likewise; 0 takes a free one.
        with_workers: Whether this process also does the work.
    """
    settings = load_settings()
    settings.host = settings.host if host is None else host
    settings.port = settings.port if port is None else port
    log_for_servers(settings)
    _check_port(settings)
    open_database(settings)
    application = create_app(settings, with_workers=with_workers)
    config = server_config(
        DirectPeers(application, settings),
        host=settings.host,
        port=settings.port,
        timeout_graceful_shutdown=_GRACEFUL_SECONDS,
    )
    _allow_open_files()
    settle_down()
    _Server(config, settings, application.state).run()


def _allow_open_files() -> None:
    """A connection is a file: of the usual thousand, attackers would leave none for the database."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def print_openapi() -> None:
    """Print the OpenAPI document, from which the page's typed client is made."""
    document = create_app(Settings()).openapi()
    typer.echo(json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True))


async def _welcome(runtime: Runtime, address: str) -> None:
    """Say where the page is; with a link that signs in while the owner has no password."""
    async with runtime.database.write() as unit:
        owner = await runtime.auth.ensure_owner(unit)
        code = None
        if owner.password_hash is None:
            anywhere = runtime.settings.sign_in_link_anywhere
            code = await runtime.auth.create_link(unit, owner.id, is_for_anywhere=anywhere)
    typer.echo("")
    typer.echo(f"  Videothek is running at {address}")
    if code is not None:
        typer.echo(f"  Sign in with this link (works once, for {LINK_MINUTES} minutes):")
        typer.echo(f"    {address}/#code={code}")
    typer.echo("  Stop with Ctrl+C.")
    typer.echo("")


def _addresses(settings: Settings, listening: socket.socket) -> Addresses:
    local = f"http://{shown_host(settings.host)}:{listening.getsockname()[1]}"
    return Addresses(settings.public_url or local, local)


def shown_host(host: str) -> str:
    """The name under which this machine finds what listens there."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared with, not listened on
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            reason = error.strerror or str(error)
            give_up(f"Can't listen on {settings.host}, port {settings.port}: {reason}.")
