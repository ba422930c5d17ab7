"""The playlist lane through yt-dlp's flat extraction: page by page, each request charged."""

import asyncio
import json
import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from yt_dlp.extractor.youtube import YoutubeTabIE as _VendorYoutubeTabIE
from yt_dlp.networking import Request, Response
from yt_dlp.utils import DownloadError, ExtractorError

from app.adapters.ytdlp_conversation import Exchange, Send, Stop, answer_of
from app.adapters.ytdlp_downloader import ConversingYoutubeDL, base_options
from app.core.errors import PlaylistUnavailable, UpstreamError, UpstreamFailed
from app.core.logs import in_log_context
from app.services.importing.items import storable
from app.services.playlists.ports import PlaylistPage
from app.services.playlists.sources import (
    channel_source,
    is_channel,
    page_path_of,
    playlist_id_of,
    url_of,
)
from app.services.playlists.words import judge_playlist_message
from app.services.youtube_ids import is_video_id

_log = logging.getLogger(__name__)

# Of one receive, and of one request with its whole body: a slow drip never trips the first.
_SOCKET_SECONDS = 15.0
_REQUEST_SECONDS = 60.0
_BROWSE_PATH = "/youtubei/v1/browse"
# In the link with which a playlist's page offers to show videos that are private or gone.
_OFFERS_HIDDEN = "wgYCCAA"


class YoutubeTabIE(_VendorYoutubeTabIE):  # type: ignore[misc]  # yt-dlp has no types
    """Named like its parent, because yt-dlp makes the extractor's key of the class's name."""

    channel_id: str | None = None

    def _reload_with_unavailable_videos(self, item_id: str, data: Any, ytcfg: Any) -> Any:
        """Ask for the hidden videos only where there are some; yt-dlp does it for every playlist."""
        if _OFFERS_HIDDEN not in json.dumps(data):
            return None
        return super()._reload_with_unavailable_videos(item_id, data, ytcfg)

    def _extract_data(self, *args: Any, **kwargs: Any) -> Any:
        """Remember whose page it is, whatever tabs a channel has."""
        data, ytcfg = super()._extract_data(*args, **kwargs)
        if "channelMetadataRenderer" in ((data or {}).get("metadata") or {}):
            self.channel_id = self._extract_metadata_from_tabs("", data).get("channel_id")
        return data, ytcfg


class _Browsing(Exchange):
    """What is asked and answered about one playlist or channel.

    Args:
        paths: Of its page.
        before_more: Called when more of it is about to be asked for.
        others: As of ``Exchange``.
    """

    def __init__(
        self, paths: Sequence[str], before_more: Callable[[], None], **others: Any
    ) -> None:
        super().__init__(**others, total_seconds=None)
        self._paths = [unquote(path) for path in paths]
        self._before_more = before_more

    def exchange(self, request: Request, send: Send) -> Response:
        """See ``Exchange``."""
        path = unquote(urlsplit(request.url).path)
        if path == _BROWSE_PATH:
            self._before_more()
            body = self._send(request, send)
            return answer_of(request.url, body, "application/json; charset=utf-8")
        if path in self._paths:
            return answer_of(request.url, self._page(request, send), "text/html; charset=utf-8")
        # What it asks for when a page could not be read: nothing good comes of it.
        raise Stop(UpstreamFailed(f"yt-dlp wanted {path[:100]}"))

    def _page(self, request: Request, send: Send) -> bytes:
        try:
            return self._send(request, send)
        except Stop as stopped:
            if getattr(stopped.__cause__, "status", None) == HTTPStatus.NOT_FOUND:
                raise Stop(PlaylistUnavailable(stopped.reason.detail)) from stopped
            raise


