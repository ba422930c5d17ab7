"""Which upstream a request is for, and which video."""

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from standin.browse import channel_name, playlist_of_browse
from standin.wire import Request

KINDS = (
    "watch",
    "player",
    "next",
    "playlist",
    "browse",
    "channel",
    "timedtext",
    "oembed",
    "data_api",
    "media",
    "thumbnail",
    "groq",
    "groq_models",
    "other",
)
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE = re.compile(r"((www|m|music)\.)?youtube(-nocookie)?\.com")
_PICTURES = re.compile(r"(i\d?|img)\.(ytimg|youtube)\.com")
_MEDIA = re.compile(r".+\.googlevideo\.com")
_API = re.compile(r"(www|youtube)\.googleapis\.com")
_OWN = re.compile(r"(127\.0\.0\.1|localhost|\[?::1\]?|0\.0\.0\.0|standin|)")

# (path, kind, host it belongs to); Groq has its own base address and no gateway header.
_ROUTES: tuple[tuple[re.Pattern[str], str, re.Pattern[str] | None], ...] = (
    (re.compile(r"/watch"), "watch", _YOUTUBE),
    (re.compile(r"/youtubei/v1/player"), "player", _YOUTUBE),
    (re.compile(r"/youtubei/v1/next"), "next", _YOUTUBE),
    (re.compile(r"/playlist"), "playlist", _YOUTUBE),
    (re.compile(r"/youtubei/v1/browse"), "browse", _YOUTUBE),
    (re.compile(r"/(@[^/]+|(c|user|channel)/[^/]+)(/videos)?"), "channel", _YOUTUBE),
    (re.compile(r"/api/timedtext"), "timedtext", _YOUTUBE),
    (re.compile(r"/oembed"), "oembed", _YOUTUBE),
    (re.compile(r"/youtube/v3/videos"), "data_api", _API),
    (re.compile(r"/videoplayback"), "media", _MEDIA),
    (re.compile(r"/vi/[^/]+/[^/]+\.jpg"), "thumbnail", _PICTURES),
    (re.compile(r"(/[\w.-]+)*/audio/transcriptions"), "groq", None),
    (re.compile(r"(/[\w.-]+)*/models(/[^/]+)*"), "groq_models", None),
)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes.

    Attributes:
        kind: One of `KINDS`.
        video_id: The video it is about; for the Data API all of them, joined by commas. For playlists
            their id, for channels their name.
        client: The innertube client, else the first word of `User-Agent`.
    """

    kind: str
    video_id: str | None
    client: str


def route_of(request: Request) -> Route:
    """Return where a request goes; what is not known is `other`."""
    kind = "other"
    for pattern, name, host in _ROUTES:
        if pattern.fullmatch(request.path):
            # Straight from a browser or curl there is no gateway header: the path decides alone.
            fits = host is None or host.fullmatch(request.host) or _OWN.fullmatch(request.host)
            kind = name if fits else "other"
            break
    client = request.headers.get("user-agent", "").split(" ")[0]
    if kind in ("player", "next"):
        return _innertube_route(kind, request, client)
    if kind == "playlist":
        return Route(kind, request.query.get("list") or None, client)
    if kind == "browse":
        return Route(kind, playlist_of_browse(request), client)
    if kind == "channel":
        return Route(kind, channel_name(unquote(request.path)), client)
    return Route(kind, _video_id(kind, request), client)


def _innertube_route(kind: str, request: Request, agent: str) -> Route:
    try:
        body = json.loads(request.body or b"{}")
        client = str(body["context"]["client"]["clientName"])
        video_id = str(body["videoId"])
    except (ValueError, KeyError, TypeError):
        return Route(kind, None, agent)
    return Route(kind, video_id if _ID.fullmatch(video_id) else None, client)


def _video_id(kind: str, request: Request) -> str | None:
    query = request.query
    found: str | None = None
    match kind:
        case "watch" | "timedtext":
            found = query.get("v")
        case "oembed":
            found = _id_in_url(query.get("url", ""))
        case "media":
            found = query.get("id", "").removeprefix("o-standin-")
        case "thumbnail":
            found = request.path.split("/")[2]
        case "data_api":
            ids = [video_id for video_id in query.get("id", "").split(",") if video_id]
            return ",".join(ids) or None
    return found if found and _ID.fullmatch(found) else None


def _id_in_url(url: str) -> str | None:
    parts = urlsplit(url)
    named = parse_qs(parts.query).get("v")
    return named[0] if named else parts.path.rsplit("/", 1)[-1]
