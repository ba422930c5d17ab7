import contextlib
import io
import json
import socket
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from yt_dlp import YoutubeDL
from yt_dlp.extractor.youtube import YoutubeIE
from yt_dlp.networking import Request, Response

from standin.server import StandIn, run_in_thread

REAL_DATA = Path(__file__).parents[4] / "shared" / "real-data"

PRODUCT_ARGS = {
    "player_client": ["visionos"],
    "player_skip": ["configs", "js"],
    "skip": ["hls", "dash", "translated_subs"],
}


class ListLog:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def debug(self, message: str) -> None:
        self.lines.append(message)

    info = warning = error = debug


class GatewayDL(YoutubeDL):
    """Unmodified but for the one method that every request passes, as the product does it."""

    base: str

    def urlopen(self, req: Any) -> Response:
        asked = Request(req) if isinstance(req, str) else req.copy()
        parts = urllib.parse.urlsplit(asked.url)
        asked.url = self.base + parts.path + (f"?{parts.query}" if parts.query else "")
        asked.headers["X-Standin-Host"] = parts.netloc
        return super().urlopen(asked)


class RecordedDL(YoutubeDL):
    """Answers from given JSON instead of a wire."""

    player: dict[str, Any]
    data: dict[str, Any]

    def urlopen(self, req: Any) -> Response:
        url = req if isinstance(req, str) else req.url
        body = json.dumps(self.player)
        if "/youtubei/v1/next" in url:
            body = json.dumps(self.data)
        elif "/watch" in url:
            body = (
                f"<script>var ytInitialPlayerResponse = {json.dumps(self.player)};</script>"
                f"<script>var ytInitialData = {json.dumps(self.data)};</script>"
            )
        return Response(io.BytesIO(body.encode()), url, {"Content-Type": "text/html"})


@dataclass
class Outcome:
    info: dict[str, Any] | None = None
    error: Exception | None = None
    log: list[str] = field(default_factory=list)

    @property
    def cause(self) -> str:
        """The class yt-dlp hid inside its DownloadError."""
        return type(self.error.exc_info[1]).__name__  # type: ignore[union-attr]


def options(log: ListLog, **args: Any) -> dict[str, Any]:
    return {
        "extractor_args": {"youtube": {**PRODUCT_ARGS, **args}},
        "extractor_retries": 0,
        "retries": 0,
        "writesubtitles": True,
        "writeautomaticsub": True,
        "quiet": True,
        "noprogress": True,
        "ignore_no_formats_error": False,
        "cachedir": False,
        "socket_timeout": 5,
        "logger": log,
    }


def run(dl: YoutubeDL, ie: YoutubeIE, video_id: str, log: ListLog, *, process: bool) -> Outcome:
    dl.add_info_extractor(ie)
    url = f"https://www.youtube.com/watch?v={video_id}"
    try:
        with contextlib.closing(dl):
            info = dl.extract_info(url, download=False, process=process)
    except Exception as error:  # noqa: BLE001 - what yt-dlp raises is what is looked at
        return Outcome(error=error, log=log.lines)
    return Outcome(info=info, log=log.lines)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with run_in_thread() as running:
        yield running


@pytest.fixture
def extract(stand_in: StandIn) -> Any:
    def extract(video_id: str, *, ie: Any = None, process: bool = False, **args: Any) -> Outcome:
        log = ListLog()
        dl = GatewayDL(options(log, **args), auto_init=False)
        dl.base = stand_in.url
        return run(dl, ie or YoutubeIE(), video_id, log, process=process)

    return extract


@pytest.fixture
def extract_recorded() -> Any:
    def extract(
        player: dict[str, Any], data: dict[str, Any], *, ie: Any = None, **args: Any
    ) -> Outcome:
        log = ListLog()
        dl = RecordedDL(options(log, **args), auto_init=False)
        dl.player, dl.data = player, data
        video_id = player.get("videoDetails", {}).get("videoId") or "abcdefghijk"
        return run(dl, ie or YoutubeIE(), video_id, log, process=False)

    return extract


@pytest.fixture(scope="session")
def innertube_recordings() -> Path:
    folder = REAL_DATA / "1_innertube"
    if not folder.is_dir():
        pytest.skip(f"recorded answers of the real YouTube are not at {folder}")
    return folder


@pytest.fixture
def raw_get(stand_in: StandIn) -> Any:
    """Send one GET over a plain socket and return everything that comes back."""

    def get(target: str, timeout: float = 5.0, host: str = "www.youtube.com") -> bytes:
        address = urllib.parse.urlsplit(stand_in.url)
        with socket.create_connection((address.hostname, address.port), timeout) as connection:
            head = f"GET {target} HTTP/1.1\r\nHost: x\r\nX-Standin-Host: {host}\r\n"
            connection.sendall(f"{head}Connection: close\r\n\r\n".encode())
            received = b""
            while part := connection.recv(65536):
                received += part
        return received

    return get
