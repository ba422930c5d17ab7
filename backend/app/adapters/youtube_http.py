"""YouTube's small files over httpx: oEmbed, caption tracks, pictures."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx

from app.adapters.authorities import authorities
from app.adapters.gateway import route
from app.adapters.http_answers import is_html, refusal_of
from app.core.errors import ErrorCode, UpstreamFailed, UpstreamRefused, UpstreamThrottled
from app.services.enrichment.captions import CaptionTrack
from app.services.enrichment.ports import TitleInfo

# A whole call, drip included; httpx's own time-out counts from the last byte only.
_CALL_SECONDS = 30.0
# The longest real caption files are a few MB; whatever is larger is not one.
_MAX_BYTES = 30_000_000
# Small enough for a grid, and there for every video, unlike the sharper ones.
_THUMBNAIL_NAME = "mqdefault.jpg"


class YouTubeHttp:
    """Sends single GET requests.

    Args:
        gateway: The stand-in's address, or empty for YouTube itself.
        proxy: Proxy address, or empty.
        deadline_scale: Divides the deadline of a call (tests and the demo).
    """

    def __init__(self, *, gateway: str, proxy: str = "", deadline_scale: float = 1.0) -> None:
        self._gateway = gateway
        self._call_seconds = max(2.0, _CALL_SECONDS / deadline_scale)
        self._client = httpx.AsyncClient(
            verify=authorities(),
            proxy=proxy or None,
            follow_redirects=False,
            # Only the settings decide where requests go, never the shell's environment.
            trust_env=False,
            headers={"Accept-Language": "en"},
            timeout=httpx.Timeout(self._call_seconds),
        )

    async def get(self, url: str) -> httpx.Response:
        """One GET, read to its end.

        Args:
            url: An address at YouTube.

        Raises:
            UpstreamThrottled: 429, or a captcha or consent page or the way to one.
            UpstreamFailed: 5xx, a connection that broke, an answer that is too long or too slow.
        """
        routed, headers = route(url, self._gateway)
        # Without its query, which holds YouTube's signature: it is for the log.
        address = url.partition("?")[0]
        try:
            async with asyncio.timeout(self._call_seconds):
                response = await self._read(routed, headers)
        except TimeoutError as error:
            raise UpstreamFailed(
                f"no whole answer in {self._call_seconds:.0f} s: {address}"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UpstreamFailed(f"{type(error).__name__}: {address}") from error
        refusal = refusal_of(response.status_code, response.headers, response.content, url)
        if refusal is not None:
            raise refusal
        return response

    async def _read(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        async with self._client.stream("GET", url, headers=headers) as response:
            chunks: list[bytes] = []
            size = 0
            async for chunk in response.aiter_bytes():
                size += len(chunk)
                if size > _MAX_BYTES:
                    raise UpstreamFailed(f"more than {_MAX_BYTES} bytes")
                chunks.append(chunk)
        return httpx.Response(
            response.status_code,
            headers={
                name: value
                for name, value in response.headers.items()
                # Describe the body as it was sent, not as it was decoded.
                if name not in ("content-encoding", "content-length", "transfer-encoding")
            },
            content=b"".join(chunks),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class OembedTitles:
    """Titles from oEmbed."""

    def __init__(self, http: YouTubeHttp) -> None:
        self._http = http

    async def fetch(self, youtube_id: str) -> TitleInfo:
        """See ``TitleSource``.

        Raises:
            UpstreamRefused: Any 4xx but 429: private and deleted videos, and those that may not be
                embedded, so it never says that a video is gone.
            UpstreamThrottled: The lane is to blame.
            UpstreamFailed: No title came, for a reason of this call's own.
        """
        query = urlencode(
            {"url": f"https://www.youtube.com/watch?v={youtube_id}", "format": "json"}
        )
        response = await self._http.get(f"https://www.youtube.com/oembed?{query}")
        if response.status_code != HTTPStatus.OK:
            raise UpstreamRefused(f"oembed {response.status_code}")
        try:
            data = response.json()
            title, channel = data["title"], data.get("author_name")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UpstreamFailed(f"oembed sent no title for {youtube_id}") from error
        if not isinstance(title, str) or not title:
            raise UpstreamRefused("oembed has an empty title")
        channel = channel.replace("\x00", "") if isinstance(channel, str) else None
        return TitleInfo(title.replace("\x00", ""), channel)


class TimedtextCaptions:
    """Caption files."""

    def __init__(self, http: YouTubeHttp) -> None:
        self._http = http

    async def fetch(self, track: CaptionTrack) -> bytes:
        """See ``CaptionSource``.

        Raises:
            UpstreamThrottled: 429 or 403, or a captcha: the address is fine, we are not welcome.
            UpstreamFailed: No caption file came, or one that was cut off on the way.
        """
        response = await self._http.get(_with_format(track.url, track.ext))
        detail = f"captions {response.status_code}, {len(response.content)} bytes"
        if response.status_code == HTTPStatus.FORBIDDEN:
            raise UpstreamThrottled(detail, code=ErrorCode.UPSTREAM_BLOCKED)
        if response.status_code != HTTPStatus.OK or not _may_be_captions(
            response.content, track.ext
        ):
            raise UpstreamFailed(detail)
        return response.content


class YouTubeThumbnails:
    """Pictures."""

    def __init__(self, http: YouTubeHttp) -> None:
        self._http = http

    async def fetch(self, youtube_id: str) -> bytes | None:
        """See ``ThumbnailSource``."""
        response = await self._http.get(f"https://i.ytimg.com/vi/{youtube_id}/{_THUMBNAIL_NAME}")
        is_picture = response.content.startswith(b"\xff\xd8")
        return response.content if response.is_success and is_picture else None


def _may_be_captions(body: bytes, ext: str) -> bool:
    """Whether a body can be a whole caption file. An empty one can: that is how locked ones look."""
    if ext != "json3":
        return not is_html(body)
    text = body.strip()
    return not text or (text.startswith(b"{") and text.endswith(b"}"))


def _with_format(url: str, ext: str) -> str:
    """The same address, asking for a format."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "fmt"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("fmt", ext)])))
