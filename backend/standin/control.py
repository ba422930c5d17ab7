"""The stand-in's own HTTP interface under `/_standin/`."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Protocol
from urllib.parse import unquote

from standin.catalog import video_of
from standin.faults import FaultError, Faults, FaultSpec
from standin.groq import Groq
from standin.innertube import tracks_of
from standin.ledger import Ledger, as_json
from standin.limits import Limits, LimitSpec
from standin.playlists import PlaylistBook, PlaylistError, entry_ids
from standin.quota import NOT_ENFORCED, QuotaSpec
from standin.scenarios import ScenarioBook, ScenarioError
from standin.talk import Said
from standin.wire import Reply, Request

PREFIX = "/_standin/"


class Controlled(Protocol):
    """The parts of a stand-in that can be controlled over HTTP."""

    scenarios: ScenarioBook
    faults: Faults
    limits: Limits
    ledger: Ledger
    playlists: PlaylistBook
    groq: Groq

    def set_latency(self, seconds: float, kinds: list[str] | None = None) -> None:
        """Make answers wait."""

    def spoken_text(self, video_id: str, itag: int = 139) -> tuple[Said, ...]:
        """Return every sentence really said in a video's sound."""

    def reset(self) -> None:
        """Return to the state after start."""


class Control:
    """Answers control requests."""

    def __init__(self, stand_in: Controlled) -> None:
        self._it = stand_in
        self._parts: dict[str, Callable[[Request, str], Reply]] = {
            "requests": self._requests,
            "counts": self._counts,
            "faults": self._faults,
            "limits": self._limits,
            "latency": self._latency,
            "scenario": self._scenario,
            "videos": self._video,
            "spoken": self._spoken,
            "groq": self._groq,
            "uploads": self._uploads,
            "playlists": self._playlist,
            "channels": self._channel,
            "reset": self._reset,
            "health": lambda _request, _rest: Reply.of_json({"status": "ok"}),
        }

    def reply(self, request: Request) -> Reply:
        """Answer a request whose path begins with `/_standin/`."""
        name, _, rest = request.path.removeprefix(PREFIX).partition("/")
        part = self._parts.get(name)
        if part is None:
            return _error(404, f"there is no {name!r}; there are {sorted(self._parts)}")
        try:
            return part(request, rest)
        except (FaultError, ScenarioError, PlaylistError, ValueError, TypeError, KeyError) as error:
            return _error(422, f"{type(error).__name__}: {error}")

    def _requests(self, request: Request, _rest: str) -> Reply:
        if request.method == "DELETE":
            self._it.ledger.clear()
            return Reply(204)
        query = request.query
        entries = self._it.ledger.entries(
            since=int(query.get("since") or 0),
            video_id=query.get("video_id") or None,
            kind=query.get("kind") or None,
        )
        return Reply.of_json([as_json(entry) for entry in entries])

    def _counts(self, _request: Request, _rest: str) -> Reply:
        return Reply.of_json(self._it.ledger.counts())

    def _faults(self, request: Request, rest: str) -> Reply:
        faults = self._it.faults
        if request.method == "POST":
            fault_id = faults.add(FaultSpec.of_json(request.json()))
            return Reply.of_json({"id": fault_id}, 201)
        if request.method == "DELETE":
            if not rest:
                faults.clear()
            elif not faults.remove(rest):
                return _error(404, f"there is no fault {rest!r}")
            return Reply(204)
        return Reply.of_json([spec.as_json() for spec in faults.all()])

    def _limits(self, request: Request, _rest: str) -> Reply:
        limits = self._it.limits
        if request.method == "PUT":
            given = request.json()
            listed = given if isinstance(given, list) else [given]
            limits.set([LimitSpec.of_json(raw) for raw in listed])
        elif request.method == "DELETE":
            limits.set([])
            return Reply(204)
        shown = [
            asdict(limit.spec) | {"accepted": limit.accepted, "refused": limit.refused}
            for limit in limits.active
        ]
        return Reply.of_json(shown)

    def _latency(self, request: Request, _rest: str) -> Reply:
        given = request.json()
        self._it.set_latency(float(given["seconds"]), given.get("kinds"))
        return Reply(204)

    def _scenario(self, request: Request, video_id: str) -> Reply:
        book = self._it.scenarios
        if request.method == "DELETE":
            book.clear(video_id or None)
            return Reply(204)
        if request.method == "PUT":
            book.set(video_id, request.json())
        return Reply.of_json(asdict(book.of(video_id)))

    def _video(self, _request: Request, video_id: str) -> Reply:
        scenario = self._it.scenarios.of(video_id)
        video = video_of(video_id, scenario)
        shown: dict[str, Any] = asdict(video)
        shown["published"] = video.published.isoformat()
        tracks = [{"language": code, "kind": kind} for code, kind in tracks_of(video, scenario)]
        return Reply.of_json({**shown, "scenario": asdict(scenario), "tracks": tracks})

    def _spoken(self, _request: Request, video_id: str) -> Reply:
        return Reply.of_json([asdict(said) for said in self._it.spoken_text(video_id)])

    def _groq(self, request: Request, rest: str) -> Reply:
        quota = self._it.groq.quota
        if request.method == "PUT":
            quota.set(QuotaSpec.of_json(request.json()))
        elif request.method == "POST" and rest == "use":
            given = request.json()
            quota.fill(given["limit"], float(given["amount"]))
        elif request.method == "DELETE":
            quota.set(NOT_ENFORCED)
        return Reply.of_json(quota.as_json())

    def _uploads(self, request: Request, _rest: str) -> Reply:
        uploads = self._it.groq.uploads
        if request.method == "DELETE":
            uploads.clear()
        return Reply.of_json([asdict(upload) for upload in uploads.all()])

    def _playlist(self, request: Request, rest: str) -> Reply:
        playlist_id, _, action = rest.partition("/")
        book = self._it.playlists
        if request.method == "PUT":
            book.set(playlist_id, request.json())
        elif request.method == "POST" and action == "videos":
            given = request.json()
            known = len(book.of(playlist_id).video_ids)
            added = given.get("video_ids") or entry_ids(playlist_id, int(given["count"]), known)
            book.add(playlist_id, added, at_start=bool(given.get("at_start")))
        return Reply.of_json(asdict(book.of(playlist_id)))

    def _channel(self, _request: Request, name: str) -> Reply:
        channel = self._it.playlists.channel(unquote(name))
        uploads = f"UU{channel.channel_id[2:]}"
        return Reply.of_json({**asdict(channel), "uploads": uploads})

    def _reset(self, _request: Request, _rest: str) -> Reply:
        self._it.reset()
        return Reply(204)


def _error(status: int, message: str) -> Reply:
    return Reply.of_json({"error": message}, status)
