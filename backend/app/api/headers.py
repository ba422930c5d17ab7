"""What browsers are told to keep out, with every answer."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# All that the page needs comes from us, but for YouTube's player in its frame: no script, no style
# and no request of anybody else's, and none that somebody wrote into a title.
_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-src {player}; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# An answer that is no page: if a browser shows it nevertheless, nothing in it does anything.
_DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
_PERMISSIONS: Final = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=()"
)
_YEAR_SECONDS: Final = 31_536_000
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": _PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OF_DATA: Final = {"Content-Security-Policy": _DATA_POLICY, "Referrer-Policy": "no-referrer"}

DATA_HEADERS: Final[Mapping[str, str]] = {**_ALWAYS, **_OF_DATA}
"""For an answer that goes out past all middleware."""


class SecurityHeaders:
    """ASGI middleware that adds them.

    Args:
        app: What answers.
        player: Where the player in the page's frame comes from.
        is_https: People reach us by https, and shall do so from now on.
    """

    def __init__(self, app: ASGIApp, player: str, *, is_https: bool) -> None:
        self._app = app
        parts = urlsplit(player)
        always = _ALWAYS
        if is_https:
            always = {**always, "Strict-Transport-Security": f"max-age={_YEAR_SECONDS}"}
        self._of_data = {**always, **_OF_DATA}
        self._of_page = {
            **always,
            "Content-Security-Policy": _PAGE_POLICY.format(
                player=f"{parts.scheme}://{parts.netloc}"
            ),
            # YouTube's player answers with error 153 to a page that sends no origin.
            "Referrer-Policy": "strict-origin-when-cross-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_data = scope["path"].startswith("/api/")
        added = self._of_data if is_data else self._of_page

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, guarded)
