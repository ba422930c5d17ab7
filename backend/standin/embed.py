"""A small stand-in for YouTube's iframe player, for `/embed/{id}`."""

import json
from functools import lru_cache
from html import escape
from importlib import resources

from standin.catalog import video_of
from standin.scenarios import ScenarioBook
from standin.wire import Reply, Request

PREFIX = "/embed/"


@lru_cache(maxsize=1)
def _template() -> str:
    return resources.files("standin.assets").joinpath("embed.html").read_text("utf-8")


def embed_page(request: Request, scenarios: ScenarioBook) -> Reply:
    """Return the page of the fake player; `start`, `autoplay` and `mute` are honoured."""
    video_id = request.path.removeprefix(PREFIX)[:11]
    video = video_of(video_id, scenarios.of(video_id))
    facts = {
        "videoId": video.video_id,
        "title": video.title,
        "author": video.channel.name,
        "duration": video.duration_seconds,
    }
    script = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
    page = _template().replace("__TITLE__", escape(video.title)).replace("__FACTS__", script)
    return Reply(200, page.encode(), headers={"Cache-Control": "no-store"})
