"""yt-dlp as a library: silent, without repetitions of its own, its every request ours."""

from typing import Any

import yt_dlp
from yt_dlp.networking import Request, Response

from app.adapters.ytdlp_conversation import Exchange
from app.adapters.ytdlp_transport import WholeAnswerRH


class ConversingYoutubeDL(yt_dlp.YoutubeDL):  # type: ignore[misc]  # yt-dlp has no types
    """A ``YoutubeDL`` whose every request is part of a conversation.

    Args:
        options: yt-dlp's options.
        conversation: Charges, routes and judges.
    """

    def __init__(self, options: dict[str, Any], conversation: Exchange) -> None:
        self._conversation = conversation
        super().__init__(options, auto_init=False)

    def urlopen(self, req: Any) -> Response:
        """Send one request. yt-dlp calls this for all of them."""
        request = Request(req) if isinstance(req, str) else req
        return self._conversation.exchange(request, super().urlopen)

    def build_request_director(self, _handlers: Any, preferences: Any = None) -> Any:
        """Send with our handler only, whatever other libraries are installed."""
        return super().build_request_director([WholeAnswerRH], preferences)


class _SilentLogger:
    """yt-dlp prints otherwise; what matters comes as an exception."""

    def debug(self, message: str) -> None:
        """Nothing."""

    def warning(self, message: str) -> None:
        """Nothing."""

    def error(self, message: str) -> None:
        """Nothing."""


def base_options(proxy: str, socket_seconds: float) -> dict[str, Any]:
    """What holds for everything that is asked of YouTube.

    Args:
        proxy: Proxy address, or empty.
        socket_seconds: Of one receive.
    """
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
        # No client of ours needs JavaScript; looking for a runtime starts a process for every video.
        "js_runtimes": {},
    }
