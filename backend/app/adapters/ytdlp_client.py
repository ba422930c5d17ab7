"""The player lane through yt-dlp, in two requests per video, each one charged."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import Any

from yt_dlp.extractor.youtube import YoutubeIE as _VendorYoutubeIE
from yt_dlp.utils import DownloadError

from app.adapters.ytdlp_conversation import Conversation, Stop
from app.adapters.ytdlp_downloader import ConversingYoutubeDL, base_options
from app.core.errors import UpstreamError, UpstreamFailed, UpstreamThrottled
from app.core.logs import in_log_context
from app.services.enrichment.extraction import CAPTIONS_LOCKED_KEY, extraction_from_info
from app.services.enrichment.ports import Extraction
from app.services.error_classifier import Doubt, classify_player_message

_log = logging.getLogger(__name__)

# Of one receive, and of one request with its whole body: a slow drip never trips the first.
_SOCKET_SECONDS = 15.0
_REQUEST_SECONDS = 60.0
# Who is asked once about a video that looks deleted; none of these needs JavaScript. The first one
# that is not configured anyway is taken.
_SECOND_OPINION_CLIENTS = ("android", "ios", "web_embedded")


class YoutubeIE(_VendorYoutubeIE):  # type: ignore[misc]  # yt-dlp has no types
    """Named like its parent, because yt-dlp makes the extractor's key of the class's name."""

    captions_locked = False

    def _report_pot_subtitles_skipped(self, *_args: Any, **_kwargs: Any) -> None:
        """yt-dlp leaves out caption tracks that need a token; they are not the same as none."""
        self.captions_locked = True

    def _extract_chapters_from_description(self, _description: str, _duration: Any) -> None:
        """Leave the description to our own parser, so that ``chapters`` are YouTube's markers only."""


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
        self._clients = list(player_clients)
        self._request_seconds = max(3.0, _REQUEST_SECONDS / deadline_scale)
        self._options = _options(proxy, min(_SOCKET_SECONDS, self._request_seconds))
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="yt-dlp")

    async def extract(self, youtube_id: str, charge: Callable[[], None]) -> Extraction:
        """See ``VideoExtractor``."""
        loop = asyncio.get_running_loop()
        info = await loop.run_in_executor(
            self._pool, in_log_context(self._extract), youtube_id, charge
        )
        return extraction_from_info(youtube_id, info, self._wanted_languages)

    def close(self) -> None:
        """Take on nothing new; what runs ends by its own deadline."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _extract(self, youtube_id: str, charge: Callable[[], None]) -> dict[str, Any]:
        conversation = Conversation(
            youtube_id,
            charge=charge,
            gateway=self._gateway,
            request_seconds=self._request_seconds,
        )
        try:
            return self._ask(youtube_id, conversation, self._clients)
        except Stop as stopped:
            other = next((c for c in _SECOND_OPINION_CLIENTS if c not in self._clients), None)
            if stopped.doubt is not Doubt.LOOKS_GONE or other is None:
                raise stopped.reason from stopped
        try:
            return self._ask(youtube_id, conversation, [other])
        except Stop as stopped:
            raise stopped.reason from stopped

    def _ask(
        self, youtube_id: str, conversation: Conversation, clients: Sequence[str]
    ) -> dict[str, Any]:
        """Let yt-dlp ask some clients.

        Raises:
            Stop: The conversation has its result, and it is not the video.
            UpstreamError: yt-dlp failed with the answers.
        """
        conversation.expect_answers(len(clients))
        downloader = ConversingYoutubeDL(_with_clients(self._options, clients), conversation)
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
        except (Stop, CancelledError):
            # The second is what waiting for a permit ends with when the process stops.
            raise
        except DownloadError as error:
            raise _judge_message(error, conversation) from error
        except Exception as error:
            # yt-dlp believes the shape of answers; one that it trips over says nothing about the video.
            _log.warning("yt-dlp broke on %s", youtube_id, exc_info=error)
            raise UpstreamFailed(f"yt-dlp broke: {type(error).__name__}") from error
        finally:
            # An unclosed instance leaks a file descriptor and a log handler.
            downloader.close()
        verdict = conversation.verdict
        if verdict.error is not None:
            raise Stop(verdict.error, verdict.doubt)
        if not isinstance(info, dict):
            raise UpstreamFailed("yt-dlp gave no info")
        return {**info, CAPTIONS_LOCKED_KEY: extractor.captions_locked}


def _options(proxy: str, socket_seconds: float) -> dict[str, Any]:
    return {
        **base_options(proxy, socket_seconds),
        "ignore_no_formats_error": False,
        # A concert filmed by several cameras would come as a playlist.
        "noplaylist": True,
        # Without these, caption tracks that need a token are dropped silently.
        "writesubtitles": True,
        "writeautomaticsub": True,
    }


def _with_clients(options: dict[str, Any], clients: Sequence[str]) -> dict[str, Any]:
    return {
        **options,
        "extractor_args": {
            "youtube": {
                "player_client": list(clients),
                # Two requests: the watch page and the player. No player script, no manifests.
                "player_skip": ["configs", "js"],
                "skip": ["hls", "dash", "translated_subs"],
            }
        },
    }


def _judge_message(error: DownloadError, conversation: Conversation) -> UpstreamError:
    """What yt-dlp's own failure means. Where the player answered, its answers say more about a video."""
    cause = error.exc_info[1] if error.exc_info else None
    message = str(getattr(cause, "orig_msg", None) or cause or error)
    judged = classify_player_message(message)
    if conversation.has_answers and not isinstance(judged, UpstreamThrottled):
        return conversation.verdict.error or UpstreamFailed(message)
    return judged
