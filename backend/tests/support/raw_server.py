"""A server for answers that the stand-in does not give."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


@asynccontextmanager
async def serving(
    answer: Callable[[str], bytes], whole_bytes: int | None = None
) -> AsyncIterator[str]:
    """A server that sends raw bytes for a path, from some place on one by one, and closes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        raw = answer(head.split()[1].decode())
        writer.write(raw[:whole_bytes])
        try:
            for byte in raw[whole_bytes:] if whole_bytes is not None else b"":
                await asyncio.sleep(0.05)
                writer.write(bytes([byte]))
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An answer as it goes over the wire."""
    head = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(head).encode() + body
