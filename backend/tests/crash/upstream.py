"""The stand-in for YouTube in a process of its own, with troubles now and then. It is never killed."""

import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import httpx

from tests.crash.processes import ManagedProcess, Processes
from tests.crash.topology import clean_environment
from tests.support.postgres import free_port
from tests.support.server import NO_AUTHORITIES

_START_SECONDS = 30.0
_KINDS = ("watch", "player", "timedtext", "oembed", "browse")
# Of a thousand requests so many go wrong in each way.
_TROUBLES: Sequence[tuple[str, float, dict[str, Any]]] = (
    ("status_429", 2, {}),
    ("status_429_retry_after", 1, {"retry_after_seconds": 1}),
    ("status_500", 5, {}),
    ("status_503", 5, {}),
    ("reset", 5, {}),
    ("hang", 2, {}),
    ("garbage", 3, {}),
)


class Upstream:
    """The stand-in, controlled over HTTP.

    Args:
        directory: Where its log goes.
        processes: Look after it.
    """

    def __init__(self, directory: Path, processes: Processes) -> None:
        port = free_port()
        command = [sys.executable, "-m", "standin", "--port", str(port)]
        self.url = f"http://127.0.0.1:{port}"
        self._process = processes.add(
            ManagedProcess("upstream", command, clean_environment(), directory)
        )
        self._http = httpx.Client(
            base_url=f"{self.url}/_standin", trust_env=False, verify=NO_AUTHORITIES, timeout=60
        )

    def __enter__(self) -> Self:
        self._process.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"the stand-in does not start: {self._process.log}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_error: object) -> None:
        self._http.close()

    def make_trouble(self, seed: int) -> None:
        """From now on requests go wrong now and then."""
        for number, (fault, per_mille, more) in enumerate(_TROUBLES):
            for kind in _KINDS:
                body = {"kind": kind, "fault": fault, "probability": per_mille / 1000, **more}
                chance = hash((seed, number, _KINDS.index(kind)))
                self._http.post("/faults", json=body | {"seed": chance}).raise_for_status()

    def set_playlist(self, playlist_id: str, video_ids: Sequence[str]) -> None:
        """Choose what is in a playlist."""
        body = {"video_ids": list(video_ids)}
        self._http.put(f"/playlists/{playlist_id}", json=body).raise_for_status()

    def requests(self) -> list[dict[str, Any]]:
        """Every request, in order."""
        found: list[dict[str, Any]] = self._http.get("/requests").raise_for_status().json()
        return found

    def _answers(self) -> bool:
        try:
            return self._http.get("/health").status_code == 200
        except httpx.TransportError:
            return False


def repeated_per_video(requests: Sequence[dict[str, Any]], video_ids: Sequence[str]) -> float:
    """How many requests of a video were sent once more without a need, on average.

    Args:
        requests: All of them; what went wrong had to be asked again.
        video_ids: Those that nobody has to look at twice.
    """
    wanted = set(video_ids)
    asked = Counter(
        (one["video_id"], one["kind"])
        for one in requests
        if one["video_id"] in wanted and one["fault"] is None
    )
    return sum(number - 1 for number in asked.values()) / max(1, len(wanted))
