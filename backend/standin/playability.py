"""Why a video can't be played, worded and shaped per client as YouTube does it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from standin.catalog import Video
from standin.scenarios import Availability, Scenario

Json = dict[str, Any]

# These clients got the short "runs" form in every recorded answer; all others the web form.
_MOBILE_CLIENTS = frozenset({"ANDROID", "ANDROID_VR", "IOS"})
# "Made for kids" videos look deleted to these (yt-dlp's notes on its clients).
_NO_KIDS_CLIENTS = frozenset({"VISIONOS", "ANDROID_VR"})
_EMBEDDED_CLIENTS = frozenset({"WEB_EMBEDDED_PLAYER", "TVHTML5_SIMPLY_EMBEDDED_PLAYER"})

_FINE: Json = {
    "status": "OK",
    "playableInEmbed": True,
    "miniplayer": {"miniplayerRenderer": {"playbackMode": "PLAYBACK_MODE_ALLOW"}},
    "contextParams": "Q0FFU0FnZ0M=",
}
_FACE = {"url": "//s.ytimg.com/yts/img/meh7-vflGevej7.png", "width": 140, "height": 100}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the player answers beside the facts.

    Attributes:
        status: The `playabilityStatus` object.
        has_details: Whether title and channel are in the answer all the same.
        playable: Whether streams are in the answer.
        details: Changes to `videoDetails`.
        broadcast: `liveBroadcastDetails` of the microformat.
    """

    status: Json
    has_details: bool = True
    playable: bool = False
    details: Json = field(default_factory=dict)
    broadcast: Json | None = None


def _refusal(
    status: str, reason: str, subreason: str = "", *, mobile: bool = False, **more: Any
) -> Json:
    def text(value: str) -> Json:
        return {"runs": [{"text": value}]} if mobile else {"simpleText": value}

    screen: Json = {"reason": text(reason), "thumbnail": {"thumbnails": [_FACE]}}
    if subreason:
        screen["subreason"] = {"runs": [{"text": subreason}]} if mobile else text(subreason)
    if not mobile:
        screen["icon"] = {"iconType": "ERROR_OUTLINE"}
    return {
        "status": status,
        "reason": reason,
        "errorScreen": {"playerErrorMessageRenderer": screen},
        "contextParams": "Q0FFU0FnZ0E=",
        **more,
    }


_PRIVATE_MESSAGE = "This is a private video. Please sign in to verify that you may see it."


def _private(client: str) -> Json:
    if client in _MOBILE_CLIENTS:
        hint = "If the owner of this video has granted you access, please sign in."
        return {
            "status": "LOGIN_REQUIRED",
            "reason": "This video is private",
            "messages": [_PRIVATE_MESSAGE],
            "errorScreen": {
                "playerErrorMessageRenderer": {"subreason": {"runs": [{"text": hint}]}}
            },
            "contextParams": "Q0FBU0FnZ0E=",
        }
    answer = _refusal(
        "LOGIN_REQUIRED",
        "Private video",
        "Sign in if you've been granted access to this video",
        messages=[_PRIVATE_MESSAGE],
    )
    del answer["reason"]
    return answer


