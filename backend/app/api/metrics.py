"""What monitoring reads."""

import ipaddress

from fastapi import APIRouter, Request, Response

from app.api.dependencies import RuntimeDep
from app.core.errors import ErrorCode, VideothekError

router = APIRouter(tags=["health"])

# A proxy on this machine asks for somebody else, and these say so.
_FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_REFUSED = (
    "Die Messwerte gibt es nur auf diesem Rechner, außer mit VIDEOTHEK_METRICS_OPEN=true.",
    "The metrics are only for this machine, unless VIDEOTHEK_METRICS_OPEN=true is set.",
)


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request, runtime: RuntimeDep) -> Response:
    """The metrics in the text format of Prometheus, or as OpenMetrics for who prefers that."""
    if not (runtime.settings.metrics_open or _is_from_here(request)):
        raise VideothekError(ErrorCode.NOT_ALLOWED, 403, _REFUSED)
    text, media_type = await runtime.metrics.write_text(
        websocket_clients=runtime.hub.client_count, accept=request.headers.get("Accept", "")
    )
    return Response(text, media_type=media_type)


def _is_from_here(request: Request) -> bool:
    """Whether a program on this machine asks for itself, by one of this machine's own names."""
    if request.client is None or any(name in request.headers for name in _FORWARDING):
        return False
    return _is_loopback(request.client.host) and _is_loopback(request.url.hostname or "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
