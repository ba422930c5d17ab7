"""Watchers: pages that are open all the time, reconnect, and remember everything they were told."""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import websockets
from websockets.asyncio.client import ClientConnection, connect

from tests.crash.person import Person

State = tuple[str, int]
"""A stage and its progress in percent."""

_OVER = ("complete", "error")


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a watcher was told at once.

    Args:
        watcher: Its name.
        connection: The how many-th it is.
        source: A frame of the socket, or the pages of the list that are fetched after a reconnect.
        states: By YouTube's id.
        at: Seconds since the epoch.
    """

    watcher: str
    connection: int
    source: Literal["socket", "list"]
    states: dict[str, State]
    at: float = 0.0


@dataclass(slots=True)
class EventLog:
    """Every sighting of every watcher, in order."""

    sightings: list[Sighting] = field(default_factory=list)

    def write(self, path: Path) -> None:
        """Leave it as evidence: one line for each."""
        with path.open("w") as file:
            file.writelines(json.dumps(asdict(one)) + "\n" for one in self.sightings)


class Watcher:
    """One open page.

    Like the real one it takes the snapshot of a new connection and fetches the list and the imports
    over HTTP, so that it does not miss what ended while it was away, and once more when it is told that
    the list has to be read again; and nothing it shows goes back.

    Args:
        name: For the evidence.
        person: Whose page it is.
        urls: The apps it connects to, in turn.
        log: Where everything is written down.
        seed: For the time it takes to reconnect.
    """

    def __init__(
        self, name: str, person: Person, urls: Sequence[str], log: EventLog, seed: int
    ) -> None:
        self.name = name
        self.shown: dict[str, State] = {}
        self.imports: dict[str, dict[str, Any]] = {}
        self.connections = 0
        self._person = person
        self._urls = urls
        self._log = log
        self._rng = random.Random(f"{name} {seed}")

    @property
    def over_count(self) -> int:
        """How many videos are at their end, as far as it knows."""
        return sum(stage in _OVER for stage, _progress in self.shown.values())

    async def run(self) -> None:
        """Watch until cancelled."""
        turn = 0
        while True:
            url = self._urls[turn % len(self._urls)]
            turn += 1
            with contextlib.suppress(OSError, TimeoutError, websockets.WebSocketException):
                await self._watch(url)
            await asyncio.sleep(self._rng.uniform(0.02, 0.3))

    async def _watch(self, url: str) -> None:
        address = url.replace("http://", "ws://") + "/api/ws/progress"
        async with connect(address, proxy=None, max_size=None, open_timeout=5) as socket:
            await socket.send(json.dumps({"type": "auth", "token": self._person.token}))
            self.connections += 1
            await self._read_snapshot(socket)
            await self._fetch()
            async for frame in socket:
                message = json.loads(frame)
                self._note_frame(message)
                if self._person.list_id in message.get("lists", ()):
                    await self._fetch()

    async def _read_snapshot(self, socket: ClientConnection) -> None:
        message: dict[str, Any] = {}
        while not message.get("snapshot"):
            message = json.loads(await asyncio.wait_for(socket.recv(), 30))
            self._note_frame(message)

    async def _fetch(self) -> None:
        """The snapshot has only what is under way."""
        path = f"/lists/{self._person.list_id}/videos"
        async for page in self._person.pages(path):
            rows = page["items"]
            self._note(
                "list",
                {row["youtube_id"]: (row["import_stage"], row["import_progress"]) for row in rows},
            )
        async for page in self._person.pages("/imports"):
            self._note_imports(page["items"])

    def _note_frame(self, message: dict[str, Any]) -> None:
        states = {
            video["youtube_id"]: (video["stage"], video["progress"])
            for video in message.get("videos", ())
        }
        self._note("socket", states)
        self._note_imports(message.get("imports", ()))

    def _note(self, source: Literal["socket", "list"], states: dict[str, State]) -> None:
        if not states:
            return
        sighting = Sighting(self.name, self.connections, source, states, time.time())
        self._log.sightings.append(sighting)
        for youtube_id, state in states.items():
            before = self.shown.get(youtube_id)
            if before is None or (before[0] not in _OVER and state[1] >= before[1]):
                self.shown[youtube_id] = state

    def _note_imports(self, imports: Sequence[dict[str, Any]]) -> None:
        self.imports.update((one["id"], one) for one in imports)
