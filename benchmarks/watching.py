"""Clients of the progress WebSocket in a process of their own: URL TOKEN COUNT reading|deaf.

Says `ready` once all of them have the snapshot (or, deaf, are signed in), and at the end of its input
what each of them was told of the videos whose ids begin with MARK, and when.
"""

import asyncio
import json
import re
import socket
import sys
import time
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect

MARK = "WATC_"
_MARKED = re.compile(rf'"youtube_id":"({MARK}[^"]+)"')
# So little is kept for somebody who does not read that the server has to keep the rest.
_DEAF_BYTES = 4096


class Watcher:
    """One client that reads.

    Args:
        connection: Signed in.
    """

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.frames = 0
        self.told_at: dict[str, float] = {}

    async def begin(self) -> None:
        """Read what is said first: that the server is ready, and the snapshot's first part."""
        await self._connection.recv()
        await self._connection.recv()

    async def watch(self) -> None:
        """Note when each marked video was told of first."""
        async for frame in self._connection:
            now = time.time()
            self.frames += 1
            # Not parsed: a hundred clients would take the processor that they measure.
            for youtube_id in _MARKED.findall(str(frame)):
                self.told_at.setdefault(youtube_id, now)


async def _signed_in(url: str, token: str, *, is_deaf: bool) -> ClientConnection:
    parts = urlsplit(url)
    plain = socket.socket()
    if is_deaf:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _DEAF_BYTES)
    plain.connect((parts.hostname, parts.port))
    plain.setblocking(False)
    connection = await connect(
        f"ws://{parts.netloc}/api/ws/progress",
        sock=plain,
        proxy=None,
        max_size=None,
        max_queue=1 if is_deaf else 16,
        # Nobody here answers for who does not read.
        ping_interval=None,
    )
    await connection.send(json.dumps({"type": "auth", "token": token}))
    return connection


async def _run(url: str, token: str, count: int, *, is_deaf: bool) -> None:
    async with AsyncExitStack() as stack:
        connections = []
        for _ in range(count):
            connection = await _signed_in(url, token, is_deaf=is_deaf)
            connections.append(connection)
            stack.callback(connection.transport.abort)
        watchers = [] if is_deaf else [Watcher(connection) for connection in connections]
        for watcher in watchers:
            await watcher.begin()
        print("ready", flush=True)
        tasks = [asyncio.create_task(watcher.watch()) for watcher in watchers]
        await asyncio.to_thread(sys.stdin.read)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        told = {"frames": [each.frames for each in watchers]}
        print(json.dumps({**told, "told_at": [each.told_at for each in watchers]}), flush=True)


if __name__ == "__main__":
    _url, _token, _count, _kind = sys.argv[1:]
    asyncio.run(_run(_url, _token, int(_count), is_deaf=_kind == "deaf"))
