"""Who is really connected, and whom a trusted proxy says that it asks for."""

import ipaddress
import logging
import os
from typing import Any, Final, cast

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.core.settings import Settings

_log = logging.getLogger(__name__)

_PEER: Final = "videothek.peer"
_NAME_LENGTH: Final = 100


class DirectPeers:
    """Goes around the whole application, and remembers who is connected.

    After that the address is replaced by the one that a proxy names: what uvicorn does by itself, for
    loopback or whom ``FORWARDED_ALLOW_IPS`` names, and has to be told not to do (``proxy_headers``). An
    application without this around it knows no peer, and believes no proxy.

    Args:
        app: The application.
        settings: Proxies that are trusted.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        forwarders = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
        trusted = [*forwarders.split(","), *(str(network) for network in settings.proxies)]
        # Starlette and uvicorn write the same types differently.
        self._app = cast(
            "ASGIApp",
            ProxyHeadersMiddleware(
                cast("Any", app),
                "*" if "*" in trusted else [each.strip() for each in trusted],
            ),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "lifespan":
            client = scope.get("client")
            scope[_PEER] = client[0] if client else None
        await self._app(scope, receive, send)


def has_header(connection: HTTPConnection, settings: Settings) -> bool:
    """Whether somebody names a person in the header that is the proxy's."""
    return bool(_found(connection, settings))


def named_by_proxy(connection: HTTPConnection, settings: Settings) -> str | None:
    """Whom a trusted proxy names, once and clearly; else None, and the log says why."""
    found = _found(connection, settings)
    if not found:
        return None
    peer = connection.scope.get(_PEER)
    if not _is_trusted(peer, settings):
        _log.info("%r names a person in a header, and is no trusted proxy", peer)
        return None
    wanted = settings.proxy_user_header.lower().encode()
    name, value = found[0]
    if len(found) != 1 or name != wanted:
        _log.warning("the proxy %r lets others name a person, beside its own header", peer)
        return None
    try:
        person = value.decode().strip()
    except UnicodeDecodeError:
        _log.warning("the proxy %r names a person in no UTF-8", peer)
        return None
    return person if 0 < len(person) <= _NAME_LENGTH and person.isprintable() else None


def _found(connection: HTTPConnection, settings: Settings) -> list[tuple[bytes, bytes]]:
    wanted = settings.proxy_user_header.lower().replace("_", "-").encode()
    if not wanted:
        return []
    headers: list[tuple[bytes, bytes]] = connection.scope["headers"]
    # Some proxies take the one spelling out of what comes from outside, and forget the other.
    return [
        (name.lower(), value)
        for name, value in headers
        if name.lower().replace(b"_", b"-") == wanted
    ]


def _is_trusted(peer: str | None, settings: Settings) -> bool:
    try:
        address = ipaddress.ip_address(peer or "")
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return any(mapped in network for network in settings.proxies)
