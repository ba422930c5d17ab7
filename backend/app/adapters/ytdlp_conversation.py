"""What is said between yt-dlp and YouTube: requests charged, routed, sent and judged."""

import io
import time
from collections.abc import Callable
from http import HTTPStatus
from math import inf
from urllib.parse import urlsplit

from yt_dlp.networking import Request, Response
from yt_dlp.networking.exceptions import HTTPError, RequestError
from yt_dlp.utils import DownloadCancelled

from app.adapters.gateway import route
from app.adapters.http_answers import refusal_of
from app.adapters.ytdlp_transport import SECONDS_EXTENSION
from app.core.errors import ErrorCode, UpstreamError, UpstreamFailed, UpstreamThrottled
from app.services.error_classifier import Doubt, Verdict, judge_player_answers, lane_trouble
from app.services.player_answers import PlayerAnswer
from app.services.watch_page import read_player_body, read_watch_page

_WATCH_PATH = "/watch"
_PLAYER_PATH = "/youtubei/v1/player"
# No extraction needs more than a watch page and two players; a slow one may use up two requests' time.
_REQUESTS_WORTH_OF_TIME = 2

Send = Callable[[Request], Response]


class Stop(DownloadCancelled):  # type: ignore[misc]  # yt-dlp has no types
    """Ends an extraction at once; yt-dlp lets this kind through as it is.

    Args:
        reason: What the caller is told.
        doubt: Whether another client may know better.
    """

    def __init__(self, reason: UpstreamError, doubt: Doubt = Doubt.NONE) -> None:
        super().__init__(reason.detail)
        self.reason = reason
        self.doubt = doubt


class Exchange:
    """Sends yt-dlp's requests, each one charged and judged.

    Args:
        charge: Called before each request; blocks until it may go out.
        gateway: The stand-in's address, or empty.
        request_seconds: Deadline of one request with its whole body.
        total_seconds: What all requests together may take on the wire; None without such a limit.
            Waiting for a permit may take hours and is nobody's fault.
    """

    def __init__(
        self,
        *,
        charge: Callable[[], None],
        gateway: str,
        request_seconds: float,
        total_seconds: float | None,
    ) -> None:
        self._charge = charge
        self._gateway = gateway
        self._request_seconds = request_seconds
        self._seconds_left = inf if total_seconds is None else total_seconds

    def exchange(self, request: Request, send: Send) -> Response:
        """Send one request, unless it is known to be pointless, and judge its answer.

        Args:
            request: yt-dlp's.
            send: yt-dlp's way of sending it.

        Raises:
            Stop: There is no use in going on.
        """
        raise NotImplementedError

    def _send(self, request: Request, send: Send) -> bytes:
        if self._seconds_left <= 0:
            raise Stop(UpstreamFailed("the whole extraction took too long"))
        try:
            self._charge()
        except UpstreamError as refused:
            raise Stop(refused) from refused
        original_url = request.url
        request.url, headers = route(original_url, self._gateway)
        request.headers.update(headers)
        seconds = min(self._request_seconds, self._seconds_left)
        request.extensions[SECONDS_EXTENSION] = seconds
        started = time.monotonic()
        try:
            with send(request) as response:
                body: bytes = response.read()
                refused_with = refusal_of(response.status, response.headers, body, original_url)
        except HTTPError as error:
            raise Stop(self._refused(error, original_url)) from error
        except RequestError as error:
            raise Stop(
                UpstreamFailed(f"{type(error).__name__}: {error}: {original_url}")
            ) from error
        finally:
            self._seconds_left -= time.monotonic() - started
            # yt-dlp may look at the request again.
            request.url = original_url
        if refused_with is not None:
            raise Stop(refused_with)
        return body

    def _refused(self, error: HTTPError, url: str) -> UpstreamError:
        """What an answer means whose status is an error, or a redirect."""
        with error.response as response:
            refusal = refusal_of(response.status, response.headers, response.read(), url)
        return refusal or self.judge_status(error.status, f"{error.status}: {url}")

    def judge_status(self, status: int, detail: str) -> UpstreamError:
        """What an error means that does not say the same of everything that could be asked for.

        Args:
            status: From 400 to 499.
            detail: For the log.
        """
        if status == HTTPStatus.FORBIDDEN:
            return UpstreamThrottled(detail, code=ErrorCode.UPSTREAM_BLOCKED)
        return UpstreamFailed(detail)


class Conversation(Exchange):
    """Everything that is asked and answered about one video, by one client after the other.

    Args:
        youtube_id: The video.
        charge: Called before each request; blocks until it may go out.
        gateway: The stand-in's address, or empty.
        request_seconds: Deadline of one request with its whole body; all together get twice that.
    """

    def __init__(
        self, youtube_id: str, *, charge: Callable[[], None], gateway: str, request_seconds: float
    ) -> None:
        super().__init__(
            charge=charge,
            gateway=gateway,
            request_seconds=request_seconds,
            total_seconds=request_seconds * _REQUESTS_WORTH_OF_TIME,
        )
        self._youtube_id = youtube_id
        self._page_body: bytes | None = None
        self._page: PlayerAnswer | None = None
        self._answers: list[PlayerAnswer] = []
        self._answers_wanted = 0

    def expect_answers(self, count: int) -> None:
        """So many clients more are about to be asked: the last of them has the last word."""
        self._answers_wanted = len(self._answers) + count

    @property
    def verdict(self) -> Verdict:
        """What all answers so far mean."""
        return judge_player_answers(self._youtube_id, self._answers, self._page)

    @property
    def has_answers(self) -> bool:
        """Whether the player said anything."""
        return bool(self._answers)

    def exchange(self, request: Request, send: Send) -> Response:
        """See ``Exchange``."""
        path = urlsplit(request.url).path
        if path == _WATCH_PATH:
            # A second client is asked about the page that is known already.
            if self._page_body is None:
                self._page_body = self._send(request, send)
                self._hear_page(self._page_body)
            return answer_of(request.url, self._page_body, "text/html; charset=utf-8")
        if path == _PLAYER_PATH:
            body = self._send(request, send)
            self._hear_player(body)
            return answer_of(request.url, body, "application/json; charset=utf-8")
        # `next` for a page that could not be read, manifests, scripts: nothing good comes of these.
        raise Stop(UpstreamFailed(f"yt-dlp wanted {path[:100]}"))

    def _hear_page(self, body: bytes) -> None:
        try:
            self._page = read_watch_page(body)
        except UpstreamFailed as unreadable:
            raise Stop(unreadable) from unreadable
        if self._page is not None and (trouble := lane_trouble(self._page)):
            raise Stop(trouble)

    def _hear_player(self, body: bytes) -> None:
        try:
            self._answers.append(read_player_body(body))
        except UpstreamFailed as unreadable:
            raise Stop(unreadable) from unreadable
        verdict = self.verdict
        is_last = len(self._answers) >= self._answers_wanted
        if verdict.error is not None and (is_last or verdict.doubt is Doubt.NONE):
            raise Stop(verdict.error, verdict.doubt)


def answer_of(url: str, body: bytes, content_type: str) -> Response:
    """What yt-dlp is given for a body that was read already."""
    return Response(io.BytesIO(body), url=url, headers={"Content-Type": content_type})
