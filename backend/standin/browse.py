"""Pages of playlists and channels, and `youtubei/v1/browse`."""

import base64
from typing import Any

from standin.catalog import Channel, clock, video_of
from standin.playability import Json
from standin.playlists import PAGE_SIZE, Playlist, PlaylistBook
from standin.refusals import refusal
from standin.scenarios import ScenarioBook
from standin.watch_page import script_of, ytcfg
from standin.wire import Reply, Request

SHOW_HIDDEN = "wgYCCAA"
HIDDEN = frozenset(
    {"private", "private_german", "private_empty_reason"}
    | {"deleted", "deleted_bare", "deleted_curly", "deleted_german", "account_terminated"}
)
_ALERTS = {
    "private": "This playlist is private.",
    "deleted": "The playlist does not exist.",
}


class Browsing:
    """Answers everything about playlists and channels.

    Args:
        playlists: Which there are.
        scenarios: What their videos are like.
    """

    def __init__(self, playlists: PlaylistBook, scenarios: ScenarioBook) -> None:
        self._playlists = playlists
        self._scenarios = scenarios

    def reply(self, kind: str, name: str, request: Request) -> Reply:
        """Return the answer to a request of one of the kinds `playlist`, `channel` and `browse`."""
        if kind == "playlist":
            return self.playlist_page(name)
        return self.channel_page(name) if kind == "channel" else self.browse(request)

    def playlist_page(self, playlist_id: str) -> Reply:
        """Return `/playlist?list=...`."""
        return _page(self._first(playlist_id, shows_hidden=False))

    def channel_page(self, name: str) -> Reply:
        """Return the page of a channel, by handle, old name or id."""
        if name.removeprefix("@").lower().startswith("gone"):
            return refusal("channel", 404)
        return _page(_channel(self._playlists.channel(name)))

    def browse(self, request: Request) -> Reply:
        """Return a first page with all videos, or a continuation."""
        body = request.json()
        token = body.get("continuation")
        if token is None:
            shows_hidden = str(body.get("params", "")).startswith(SHOW_HIDDEN)
            playlist_id = str(body.get("browseId", "")).removeprefix("VL")
            return Reply.of_json(self._first(playlist_id, shows_hidden=shows_hidden))
        playlist_id, start, shows = _read_token(str(token))
        playlist = self._playlists.of(playlist_id)
        items = self._items(playlist, start, shows_hidden=shows)
        append = {"continuationItems": items, "targetId": f"PL{start}"}
        return Reply.of_json(
            {
                "responseContext": {},
                "onResponseReceivedActions": [{"appendContinuationItemsAction": append}],
            }
        )

    def _first(self, playlist_id: str, *, shows_hidden: bool) -> Json:
        playlist = self._playlists.of(playlist_id)
        if playlist.state != "ok":
            alert = {"type": "ERROR", "text": {"runs": [{"text": _ALERTS[playlist.state]}]}}
            return {"responseContext": {}, "alerts": [{"alertRenderer": alert}]}
        hidden = len(playlist.video_ids) - len(self._visible(playlist, shows_hidden=shows_hidden))
        videos = {
            "contents": self._items(playlist, 0, shows_hidden=shows_hidden),
            "playlistId": playlist_id,
        }
        message = {"text": {"simpleText": "No videos in this playlist yet"}}
        shown: Json = {"playlistVideoListRenderer": videos}
        if not videos["contents"]:
            shown = {"messageRenderer": message}
        data = _shell(playlist, _tab({"itemSectionRenderer": {"contents": [shown]}}))
        if hidden:
            text = {"simpleText": f"{hidden} unavailable videos are hidden"}
            data["alerts"] = [{"alertWithButtonRenderer": {"type": "INFO", "text": text}}]
            endpoint = {"browseId": f"VL{playlist_id}", "params": f"{SHOW_HIDDEN}%3D"}
            data["header"]["playlistHeaderRenderer"]["moreActionsMenu"] = {
                "text": {"simpleText": "Show unavailable videos"},
                "navigationEndpoint": {"browseEndpoint": endpoint},
            }
        return data

    def _visible(self, playlist: Playlist, *, shows_hidden: bool) -> list[tuple[int, str]]:
        return [
            (place, video_id)
            for place, video_id in enumerate(playlist.video_ids, 1)
            if shows_hidden or self._scenarios.of(video_id).availability not in HIDDEN
        ]

    def _items(self, playlist: Playlist, start: int, *, shows_hidden: bool) -> list[Json]:
        visible = self._visible(playlist, shows_hidden=shows_hidden)
        page = visible[start : start + PAGE_SIZE]
        items: list[Json] = [
            {"playlistVideoRenderer": self._entry(video_id, place)} for place, video_id in page
        ]
        if len(visible) > start + PAGE_SIZE:
            token = _token(playlist.playlist_id, start + PAGE_SIZE, shows_hidden=shows_hidden)
            command = {"token": token, "request": "CONTINUATION_REQUEST_TYPE_BROWSE"}
            items.append(
                {
                    "continuationItemRenderer": {
                        "trigger": "CONTINUATION_TRIGGER_ON_ITEM_SHOWN",
                        "continuationEndpoint": {"continuationCommand": command},
                    }
                }
            )
        return items

    def _entry(self, video_id: str, place: int) -> Json:
        scenario = self._scenarios.of(video_id)
        if scenario.availability in HIDDEN:
            word = "Private" if scenario.availability.startswith("private") else "Deleted"
            title = {"runs": [{"text": f"[{word} video]"}]}
            return {"videoId": video_id, "title": title, "index": {"simpleText": str(place)}}
        video = video_of(video_id, scenario)
        owner = {"browseEndpoint": {"browseId": video.channel.channel_id}}
        return {
            "videoId": video_id,
            "title": {"runs": [{"text": video.title}]},
            "index": {"simpleText": str(place)},
            "shortBylineText": {
                "runs": [{"text": video.channel.name, "navigationEndpoint": owner}]
            },
            "lengthText": {"simpleText": clock(video.duration_seconds)},
            "lengthSeconds": str(video.duration_seconds),
            "isPlayable": True,
        }


