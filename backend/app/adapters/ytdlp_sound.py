"""Fetches sounds through yt-dlp's own downloader, ten megabytes at a time, each request charged."""

import asyncio
import io
import logging
import re
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import Any

from yt_dlp.downloader.http import HttpFD
from yt_dlp.networking import Request, Response
from yt_dlp.networking.exceptions import HTTPError
from yt_dlp.utils import DownloadError, parse_http_range

from app.adapters.http_answers import is_html
from app.adapters.ytdlp_conversation import Exchange, Send, Stop
from app.adapters.ytdlp_downloader import ConversingYoutubeDL, base_options
from app.adapters.ytdlp_transport import RECEIVED_EXTENSION, Received
from app.core.errors import (
    SoundAddressExpired,
    SoundUnavailable,
    UpstreamError,
    UpstreamFailed,
)
from app.core.logs import in_log_context
from app.services.enrichment.sound_tracks import is_media_address
from app.services.transcription.ports import SoundTrack

_log = logging.getLogger(__name__)

# Of one receive, and of one request with its ten megabytes: YouTube slows some clients to 60 kB/s.
_SOCKET_SECONDS = 15.0
_REQUEST_SECONDS = 300.0
# An address that ends while it is used is worth no request.
_EXPIRY_MARGIN_SECONDS = 30.0
# YouTube says from when on an address is good: seconds after it was handed out, as a rule.
_MAX_WAIT_SECONDS = 60.0
# Larger requests are slowed down by YouTube (yt-dlp's CHUNK_SIZE for its formats).
_CHUNK_BYTES = 10 * 1024 * 1024
# A break that came after so much is gone on from at once; otherwise it is the caller's to wait.
_PROGRESS_BYTES = 1_000_000
# YouTube moves readers from one media server to another.
_MAX_MOVES = 3
# How a file of each kind begins, and where.
_SIGNATURES = {"m4a": (4, b"ftyp"), "webm": (0, b"\x1a\x45\xdf\xa3")}
# How long a cancelled download has to let go of its files.
_LETTING_GO_SECONDS = 2.0


