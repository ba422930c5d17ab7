"""The two official interfaces: oEmbed and the Data API's `videos.list`."""

import time
from html import escape
from typing import Any

from standin.catalog import Video, video_of
from standin.playability import Json, starts_at
from standin.refusals import refusal
from standin.scenarios import Scenario, ScenarioBook
from standin.vocabulary import LANGUAGE_NAMES
from standin.wire import Reply, Request

_MOST_IDS = 50
_PRIVATE = frozenset({"private", "private_german", "private_empty_reason"})
_GONE = frozenset(
    {"deleted", "deleted_bare", "deleted_curly", "deleted_german", "account_terminated"}
)
_PARTS = frozenset(
    {"id", "snippet", "contentDetails", "status", "statistics", "liveStreamingDetails"}
)


def oembed(video: Video, scenario: Scenario) -> Reply:
    """Return the oEmbed answer; a refusal there does not prove that a video is gone."""
    if scenario.availability in _PRIVATE:
        return refusal("oembed", 403)
    if scenario.availability in _GONE:
        return refusal("oembed", 404)
    if not scenario.embeddable:
        return refusal("oembed", 401)
    title = escape(video.title)
    frame = (
        f'<iframe width="200" height="113" src="https://www.youtube.com/embed/{video.video_id}'
        f'?feature=oembed" frameborder="0" allowfullscreen title="{title}"></iframe>'
    )
    answer = {
        "title": video.title,
        "author_name": video.channel.name,
        "author_url": f"https://www.youtube.com/{video.channel.handle}",
        "type": "video",
        "height": 113,
        "width": 200,
        "version": "1.0",
        "provider_name": "YouTube",
        "provider_url": "https://www.youtube.com/",
        "thumbnail_height": 360,
        "thumbnail_width": 480,
        "thumbnail_url": f"https://i.ytimg.com/vi/{video.video_id}/hqdefault.jpg",
        "html": frame,
    }
    return Reply.of_json(answer)


def data_api(request: Request, scenarios: ScenarioBook) -> Reply:
    """Return the answer of `videos.list`; ids that can't be listed are just missing from it."""
    query = request.query
    problem = _problem(query)
    if problem:
        error = {"code": problem[0], "message": problem[1], "errors": [{"reason": problem[2]}]}
        return Reply.of_json({"error": error}, problem[0])
    parts = set(query["part"].split(","))
    items = []
    for video_id in query["id"].split(","):
        scenario = scenarios.of(video_id)
        if scenario.availability not in _PRIVATE | _GONE:
            items.append(_item(video_of(video_id, scenario), scenario, parts))
    page = {"totalResults": len(items), "resultsPerPage": len(items)}
    answer = {"kind": "youtube#videoListResponse", "etag": "standin", "items": items}
    return Reply.of_json({**answer, "pageInfo": page})


def _problem(query: dict[str, str]) -> tuple[int, str, str] | None:
    key = query.get("key", "")
    if not key:
        return 403, "Method doesn't allow unregistered callers.", "forbidden"
    if key == "invalid":
        return 400, "API key not valid. Please pass a valid API key.", "badRequest"
    parts = set(query.get("part", "").split(","))
    if not parts <= _PARTS:
        return 400, f"'{','.join(sorted(parts - _PARTS))}'", "unknownPart"
    if not query.get("id"):
        return 400, "No filter selected. Expected one of: id", "missingRequiredParameter"
    if len(query["id"].split(",")) > _MOST_IDS:
        return 400, "The request specifies an invalid filter parameter.", "invalidFilters"
    return None


def _iso(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def _length(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    written = "".join(
        f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M"), (left, "S")) if count
    )
    return f"PT{written or '0S'}"


def _item(video: Video, scenario: Scenario, parts: set[str]) -> Json:
    everything: dict[str, Any] = {
        "snippet": _snippet(video, scenario),
        "contentDetails": _content(video, scenario),
        "status": {
            "uploadStatus": "uploaded"
            if scenario.availability.startswith("processing")
            else "processed",
            "privacyStatus": "public",
            "license": "youtube",
            "embeddable": scenario.embeddable,
            "publicStatsViewable": True,
            "madeForKids": scenario.availability == "made_for_kids",
        },
        "statistics": {"viewCount": str(video.views), "likeCount": str(video.likes)},
    }
    if scenario.availability in ("upcoming", "premiere", "premiere_german"):
        everything["liveStreamingDetails"] = {"scheduledStartTime": _iso(starts_at(scenario))}
    chosen = {name: value for name, value in everything.items() if name in parts}
    return {"kind": "youtube#video", "etag": "standin", "id": video.video_id, **chosen}


def _snippet(video: Video, scenario: Scenario) -> Json:
    sizes = {"default": (120, 90), "medium": (320, 180), "high": (480, 360)}
    files = {"default": "default", "medium": "mqdefault", "high": "hqdefault"}
    state = {
        "upcoming": "upcoming",
        "premiere": "upcoming",
        "premiere_german": "upcoming",
        "live": "live",
    }
    return {
        "publishedAt": _iso(video.published.timestamp()),
        "channelId": video.channel.channel_id,
        "title": video.title,
        "description": video.description,
        "thumbnails": {
            name: {
                "url": f"https://i.ytimg.com/vi/{video.video_id}/{files[name]}.jpg",
                "width": width,
                "height": height,
            }
            for name, (width, height) in sizes.items()
        },
        "channelTitle": video.channel.name,
        "tags": list(video.keywords),
        "categoryId": "27",
        "liveBroadcastContent": state.get(scenario.availability, "none"),
        "defaultAudioLanguage": video.language if video.language in LANGUAGE_NAMES else "en",
        "localized": {"title": video.title, "description": video.description},
    }


def _content(video: Video, scenario: Scenario) -> Json:
    running = scenario.availability in ("upcoming", "live")
    content: Json = {
        "duration": "P0D" if running else _length(video.duration_seconds),
        "dimension": "2d",
        "definition": "hd",
        "caption": str(scenario.captions in ("manual", "both", "manual_other_language")).lower(),
        "licensedContent": False,
        "contentRating": {},
        "projection": "rectangular",
    }
    if scenario.availability in ("age_restricted", "age_german"):
        content["contentRating"] = {"ytRating": "ytAgeRestricted"}
    if scenario.availability.startswith("geo_blocked"):
        content["regionRestriction"] = {"blocked": ["DE"]}
    return content
