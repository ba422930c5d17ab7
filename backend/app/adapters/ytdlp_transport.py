"""How yt-dlp's requests leave: one at a time, no redirects, each with its whole body by a deadline."""

import contextlib
import functools
import io
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from yt_dlp.networking import Request, Response
from yt_dlp.networking._urllib import HTTPHandler, UrllibRH
from yt_dlp.networking.exceptions import HTTPError, IncompleteRead, TransportError

# Watch pages are 1 to 2 MB.
_MAX_BYTES = 30_000_000
_MAX_ERROR_BYTES = 200_000

# A body that is read as it comes is looked at this often.
_BLOCK_BYTES = 65_536

SECONDS_EXTENSION = "videothek_seconds"
"""Member of a request's ``extensions``: what the whole exchange may take."""

RECEIVED_EXTENSION = "videothek_received"
"""Another one, for who can use the beginning of an answer: a ``Received``."""


class Received:
    """What came of an answer, also of one that breaks off, and the way to hang up on it.

    Attributes:
        status: Of the answer, None as long as there is none.
        headers: Likewise.
        body: What came of it so far.
    """

    def __init__(self) -> None:
        self.status: int | None = None
        self.headers: Mapping[str, str] = {}
        self.body = bytearray()
        self._is_unwanted = False
        self._hang_up: Callable[[], None] | None = None

    def connect(self, hang_up: Callable[[], None]) -> None:
        """The request is about to leave; called by the transport."""
        self._hang_up = hang_up
        if self._is_unwanted:
            hang_up()

    def cancel(self) -> None:
        """Nobody waits for this any more; from any thread."""
        self._is_unwanted = True
        if self._hang_up is not None:
            self._hang_up()


class _NoRedirects(urllib.request.BaseHandler):
    """Comes before the handler that would follow them."""

    handler_order = 0

    def http_error_302(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any
    ) -> None:
        raise urllib.error.HTTPError(req.full_url, code, msg, headers, fp)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class WholeAnswerRH(UrllibRH):  # type: ignore[misc]  # yt-dlp has no types
    """yt-dlp's own way over urllib, but it comes back with the whole body or not at all.

    A socket's time-out counts from the last byte, so a slow drip never trips it, and packed bodies
    are read inside of urllib: only closing the connection from outside ends every case.
    """

    _connections: list[socket.socket]
    _contexts: ClassVar[dict[bool | None, ssl.SSLContext]] = {}

    def _check_extensions(self, extensions: dict[str, Any]) -> None:
        super()._check_extensions(extensions)
        extensions.pop(SECONDS_EXTENSION, None)
        extensions.pop(RECEIVED_EXTENSION, None)

    def _make_sslcontext(self, legacy_ssl_support: bool | None = None) -> ssl.SSLContext:
        """One for all downloaders, whose options are the same: to read the authorities takes 13 ms."""
        if legacy_ssl_support not in self._contexts:
            self._contexts[legacy_ssl_support] = super()._make_sslcontext(legacy_ssl_support)
        return self._contexts[legacy_ssl_support]

    def _create_instance(self, *args: Any, **kwargs: Any) -> urllib.request.OpenerDirector:
        opener: Any = super()._create_instance(*args, **kwargs)
        for handler in opener.handlers:
            if isinstance(handler, HTTPHandler):
                handler.do_open = functools.partial(self._open, handler.do_open)
        opener.add_handler(_NoRedirects())
        return cast("urllib.request.OpenerDirector", opener)

    def _open(
        self, do_open: Callable[..., Any], connection_class: Any, *args: Any, **kw: Any
    ) -> Any:
        """Open as usual, but remember the connection."""

        def connection_of(*connection_args: Any, **connection_kw: Any) -> Any:
            connection = connection_class(*connection_args, **connection_kw)
            connect = connection.connect

            def connect_and_remember() -> None:
                connect()
                self._connections.append(connection.sock)

            connection.connect = connect_and_remember
            return connection

        return do_open(connection_of, *args, **kw)

    def _send(self, request: Request) -> Response:
        self._connections = []
        seconds = request.extensions[SECONDS_EXTENSION]
        too_late = threading.Event()
        watchdog = threading.Timer(seconds, self._hang_up, (too_late,))
        watchdog.daemon = True
        watchdog.start()
        received = request.extensions.get(RECEIVED_EXTENSION)
        if received is not None:
            received.connect(lambda: self._hang_up(too_late))
        try:
            response = self._whole(request, received)
        except TransportError as error:
            if too_late.is_set():
                raise TransportError(_too_late(seconds)) from error
            raise
        finally:
            watchdog.cancel()
        if too_late.is_set():
            # urllib takes headers that end early for all there are.
            raise TransportError(_too_late(seconds))
        return response

    def _whole(self, request: Request, received: Received | None) -> Response:
        try:
            with super()._send(request) as response:
                return _with_body(response, _read(response, received or Received()))
        except HTTPError as error:
            with error.response as response:
                body = response.read(_MAX_ERROR_BYTES)
                raise HTTPError(_with_body(response, body)) from error

    def _hang_up(self, too_late: threading.Event) -> None:
        too_late.set()
        for connection in self._connections:
            with contextlib.suppress(OSError):
                # Of the plain socket: TLS's own way would wait for the other side.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _too_late(seconds: float) -> str:
    return f"no whole answer in {seconds:.0f} s"


def _read(response: Response, received: Received) -> bytes:
    received.status, received.headers = response.status, response.headers
    body = received.body
    while block := response.read(_BLOCK_BYTES):
        body += block
        if len(body) >= _MAX_BYTES:
            raise TransportError(f"more than {_MAX_BYTES} bytes")
    # Packed bodies are checked where they are unpacked; urllib lets plain ones end early.
    expected = (
        "" if response.get_header("Content-Encoding") else response.get_header("Content-Length")
    )
    if expected and expected.isdecimal() and len(body) < int(expected):
        raise IncompleteRead(len(body), int(expected) - len(body))
    return bytes(body)


def _with_body(response: Response, body: bytes) -> Response:
    return Response(
        io.BytesIO(body),
        url=response.url,
        headers=response.headers,
        status=response.status,
        reason=response.reason,
    )