def channel_name(path: str) -> str:
    """Return which channel a path is about: `/@name/videos`, `/c/name`, `/user/name`, `/channel/UC`."""
    folders = [folder for folder in path.split("/") if folder]
    return folders[0] if folders[0].startswith("@") else folders[1]


def playlist_of_browse(request: Request) -> str | None:
    """Return the playlist that a `browse` request is about."""
    try:
        body: Any = request.json()
        if token := body.get("continuation"):
            return _read_token(str(token))[0]
        return str(body["browseId"]).removeprefix("VL")
    except (ValueError, KeyError, AttributeError):
        return None


def _token(playlist_id: str, start: int, *, shows_hidden: bool) -> str:
    plain = f"{playlist_id}:{start}:{int(shows_hidden)}"
    return base64.urlsafe_b64encode(plain.encode()).decode()


def _read_token(token: str) -> tuple[str, int, bool]:
    playlist_id, start, shows = base64.urlsafe_b64decode(token).decode().split(":")
    return playlist_id, int(start), shows == "1"


def _tab(content: Json) -> Json:
    tab = {"selected": True, "content": {"sectionListRenderer": {"contents": [content]}}}
    return {"twoColumnBrowseResultsRenderer": {"tabs": [{"tabRenderer": tab}]}}


def _shell(playlist: Playlist, contents: Json) -> Json:
    owner = {
        "browseEndpoint": {
            "browseId": playlist.channel.channel_id,
            "canonicalBaseUrl": f"/{playlist.channel.handle}",
        }
    }
    by = {"runs": [{"text": playlist.channel.name, "navigationEndpoint": owner}]}
    count = {"runs": [{"text": f"{len(playlist.video_ids):,}"}, {"text": " videos"}]}
    header = {
        "playlistId": playlist.playlist_id,
        "title": {"simpleText": playlist.title},
        "numVideosText": count,
        "ownerText": by,
        "privacy": "PUBLIC",
    }
    primary = {"stats": [count, {"simpleText": "1,234 views"}, {"simpleText": "No updates"}]}
    items = [{"playlistSidebarPrimaryInfoRenderer": primary}]
    return {
        "responseContext": {},
        "contents": contents,
        "header": {"playlistHeaderRenderer": header},
        "metadata": {"playlistMetadataRenderer": {"title": playlist.title}},
        "sidebar": {"playlistSidebarRenderer": {"items": items}},
    }


def _channel(channel: Channel) -> Json:
    url = f"/{channel.handle}/videos"
    tab = {
        "title": "Videos",
        "selected": True,
        "endpoint": {"commandMetadata": {"webCommandMetadata": {"url": url}}},
        "content": {"richGridRenderer": {"contents": []}},
    }
    metadata = {
        "title": channel.name,
        "externalId": channel.channel_id,
        "channelUrl": f"https://www.youtube.com/channel/{channel.channel_id}",
        "vanityChannelUrl": f"http://www.youtube.com/{channel.handle}",
        "description": "",
        "keywords": "",
    }
    return {
        "responseContext": {},
        "contents": {"twoColumnBrowseResultsRenderer": {"tabs": [{"tabRenderer": tab}]}},
        "metadata": {"channelMetadataRenderer": metadata},
    }


def _page(data: Json) -> Reply:
    text = (
        '<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
        f"<title>YouTube</title><script>ytcfg.set({script_of(ytcfg())});</script></head><body>"
        f"<script>var ytInitialData = {script_of(data)};</script></body></html>"
    )
    return Reply(200, text.encode())
