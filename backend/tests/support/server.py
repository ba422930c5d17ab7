"""The real application on a real socket, in the test's own event loop or as a process of its own."""

import asyncio
import contextlib
import json
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.api.connections import server_config
from app.api.peers import DirectPeers
from app.core.security import hash_password
from app.core.settings import Settings
from app.main import create_app
from app.runtime import Runtime
from app.services.accounts import people

PASSWORD = "ein gutes passwort"
# Nobody here speaks TLS, and to read the authorities takes longer than a request.
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

_ASK_SECONDS = 0.05
# To read every video takes some milliseconds, and as many of the application itself.
_ASK_FOR_ALL_SECONDS = 0.3


@dataclass
class Client:
    """A signed-in person."""

    http: httpx.AsyncClient
    token: str
    list_id: str

    async def add(self, url: str, list_id: str | None = None) -> httpx.Response:
        return await self.http.post(f"/lists/{list_id or self.list_id}/videos", json={"url": url})

    async def batch(self, body: dict[str, Any], list_id: str | None = None) -> httpx.Response:
        return await self.http.post(f"/lists/{list_id or self.list_id}/videos/batch", json=body)

    async def videos(self, list_id: str | None = None) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            params = {"limit": 200} | ({"cursor": cursor} if cursor else {})
            answer = await self.http.get(f"/lists/{list_id or self.list_id}/videos", params=params)
            page = answer.json()
            items += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return items

    async def until_settled(
        self, seconds: float = 40, list_id: str | None = None
    ) -> list[dict[str, Any]]:
        """Wait until every video of the list is complete or in error."""

        async def settled() -> list[dict[str, Any]] | None:
            videos = await self.videos(list_id)
            over = all(video["import_stage"] in ("complete", "error") for video in videos)
            return videos if over else None

        return await until(settled, seconds, most_seconds_between=_ASK_FOR_ALL_SECONDS)


async def until(
    check: Callable[[], Any],
    seconds: float = 20,
    *,
    most_seconds_between: float = _ASK_SECONDS,
) -> Any:
    """Ask again and again until the answer is something.

    Args:
        check: Answers, or None.
        seconds: How long to ask.
        most_seconds_between: What stays true once it is may be asked for less often the longer it takes.
    """
    pause = _ASK_SECONDS
    async with asyncio.timeout(seconds):
        while True:
            if (found := await check()) is not None:
                return found
            await asyncio.sleep(pause)
            pause = min(most_seconds_between, pause * 1.1)


@dataclass
class RunningApp:
    """An application that listens."""

    url: str
    runtime: Runtime
    settings: Settings
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    async def sign_in(self, username: str = "owner", password: str = PASSWORD) -> Client:
        client = await sign_in(self.url, username, password)
        self.clients.append(client.http)
        return client

    async def add_user(self, username: str) -> Client:
        async with self.runtime.database.write() as unit:
            await people.create_user(unit, username, hash_password(PASSWORD))
        return await self.sign_in(username)


async def sign_in(url: str, username: str = "owner", password: str = PASSWORD) -> Client:
    """Sign in at a listening application."""
    http = httpx.AsyncClient(
        base_url=f"{url}/api", timeout=60, trust_env=False, verify=NO_AUTHORITIES
    )
    answer = await http.post("/auth/token", data={"username": username, "password": password})
    token = answer.json()["access_token"]
    http.headers["Authorization"] = f"Bearer {token}"
    lists = (await http.get("/lists")).json()
    return Client(http, token, lists[0]["id"])


