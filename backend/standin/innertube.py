"""The answers of `youtubei/v1/player`."""

import time
from functools import lru_cache
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from standin.catalog import Video
from standin.playability import Json, Verdict, verdict_of
from standin.scenarios import Scenario
from standin.seeds import seed_of, token_of
from standin.vocabulary import LANGUAGE_NAMES

PLACEHOLDER_ID = "aQvGIIdgFDM"
MEDIA_HOST = "rr1---sn-standin.googlevideo.com"
_LIFETIME_SECONDS = 6 * 3600
_WEB_CLIENTS = frozenset({"WEB", "MWEB", "WEB_EMBEDDED_PLAYER", "TVHTML5"})
_COUNTRIES = ("AD", "AR", "AT", "AU", "BE", "BR", "CA", "CH", "DE", "DK", "ES", "FR", "GB", "US")

_AUDIO: dict[int, tuple[str, str, int, str]] = {
    139: ("audio/mp4", "mp4a.40.5", 49_000, "AUDIO_QUALITY_ULTRALOW"),
    140: ("audio/mp4", "mp4a.40.2", 129_500, "AUDIO_QUALITY_MEDIUM"),
    249: ("audio/webm", "opus", 50_500, "AUDIO_QUALITY_LOW"),
    251: ("audio/webm", "opus", 132_000, "AUDIO_QUALITY_MEDIUM"),
}
_VIDEO: dict[int, tuple[str, str, int, int, str]] = {
    160: ("video/mp4", "avc1.4d400c", 256, 144, "144p"),
    134: ("video/mp4", "avc1.4d401e", 640, 360, "360p"),
    136: ("video/mp4", "avc1.64001f", 1280, 720, "720p"),
}


def sound(mime: str) -> bytes:
    """Return the audio file that stands for every video's sound in a format."""
    return _sound("sound.m4a" if mime.endswith("mp4") else "sound.webm")


@lru_cache(maxsize=4)
def _sound(name: str) -> bytes:
    return resources.files("standin.assets").joinpath(name).read_bytes()


def mime_of(itag: int) -> str | None:
    """Return the type of a format the stand-in offers, None for an unknown one."""
    if itag in _AUDIO:
        return _AUDIO[itag][0]
    return "video/mp4" if itag in _VIDEO or itag == 18 else None  # noqa: PLR2004 - an itag


def expiry() -> int:
    """Return when addresses given out now stop working; the same for a whole hour."""
    return int(time.time()) // 3600 * 3600 + 3600 + _LIFETIME_SECONDS


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
        answer["streamingData"] = _streaming(video, scenario, client)
        captions = caption_tracks(video, scenario, web=web)
        if captions:
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


def _media_url(video: Video, itag: int, mime: str, size: int) -> str:
    query = {
        "expire": expiry(),
        "ei": token_of(video.video_id, "ei", 22),
        "ip": "192.0.2.1",
        # The real one is opaque too; the stand-in must be able to read the video back out of it.
        "id": f"o-standin-{video.video_id}",
        "itag": itag,
        "source": "youtube",
        "requiressl": "yes",
        "mime": mime,
        "clen": size,
        "dur": f"{video.duration_seconds}.000",
        "lmt": "1700000000000000",
        "sparams": "expire,ei,ip,id,itag,source,requiressl,mime,clen,dur,lmt",
        "sig": token_of(f"{video.video_id}/{itag}", "sig", 64),
    }
    return f"https://{MEDIA_HOST}/videoplayback?{urlencode(query)}"


def _streaming(video: Video, scenario: Scenario, client: str) -> Json:
    manifest = f"https://manifest.googlevideo.com/api/manifest/hls_variant/id/{video.video_id}"
    data: Json = {"expiresInSeconds": str(_LIFETIME_SECONDS)}
    if scenario.availability == "live":
        return data | _live_streams(video, manifest)
    sabr = client in ("WEB", "MWEB")
    millis = str(video.duration_seconds * 1000)
    data["formats"] = [_muxed_format(video, millis, sabr=sabr)]
    if client in ("ANDROID", "IOS"):
        # As recorded: these get no average for the muxed format.
        del data["formats"][0]["averageBitrate"]
    data["adaptiveFormats"] = [
        *(_video_format(video, itag, millis, sabr=sabr) for itag in _VIDEO),
        *(_audio_format(video, itag, millis, sabr=sabr) for itag in _AUDIO),
    ]
    abr = {"id": f"o-standin-{video.video_id}", "sabr": 1, "expire": expiry()}
    data["serverAbrStreamingUrl"] = f"https://{MEDIA_HOST}/videoplayback?{urlencode(abr)}"
    if client in ("VISIONOS", "IOS"):
        data["hlsManifestUrl"] = f"{manifest}/index.m3u8"
    return data


def _live_streams(video: Video, manifest: str) -> Json:
    # A stream that still grows can't be fetched as a file; yt-dlp leaves these formats out.
    growing = {"targetDurationSec": 5.0, "maxDvrDurationSec": 14_400.0}
    return {
        "adaptiveFormats": [
            _audio_format(video, itag, "0", sabr=False) | growing for itag in (139, 140)
        ],
        "hlsManifestUrl": f"{manifest}/live.m3u8",
        "dashManifestUrl": manifest.replace("hls_variant", "dash"),
    }


def _format(video: Video, itag: int, mime: str, millis: str, *, sabr: bool) -> Json:
    size = len(sound(mime))
    ranges = {"initRange": {"start": "0", "end": "640"}}
    ranges["indexRange"] = {"start": "641", "end": "900"}
    # Web clients get formats without an address ("SABR only"), as yt-dlp's warnings describe.
    where = {} if sabr else {"url": _media_url(video, itag, mime, size)}
    return {
        "itag": itag,
        **where,
        **ranges,
        "lastModified": "1700000000000000",
        "contentLength": str(size),
        "projectionType": "RECTANGULAR",
        "approxDurationMs": millis,
    }


def _audio_format(video: Video, itag: int, millis: str, *, sabr: bool) -> Json:
    mime, codec, bitrate, quality = _AUDIO[itag]
    return _format(video, itag, mime, millis, sabr=sabr) | {
        "mimeType": f'{mime}; codecs="{codec}"',
        "bitrate": bitrate,
        "averageBitrate": bitrate - 500,
        "quality": "tiny",
        "audioQuality": quality,
        "audioSampleRate": "48000" if codec == "opus" else "44100",
        "audioChannels": 2,
        "loudnessDb": -2.5,
    }


def _video_format(video: Video, itag: int, millis: str, *, sabr: bool) -> Json:
    mime, codec, width, height, label = _VIDEO[itag]
    return _format(video, itag, mime, millis, sabr=sabr) | {
        "mimeType": f'{mime}; codecs="{codec}"',
        "bitrate": width * 800,
        "averageBitrate": width * 700,
        "width": width,
        "height": height,
        "fps": 30,
        "quality": {144: "tiny", 360: "medium", 720: "hd720"}[height],
        "qualityLabel": label,
    }


def _muxed_format(video: Video, millis: str, *, sabr: bool) -> Json:
    return _format(video, 18, "video/mp4", millis, sabr=sabr) | {
        "mimeType": 'video/mp4; codecs="avc1.42001E, mp4a.40.2"',
        "bitrate": 496_564,
        "averageBitrate": 496_526,
        "width": 640,
        "height": 360,
        "fps": 30,
        "quality": "medium",
        "qualityLabel": "360p",
        "audioQuality": "AUDIO_QUALITY_LOW",
        "audioSampleRate": "44100",
        "audioChannels": 2,
    }


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
