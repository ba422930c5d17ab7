"""The server's own two ends of a connection, HTTP and WebSocket, with bounds that uvicorn does not have.

It has none for a request's first lines, neither in time nor in size, none for an answer that nobody
reads, and none for pings that nobody waits for.
"""

import asyncio
import json
import socket
import time
from collections import OrderedDict
from http import HTTPStatus
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.api.headers import DATA_HEADERS
from app.core.errors import ErrorCode
from app.core.messages import message_for
from app.services.load.connections import Connection, WaitingConnections

_HEAD_SECONDS: Final = 10.0
_MAX_HEAD_BYTES: Final = 64_000
# A client that is refused while it sends still gets to read why; then it is enough.
_DRAIN_SECONDS: Final = 60.0
_MAX_DRAINED_BYTES: Final = 30_000_000
# Two hundred that are refused at once send 4 GB: to throw that away takes seconds, so it is spread out.
# One alone is rid of 20 MB in four seconds.
_DRAINED_AT_ONCE_BYTES: Final = 256_000
_DRAINING_AT_ONCE: Final = 8
_BETWEEN_DRAINS_SECONDS: Final = 0.05
# The kernel's own buffers hold more of a body than that: nobody becomes slower by it.
_LARGE_BODY_BYTES: Final = 64_000
_RECEIVED_BYTES: Final = 65_536
_SWEEP_SECONDS: Final = 1.0
_MAX_CONNECTIONS: Final = 3_000
# Ours is a token; nothing else that a client says matters.
_MAX_MESSAGE_BYTES: Final = 64_000
# Answers to pings that wait because nobody reads them.
_MAX_PONG_BYTES: Final = 256_000


class ConnectionWatch(WaitingConnections):
    """Looks after the connections that wait, once a second while there are any."""

    def __init__(self) -> None:
        super().__init__()
        self._timer: asyncio.TimerHandle | None = None
        self._draining: OrderedDict[BoundedHttp, None] = OrderedDict()
        self._drain_timer: asyncio.TimerHandle | None = None

    def drain(self, connection: "BoundedHttp") -> None:
        """Let it go on sending what nobody wants, when it is its turn."""
        self._draining[connection] = None
        if self._drain_timer is None:
            loop = asyncio.get_running_loop()
            self._drain_timer = loop.call_later(_BETWEEN_DRAINS_SECONDS, self._drain_some)

    def _drain_some(self) -> None:
        self._drain_timer = None
        for _ in range(min(_DRAINING_AT_ONCE, len(self._draining))):
            connection, _ = self._draining.popitem(last=False)
            connection.drain_on()
        if self._draining:
            self.drain(next(iter(self._draining)))

    def forget(self, connection: Connection) -> None:
        """See ``WaitingConnections``."""
        super().forget(connection)
        if isinstance(connection, BoundedHttp):
            self._draining.pop(connection, None)

    def wake(self) -> None:
        """There may be something to look after."""
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(_SWEEP_SECONDS, self._on_time)

    def _on_time(self) -> None:
        self._timer = None
        self.sweep(time.monotonic())
        if not self.is_empty:
            self.wake()