@asynccontextmanager
async def running_app(
    settings: Settings, *, with_workers: bool = True
) -> AsyncIterator[RunningApp]:
    """Serve the application on a free port of loopback."""
    app = create_app(settings, with_workers=with_workers)
    config = server_config(DirectPeers(app, settings), port=0, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    # Signals belong to pytest.
    task = asyncio.create_task(server._serve())
    while not server.started:
        if task.done():
            task.result()
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    running = RunningApp(f"http://127.0.0.1:{port}", app.state.runtime, settings)
    try:
        yield running
    finally:
        for client in running.clients:
            await client.aclose()
        server.should_exit = True
        await task


class AppProcess:
    """`videothek serve` as people run it, to be killed at will."""

    arguments: Sequence[str] = ("serve",)

    def __init__(self, directory: Path, **environment: str) -> None:
        self._directory = directory
        self._environment = {
            **{name: value for name, value in os.environ.items() if "VIDEOTHEK" not in name},
            "VIDEOTHEK_DATA_DIR": str(directory),
            "VIDEOTHEK_OWNER_PASSWORD": PASSWORD,
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        log = (self._directory / "app.log").open("ab")
        self._process = subprocess.Popen(  # noqa: ASYNC220 - it is waited for in a thread
            [sys.executable, "-m", "app.cli", *self._command()],
            env={**self._environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=log,
        )
        log.close()
        loop = asyncio.get_running_loop()
        await asyncio.wait_for(loop.run_in_executor(None, self._read_greeting), 60)

    def _command(self) -> list[str]:
        return [*self.arguments, "--port", str(self.port)]

    def _read_greeting(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if self._is_ready(line):
                return
        raise RuntimeError((self._directory / "app.log").read_text())

    def _is_ready(self, line: bytes) -> bool:
        if b"is running at" in line:
            self.port = int(line.rsplit(b":", 1)[1])
            return True
        return False

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """As the power cut would: no goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        code = self._process.wait(15)
        if self._process.stdout:
            self._process.stdout.close()
        self._process = None
        return code

    def __enter__(self) -> "AppProcess":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process is not None:
            self.kill()


class OnlyApp(AppProcess):
    """`videothek serve --no-worker`."""

    arguments = ("serve", "--no-worker")


class WorkerProcess(AppProcess):
    """`videothek worker`."""

    arguments = ("worker",)

    def serving(self, lanes: str) -> "WorkerProcess":
        """Only these lanes."""
        self.arguments = ("worker", "--lanes", lanes)
        return self

    def _command(self) -> list[str]:
        return [*self.arguments]

    def _is_ready(self, line: bytes) -> bool:
        return b"Working on" in line


class ProgressSocket:
    """A client of the progress WebSocket that remembers everything it was told."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.messages: list[dict[str, Any]] = []

    async def next(self, seconds: float = 10) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            message: dict[str, Any] = json.loads(await self._socket.recv())
        self.messages.append(message)
        return message

    async def closing_code(self, seconds: float = 10) -> int:
        """Read until the server closes."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self.next(seconds)
        return self._socket.close_code or 0

    async def until_stage(self, stage: str, count: int, seconds: float = 40) -> None:
        """Read until this many videos have reached a stage."""
        async with asyncio.timeout(seconds):
            while sum(1 for states in self.stages().values() if states[-1] == stage) < count:
                await self.next(seconds)

    def stages(self) -> dict[str, list[str]]:
        """Every stage that was told, per video, in order."""
        told: dict[str, list[str]] = {}
        for message in self.messages:
            for video in message.get("videos", []):
                told.setdefault(video["video_id"], []).append(video["stage"])
        return told

    def progress(self) -> dict[str, list[int]]:
        told: dict[str, list[int]] = {}
        for message in self.messages:
            for video in message.get("videos", []):
                told.setdefault(video["video_id"], []).append(video["progress"])
        return told


@asynccontextmanager
async def progress_socket(url: str, token: str) -> AsyncIterator[ProgressSocket]:
    """Connect and sign in."""
    address = url.replace("http://", "ws://") + "/api/ws/progress"
    async with connect(address, proxy=None, max_size=None) as socket:
        await socket.send(json.dumps({"type": "auth", "token": token}))
        yield ProgressSocket(socket)