class YtDlpSoundSource:
    """Implements ``SoundSource``.

    Args:
        gateway: The stand-in's address, or empty for YouTube itself.
        proxy: Proxy address, or empty.
        threads: Sounds at once.
        max_bytes: How large a sound may be.
        deadline_scale: Divides the deadline of a request (tests and the demo).
    """

    def __init__(
        self,
        *,
        gateway: str,
        proxy: str,
        threads: int,
        max_bytes: int,
        deadline_scale: float = 1.0,
    ) -> None:
        self._gateway = gateway
        self._max_bytes = max_bytes
        self._request_seconds = max(3.0, _REQUEST_SECONDS / deadline_scale)
        self._options = {
            **base_options(proxy, min(_SOCKET_SECONDS, self._request_seconds)),
            "updatetime": False,
            "buffersize": 65_536,
        }
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="yt-dlp-sound")
        self._under_way: set[_Download] = set()

    async def fetch(
        self, youtube_id: str, track: SoundTrack, directory: Path, charge: Callable[[], None]
    ) -> Path:
        """See ``SoundSource``."""
        if not is_media_address(track.url):
            raise SoundUnavailable(f"{youtube_id}: no address of YouTube's")
        if track.size_bytes is not None and track.size_bytes > self._max_bytes:
            raise SoundUnavailable(f"{youtube_id}: {track.size_bytes} bytes")
        await _wait_until_good(track)
        download = _Download(
            track,
            max_bytes=self._max_bytes,
            charge=charge,
            gateway=self._gateway,
            request_seconds=self._request_seconds,
        )
        self._under_way.add(download)
        running = asyncio.get_running_loop().run_in_executor(
            self._pool, in_log_context(self._fetch), track, download, directory
        )
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            download.cancel()
            # So that nothing is written into a directory that is being removed.
            await asyncio.wait([running], timeout=_LETTING_GO_SECONDS)
            if running.done() and not running.cancelled():
                running.exception()
            raise
        finally:
            self._under_way.discard(download)

    def close(self) -> None:
        """Hang up on everything."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for download in list(self._under_way):
            download.cancel()

    def _fetch(self, track: SoundTrack, download: "_Download", directory: Path) -> Path:
        # What is left of another file than this one must not be gone on with.
        path = directory / f"{_file_name(track)}.{track.ext}"
        part = path.with_name(f"{path.name}.part")
        while True:
            size_before = _size(part)
            try:
                self._go_on(track, download, path)
            except UpstreamFailed:
                if download.is_misplaced:
                    part.unlink(missing_ok=True)
                if _size(part) - size_before < _PROGRESS_BYTES:
                    raise
            else:
                return path

    def _go_on(self, track: SoundTrack, download: "_Download", path: Path) -> None:
        """Fetch what is missing.

        Raises:
            UpstreamError: As ``SoundSource.fetch``.
        """
        downloader = ConversingYoutubeDL(self._options, download)
        try:
            info = {
                "url": track.url,
                "ext": track.ext,
                "downloader_options": {"http_chunk_size": _CHUNK_BYTES},
            }
            is_done, _ = HttpFD(downloader, downloader.params).download(str(path), info)
        except Stop as stopped:
            raise stopped.reason from stopped
        except CancelledError:
            # What waiting for a permit ends with when the process stops.
            raise
        except DownloadError as error:
            raise UpstreamFailed(f"{track.format.get('format_id')}: {error}") from error
        except Exception as error:
            _log.warning("yt-dlp broke on a sound", exc_info=error)
            raise UpstreamFailed(f"yt-dlp broke: {type(error).__name__}") from error
        finally:
            # An unclosed instance leaks a file descriptor and a log handler.
            downloader.close()
        if not is_done:
            raise UpstreamFailed("yt-dlp could not write the sound")


class _Download(Exchange):
    """The requests for one sound.

    Args:
        track: The sound.
        max_bytes: How large it may be.
        others: As of ``Exchange``.

    Attributes:
        is_misplaced: What is there already can't be a beginning of the file.
    """

    def __init__(self, track: SoundTrack, *, max_bytes: int, **others: Any) -> None:
        super().__init__(**others, total_seconds=None)
        self._track = track
        self._max_bytes = max_bytes
        self._moved_to: str | None = None
        self._received = Received()
        self._is_cancelled = False
        self.is_misplaced = False

    def cancel(self) -> None:
        """End it, from any thread."""
        self._is_cancelled = True
        self._received.cancel()

    def exchange(self, request: Request, send: Send) -> Response:
        """See ``Exchange``."""
        start, end, _ = parse_http_range(request.headers.get("Range"))
        try:
            self._send_after_moves(request, send)
        except Stop as stopped:
            if isinstance(stopped.__cause__, HTTPError) or not self._received.body:
                raise
            # What came is written, and the break follows.
            broke: UpstreamError | None = stopped.reason
        else:
            broke = None
        received = self._received
        self._check(received, start or 0, end)
        return Response(
            _Arrived(received.body, broke),
            url=request.url,
            headers=received.headers,
            status=received.status or HTTPStatus.OK,
        )

    def _send_after_moves(self, request: Request, send: Send) -> None:
        for moves in range(_MAX_MOVES + 1):
            if self._is_cancelled:
                raise Stop(UpstreamFailed("cancelled"))
            if _is_over(self._track):
                raise Stop(SoundAddressExpired("too old"))
            self._received = Received()
            request.extensions[RECEIVED_EXTENSION] = self._received
            request.url = self._moved_to or self._track.url
            try:
                self._send(request, send)
            except Stop as stopped:
                moved_to = _new_place(stopped.__cause__)
                if moved_to is None or moves == _MAX_MOVES:
                    raise
                self._moved_to = moved_to
            else:
                return

    def judge_status(self, status: int, detail: str) -> UpstreamError:
        """See ``Exchange``."""
        if status == HTTPStatus.FORBIDDEN:
            return SoundAddressExpired(detail)
        if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            return SoundAddressExpired(detail, is_gone=True)
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            self.is_misplaced = True
        return UpstreamFailed(detail, is_answer=True)

    def _check(self, received: Received, start: int, end: int | None) -> None:
        """Let nothing into the file that does not belong there.

        Raises:
            Stop: It is no sound, not the piece that was asked for, or too large.
        """
        came_from, came_to, total = parse_http_range(received.headers.get("Content-Range"))
        if received.status != HTTPStatus.PARTIAL_CONTENT:
            # The whole file, whatever was asked for; yt-dlp begins anew with it.
            came_from, came_to, start = 0, None, 0
            length = received.headers.get("Content-Length") or ""
            total = int(length) if length.isdecimal() else len(received.body)
        elif came_from != start or total is None or came_to != min(_or(end, total), total - 1):
            raise Stop(
                UpstreamFailed(f"asked for {start}-{end}, got {came_from}-{came_to}/{total}")
            )
        if total > self._max_bytes:
            raise Stop(SoundUnavailable(f"{total} bytes"))
        if start == 0 and not _is_sound(received.body, self._track.ext):
            kind = "a page" if is_html(bytes(received.body[:1_000])) else "no sound"
            raise Stop(UpstreamFailed(f"{kind} instead of {self._track.ext}", is_answer=True))


class _Arrived(io.BytesIO):
    """A body for yt-dlp; where it broke off, it does so again when it is read."""

    def __init__(self, body: bytearray, broke: UpstreamError | None) -> None:
        super().__init__(body)
        self._broke = broke

    def read(self, size: int | None = -1, /) -> bytes:
        block = super().read(size)
        if not block and self._broke is not None:
            raise ConnectionError(self._broke.detail)
        return block


async def _wait_until_good(track: SoundTrack) -> None:
    available_at = track.format.get("available_at")
    if isinstance(available_at, int | float):
        await asyncio.sleep(min(_MAX_WAIT_SECONDS, max(0.0, available_at - time.time())))


def _is_over(track: SoundTrack) -> bool:
    return track.expires_at is not None and track.expires_at < time.time() + _EXPIRY_MARGIN_SECONDS


def _new_place(cause: BaseException | None) -> str | None:
    """Where a redirect leads to, if that is another media server of YouTube's."""
    if not isinstance(cause, HTTPError) or cause.status >= HTTPStatus.BAD_REQUEST:
        return None
    location = str(cause.response.headers.get("Location") or "")
    return location if is_media_address(location) else None


def _is_sound(body: bytearray, ext: str) -> bool:
    offset, signature = _SIGNATURES[ext]
    return body[offset : offset + len(signature)] == signature


def _file_name(track: SoundTrack) -> str:
    """The same for the same file, whatever address it has this time."""
    known = (track.format.get("format_id"), track.size_bytes)
    return "-".join(re.sub(r"\W", "", str(part)) for part in known)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value
