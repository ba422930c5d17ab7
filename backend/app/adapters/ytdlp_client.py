"""The player lane through yt-dlp, in two requests per video, each one charged."""

import asyncio
import io
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

import yt_dlp
from yt_dlp.extractor.youtube import YoutubeIE as _VendorYoutubeIE
from yt_dlp.networking import Request, Response
from yt_dlp.networking.exceptions import HTTPError, RequestError
from yt_dlp.utils import DownloadCancelled, DownloadError

from app.adapters.gateway import route
from app.core.errors import ErrorCode, UpstreamError, UpstreamFailed, UpstreamThrottled
from app.services.enrichment.extraction import CAPTIONS_LOCKED_KEY, extraction_from_info
from app.services.enrichment.ports import Extraction
from app.services.error_classifier import classify_player_message

# Of one receive, and of everything together: a slow drip never trips the first.
_SOCKET_SECONDS = 15.0
_CALL_SECONDS = 60.0
_READ_CHUNK_BYTES = 65_536


class _Stop(DownloadCancelled):  # type: ignore[misc]  # yt-dlp has no types
    """Ends an extraction at once; yt-dlp lets this kind through as it is.

    Args:
        reason: What the caller is told.
    """

    def __init__(self, reason: UpstreamError) -> None:
        super().__init__(reason.detail)
        self.reason = reason


class YoutubeIE(_VendorYoutubeIE):  # type: ignore[misc]  # yt-dlp has no types
    """Named like its parent, because yt-dlp makes the extractor's key of the class's name."""

    captions_locked = False

    def _report_pot_subtitles_skipped(self, *_args: Any, **_kwargs: Any) -> None:
        """yt-dlp leaves out caption tracks that need a token; they are not the same as none."""
        self.captions_locked = True

    def _extract_chapters_from_description(self, _description: str, _duration: Any) -> None:
        """Leave the description to our own parser, so that ``chapters`` are YouTube's markers only."""


class _ChargedYoutubeDL(yt_dlp.YoutubeDL):  # type: ignore[misc]  # yt-dlp has no types
    """A ``YoutubeDL`` whose every request is charged, routed, judged and read under a deadline.

    Args:
        options: yt-dlp's options.
        charge: Called before each request; blocks until it may go out.
        gateway: The stand-in's address, or empty.
        call_seconds: Deadline of one request with its whole body.
    """

    def __init__(
        self,
        options: dict[str, Any],
        *,
        charge: Callable[[], None],
        gateway: str,
        call_seconds: float,
    ) -> None:
        self._charge = charge
        self._gateway = gateway
        self._call_seconds = call_seconds
        super().__init__(options, auto_init=False)

    def urlopen(self, req: Any) -> Response:
        """Send one request. yt-dlp calls this for all of them."""
        request = Request(req) if isinstance(req, str) else req
        original_url = request.url
        request.url, headers = route(original_url, self._gateway)
        request.headers.update(headers)
        self._charge()
        deadline = time.monotonic() + self._call_seconds
        try:
            with super().urlopen(request) as response:
                body = _read_all(response, deadline)
                return Response(
                    io.BytesIO(body),
                    url=original_url,
                    headers=response.headers,
                    status=response.status,
                    reason=response.reason,
                )
        except HTTPError as error:
            error.close()
            raise _Stop(_judge_status(error)) from error
        except RequestError as error:
            raise _Stop(UpstreamFailed(f"{type(error).__name__}: {error}")) from error
        finally:
            # The caller may look at the request again, or send it once more.
            request.url = original_url


