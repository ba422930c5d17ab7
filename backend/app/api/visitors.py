"""Where a request comes from, as far as it can be known."""

import ipaddress
from typing import Annotated

from fastapi import Cookie, Depends
from starlette.requests import HTTPConnection

from app.api.dependencies import RuntimeDep
from app.api.peers import has_header, named_by_proxy
from app.services.accounts.visitors import Visitor

DEVICE_COOKIE = "videothek_device"

# A proxy on this machine asks for somebody else, and these say so.
_FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def is_from_here(request: HTTPConnection) -> bool:
    """Whether a program on this machine asks for itself, by one of this machine's own names."""
    if request.client is None or any(name in request.headers for name in _FORWARDING):
        return False
    return _is_loopback(request.client.host) and _is_loopback(request.url.hostname or "")


def get_visitor(
    request: HTTPConnection,
    runtime: RuntimeDep,
    device: Annotated[str | None, Cookie(alias=DEVICE_COOKIE)] = None,
) -> Visitor:
    """Who knocks."""
    settings = runtime.settings
    return Visitor(
        address=request.client.host if request.client else "",
        client=request.headers.get("user-agent", ""),
        is_from_here=is_from_here(request) and not has_header(request, settings),
        device=device,
        named_by_proxy=named_by_proxy(request, settings),
    )


VisitorDep = Annotated[Visitor, Depends(get_visitor)]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