_TEXTS: dict[Availability, tuple[str, str, str]] = {
    "private_german": (
        "LOGIN_REQUIRED",
        "Privates Video",
        "Melde dich an, wenn du Zugriff auf dieses Video hast",
    ),
    "deleted": ("ERROR", "Video unavailable", "This video has been removed by the uploader"),
    "deleted_curly": ("ERROR", "This video isn’t available anymore", ""),
    "deleted_german": ("ERROR", "Video nicht verfügbar", "Dieses Video wurde entfernt"),
    "account_terminated": (
        "ERROR",
        "Video unavailable",
        "This video is no longer available because the YouTube account associated with this "
        "video has been terminated.",
    ),
    "deleted_bare": ("ERROR", "Video unavailable", ""),
    "members_german": (
        "UNPLAYABLE",
        "Dieses Video ist für Kanalmitglieder ab folgendem Level verfügbar: Förderer",
        "",
    ),
    "age_german": (
        "LOGIN_REQUIRED",
        "Melde dich an, um dein Alter zu bestätigen",
        "Dieses Video ist möglicherweise für einige Nutzer unangemessen.",
    ),
    "geo_blocked_german": (
        "UNPLAYABLE",
        "Video nicht verfügbar",
        "Der Uploader hat dieses Video in deinem Land nicht zur Verfügung gestellt",
    ),
    "processing_german": ("UNPLAYABLE", "Dieses Video wird noch verarbeitet.", ""),
    "no_recording": ("UNPLAYABLE", "This live stream recording is not available.", ""),
    "geo_blocked": (
        "UNPLAYABLE",
        "Video unavailable",
        "The uploader has not made this video available in your country",
    ),
    "geo_blocked_domain": (
        "UNPLAYABLE",
        "Video unavailable",
        "This content is not available on this country domain.",
    ),
    "processing": ("UNPLAYABLE", "We're processing this video. Check back later.", ""),
    "made_for_kids": ("UNPLAYABLE", "Video unavailable", ""),
}
_NO_DETAILS = frozenset(
    {"private", "private_german", "private_empty_reason"}
    | {"deleted", "deleted_bare", "deleted_curly", "deleted_german", "account_terminated"}
)
_PAID = "This video requires payment to watch."
_SHORT_MOBILE = {"deleted", "deleted_bare", "account_terminated"}


def verdict_of(video: Video, scenario: Scenario, client: str) -> Verdict:
    """Return what the player says about a video to a client (`WEB`, `VISIONOS`, ...)."""
    kind = scenario.availability
    if kind in ("ok", "placeholder", "other_id"):
        return Verdict(_FINE | {"playableInEmbed": scenario.embeddable}, playable=True)
    if kind == "made_for_kids" and client not in _NO_KIDS_CLIENTS:
        return Verdict(_FINE, playable=True)
    if kind in ("upcoming", "premiere", "premiere_german", "live", "post_live"):
        return _broadcast(video, scenario)
    return Verdict(_status(video, kind, client), has_details=kind not in _NO_DETAILS)


def _status(video: Video, kind: Availability, client: str) -> Json:
    special: dict[str, Callable[[], Json]] = {
        "private": lambda: _private(client),
        "private_empty_reason": lambda: {"status": "LOGIN_REQUIRED", "contextParams": "Q0FBU0E="},
        "members_only": _members_only,
        "age_restricted": lambda: _age_restricted(client),
        "paid": lambda: {"status": "UNPLAYABLE", "reason": _PAID, "errorScreen": {}},
        "html_reason": lambda: _html_reason(video.video_id),
    }
    if kind in special:
        return special[kind]()
    mobile = client in _MOBILE_CLIENTS
    if mobile and kind in _SHORT_MOBILE:
        return _refusal("ERROR", "This video is unavailable", mobile=True)
    status, reason, subreason = _TEXTS[kind]
    if mobile and kind == "geo_blocked":
        return _refusal(status, f"{subreason}.", mobile=True)
    return _refusal(status, reason, subreason, mobile=mobile)


def _members_only() -> Json:
    text = (
        "This video is available to this channel's members on level: Magnificent Members (or any "
        "higher level). Join this channel to get access to members-only content and other "
        "exclusive perks."
    )
    # YouTube's older name of members.
    offer = {
        "offerId": "sponsors_only_video",
        "itemTitle": "Members-only content",
        "itemUrl": "/",
        "offerDescription": text,
    }
    return {
        "status": "UNPLAYABLE",
        "reason": text,
        "errorScreen": {"playerLegacyDesktopYpcOfferRenderer": offer},
        "playableInEmbed": True,
        "skip": {"playabilityErrorSkipConfig": {"skipOnPlayabilityError": False}},
    }


def _age_restricted(client: str) -> Json:
    if client in _EMBEDDED_CLIENTS:
        return _refusal("UNPLAYABLE", "This video is age-restricted and only available on YouTube")
    return _refusal(
        "LOGIN_REQUIRED",
        "Sign in to confirm your age",
        "This video may be inappropriate for some users.",
        mobile=client in _MOBILE_CLIENTS,
        desktopLegacyAgeGateReason=1,
    )


