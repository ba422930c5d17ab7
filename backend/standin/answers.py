"""The proper answer to every request, from nothing but the id and the scenario."""

import time
from collections import OrderedDict
from functools import lru_cache
from importlib import resources

from standin import innertube, metadata, streams, timedtext
from standin.browse import HIDDEN, Browsing
from standin.catalog import Video, video_of
from standin.playability import Json, bot_check, session_limit
from standin.playlists import PlaylistBook
from standin.refusals import refusal
from standin.routing import Route
from standin.scenarios import Scenario, ScenarioBook
from standin.seeds import seed_of
from standin.sound import loop_of
from standin.watch_next import next_answer
from standin.watch_page import watch_page
from standin.wire import Reply, Request

_CACHED_REPLIES = 512
_SCENES = 40
_SIZES = {
    "default": "mq",
    "1": "mq",
    "2": "mq",
    "3": "mq",
    "mqdefault": "mq",
    "mq1": "mq",
    "mq2": "mq",
    "mq3": "mq",
    "0": "hq",
    "hqdefault": "hq",
    "hq1": "hq",
    "hq2": "hq",
    "hq3": "hq",
    "sddefault": "hq",
    "sd1": "hq",
    "hq720": "max",
    "maxresdefault": "max",
}
_BROWSED = frozenset({"playlist", "browse", "channel"})
_STRICT = frozenset({"player", "next", "oembed", "browse"})