class YtDlpPlaylistReader:
    """Implements ``PlaylistReader``.

    Args:
        gateway: The stand-in's address, or empty for YouTube itself.
        proxy: Proxy address, or empty.
        threads: Playlists at once.
        deadline_scale: Divides the deadline of a request (tests and the demo).
    """

    def __init__(
        self, *, gateway: str, proxy: str, threads: int, deadline_scale: float = 1.0
    ) -> None:
        self._gateway = gateway
        self._request_seconds = max(3.0, _REQUEST_SECONDS / deadline_scale)
        self._options = {
            **base_options(proxy, min(_SOCKET_SECONDS, self._request_seconds)),
            # A list that breaks off is worse than one that fails: it would look like the whole.
            "extractor_args": {"youtube": {"raise_incomplete_data": ["1"]}},
        }
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="yt-dlp-playlist")

    async def read(
        self, source: str, charge: Callable[[], None], deliver: Callable[[PlaylistPage], None]
    ) -> None:
        """See ``PlaylistReader``."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, in_log_context(self._read), source, charge, deliver)

    async def resolve(self, source: str, charge: Callable[[], None]) -> str:
        """See ``PlaylistReader``."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, in_log_context(self._resolve), source, charge)

    def close(self) -> None:
        """Take on nothing new; what runs ends by its own deadline."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _read(
        self, source: str, charge: Callable[[], None], deliver: Callable[[PlaylistPage], None]
    ) -> None:
        pages = _Pages(deliver)
        url = f"https://www.youtube.com/playlist?list={playlist_id_of(source)}"
        with self._asking(url, ["/playlist"], charge, pages.before_more) as (_extractor, ask):
            info = ask()
            entries = info.get("entries")
            if info.get("_type") != "playlist" or entries is None:
                raise UpstreamFailed(f"no playlist: {str(info.get('_type'))[:40]}", is_answer=True)
            pages.describe(info, is_uploads=is_channel(source))
            for entry in entries:
                pages.add(entry)
            pages.end()

    def _resolve(self, source: str, charge: Callable[[], None]) -> str:
        url = url_of(source)
        path = page_path_of(source).rstrip("/")
        # Without a tab in its address yt-dlp opens the one with the videos.
        with self._asking(url, [path, f"{path}/videos"], charge, _nothing) as (extractor, ask):
            ask()
            if extractor.channel_id is None:
                raise PlaylistUnavailable(f"whose page is {path}?")
            return channel_source(extractor.channel_id)

    @contextmanager
    def _asking(
        self,
        url: str,
        paths: Sequence[str],
        charge: Callable[[], None],
        before_more: Callable[[], None],
    ) -> Generator[tuple[YoutubeTabIE, Callable[[], dict[str, Any]]]]:
        """yt-dlp with this one extractor, for as long as its lazy answer is read."""
        browsing = _Browsing(
            paths,
            before_more,
            charge=charge,
            gateway=self._gateway,
            request_seconds=self._request_seconds,
        )
        # No other tabs of a channel: its uploads are read as a playlist.
        options = {**self._options, "playlist_items": "0"}
        downloader = ConversingYoutubeDL(options, browsing)
        extractor = YoutubeTabIE()
        downloader.add_info_extractor(extractor)

        def ask() -> dict[str, Any]:
            info = downloader.extract_info(
                url, download=False, ie_key=YoutubeTabIE.ie_key(), process=False
            )
            return info if isinstance(info, dict) else {}

        try:
            with _judged(url):
                yield extractor, ask
        finally:
            # An unclosed instance leaks a file descriptor and a log handler.
            downloader.close()


class _Pages:
    """Cuts yt-dlp's stream of entries where it asks for more."""

    def __init__(self, deliver: Callable[[PlaylistPage], None]) -> None:
        self._deliver = deliver
        self._collected: list[str] = []
        self._title: str | None = None
        self._expected_count: int | None = None

    def describe(self, info: dict[str, Any], *, is_uploads: bool) -> None:
        """Remember what the playlist says of itself."""
        names = (info.get("channel") if is_uploads else None, info.get("title"))
        self._title = next((storable(str(name))[:500] for name in names if name), None)
        count = info.get("playlist_count")
        self._expected_count = count if isinstance(count, int) else None

    def add(self, entry: Any) -> None:
        """Take an entry, if it is a video."""
        youtube_id = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(youtube_id, str) and is_video_id(youtube_id):
            self._collected.append(youtube_id)

    def before_more(self) -> None:
        """Deliver what came so far, before more is asked for."""
        if self._collected:
            self._hand_over(is_last=False)

    def end(self) -> None:
        """Deliver what came last; also of an empty playlist."""
        self._hand_over(is_last=True)

    def _hand_over(self, *, is_last: bool) -> None:
        youtube_ids, self._collected = tuple(self._collected), []
        page = PlaylistPage(youtube_ids, self._title, self._expected_count, is_last)
        try:
            self._deliver(page)
        except UpstreamError as ended:
            # yt-dlp lets this kind through as it is.
            raise Stop(ended) from ended


@contextmanager
def _judged(url: str) -> Iterator[None]:
    """Turn whatever yt-dlp ends with into one of our own errors."""
    try:
        yield
    except Stop as stopped:
        raise stopped.reason from stopped
    except (UpstreamError, CancelledError):
        # The second is what waiting for a permit ends with when the process stops.
        raise
    except (DownloadError, ExtractorError) as error:
        raise judge_playlist_message(_words_of(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError, LookupError) as error:
        # yt-dlp believes the shape of answers.
        _log.warning("yt-dlp broke on %s", url, exc_info=error)
        raise UpstreamFailed(f"yt-dlp broke: {type(error).__name__}") from error


def _words_of(error: Exception) -> str:
    exc_info = getattr(error, "exc_info", None)
    cause = exc_info[1] if exc_info else None
    return str(getattr(cause or error, "orig_msg", None) or cause or error)


def _nothing() -> None:
    """A channel's page is looked at, not read."""
