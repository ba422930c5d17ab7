"""What people do with a library, each asked some times over HTTP."""

import random
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from app.services.paging import encode_cursor
from benchmarks.installation import Installation, as_links, new_ids
from benchmarks.library.content import (
    COMMON_TAG,
    LIST_IDS,
    PREMIERES,
    RARE_TAG,
    new_links,
)
from benchmarks.library.filling import Position
from benchmarks.library.growth import Growth, Kind, Took
from benchmarks.processes import DatabaseServer
from tests.support.server import progress_socket

ADDED = 1000
_ROUNDS = 15
_LEAST_ROUNDS = 3
_ENOUGH_SECONDS = 1.5
_BIG = f"/lists/{LIST_IDS[0]}/videos"
_QUERIES = {
    "search: one word": ("module", "assignment", "iterator", "string", "wetter", "annotation"),
    "search: a very common word": ("the", "is", "und", "of"),
    "search: two words": ("import statement", "class object", "keyword argument"),
    "search: a phrase": ('"the value of"', '"in the following"', '"is not a"'),
    "search: the beginning of a word": ("func*", "stat*", "meth*"),
}

_Ask = Callable[[], Awaitable[httpx.Response]]


@dataclass
class Visit:
    """A person in a library of some size.

    Attributes:
        running: The application.
        server: Its database's, if that is one.
        growth: Where times are kept.
        size: How many videos there are.
        middle: The video in the middle of the large list.
        chance: For ids nobody has used yet.
    """

    running: Installation
    server: DatabaseServer | None
    growth: Growth
    size: int
    middle: Position
    chance: random.Random

    @property
    def http(self) -> httpx.AsyncClient:
        """The signed-in client."""
        return self.running.client.http

    async def look_around(self) -> None:
        """Everything that only reads."""
        # What is made at the first request is not what is measured.
        for _ in range(3):
            (await self.http.get(_BIG)).raise_for_status()
        for what, kind, path, params in self._looks():
            await self._note(what, kind, self._get(path, **params))
        for what, queries in _QUERIES.items():
            await self._note_each(what, [self._get("/search", q=query) for query in queries])
        by_date = [
            self._get("/search", q=query, sort="newest") for query in _QUERIES["search: one word"]
        ]
        await self._note_each("search: one word, the newest first", by_date)
        await self._imports()
        links = as_links(new_links(ADDED, random.Random(1)))
        await self._note(
            f"preview of {ADDED} links", Kind.PAGE, self._post("/imports/preview", text=links)
        )

    def _looks(self) -> Iterator[tuple[str, Kind, str, dict[str, Any]]]:
        deep = encode_cursor(*self.middle)
        page, count = Kind.PAGE, Kind.COUNT
        yield "health", page, "/health", {}
        yield "lists with their counts", count, "/lists", {}
        # A page of a list says how many videos there are in it.
        yield "first page of the largest list", count, _BIG, {}
        yield "first page, oldest first", count, _BIG, {"sort": "oldest"}
        yield "a page in its middle", count, _BIG, {"cursor": deep}
        yield "the same, oldest first", count, _BIG, {"cursor": deep, "sort": "oldest"}
        for stage in ("complete", "error", "created", "captions"):
            yield f"first page of stage {stage}", count, _BIG, {"stage": stage}
        yield "the same in the middle", count, _BIG, {"stage": "captions", "cursor": deep}
        yield "first page with a frequent tag", count, _BIG, {"tag": COMMON_TAG}
        yield "first page with a rare tag", count, _BIG, {"tag": RARE_TAG}
        yield "one video", page, f"/videos/{self.middle[1]}", {}
        yield "its neighbours", page, f"/videos/{self.middle[1]}/neighbours", {}
        yield "lanes", page, "/lanes", {}
        yield "lanes, their last hour", page, "/lanes/history", {}
        yield "transcription", page, "/transcription", {}
        yield "tags with their counts", count, "/tags", {}
        yield "what a search can be narrowed to", count, "/search/choices", {}
        yield "the same of one list", count, "/search/choices", {"list_id": LIST_IDS[1]}

    async def _imports(self) -> None:
        first = (await self.http.get("/imports", params={"limit": 200})).raise_for_status().json()
        large = next(one for one in first["items"] if one["counts"]["new"] > 1)
        # Behind it there are only large ones for a while.
        cursor = encode_cursor(_moment(large["created_at"]), large["id"])
        path = f"/imports/{large['id']}"
        note = self._note
        await note("imports, the newest 20", Kind.PAGE, self._get("/imports", limit=20))
        ten = self._get("/imports", limit=10, cursor=cursor)
        if self.size >= 10 * ADDED:
            await note("imports, eight of 1000 videos each", Kind.PAGE, ten)
        await note("one import of 900 videos", Kind.PAGE, self._get(path))
        await note("its lines, a page", Kind.PAGE, self._get(f"{path}/items"))
        gone = self._get(f"{path}/items", outcome="unavailable")
        await note("its unavailable lines", Kind.PAGE, gone)
        await note("its report", Kind.PAGE, self._get(f"{path}/report.csv"))

    async def change(self) -> None:
        """Everything that writes; at the end the library is as before."""
        list_ids = [await self._new_list() for _ in range(4)]
        for list_id in reversed(list_ids[:3]):
            text = as_links(new_ids(ADDED, self.chance))
            ask = self._post(f"/lists/{list_id}/videos/batch", text=text)
            answer = await self._note(f"import of {ADDED}, to the answer", Kind.PAGE, ask, rounds=1)
        for list_id in list_ids[1:3]:
            ask = self._delete(f"/lists/{list_id}")
            await self._note(f"delete a list of {ADDED} that wait", Kind.PAGE, ask, rounds=1)
        await self._while_it_runs(f"/imports/{answer.json()['import_id']}")
        await self._many_at_once(list_ids[0], list_ids[3])
        await self._note("add one video", Kind.PAGE, self._add_one(list_ids[0]))
        for list_id in (list_ids[0], list_ids[3]):
            (await self.http.delete(f"/lists/{list_id}")).raise_for_status()

    async def _while_it_runs(self, path: str) -> None:
        ask = self._get(path)
        shown = await self._note("a running import and its estimate", Kind.PAGE, ask)
        assert shown.json()["eta_seconds"] is not None
        await self._note("lanes while it runs", Kind.PAGE, self._get("/lanes"))
        await self._note("snapshot of the WebSocket", Kind.PAGE, self._snapshot)

        async def pause_and_resume() -> httpx.Response:
            (await self.http.post(f"{path}/pause")).raise_for_status()
            return await self.http.post(f"{path}/resume")

        await self._note("pause and resume it", Kind.PAGE, pause_and_resume)

    async def _many_at_once(self, list_id: str, other_id: str) -> None:
        videos = await self.running.client.videos(list_id)
        ids = [video["id"] for video in videos]
        assert len(ids) == ADDED
        tag = self._post("/videos/tag", video_ids=ids, add=[COMMON_TAG])
        await self._note(f"tag {ADDED}", Kind.PAGE, tag, rounds=1)
        for target in (other_id, list_id) * 2:
            move = self._post("/videos/move", video_ids=ids, list_id=target)
            await self._note(f"move {ADDED}", Kind.PAGE, move, rounds=1)

    async def _snapshot(self) -> httpx.Response:
        """Until everything that is not over has been told."""
        waiting = ADDED + PREMIERES
        seen = 0
        async with progress_socket(self.running.app.url, self.running.client.token) as socket:
            while seen < waiting:
                seen += len((await socket.next()).get("videos", []))
        assert seen == waiting
        return httpx.Response(200, request=httpx.Request("GET", "http://socket"))

    def _add_one(self, list_id: str) -> _Ask:
        async def add() -> httpx.Response:
            return await self.running.client.add(as_links(new_ids(1, self.chance)), list_id)

        return add

    async def _new_list(self) -> str:
        answer = await self.http.post("/lists", json={"name": "For a while"})
        list_id: str = answer.raise_for_status().json()["id"]
        return list_id

    def _get(self, path: str, **params: Any) -> _Ask:
        return lambda: self.http.get(path, params=params)

    def _post(self, path: str, **body: Any) -> _Ask:
        return lambda: self.http.post(path, json=body)

    def _delete(self, path: str) -> _Ask:
        return lambda: self.http.delete(path)

    async def _note_each(self, what: str, asks: list[_Ask]) -> None:
        for ask in asks:
            await self._note(what, Kind.COUNT, ask, rounds=_LEAST_ROUNDS)

    async def _note(
        self, what: str, kind: Kind, ask: _Ask, *, rounds: int = _ROUNDS
    ) -> httpx.Response:
        took: list[Took] = []
        waited = 0.0
        while len(took) < rounds and (len(took) < _LEAST_ROUNDS or waited < _ENOUGH_SECONDS):
            processor, started = self._processor_seconds(), time.perf_counter()
            answer = await ask()
            seconds = time.perf_counter() - started
            took.append(Took(seconds, self._processor_seconds() - processor))
            waited += seconds
            answer.raise_for_status()
        self.growth.note(what, kind, self.size, took)
        return answer

    def _processor_seconds(self) -> float:
        server = self.server.cpu_seconds() if self.server else 0.0
        return self.running.app.cpu_seconds() + server


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
