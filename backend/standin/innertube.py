"""The answers of `youtubei/v1/player`."""

from typing import Any
from urllib.parse import urlencode

from standin.catalog import Video
from standin.playability import Json, Verdict, verdict_of
from standin.scenarios import Scenario
from standin.seeds import seed_of, token_of
from standin.streams import expiry, streaming_data
from standin.vocabulary import LANGUAGE_NAMES

PLACEHOLDER_ID = "aQvGIIdgFDM"
_WEB_CLIENTS = frozenset({"WEB", "MWEB", "WEB_EMBEDDED_PLAYER", "TVHTML5"})
_COUNTRIES = ("AD", "AR", "AT", "AU", "BE", "BR", "CA", "CH", "DE", "DK", "ES", "FR", "GB", "US")


def player_answer(video: Video, scenario: Scenario, client: str) -> Json:
    """Return the whole player answer for a video and a client (`VISIONOS`, `WEB`, ...)."""
    verdict = verdict_of(video, scenario, client)
    web = client in _WEB_CLIENTS
    answer: Json = {
        "responseContext": _context(web=web),
        "playabilityStatus": verdict.status,
        "trackingParams": "CAAQu2kiEwi",
    }
    if verdict.has_details:
        answer["videoDetails"] = _details(video, scenario, verdict)
        if web:
            # Other clients don't get it; yt-dlp takes it from the watch page for that reason.
            answer["microformat"] = {"playerMicroformatRenderer": _microformat(video, verdict)}
    if verdict.playable:
        answer["streamingData"] = streaming_data(video, scenario, client)
        captions = caption_tracks(video, scenario, web=web)
        kept_back = scenario.captions == "other_client" and client == "VISIONOS"
        if captions and not kept_back:
            answer["captions"] = {"playerCaptionsTracklistRenderer": captions}
    return answer


def _context(*, web: bool) -> Json:
    params = [{"key": "logged_in", "value": "0"}]
    context: Json = {
        "visitorData": token_of("visitor", "visitor", 28),
        "serviceTrackingParams": [{"service": "GFEEDBACK", "params": params}],
    }
    if web:
        context["mainAppWebResponseContext"] = {"loggedOut": True}
    return context


def _details(video: Video, scenario: Scenario, verdict: Verdict) -> Json:
    placeholder = scenario.availability == "placeholder"
    video_id = PLACEHOLDER_ID if scenario.availability == "other_id" else video.video_id
    return {
        "videoId": video_id,
        "title": "Video Not Available" if placeholder else video.title,
        "lengthSeconds": "9" if placeholder else str(video.duration_seconds),
        "keywords": list(video.keywords),
        "channelId": video.channel.channel_id,
        "isOwnerViewing": False,
        "shortDescription": video.description,
        "isCrawlable": True,
        "thumbnail": {"thumbnails": thumbnails(video.video_id)},
        "allowRatings": True,
        "viewCount": str(video.views),
        "author": video.channel.name,
        "isPrivate": False,
        "isUnpluggedCorpus": False,
        "isLiveContent": False,
        **verdict.details,
    }


def thumbnails(video_id: str) -> list[Json]:
    """Return the list of preview pictures as YouTube writes it."""
    sizes = (
        ("default", 120, 90),
        ("mqdefault", 320, 180),
        ("hqdefault", 480, 360),
        ("sddefault", 640, 480),
        ("maxresdefault", 1280, 720),
    )
    return [
        {"url": f"https://i.ytimg.com/vi/{video_id}/{name}.jpg", "width": width, "height": height}
        for name, width, height in sizes
    ]


def _microformat(video: Video, verdict: Verdict) -> Json:
    page: Json = {
        "thumbnail": {"thumbnails": thumbnails(video.video_id)[-1:]},
        "embed": {
            "iframeUrl": f"https://www.youtube.com/embed/{video.video_id}",
            "width": 1280,
            "height": 720,
        },
        "title": {"simpleText": video.title},
        "description": {"simpleText": video.description},
        "lengthSeconds": verdict.details.get("lengthSeconds", str(video.duration_seconds)),
        "ownerProfileUrl": f"http://www.youtube.com/{video.channel.handle}",
        "externalChannelId": video.channel.channel_id,
        "isFamilySafe": True,
        "availableCountries": list(_COUNTRIES),
        "isUnlisted": False,
        "hasYpcMetadata": False,
        "viewCount": str(video.views),
        "category": video.category,
        "publishDate": video.published.isoformat(),
        "ownerChannelName": video.channel.name,
        "uploadDate": video.published.isoformat(),
        "isShortsEligible": False,
        "externalVideoId": video.video_id,
        "likeCount": str(video.likes),
    }
    if verdict.broadcast:
        page["liveBroadcastDetails"] = verdict.broadcast
    return page


def other_language(video: Video) -> str:
    """Return the language of the manual track that does not match what is spoken."""
    return "en" if video.language != "en" else "de"


def tracks_of(video: Video, scenario: Scenario) -> list[tuple[str, str]]:
    """Return (language, kind) of each caption track; kind is `asr` or empty."""
    spoken = video.language
    kinds: dict[str, list[tuple[str, str]]] = {
        "manual": [(spoken, "")],
        "auto": [(spoken, "asr")],
        "both": [(spoken, ""), (spoken, "asr")],
        "manual_other_language": [(other_language(video), "")],
        "other_client": [(spoken, "asr")],
        "none": [],
        "locked": [(spoken, "asr")],
        "broken": [(spoken, "asr")],
        "empty": [(spoken, "asr")],
    }
    return kinds[scenario.captions]


def _text(value: str, *, web: bool) -> Json:
    # Apps get texts in pieces ("runs"), web clients in one.
    return {"simpleText": value} if web else {"runs": [{"text": value}]}


def caption_tracks(video: Video, scenario: Scenario, *, web: bool) -> Json | None:
    """Return the caption part of a player answer, None for a video without captions."""
    tracks = tracks_of(video, scenario)
    if not tracks:
        return None
    listed = [_track(video, scenario, language, kind, web=web) for language, kind in tracks]
    return {
        "captionTracks": listed,
        "audioTracks": [{"captionTrackIndices": list(range(len(listed)))}],
        "translationLanguages": [
            {"languageCode": code, "languageName": _text(name, web=web)}
            for code, name in LANGUAGE_NAMES.items()
        ],
        "defaultAudioTrackIndex": 0,
    }


def _track(video: Video, scenario: Scenario, language: str, kind: str, *, web: bool) -> Json:
    query: dict[str, Any] = {
        "v": video.video_id,
        "ei": token_of(video.video_id, "ei", 22),
        "caps": "asr",
        "opi": "112496729",
        "xoaf": "5",
        "hl": "en",
        "ip": "0.0.0.0",  # noqa: S104 - what YouTube writes there, not an address to bind
        "ipbits": "0",
        "expire": expiry(),
        "sparams": "ip,ipbits,expire,v,ei,caps,opi,xoaf",
        "signature": f"{seed_of(video.video_id, 'signature'):040X}",
        "key": "yt8",
    }
    if scenario.captions == "locked":
        query["exp"] = "xpe"
    if kind:
        query["kind"] = kind
    query["lang"] = language
    name = LANGUAGE_NAMES.get(language, language)
    return {
        "baseUrl": f"https://www.youtube.com/api/timedtext?{urlencode(query)}",
        "name": _text(f"{name} (auto-generated)" if kind else name, web=web),
        "vssId": f"a.{language}" if kind else f".{language}",
        "languageCode": language,
        **({"kind": kind} if kind else {}),
        "isTranslatable": True,
        "trackName": "",
    }
