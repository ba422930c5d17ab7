"""`python -m tests.support.drill`: the real application without workers, whose videos a script moves on.

The page, the API, the database, the progress hub and its WebSocket are the product's own. Only the work
is not: instead of lanes that ask an upstream, a script takes the next step of some video as often as it
is told to, in the same kind of transactions. For browser tests that need thousands of rows and hundreds
of events a second, at will.

One line of JSON on stdout says where the page is and where the drill is steered:

    POST /fill   {"count": 1000}               videos into the owner's first list
    POST /start  {"rate": 200, "front": 60}    events a second, a share of them for the newest rows
    POST /stop                                 answers when nothing is under way any more
    GET  /state                                events so far, videos under way, whether it runs
"""

import argparse
import asyncio
import json
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from app.core.database import UnitOfWork
from app.core.settings import Settings
from app.main import create_app
from app.models import ImportStage
from app.repositories import enrichments, imports, lists, video_steps
from app.runtime import Runtime
from app.schemas.previews import ImportOptions
from app.services.importing.items import InputItem, Reading
from standin.server import run_in_thread
from tests.support.server import PASSWORD

_TICK_SECONDS = 0.05
_NEXT = {
    ImportStage.CREATED: ImportStage.METADATA,
    ImportStage.METADATA: ImportStage.CAPTIONS,
    ImportStage.CAPTIONS: ImportStage.CHAPTERS,
    ImportStage.CHAPTERS: ImportStage.COMPLETE,
}
# Of a hundred videos so many turn out to be private, and of the others so many have no captions.
_PRIVATE_PERCENT = 3
_SILENT_PERCENT = 8
# Of a hundred events so many are for the newest rows, which are the ones that people look at.
_FRONT_PERCENT = 25
_WORDS = ("tide", "lantern", "meadow", "copper", "violin", "harbour", "winter", "paper", "orchard")


@dataclass(slots=True)
class _Pending:
    """A video that is not at its end."""

    id: str
    import_id: str
    stage: ImportStage = ImportStage.CREATED


@dataclass(slots=True)
class Drill:
    """Moves videos on at a rate.

    Args:
        runtime: The application's.
        chance: The same events each time.
    """

    runtime: Runtime
    chance: random.Random = field(default_factory=lambda: random.Random(4711))
    pending: list[_Pending] = field(default_factory=list)
    events: int = 0
    _fills: int = 0
    _task: asyncio.Task[None] | None = None

    async def fill(self, count: int) -> dict[str, Any]:
        """Import new videos, as a drop of so many links would."""
        prefix = f"drill{self._fills}"
        self._fills += 1
        items = [
            InputItem(line, f"https://youtu.be/{prefix}{line:05d}", f"{prefix}{line:05d}")
            for line in range(count)
        ]
        async with self.runtime.database.write() as unit:
            owner = await self.runtime.auth.ensure_owner(unit)
            list_id = (await lists.all_of(unit.session, owner.id))[0].id
            accepted = await self.runtime.import_service.accept(
                unit,
                user_id=owner.id,
                reading=Reading(items),
                options=ImportOptions(list_id=list_id),
            )
        self.pending[:0] = [_Pending(row.id, accepted.import_id) for row in accepted.new_videos]
        return {"list_id": list_id, "import_id": accepted.import_id}

    async def start(self, rate: float, front: int) -> None:
        """Begin, or go on at another rate."""
        await self.stop()
        self._task = asyncio.create_task(self._run(rate, front))

    async def stop(self) -> None:
        """End; what was begun is committed."""
        if self._task is not None:
            task, self._task = self._task, None
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def state(self) -> dict[str, Any]:
        """What a test wants to know."""
        running = self._task is not None and not self._task.done()
        return {"events": self.events, "pending": len(self.pending), "running": running}

    async def _run(self, rate: float, front: int) -> None:
        began, done = time.monotonic(), 0
        while self.pending:
            due = int((time.monotonic() - began) * rate) - done
            if due > 0:
                # A cancelled transaction would be rolled back, and what is remembered here be wrong.
                await asyncio.shield(self._step(due, front))
                done += due
            await asyncio.sleep(_TICK_SECONDS)

    async def _step(self, events: int, front: int) -> None:
        async with self.runtime.database.write() as unit:
            ended: set[str] = set()
            for _ in range(min(events, len(self.pending))):
                video = self._pick(front)
                await self._advance(unit, video)
                unit.changes.videos.add(video.id)
                self.events += 1
                if video.stage in (ImportStage.COMPLETE, ImportStage.ERROR):
                    self.pending.remove(video)
                    ended.add(video.import_id)
                if not self.pending:
                    break
            for import_id in ended:
                await imports.finish_if_done(unit.session, import_id, datetime.now(UTC))
                unit.changes.imports.add(import_id)

    def _pick(self, front: int) -> _Pending:
        some = self.pending[:front] if self.chance.randrange(100) < _FRONT_PERCENT else self.pending
        return self.chance.choice(some or self.pending)

    async def _advance(self, unit: UnitOfWork, video: _Pending) -> None:
        if video.stage is ImportStage.METADATA and self.chance.randrange(100) < _PRIVATE_PERCENT:
            video.stage = ImportStage.ERROR
            await video_steps.fail(unit.session, video.id, "video_private")
            return
        video.stage = _NEXT[video.stage]
        if video.stage is ImportStage.METADATA:
            await video_steps.describe(unit.session, video.id, self._description())
        if video.stage is ImportStage.CAPTIONS:
            silent = self.chance.randrange(100) < _SILENT_PERCENT
            found = {
                "captions_source": "none" if silent else "youtube_auto",
                "extracted_at": datetime.now(UTC),
            }
            await enrichments.store(unit.session, video.id, found)
        await video_steps.advance(unit.session, video.id, video.stage)

    def _description(self) -> dict[str, Any]:
        title = " ".join(self.chance.choices(_WORDS, k=self.chance.randrange(2, 9)))
        return {
            "title": title.capitalize(),
            "channel": self.chance.choice(_WORDS).capitalize(),
            "duration_seconds": self.chance.randrange(40, 5000),
        }


