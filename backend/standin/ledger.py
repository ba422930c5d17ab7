"""The record of every request, so that a test can prove what was sent."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True)
class Entry:
    """One request.

    Attributes:
        n: Running number, from 1; never reused, not even after a reset.
        at: Unix time of its arrival.
        kind: `watch`, `player`, `next`, `playlist`, `browse`, `channel`, `timedtext`, `oembed`,
            `data_api`, `media`, `thumbnail`, `groq`, `groq_models` or `other`.
        video_id: The video, or the playlist or channel, that it was about.
        status: The HTTP status sent, None while unanswered and where none was ever sent.
        client: The innertube client's name, else the program named in `User-Agent`.
        fault: The fault or `limit` that shaped the answer, None for a proper one.
    """

    n: int
    at: float
    kind: str
    host: str
    method: str
    path: str
    video_id: str | None
    client: str
    status: int | None = None
    fault: str | None = None


class Ledger:
    """All requests since the last reset."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._entries: list[Entry] = []
        self._next = 1

    def add(
        self, *, kind: str, host: str, method: str, path: str, video_id: str | None, client: str
    ) -> Entry:
        """Record a request the moment it has arrived; its status is filled in later."""
        entry = Entry(self._next, self._clock(), kind, host, method, path, video_id, client)
        self._next += 1
        self._entries.append(entry)
        return entry

    def entries(
        self, *, since: int = 0, video_id: str | None = None, kind: str | None = None
    ) -> list[Entry]:
        """Return requests with a number above `since`, oldest first."""
        return [
            entry
            for entry in self._entries
            if entry.n > since
            and (video_id is None or entry.video_id == video_id)
            and (kind is None or entry.kind == kind)
        ]

    def counts(self) -> dict[str, Any]:
        """Return how many requests of each kind there were, in total and per video."""
        total: Counter[str] = Counter()
        videos: dict[str, Counter[str]] = {}
        for entry in self._entries:
            total[entry.kind] += 1
            for video_id in (entry.video_id or "").split(","):
                if video_id:
                    videos.setdefault(video_id, Counter())[entry.kind] += 1
        return {
            "total": dict(total),
            "all": len(self._entries),
            "videos": {video_id: dict(kinds) for video_id, kinds in videos.items()},
        }

    def clear(self) -> None:
        """Forget every request."""
        self._entries.clear()


def as_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as the control API shows it."""
    return asdict(entry)
