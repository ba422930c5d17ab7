"""HTTP/1.1 on a raw socket, so that an answer can also go wrong in every way a wire can."""

import asyncio
import json
import os
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import h11

MAX_BODY_BYTES = 64 * 1024 * 1024
_READ_BYTES = 64 * 1024


@dataclass(slots=True)
class Request:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    path: str = ""
    query: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.target)
        self.path = parts.path
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))

    @property
    def host(self) -> str:
        """The host the client meant: the gateway header, else the ordinary one."""
        meant = self.headers.get("x-standin-host") or self.headers.get("host", "")
        return meant.split(":")[0].lower()

    def json(self) -> Any:
        """Return the body as JSON.

        Raises:
            ValueError: If it is not JSON.
        """
        return json.loads(self.body or b"{}")


@dataclass(slots=True)
class Reply:
    """An answer that is meant to arrive whole."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    delivery: str = "whole"
    drip_seconds: float = 0.5

    @classmethod
    def of_json(cls, value: Any, status: int = 200, **headers: str) -> "Reply":
        """Return an answer with a JSON body."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(status, body, "application/json; charset=UTF-8", headers)


Handler = Callable[[Request], Awaitable[Reply]]


class Wire:
    """One connection: reads requests, sends replies, breaks where a reply asks for it."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handler: Handler
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._handler = handler
        self._http = h11.Connection(h11.SERVER)

    async def run(self) -> None:
        """Serve requests until one side closes."""
        try:
            while await self._serve_one():
                self._http.start_next_cycle()
        except (ConnectionError, h11.ProtocolError, TimeoutError):
            pass
        finally:
            self._writer.close()

    async def _serve_one(self) -> bool:
        request = await self._read()
        if request is None:
            return False
        reply = await self._handler(request)
        match reply.delivery:
            case "whole":
                return await self._send(reply, request)
            case "hang":
                await self._wait_until_gone()
            case "reset":
                self._reset()
            case "drip":
                await self._drip(reply)
            case "truncated":
                await self._send_raw(reply, reply.body[: len(reply.body) // 2])
        return False

    async def _read(self) -> Request | None:
        head: h11.Request | None = None
        body = bytearray()
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                if self._http.they_are_waiting_for_100_continue:
                    self._write(h11.InformationalResponse(status_code=100, headers=[]))
                self._http.receive_data(await self._reader.read(_READ_BYTES))
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > MAX_BODY_BYTES:
                    return None
            elif isinstance(event, h11.EndOfMessage) and head is not None:
                headers = {key.decode("latin-1"): v.decode("latin-1") for key, v in head.headers}
                method, target = head.method.decode(), head.target.decode("latin-1")
                return Request(method, target, headers, bytes(body))
            else:
                return None

    async def _send(self, reply: Reply, request: Request) -> bool:
        body = b"" if request.method == "HEAD" else reply.body
        self._write(self._head(reply))
        if body:
            self._write(h11.Data(data=body))
        self._write(h11.EndOfMessage())
        await self._writer.drain()
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    def _head(self, reply: Reply) -> h11.Response:
        fields = [
            ("Content-Type", reply.content_type),
            ("Content-Length", str(len(reply.body))),
            *reply.headers.items(),
        ]
        return h11.Response(status_code=reply.status, headers=fields)

    def _write(self, event: h11.Event) -> None:
        data = self._http.send(event)
        if data:
            self._writer.write(data)

    async def _send_raw(self, reply: Reply, part: bytes) -> None:
        """Promise the whole body, send a part and close properly."""
        self._write(self._head(reply))
        self._writer.write(part)
        await self._writer.drain()

    async def _drip(self, reply: Reply) -> None:
        self._write(self._head(reply))
        for index in range(len(reply.body)):
            self._writer.write(reply.body[index : index + 1])
            await self._writer.drain()
            await asyncio.sleep(reply.drip_seconds)

    async def _wait_until_gone(self) -> None:
        while await self._reader.read(_READ_BYTES):
            pass

    def _reset(self) -> None:
        raw = self._writer.get_extra_info("socket")
        # A copy of the descriptor, because event loops hand out sockets of their own making.
        with socket.socket(fileno=os.dup(raw.fileno())) as same:
            # Linger of zero seconds makes the kernel send RST instead of FIN.
            same.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


async def run_connection(
    connections: set[asyncio.Task[None]],
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    handler: Handler,
) -> None:
    """Serve a connection in the task that asyncio made for it.

    Args:
        connections: Those that are open; a server that stops cancels them.
        reader: What arrives.
        writer: What is sent.
        handler: Answers each request.
    """
    task = asyncio.current_task()
    if task is not None:
        connections.add(task)
        task.add_done_callback(connections.discard)
    try:
        await Wire(reader, writer, handler).run()
    except asyncio.CancelledError:
        # Only a server that stops cancels; asyncio would log a cancelled connection as an error.
        writer.close()
