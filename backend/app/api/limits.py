"""What no request may be: larger than the limit, endlessly slow, or an address that holds NUL."""

import asyncio
import re
import time
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import render
from app.core.errors import ErrorCode
from app.services.load.rates import Trickle

MAX_BODY_BYTES: Final = 1_000_000
"""Of a request that is no upload. The largest that our page sends, 10,000 ids, has 400 kB."""

UPLOADS: Final = re.compile(r"/api/(?:imports(?:/preview)?|lists/[^/]+/videos/batch)")
"""The addresses that take whole files, up to the limit of an import."""

# Bodies of routes that take JSON are in memory before anybody knows who sent them. What is larger than
# nearly all of them is counted: together they may hold so much.
_UNCOUNTED_BYTES: Final = 16_000
_HELD_BYTES: Final = 32_000_000
_HELD_RETRY_SECONDS: Final = 5
# The slowest line that anybody still has, GPRS, brings 5 kB/s.
_GRACE_SECONDS: Final = 15.0
_BYTES_PER_SECOND: Final = 3_000.0


class RequestLimits:
    """ASGI middleware that stops reading a body at the limit, and refuses NUL in addresses.

    Args:
        app: What it protects.
        max_upload_bytes: The limit where whole files are taken.
    """

    def __init__(self, app: ASGIApp, max_upload_bytes: int) -> None:
        self._app = app
        self._max_upload_bytes = max_upload_bytes
        self._held = _Held()

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
        is_upload = UPLOADS.fullmatch(scope["path"]) is not None
        most = self._max_upload_bytes if is_upload else MAX_BODY_BYTES
        declared = request.headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > most:
            answer = render(
                request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ErrorCode.PAYLOAD_TOO_LARGE
            )
            await answer(scope, receive, send)
            return
        # An upload waits for its turn instead.
        body = _Body(receive, most, None if is_upload else self._held)
        try:
            await self._app(scope, body.receive, send)
        finally:
            body.let_go()


class _Held:
    """How much the bodies of all requests hold in memory, in bytes."""

    def __init__(self) -> None:
        self.size = 0

    @property
    def is_too_much(self) -> bool:
        return self.size > _HELD_BYTES


class _Body:
    """One request's body, while it arrives. Its errors pass through FastAPI's body parser."""

    def __init__(self, receive: Receive, most: int, held: _Held | None) -> None:
        self._receive = receive
        self._most = most
        self._held = held
        self._counted = 0
        self._size = 0
        self._is_whole = False
        self._trickle = Trickle(_GRACE_SECONDS, _BYTES_PER_SECOND)

    async def receive(self) -> Message:
        """See ASGI."""
        if self._is_whole:
            # What comes now is that the client goes.
            return await self._receive()
        message = await self._next()
        size = len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        self._size += size
        if self._size > self._most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self._hold()
        return message

    async def _next(self) -> Message:
        began_at = time.monotonic()
        try:
            async with asyncio.timeout(self._trickle.patience_seconds):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(
                HTTPStatus.REQUEST_TIMEOUT, headers={"Connection": "close"}
            ) from None
        self._trickle.note(time.monotonic() - began_at, len(message.get("body", b"")))
        return message

    def _hold(self) -> None:
        if self._held is None or self._size <= _UNCOUNTED_BYTES:
            return
        self._held.size += self._size - self._counted
        self._counted = self._size
        if self._held.is_too_much:
            raise HTTPException(
                HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(_HELD_RETRY_SECONDS)}
            )

    def let_go(self) -> None:
        """The request is over."""
        if self._held is not None:
            self._held.size -= self._counted