class YtDlpExtractor:
    """Implements ``VideoExtractor``.

    Args:
        gateway: The stand-in's address, or empty for YouTube itself.
        proxy: Proxy address, or empty.
        player_clients: InnerTube clients, in order.
        wanted_languages: Languages in which manual captions are preferred.
        threads: Extractions at once.
        deadline_scale: Divides the deadline of a call (tests and the demo).
    """

    def __init__(
        self,
        *,
        gateway: str,
        proxy: str,
        player_clients: Sequence[str],
        wanted_languages: Sequence[str],
        threads: int,
        deadline_scale: float = 1.0,
    ) -> None:
        self._gateway = gateway
        self._wanted_languages = wanted_languages
        self._call_seconds = max(3.0, _CALL_SECONDS / deadline_scale)
        self._options = _options(proxy, player_clients, min(_SOCKET_SECONDS, self._call_seconds))
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="yt-dlp")

    async def extract(self, youtube_id: str, charge: Callable[[], None]) -> Extraction:
        """See ``VideoExtractor``."""
        loop = asyncio.get_running_loop()
        info = await loop.run_in_executor(self._pool, self._extract, youtube_id, charge)
        return extraction_from_info(youtube_id, info, self._wanted_languages)

    def close(self) -> None:
        """Take on nothing new; what runs ends by its own deadline."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _extract(self, youtube_id: str, charge: Callable[[], None]) -> dict[str, Any]:
        downloader = _ChargedYoutubeDL(
            dict(self._options),
            charge=charge,
            gateway=self._gateway,
            call_seconds=self._call_seconds,
        )
        try:
            # Only this one extractor: no other address can be fetched, whatever an answer says.
            extractor = YoutubeIE()
            downloader.add_info_extractor(extractor)
            info = downloader.extract_info(
                f"https://www.youtube.com/watch?v={youtube_id}",
                download=False,
                ie_key=YoutubeIE.ie_key(),
                process=False,
            )
        except _Stop as stopped:
            raise stopped.reason from stopped
        except DownloadError as error:
            raise classify_player_message(_reason(error)) from error
        finally:
            # An unclosed instance leaks a file descriptor and a log handler.
            downloader.close()
        if not isinstance(info, dict):
            raise UpstreamFailed("yt-dlp gave no info")
        return {**info, CAPTIONS_LOCKED_KEY: extractor.captions_locked}


class _SilentLogger:
    """yt-dlp prints otherwise; what matters comes as an exception."""

    def debug(self, message: str) -> None:
        """Nothing."""

    def warning(self, message: str) -> None:
        """Nothing."""

    def error(self, message: str) -> None:
        """Nothing."""


def _options(proxy: str, player_clients: Sequence[str], socket_seconds: float) -> dict[str, Any]:
    return {
        "quiet": True,
        "noprogress": True,
        "no_color": True,
        "logger": _SilentLogger(),
        "cachedir": False,
        # An empty string means no proxy at all; unset, the shell's environment would decide.
        "proxy": proxy,
        "socket_timeout": socket_seconds,
        # Every repetition is ours: the library's come without a pause and without a charge.
        "retries": 0,
        "extractor_retries": 0,
        "ignore_no_formats_error": False,
        # No client of ours needs JavaScript; looking for a runtime starts a process for every video.
        "js_runtimes": {},
        # Without these, caption tracks that need a token are dropped silently.
        "writesubtitles": True,
        "writeautomaticsub": True,
        "extractor_args": {
            "youtube": {
                "player_client": list(player_clients),
                # Two requests: the watch page and the player. No player script, no manifests.
                "player_skip": ["configs", "js"],
                "skip": ["hls", "dash", "translated_subs"],
            }
        },
    }


def _read_all(response: Response, deadline: float) -> bytes:
    chunks: list[bytes] = []
    while chunk := response.read(_READ_CHUNK_BYTES):
        chunks.append(chunk)
        if time.monotonic() > deadline:
            raise _Stop(UpstreamFailed(f"no whole answer in time: {response.url}"))
    return b"".join(chunks)


def _judge_status(error: HTTPError) -> UpstreamError:
    detail = f"{error.status}: {error.response.url}"
    if error.status == HTTPStatus.TOO_MANY_REQUESTS:
        value = (error.response.get_header("Retry-After") or "").strip()
        return UpstreamThrottled(
            detail, retry_after_seconds=float(value) if value.isdecimal() else None
        )
    if error.status == HTTPStatus.FORBIDDEN:
        return UpstreamThrottled(detail, code=ErrorCode.UPSTREAM_BLOCKED)
    return UpstreamFailed(detail)


def _reason(error: DownloadError) -> str:
    """What the extractor said, without yt-dlp's decoration."""
    cause = error.exc_info[1] if error.exc_info else None
    return str(getattr(cause, "orig_msg", None) or cause or error)
