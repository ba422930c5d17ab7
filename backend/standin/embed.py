"""A small stand-in for YouTube's iframe player, for `/embed/{id}`."""

import json
from functools import lru_cache
from html import escape
from importlib import resources

from standin.answers import thumbnail
from standin.catalog import Video, video_of
from standin.playability import verdict_of
from standin.scenarios import Scenario, ScenarioBook
from standin.wire import Reply, Request

PREFIX = "/embed/"


@lru_cache(maxsize=1)
def _template() -> str:
    return resources.files("standin.assets").joinpath("embed.html").read_text("utf-8")


def _error(video: Video, scenario: Scenario) -> int | None:
    """Return the player's error number: 150 forbids embedding, 100 is gone or private."""
    if not scenario.embeddable:
        return 150
    return None if verdict_of(video, scenario, "WEB").playable else 100


def embed_page(request: Request, scenarios: ScenarioBook) -> Reply:
    """Return the page of the fake player; `start`, `autoplay` and `mute` are honoured."""
    video_id, _, rest = request.path.removeprefix(PREFIX).partition("/")
    scenario = scenarios.of(video_id)
    video = video_of(video_id, scenario)
    if rest == "poster.jpg":
        # Not `/vi/...`: nothing a browser shows may appear among the counted requests.
        return thumbnail(video, scenario, "maxresdefault.jpg")
    facts = {
        "videoId": video.video_id,
        "title": video.title,
        "author": video.channel.name,
        "duration": video.duration_seconds,
        "error": _error(video, scenario),
    }
    script = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
    page = _template().replace("__TITLE__", escape(video.title)).replace("__FACTS__", script)
    return Reply(200, page.encode(), headers={"Cache-Control": "no-store"})
