"""The stand-in itself: one small server for every upstream."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from standin import control, embed
from standin.answers import Answers
from standin.catalog import Video, video_of
from standin.faults import Faults, FaultSpec, status_in
from standin.groq import Groq
from standin.ledger import Entry, Ledger
from standin.limits import Limits, LimitSpec
from standin.playlists import Playlist, PlaylistBook
from standin.quota import Limit, QuotaSpec
from standin.refusals import consent_page, refusal, sorry_page, sorry_redirect
from standin.routing import Route, route_of
from standin.scenarios import Scenario, ScenarioBook
from standin.sound import loop_of
from standin.streams import mime_of, sound_seconds
from standin.talk import Said, talk_of
from standin.uploads import Upload
from standin.wire import Reply, Request, run_connection

_BROKEN_DELIVERIES = frozenset({"hang", "reset", "drip", "truncated"})
_NEVER_ANSWERED = frozenset({"hang", "reset"})
_GARBAGE = bytes(range(256)) * 8
_BACKLOG = 512


class StandIn:
    """A server that speaks for YouTube and Groq.

    Use it as an async context manager inside a running loop, or through `run_in_thread`. All
    methods only touch memory and may be called from any thread.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        clock: Time source of limits, faults and the request log; tests inject their own.
    """

    def __init__(
        self, host: str = "127.0.0.1", port: int = 0, clock: Callable[[], float] = time.time
    ) -> None:
        self.scenarios = ScenarioBook()
        self.faults = Faults(clock)
        self.limits = Limits(clock)
        self.ledger = Ledger(clock)
        self.groq = Groq(clock)
        self._host, self._port = host, port
        self.playlists = PlaylistBook()
        self._answers = Answers(self.scenarios, self.playlists)
        self._control = control.Control(self)
        self._latency: tuple[float, frozenset[str] | None] = (0.0, None)
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """The address to use as gateway."""
        return f"http://{self._host}:{self._port}"

    @property
    def requests(self) -> list[Entry]:
        """Every counted request since the last reset, oldest first."""
        return self.ledger.entries()

    def counts(self) -> dict[str, Any]:
        """Return how many requests of each kind there were, in total and per video."""
        return self.ledger.counts()

    def clear_requests(self) -> None:
        """Forget every request."""
        self.ledger.clear()

    def add_fault(self, **fault: Any) -> str:
        """Arm a fault, with the fields of `FaultSpec`, and return its id."""
        return self.faults.add(FaultSpec.of_json(fault))

    def remove_fault(self, fault_id: str) -> None:
        """Disarm a fault."""
        self.faults.remove(fault_id)

    def clear_faults(self) -> None:
        """Disarm all faults."""
        self.faults.clear()

    def set_limits(self, *limits: dict[str, Any]) -> None:
        """Replace all hidden limits, each with the fields of `LimitSpec`."""
        self.limits.set([LimitSpec.of_json(limit) for limit in limits])

    def set_scenario(self, video_id: str, **changes: Any) -> Scenario:
        """Choose what a video is like (`*`: every video), with the fields of `Scenario`."""
        return self.scenarios.set(video_id, changes)

    def spoken_text(self, video_id: str, itag: int = 139) -> tuple[Said, ...]:
        """Return every sentence really said in a video's sound, with its times.

        Args:
            video_id: The video; without `speech` in its scenario nothing is said.
            itag: The format of the sound; they differ by less than two seconds at the end.
        """
        scenario = self.scenarios.of(video_id)
        if scenario.wish is None:
            return ()
        seconds = sound_seconds(self.video(video_id), scenario)
        loop = loop_of(mime_of(itag) or "", scenario.wish)
        return talk_of(scenario.wish).until(loop.sounds_for(seconds))

    @property
    def uploads(self) -> list[Upload]:
        """Every sound sent to be transcribed since the last reset, oldest first."""
        return self.groq.uploads.all()

    def set_groq_limits(self, **limits: Any) -> None:
        """Enforce Groq's limits from now on, with the fields of `QuotaSpec`; nothing is used yet."""
        self.groq.quota.set(QuotaSpec.of_json(limits))

    def use_groq(self, limit: Limit, amount: float) -> None:
        """Use up some of a limit, as somebody else with the same key would."""
        self.groq.quota.fill(limit, amount)

    def set_playlist(self, playlist_id: str, **changes: Any) -> Playlist:
        """Choose what a playlist is like: `count` or `video_ids`, `title`, `state`."""
        return self.playlists.set(playlist_id, changes)

    def grow_playlist(
        self, playlist_id: str, video_ids: list[str], *, at_start: bool = False
    ) -> Playlist:
        """Put videos into a playlist, at its end or at its start."""
        return self.playlists.add(playlist_id, video_ids, at_start=at_start)

    def set_latency(self, seconds: float, kinds: list[str] | None = None) -> None:
        """Make answers wait, all of them or those of some kinds."""
        self._latency = (seconds, frozenset(kinds) if kinds else None)

    def video(self, video_id: str) -> Video:
        """Return the facts of a video, to compare with."""
        return video_of(video_id, self.scenarios.of(video_id))

    def reset(self) -> None:
        """Return to the state after start: no faults, limits, scenarios, requests and so on."""
        self.faults.clear()
        self.limits.set([])
        self.scenarios.clear()
        self.playlists.clear()
        self.ledger.clear()
        self.groq.reset()
        self.set_latency(0.0)

    async def start(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_server(
            self._connected, self._host, self._port, backlog=_BACKLOG
        )
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the listening socket and every connection."""
        if self._server is None:
            return
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await run_connection(self._connections, reader, writer, self._handle)

    async def _handle(self, request: Request) -> Reply:
        if request.path.startswith(control.PREFIX):
            return self._control.reply(request)
        if request.path.startswith(embed.PREFIX):
            return embed.embed_page(request, self.scenarios)
        route = route_of(request)
        entry = self.ledger.add(
            kind=route.kind,
            host=request.host,
            method=request.method,
            path=request.target,
            video_id=route.video_id,
            client=route.client,
        )
        reply = await self._judge(route, request, entry)
        seconds, kinds = self._latency
        if seconds and (kinds is None or route.kind in kinds):
            await asyncio.sleep(seconds)
        entry.status = None if reply.delivery in _NEVER_ANSWERED else reply.status
        return reply

    async def _judge(self, route: Route, request: Request, entry: Entry) -> Reply:
        refused = self.limits.judge(route.kind)
        if refused:
            entry.fault = "limit"
            spec = FaultSpec(fault=refused.answer, retry_after_seconds=refused.retry_after_seconds)
            return await self._fault(spec, route, request)
        spec_or_none = self.faults.pick(route.kind, route.video_id)
        if spec_or_none:
            entry.fault = spec_or_none.fault
            return await self._fault(spec_or_none, route, request)
        return await self._answer(route, request)

    async def _answer(self, route: Route, request: Request, fault: str | None = None) -> Reply:
        if route.kind == "groq":
            return await self.groq.reply(request, self._answers.last_sound, fault)
        if route.kind == "groq_models":
            return self.groq.models(request)
        return self._answers.reply(route, request)

    async def _fault(self, spec: FaultSpec, route: Route, request: Request) -> Reply:
        status = status_in(spec.fault)
        if status is not None:
            retry_after = spec.retry_after_seconds
            if retry_after is None and spec.fault.endswith("_retry_after"):
                retry_after = 30.0
            quota = spec.fault.endswith("_quota")
            if route.kind == "groq":
                self.groq.refuse(request, status, spec.fault)
            return refusal(
                route.kind, status, retry_after=retry_after, quota=quota, limit=spec.limit
            )
        if spec.fault in ("bot_check", "session_limit"):
            return self._answers.blocked(spec.fault, route, spec.language)
        return await self._broken(spec, route, request)

    async def _broken(self, spec: FaultSpec, route: Route, request: Request) -> Reply:
        match spec.fault:
            case "sorry_page":
                return sorry_page()
            case "sorry_redirect":
                return sorry_redirect(f"https://{request.host}{request.target}")
            case "consent_page":
                return consent_page()
            case "hang" | "reset" if route.kind != "groq":
                return Reply(delivery=spec.fault)
        reply = await self._answer(route, request, spec.fault)
        broken = Reply(reply.status, reply.body, reply.content_type, dict(reply.headers))
        if spec.fault == "empty":
            broken.body = b""
        elif spec.fault == "garbage":
            broken.body = _GARBAGE
        elif spec.fault in _BROKEN_DELIVERIES:
            broken.delivery = spec.fault
            broken.drip_seconds = spec.interval_seconds
        return broken


@contextmanager
def run_in_thread(
    host: str = "127.0.0.1", port: int = 0, clock: Callable[[], float] = time.time
) -> Iterator[StandIn]:
    """Run a stand-in in a thread of its own, for callers without a running loop."""
    stand_in = StandIn(host, port, clock)
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(stand_in.start())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(stand_in.stop())
        loop.close()

    thread = threading.Thread(target=serve, name="stand-in", daemon=True)
    thread.start()
    if not ready.wait(timeout=10):
        raise RuntimeError("the stand-in did not start")
    try:
        yield stand_in
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
