"""What monitoring reads."""

from fastapi import APIRouter, Request, Response

from app.api.dependencies import RuntimeDep
from app.api.visitors import is_from_here
from app.core.errors import ErrorCode, VideothekError

router = APIRouter(tags=["health"])

_REFUSED = (
    "Die Messwerte gibt es nur auf diesem Rechner, außer mit VIDEOTHEK_METRICS_OPEN=true.",
    "The metrics are only for this machine, unless VIDEOTHEK_METRICS_OPEN=true is set.",
)


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request, runtime: RuntimeDep) -> Response:
    """The metrics in the text format of Prometheus, or as OpenMetrics for who prefers that."""
    if not (runtime.settings.metrics_open or is_from_here(request)):
        raise VideothekError(ErrorCode.NOT_ALLOWED, 403, _REFUSED)
    text, media_type = await runtime.metrics.write_text(
        websocket_clients=runtime.hub.client_count, accept=request.headers.get("Accept", "")
    )
    return Response(text, media_type=media_type)
