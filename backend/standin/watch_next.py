"""The answers of `youtubei/v1/next`, which are also a watch page's `ytInitialData`."""

from standin.catalog import Video, clock
from standin.playability import Json, verdict_of
from standin.scenarios import Scenario


def next_answer(video: Video, scenario: Scenario) -> Json:
    """Return everything around the player: title, owner, description, chapters."""
    answer: Json = {
        "responseContext": {"mainAppWebResponseContext": {"loggedOut": True}},
        "trackingParams": "CAAQg2ciEwi",
    }
    contents: list[Json] = []
    if verdict_of(video, scenario, "WEB").has_details:
        contents = [_primary(video), _secondary(video), _comments()]
        answer["playerOverlays"] = {"playerOverlayRenderer": _overlay(video, scenario)}
        answer["engagementPanels"] = _panels(video, scenario)
    # The key is there for unavailable videos too; without it yt-dlp asks a second time.
    results = {"contents": contents, "trackingParams": "CAAQg2ciEwj"}
    answer["contents"] = {"twoColumnWatchNextResults": {"results": {"results": results}}}
    answer["currentVideoEndpoint"] = {"watchEndpoint": {"videoId": video.video_id}}
    return answer


def _primary(video: Video) -> Json:
    likes = f"like this video along with {video.likes:,} other people"
    button: Json = {"defaultButtonViewModel": {"buttonViewModel": {"accessibilityText": likes}}}
    toggle = {"toggleButtonViewModel": {"toggleButtonViewModel": button}}
    like = {"likeButtonViewModel": {"likeButtonViewModel": toggle}}
    count = {
        "viewCount": {"simpleText": f"{video.views:,} views"},
        "shortViewCount": {"simpleText": f"{video.views // 1000}k views"},
        "originalViewCount": "0",
    }
    return {
        "videoPrimaryInfoRenderer": {
            "title": {"runs": [{"text": video.title}]},
            "viewCount": {"videoViewCountRenderer": count},
            "videoActions": {
                "menuRenderer": {"topLevelButtons": [{"segmentedLikeDislikeButtonViewModel": like}]}
            },
            "dateText": {"simpleText": f"{video.published:%d %b %Y}".lstrip("0")},
            "relativeDateText": {"simpleText": f"{2026 - video.published.year} years ago"},
        }
    }


def _secondary(video: Video) -> Json:
    channel = video.channel
    endpoint = {
        "commandMetadata": {"webCommandMetadata": {"url": f"/{channel.handle}"}},
        "browseEndpoint": {
            "browseId": channel.channel_id,
            "canonicalBaseUrl": f"/{channel.handle}",
        },
    }
    owner = {
        "title": {"runs": [{"text": channel.name, "navigationEndpoint": endpoint}]},
        "navigationEndpoint": endpoint,
        "subscriberCountText": {"simpleText": f"{channel.subscribers / 1000:.3g}K subscribers"},
        "badges": [],
    }
    return {
        "videoSecondaryInfoRenderer": {
            "owner": {"videoOwnerRenderer": owner},
            "metadataRowContainer": {"metadataRowContainerRenderer": {"collapsedItemCount": 0}},
            "showMoreText": {"simpleText": "...more"},
            "showLessText": {"simpleText": "Show less"},
            "attributedDescription": {"content": video.description},
        }
    }


def _comments() -> Json:
    section = {"contents": [], "sectionIdentifier": "comment-item-section"}
    return {"itemSectionRenderer": section}


def _overlay(video: Video, scenario: Scenario) -> Json:
    overlay: Json = {
        "videoDetails": {
            "playerOverlayVideoDetailsRenderer": {
                "title": {"simpleText": video.title},
                "subtitle": {"runs": [{"text": video.channel.name}]},
            }
        }
    }
    if scenario.chapters in ("markers", "bar") and video.chapters:
        chapters = [
            {
                "chapterRenderer": {
                    "title": {"simpleText": chapter.title},
                    "timeRangeStartMillis": chapter.start_seconds * 1000,
                }
            }
            for chapter in video.chapters
        ]
        marker = {"key": "DESCRIPTION_CHAPTERS", "value": {"chapters": chapters}}
        bar = {"visibleOnLoad": {"key": "DESCRIPTION_CHAPTERS"}, "markersMap": [marker]}
        player_bar = {"playerBar": {"multiMarkersPlayerBarRenderer": bar}}
        overlay["decoratedPlayerBarRenderer"] = {"decoratedPlayerBarRenderer": player_bar}
    return overlay


def _panels(video: Video, scenario: Scenario) -> list[Json]:
    header = {
        "title": {"runs": [{"text": video.title}]},
        "channel": {"simpleText": video.channel.name},
        "views": {"simpleText": f"{video.views:,} views"},
        "publishDate": {"simpleText": f"{video.published:%d %b %Y}"},
    }
    body = {"attributedDescriptionBodyText": {"content": video.description}}
    items = [
        {"videoDescriptionHeaderRenderer": header},
        {"expandableVideoDescriptionBodyRenderer": body},
    ]
    description = {"structuredDescriptionContentRenderer": {"items": items}}
    panels = [_panel("engagement-panel-structured-description", description)]
    if scenario.chapters in ("markers", "panel") and video.chapters:
        listed = {"macroMarkersListRenderer": {"contents": _marker_items(video)}}
        panels.insert(0, _panel("engagement-panel-macro-markers-description-chapters", listed))
    return panels


def _panel(identifier: str, content: Json) -> Json:
    return {
        "engagementPanelSectionListRenderer": {
            "panelIdentifier": identifier,
            "header": {"engagementPanelTitleHeaderRenderer": {"title": {"simpleText": ""}}},
            "content": content,
            "targetId": identifier,
        }
    }


def _marker_items(video: Video) -> list[Json]:
    return [
        {
            "macroMarkersListItemRenderer": {
                "title": {"simpleText": chapter.title},
                "timeDescription": {"simpleText": clock(chapter.start_seconds)},
                "onTap": {
                    "watchEndpoint": {
                        "videoId": video.video_id,
                        "startTimeSeconds": chapter.start_seconds,
                    }
                },
            }
        }
        for chapter in video.chapters
    ]