def _html_reason(video_id: str) -> Json:
    link = (
        f'<a href="http://www.youtube.com/watch?v={video_id}&feature=emb_err_woyt" '
        'target="_blank">Watch this video on YouTube.</a>'
    )
    rest = "\nPlayback on other websites has been disabled by the video owner."
    answer = _refusal("UNPLAYABLE", link + rest)
    screen = answer["errorScreen"]["playerErrorMessageRenderer"]
    screen["reason"] = {"runs": [{"text": link}, {"text": rest}]}
    return answer


def starts_at(scenario: Scenario) -> int:
    """Return the Unix time at which an upcoming video begins."""
    if scenario.release_timestamp is not None:
        return scenario.release_timestamp
    # Rounded, so that answers within a quarter of an hour agree with each other.
    return -int(-(time.time() + scenario.starts_in_seconds) // 900) * 900


def _iso(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(seconds))


def _broadcast(video: Video, scenario: Scenario) -> Verdict:
    if scenario.availability == "live":
        started = int(time.time()) // 900 * 900 - 3_600
        return Verdict(
            dict(_FINE),
            playable=True,
            details={"isLive": True, "isLiveContent": True, "lengthSeconds": "0"},
            broadcast={"isLiveNow": True, "startTimestamp": _iso(started)},
        )
    if scenario.availability == "post_live":
        ended = int(time.time()) // 900 * 900 - 900
        return Verdict(
            dict(_FINE),
            playable=True,
            details={"isPostLiveDvr": True, "isLiveContent": True},
            broadcast={
                "isLiveNow": False,
                "startTimestamp": _iso(ended - 3_600),
                "endTimestamp": _iso(ended),
            },
        )
    begins = starts_at(scenario)
    premiere = scenario.availability in ("premiere", "premiere_german")
    word, away = ("Premieres in ", "begin in "), _away(begins - int(time.time()))
    reason = f"{word[0]}{away}" if premiere else f"This live event will {word[1]}{away}."
    if scenario.availability == "premiere_german":
        reason = f"Premiere in {max(1, (begins - int(time.time())) // 3_600)} Stunden"
    slate = {
        "scheduledStartTime": str(begins),
        "mainText": {"runs": [{"text": word[0] if premiere else "Live in "}, {"text": away}]},
        "subtitleText": {"simpleText": time.strftime("%d %B at %H:%M UTC", time.gmtime(begins))},
    }
    live = {
        "videoId": video.video_id,
        "offlineSlate": {"liveStreamOfflineSlateRenderer": slate},
        "pollDelayMs": "15000",
    }
    details: Json = {"isUpcoming": True, "isLiveContent": not premiere}
    if not premiere:
        details["lengthSeconds"] = "0"
    return Verdict(
        {
            "status": "LIVE_STREAM_OFFLINE",
            "reason": reason,
            "playableInEmbed": True,
            "liveStreamability": {"liveStreamabilityRenderer": live},
            "contextParams": "Q0FFU0FnZ0M=",
        },
        details=details,
        broadcast={"isLiveNow": False, "startTimestamp": _iso(begins)},
    )


def _away(seconds: int) -> str:
    # YouTube counts in hours until two days before.
    for least, size, name in ((172_800, 86_400, "day"), (3_600, 3_600, "hour"), (60, 60, "minute")):
        if seconds >= least:
            count = seconds // size
            return f"{count} {name}{'s' if count != 1 else ''}"
    return "a few moments"


def bot_check(language: str = "en") -> Json:
    """Return the status that asks for a sign-in because too much was requested."""
    if language == "de":
        return _refusal("LOGIN_REQUIRED", "Melde dich an, um zu bestätigen, dass du kein Bot bist")
    return _refusal(
        "LOGIN_REQUIRED",
        "Sign in to confirm you’re not a bot",
        "This helps protect our community. Learn more",
    )


def session_limit(language: str = "en") -> Json:
    """Return the status of a guest session that has asked for too many videos."""
    if language == "de":
        limit = "Diese Inhalte sind derzeit nicht verfügbar. Versuche es später noch einmal."
        return _refusal("UNPLAYABLE", "Video nicht verfügbar", limit)
    return _refusal(
        "UNPLAYABLE", "Video unavailable", "This content isn't available, try again later."
    )