class Answers:
    """Everything the upstreams say when nothing goes wrong."""

    def __init__(self, scenarios: ScenarioBook, playlists: PlaylistBook) -> None:
        self._scenarios = scenarios
        self._browsing = Browsing(playlists, scenarios)
        self.last_sound: Video | None = None
        self._cache: OrderedDict[tuple[object, ...], Reply] = OrderedDict()

    def reply(self, route: Route, request: Request) -> Reply:
        """Return the proper answer to a request."""
        if route.kind == "data_api":
            return metadata.data_api(request, self._scenarios)
        if route.video_id is None:
            return refusal(route.kind, 400 if route.kind in _STRICT else 404)
        if route.kind in _BROWSED:
            return self._browsing.reply(route.kind, route.video_id, request)
        return self._of_video(route, route.video_id, request)

    def _of_video(self, route: Route, video_id: str, request: Request) -> Reply:
        scenario = self._scenarios.of(video_id)
        video = video_of(video_id, scenario)
        match route.kind:
            case "timedtext":
                return _timedtext(video, scenario, request)
            case "media":
                self.last_sound = video
                return _media(video, scenario, request)
            case "oembed":
                return metadata.oembed(video, scenario)
            case "thumbnail":
                return thumbnail(video, scenario, request.path)
        return self._cached(route, video, scenario)

    def blocked(self, kind: str, route: Route, language: str) -> Reply:
        """Return how a bot check or a session limit looks to a request."""
        if route.kind not in ("watch", "player") or route.video_id is None:
            # Elsewhere YouTube does not explain itself.
            return refusal(route.kind, 429)
        status = bot_check(language) if kind == "bot_check" else session_limit(language)
        player: Json = {"responseContext": {}, "playabilityStatus": status, "trackingParams": "C"}
        if route.kind == "player":
            return Reply.of_json(player)
        scenario = self._scenarios.of(route.video_id)
        video = video_of(route.video_id, scenario)
        data = next_answer(video, scenario)
        return Reply(200, watch_page(video, scenario, player, data).encode())

    def _cached(self, route: Route, video: Video, scenario: Scenario) -> Reply:
        key = (route.kind, route.video_id, scenario, route.client, int(time.time() // 900))
        reply = self._cache.get(key)
        if reply is None:
            reply = self._cache[key] = _innertube(route, video, scenario)
            if len(self._cache) > _CACHED_REPLIES:
                self._cache.popitem(last=False)
        return reply


def _innertube(route: Route, video: Video, scenario: Scenario) -> Reply:
    if route.kind == "player":
        return Reply.of_json(innertube.player_answer(video, scenario, route.client))
    data = next_answer(video, scenario)
    if route.kind == "next":
        return Reply.of_json(data)
    # The page itself is about the right video even where the player then is not.
    shown = scenario.changed({"availability": "ok"}) if _wrong_id(scenario) else scenario
    player = innertube.player_answer(video, shown, "WEB")
    return Reply(200, watch_page(video, scenario, player, data).encode())


def _wrong_id(scenario: Scenario) -> bool:
    return scenario.availability == "other_id"


def _timedtext(video: Video, scenario: Scenario, request: Request) -> Reply:
    query = request.query
    form = query.get("fmt", "srv1")
    kind, language = query.get("kind", ""), query.get("lang", "")
    content_type = {
        "json3": "application/json; charset=UTF-8",
        "vtt": "text/vtt; charset=UTF-8",
        "srt": "text/plain; charset=UTF-8",
    }.get(form, "text/xml; charset=UTF-8")
    if "tlang" in query and query["tlang"] != language:
        # Translations are refused nearly always; here always.
        return refusal("timedtext", 429)
    if not _may_read(video, scenario, query):
        # "Locked", "expired", "unsigned" and "no such track" all look like this.
        return Reply(200, b"", "text/html; charset=UTF-8")
    if scenario.captions == "broken":
        half = timedtext.render(video, language, kind, form)
        return Reply(200, half[: len(half) // 2], content_type)
    return Reply(200, timedtext.render(video, language, kind, form), content_type)


def _may_read(video: Video, scenario: Scenario, query: dict[str, str]) -> bool:
    expires = query.get("expire", "")
    signed = query.get("signature") and expires.isdigit() and int(expires) > time.time()
    locked = "exp" in query and "pot" not in query
    track = (query.get("lang", ""), query.get("kind", ""))
    exists = track in innertube.tracks_of(video, scenario)
    return bool(signed and exists and not locked and scenario.captions != "empty")


def _media(video: Video, scenario: Scenario, request: Request) -> Reply:
    query = request.query
    itag = query.get("itag", "")
    mime = streams.mime_of(int(itag)) if itag.isdigit() else None
    expires = query.get("expire", "")
    if mime is None or not query.get("sig") or not expires.isdigit():
        return refusal("media", 403)
    if int(expires) < time.time() or scenario.availability in HIDDEN:
        return refusal("media", 403)
    seconds = streams.sound_seconds(video, scenario)
    loop = loop_of(mime, scenario.wish)
    size = loop.size(seconds)
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, max-age=21298"}
    header = request.headers.get("range")
    wanted = _range((header or "").removeprefix("bytes=") or query.get("range", ""), size)
    if wanted is None:
        headers["Content-Range"] = f"bytes */{size}"
        return Reply(416, b"", mime, headers)
    start, end = wanted
    if header is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    data = loop.part(seconds, start, end)
    return Reply(200 if header is None else 206, data, mime, headers)


def _range(wanted: str, size: int) -> tuple[int, int] | None:
    """Return the first byte and the one after the last, None for a range that is not there."""
    first, dash, last = wanted.partition("-")
    if not dash or not (first.isdigit() or last.isdigit()):
        return 0, size
    if first:
        start, end = int(first), min(int(last) + 1 if last else size, size)
    else:
        start, end = max(0, size - int(last)), size
    return (start, end) if start < end else None


def thumbnail(video: Video, scenario: Scenario, path: str) -> Reply:
    """Return a preview picture; the last part of the path names its size."""
    size = _SIZES.get(path.rsplit("/", 1)[-1].removesuffix(".jpg").removesuffix("_live"))
    if size is None or scenario.availability in HIDDEN:
        # YouTube sends a grey picture with its 404.
        return Reply(404, _picture("none.jpg"), "image/jpeg")
    scene = seed_of(video.video_id, "scene") % _SCENES
    headers = {"Cache-Control": "public, max-age=7200"}
    return Reply(200, _picture(f"scene{scene:02}_{size}.jpg"), "image/jpeg", headers)


@lru_cache(maxsize=256)
def _picture(name: str) -> bytes:
    return resources.files("standin.assets").joinpath(name).read_bytes()
