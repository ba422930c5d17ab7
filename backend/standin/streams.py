"""What a video sounds and looks like to a player: its formats and their addresses."""

import time
from dataclasses import dataclass
from urllib.parse import urlencode

from standin.catalog import Video
from standin.playability import Json
from standin.scenarios import Scenario
from standin.seeds import token_of
from standin.sound import loop_of
from standin.talk import Wish

MEDIA_HOST = "rr1---sn-standin.googlevideo.com"
_LIFETIME_SECONDS = 6 * 3600

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


def mime_of(itag: int) -> str | None:
    """Return the type of a format the stand-in offers, None for an unknown one."""
    if itag in _AUDIO:
        return _AUDIO[itag][0]
    return "video/mp4" if itag in _VIDEO or itag == 18 else None  # noqa: PLR2004 - an itag


@dataclass(frozen=True, slots=True)
class _Spec:
    """What all formats of one answer share."""

    video: Video
    sound_seconds: int
    wish: Wish | None
    sabr: bool


def sound_seconds(video: Video, scenario: Scenario) -> int:
    """Return how long a video's sound file is."""
    return scenario.sound_seconds or video.duration_seconds


def expiry() -> int:
    """Return when addresses given out now stop working; the same for a whole hour."""
    return int(time.time()) // 3600 * 3600 + 3600 + _LIFETIME_SECONDS


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


def streaming_data(video: Video, scenario: Scenario, client: str) -> Json:
    """Return the `streamingData` of a player answer."""
    manifest = f"https://manifest.googlevideo.com/api/manifest/hls_variant/id/{video.video_id}"
    data: Json = {"expiresInSeconds": str(_LIFETIME_SECONDS)}
    if scenario.availability == "live":
        return data | _live_streams(video, manifest)
    # Web clients get formats without an address ("SABR only"), as yt-dlp's warnings describe.
    spec = _Spec(
        video,
        sound_seconds(video, scenario),
        scenario.wish,
        sabr=client in ("WEB", "MWEB"),
    )
    data["formats"] = [_muxed_format(spec)]
    if client in ("ANDROID", "IOS"):
        # As recorded: these get no average for the muxed format.
        del data["formats"][0]["averageBitrate"]
    data["adaptiveFormats"] = [
        *(_video_format(spec, itag) for itag in _VIDEO),
        *(_audio_format(spec, itag) for itag in _AUDIO),
    ]
    abr = {"id": f"o-standin-{video.video_id}", "sabr": 1, "expire": expiry()}
    data["serverAbrStreamingUrl"] = f"https://{MEDIA_HOST}/videoplayback?{urlencode(abr)}"
    if client in ("VISIONOS", "IOS"):
        data["hlsManifestUrl"] = f"{manifest}/index.m3u8"
    return data


def _live_streams(video: Video, manifest: str) -> Json:
    # A stream that still grows can't be fetched as a file; yt-dlp leaves these formats out.
    spec = _Spec(video, 0, None, sabr=False)
    growing = {"targetDurationSec": 5.0, "maxDvrDurationSec": 14_400.0}
    return {
        "adaptiveFormats": [_audio_format(spec, itag) | growing for itag in (139, 140)],
        "hlsManifestUrl": f"{manifest}/live.m3u8",
        "dashManifestUrl": manifest.replace("hls_variant", "dash"),
    }


def _format(spec: _Spec, itag: int, mime: str) -> Json:
    size = loop_of(mime, spec.wish).size(spec.sound_seconds)
    ranges = {"initRange": {"start": "0", "end": "640"}}
    ranges["indexRange"] = {"start": "641", "end": "900"}
    where = {} if spec.sabr else {"url": _media_url(spec.video, itag, mime, size)}
    return {
        "itag": itag,
        **where,
        **ranges,
        "lastModified": "1700000000000000",
        "contentLength": str(size),
        "projectionType": "RECTANGULAR",
        "approxDurationMs": str(spec.video.duration_seconds * 1000),
    }


def _audio_format(spec: _Spec, itag: int) -> Json:
    mime, codec, bitrate, quality = _AUDIO[itag]
    return _format(spec, itag, mime) | {
        "mimeType": f'{mime}; codecs="{codec}"',
        "bitrate": bitrate,
        "averageBitrate": bitrate - 500,
        "quality": "tiny",
        "audioQuality": quality,
        "audioSampleRate": "48000" if codec == "opus" else "44100",
        "audioChannels": 2,
        "loudnessDb": -2.5,
    }


def _video_format(spec: _Spec, itag: int) -> Json:
    mime, codec, width, height, label = _VIDEO[itag]
    return _format(spec, itag, mime) | {
        "mimeType": f'{mime}; codecs="{codec}"',
        "bitrate": width * 800,
        "averageBitrate": width * 700,
        "width": width,
        "height": height,
        "fps": 30,
        "quality": {144: "tiny", 360: "medium", 720: "hd720"}[height],
        "qualityLabel": label,
    }


def _muxed_format(spec: _Spec) -> Json:
    return _format(spec, 18, "video/mp4") | {
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
