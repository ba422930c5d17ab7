"""What no request may be: larger than the limit, or an address that holds NUL."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import render
from app.core.errors import ErrorCode


class RequestLimits:
    """ASGI middleware that stops reading a body at the limit, and refuses NUL in addresses.

    Args:
        app: What it protects.
        max_bytes: The limit.
    """

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 as soon as the body is known to be too large, 404 or 422 to NUL."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        # PostgreSQL can't even be asked for a text with NUL, so nothing has it as its id.
        if "\x00" in scope["path"]:
            answer = render(request, HTTPStatus.NOT_FOUND, ErrorCode.NOT_FOUND)
            await answer(scope, receive, send)
            return
        if b"%00" in scope["query_string"]:
            answer = render(request, HTTPStatus.UNPROCESSABLE_ENTITY, ErrorCode.INVALID_REQUEST)
            await answer(scope, receive, send)
            return
        declared = request.headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > self._max_bytes:
            answer = render(
                request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ErrorCode.PAYLOAD_TOO_LARGE
            )
            await answer(scope, receive, send)
            return
        size = 0

        async def limited_receive() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._max_bytes:
                # This kind of error passes through FastAPI's body parser as it is.
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, limited_receive, send)