class _Watched(asyncio.Protocol):
    """What both kinds of connection tell their watch, and what it asks of them."""

    watch: ConnectionWatch
    transport: asyncio.Transport

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio."""
        self.watch.forget(self)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """See asyncio."""
        super().pause_writing()
        self.watch.stall(self, time.monotonic())
        self.watch.wake()

    def resume_writing(self) -> None:
        """See asyncio."""
        self.watch.flow(self)
        super().resume_writing()

    def end_silence(self) -> None:
        """See ``Connection``."""
        self.transport.close()

    def end_stall(self) -> None:
        """See ``Connection``."""
        self.transport.abort()

    def unsent_bytes(self) -> int:
        """See ``Connection``."""
        return self.transport.get_write_buffer_size()


class BoundedHttp(_Watched, HttpToolsProtocol):
    """HTTP."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_in_head = True
        # Parts of requests that have ended, and bytes since the last one did.
        self._ended_parts = 0
        self._head_bytes = 0
        self._drained_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See asyncio."""
        super().connection_made(transport)
        _read_little_at_once(transport)
        if len(self.connections) > _MAX_CONNECTIONS:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, ErrorCode.TOO_BUSY)
            return
        self._expect(_HEAD_SECONDS)

    def data_received(self, data: bytes) -> None:
        """See asyncio."""
        if self.parser is None or self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            self._expect(_HEAD_SECONDS if self._is_in_head else _DRAIN_SECONDS)
        parts, was_in_head = self._ended_parts, self._is_in_head
        super().data_received(data)
        if was_in_head and parts == self._ended_parts:
            self._count_head(len(data))

    def on_message_begin(self) -> None:
        """See httptools."""
        self._drained_bytes = 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """See httptools. Also what comes after a body counts as the head of something."""
        super().on_header(name, value)
        if not self._is_in_head:
            self._count_head(len(name) + len(value))

    def on_headers_complete(self) -> None:
        """See httptools."""
        self._end_part(is_in_head=False)
        self.watch.came(self)
        super().on_headers_complete()
        if self._has_large_body():
            # Goes on once somebody wants it: who waits for a turn holds nothing in memory.
            self.flow.pause_reading()

    def on_body(self, body: bytes) -> None:
        """See httptools."""
        if self.cycle is not None and self.cycle.response_complete:
            self._drain(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """See httptools."""
        self._end_part(is_in_head=True)
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """See uvicorn."""
        self.watch.forget(self)
        super().handle_websocket_upgrade()

    def end_silence(self) -> None:
        """See ``Connection``."""
        has_begun = self._head_bytes > 0 and self._is_in_head
        if has_begun and not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, ErrorCode.REQUEST_TOO_SLOW)
        else:
            self.transport.close()

    def drain_on(self) -> None:
        """Read a little more of what nobody wants."""
        if self.cycle is not None and self.cycle.response_complete:
            self.flow.resume_reading()

    def _drain(self, size: int) -> None:
        before = self._drained_bytes // _DRAINED_AT_ONCE_BYTES
        self._drained_bytes += size
        if self._drained_bytes > _MAX_DRAINED_BYTES:
            self.transport.close()
        elif self._drained_bytes // _DRAINED_AT_ONCE_BYTES > before:
            self.flow.pause_reading()
            self.watch.drain(self)

    def _expect(self, seconds: float) -> None:
        self.watch.expect(self, time.monotonic(), seconds)
        self.watch.wake()

    def _end_part(self, *, is_in_head: bool) -> None:
        self._is_in_head = is_in_head
        self._ended_parts += 1
        self._head_bytes = 0

    def _count_head(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > _MAX_HEAD_BYTES and not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, ErrorCode.PAYLOAD_TOO_LARGE)

    def _has_large_body(self) -> bool:
        for name, value in self.headers:
            if name == b"content-length":
                return value.isdigit() and int(value) > _LARGE_BODY_BYTES
            if name == b"transfer-encoding":
                return True
        return False

    def _refuse(self, status: HTTPStatus, code: ErrorCode) -> None:
        """Answer without anybody's language, as nobody has said one yet, and hang up."""
        self.watch.forget(self)
        is_free = self.cycle is None or self.cycle.response_complete
        if is_free:
            self.transport.write(_answer(status, code))
        self.transport.close()


class BoundedWebSocket(_Watched, WebSocketsSansIOProtocol):
    """A WebSocket."""

    def handle_ping(self) -> None:
        """See uvicorn."""
        super().handle_ping()
        if self.unsent_bytes() > _MAX_PONG_BYTES and not self.writable.is_set():
            self.transport.abort()


def _read_little_at_once(transport: asyncio.Transport) -> None:
    """What comes with a request's first lines is in memory before anybody can say whether it may.

    At 50 ms to the other side that is still more than a megabyte a second.
    """
    found = transport.get_extra_info("socket")
    if found is not None:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVED_BYTES)


def server_config(application: ASGIApp, **more: Any) -> uvicorn.Config:
    """How the application is served.

    Args:
        application: It.
        more: What else uvicorn is told.
    """
    own = {"watch": ConnectionWatch()}
    return uvicorn.Config(
        application,
        http=type("Http", (BoundedHttp,), own),
        ws=type("WebSocket", (BoundedWebSocket,), own),
        ws_max_size=_MAX_MESSAGE_BYTES,
        log_config=None,
        access_log=False,
        server_header=False,
        # DirectPeers reads them, and remembers who is connected.
        proxy_headers=False,
        **more,
    )


def _answer(status: HTTPStatus, code: ErrorCode) -> bytes:
    body = json.dumps({"code": code, "message": message_for(code, "en")}).encode()
    headers = {
        **DATA_HEADERS,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
