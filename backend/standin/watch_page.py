"""The HTML page `/watch?v=...`, with the same three data blocks the real one carries."""

import json
from html import escape

from standin.catalog import Video
from standin.playability import Json
from standin.scenarios import Scenario
from standin.seeds import token_of

_CLIENT_VERSION = "2.20261120.00.00"


def script_of(value: Json) -> str:
    """Return JSON as it may stand in a script element."""
    # "<" would end the script element early if a title said so.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def ytcfg() -> Json:
    """Return the page configuration the innertube clients start from."""
    visitor = token_of("visitor", "visitor", 28)
    client = {
        "hl": "en",
        "gl": "DE",
        "remoteHost": "192.0.2.1",
        "visitorData": visitor,
        "clientName": "WEB",
        "clientVersion": _CLIENT_VERSION,
        "originalUrl": "https://www.youtube.com/watch",
        "platform": "DESKTOP",
    }
    return {
        "INNERTUBE_API_KEY": "AIza" + token_of("key", "innertube", 35),
        "INNERTUBE_API_VERSION": "v1",
        "INNERTUBE_CLIENT_NAME": "WEB",
        "INNERTUBE_CLIENT_VERSION": _CLIENT_VERSION,
        "INNERTUBE_CONTEXT": {"client": client, "user": {"lockedSafetyMode": False}},
        "INNERTUBE_CONTEXT_CLIENT_NAME": 1,
        "INNERTUBE_CONTEXT_CLIENT_VERSION": _CLIENT_VERSION,
        "VISITOR_DATA": visitor,
        "LOGGED_IN": False,
        "STS": 20_400,
        "PLAYER_JS_URL": "/s/player/0badc0de/player_ias.vflset/en_US/base.js",
    }


def watch_page(video: Video, scenario: Scenario, player: Json, data: Json) -> str:
    """Return the page of a video from its player answer and its `next` answer."""
    details = player.get("videoDetails")
    title = f"{details['title']} - YouTube" if details else "YouTube"
    # Real pages name this in a badge; yt-dlp searches the whole page for the words.
    kids = "<!-- made for kids -->" if scenario.availability == "made_for_kids" else ""
    return (
        '<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{_meta(video) if details else ''}"
        f"<script>ytcfg.set({script_of(ytcfg())});</script></head><body>{kids}"
        f"<script>var ytInitialPlayerResponse = {script_of(player)};</script>"
        f"<script>var ytInitialData = {script_of(data)};</script></body></html>"
    )


def _meta(video: Video) -> str:
    properties = {
        "og:title": video.title,
        "og:site_name": "YouTube",
        "og:url": f"https://www.youtube.com/watch?v={video.video_id}",
        "og:image": f"https://i.ytimg.com/vi/{video.video_id}/maxresdefault.jpg",
        "og:description": video.description[:160],
        "og:type": "video.other",
    }
    items = {
        "identifier": video.video_id,
        "channelId": video.channel.channel_id,
        "uploadDate": video.published.isoformat(),
        "datePublished": video.published.isoformat(),
        "genre": video.category,
        "interactionCount": str(video.views),
        "isFamilyFriendly": "true",
        "duration": f"PT{video.duration_seconds // 60}M{video.duration_seconds % 60}S",
    }
    tags = [f'<meta property="{key}" content="{escape(text)}">' for key, text in properties.items()]
    tags += [f'<meta itemprop="{key}" content="{escape(text)}">' for key, text in items.items()]
    return "".join(tags)
