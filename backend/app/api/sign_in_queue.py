"""Those who want to be let in, a few at a time: a thousand of them stand before nobody else."""

import asyncio
import re
from collections import deque
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SIGN_IN: Final = re.compile(r"/api/auth/(?:token|link|invite(?:/look)?)")
# Each takes about a millisecond, and a password that is looked at a tenth of a second.
_AT_ONCE: Final = 8


class SignInQueue:
    """ASGI middleware that answers a few attempts to sign in at a time, in their order.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or not _SIGN_IN.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        # Whoever sends slowly must not take a place meanwhile; nothing large is sent here.
        messages: deque[Message] = deque()
        failure: HTTPException | None = None
        try:
            while not messages or messages[-1].get("more_body"):
                messages.append(await receive())
        except HTTPException as error:
            # Too large, too slow: the application knows how that is said.
            failure = error

        async def again() -> Message:
            if messages:
                return messages.popleft()
            if failure is not None:
                raise failure
            return await receive()

        async with self._room:
            await self._app(scope, again, send)