def steering(drill_of: FastAPI) -> FastAPI:
    """The drill's own small API, beside the application's."""
    api = FastAPI(openapi_url=None)

    def drill() -> Drill:
        found: Drill = drill_of.state.drill
        return found

    @api.post("/fill")
    async def _fill(body: dict[str, int]) -> dict[str, Any]:
        return await drill().fill(body["count"])

    @api.post("/start")
    async def _start(body: dict[str, float]) -> dict[str, Any]:
        await drill().start(body["rate"], int(body.get("front", 60)))
        return drill().state()

    @api.post("/stop")
    async def _stop() -> dict[str, Any]:
        await drill().stop()
        return drill().state()

    @api.get("/state")
    async def _state() -> dict[str, Any]:
        return drill().state()

    return api


async def _serve(settings: Settings) -> None:
    told_to_end = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told_to_end.set)
    application = create_app(settings, with_workers=False)
    servers = [_server(application, settings.port), _server(steering(application), 0)]
    # Not serve(): signals are ours, so that the directory is cleared away.
    tasks = [asyncio.create_task(server._serve()) for server in servers]
    while not all(server.started for server in servers):
        await asyncio.sleep(0.02)
        for task in tasks:
            if task.done():
                task.result()
    application.state.drill = Drill(application.state.runtime)
    url, control = (
        f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}" for server in servers
    )
    sys.stdout.write(json.dumps({"url": url, "control": control, "password": PASSWORD}) + "\n")
    sys.stdout.flush()
    await told_to_end.wait()
    await application.state.drill.stop()
    for server in servers:
        server.should_exit = True
    await asyncio.gather(*tasks)


def _server(application: FastAPI, port: int) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(application, port=port, log_config=None, timeout_graceful_shutdown=1)
    )


@contextmanager
def _settings(port: int) -> Iterator[Settings]:
    # Pictures come from the stand-in: nothing here asks the internet.
    with TemporaryDirectory(prefix="videothek-drill-") as directory, run_in_thread() as standin:
        yield Settings(
            data_dir=Path(directory),
            database_url="",
            port=port,
            youtube_gateway=standin.url,
            owner_password=SecretStr(PASSWORD),
            pacing_scale=200.0,
        )


def main() -> None:
    """Read the arguments and run until told to stop."""
    parser = argparse.ArgumentParser(prog="tests.support.drill", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="of the page; 0 takes a free one")
    arguments = parser.parse_args()
    with _settings(arguments.port) as settings:
        asyncio.run(_serve(settings))


if __name__ == "__main__":
    main()
