"""Reads a player answer, whatever it holds: what it says about a video, and nothing else. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from app.services.player_words import plain

# What YouTube shows in place of a video it does not want to hand out.
_PLACEHOLDER_TITLES: Final = frozenset({"video not available", "video nicht verfügbar"})
_PLACEHOLDER_SECONDS: Final = 10
# Announced times outside of these are nonsense.
_FIRST_YEAR: Final = 2005
_LAST_YEAR: Final = 2100
_MOST_DIGITS: Final = 18
_NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class PlayerAnswer:
    """What a player answer says about a video.

    Args:
        status: ``playabilityStatus.status`` (``OK``, ``ERROR``, ``UNPLAYABLE``, ``LOGIN_REQUIRED``,
            ``LIVE_STREAM_OFFLINE``, ...), empty if there is none.
        words: Reason, subreason and messages in one, made ``plain``.
        video_id: Which video it describes, if any.
        title: That video's title.
        channel: The name of its channel.
        length_seconds: Its length.
        is_live: It is running now.
        is_upcoming: It is announced.
        has_ended: It was live and is over.
        is_post_live: The recording is not finished yet.
        starts_at: When it begins, or began.
        has_age_gate: YouTube's own mark of an age restriction.
        offer: Id of what has to be bought to see it; ``unnamed`` without an id, empty without offer.
        has_captcha: The player shows a captcha.
    """

    status: str = ""
    words: str = ""
    video_id: str | None = None
    title: str | None = None
    channel: str | None = None
    length_seconds: int | None = None
    is_live: bool = False
    is_upcoming: bool = False
    has_ended: bool = False
    is_post_live: bool = False
    starts_at: datetime | None = None
    has_age_gate: bool = False
    offer: str = ""
    has_captcha: bool = False

    @property
    def is_placeholder(self) -> bool:
        """Whether it shows the short film that says that there is no video."""
        is_short = self.length_seconds is not None and self.length_seconds <= _PLACEHOLDER_SECONDS
        return is_short and plain(self.title or "").casefold() in _PLACEHOLDER_TITLES

    def __str__(self) -> str:
        return f"{self.status or 'no status'}: {self.words or 'no words'}"[:500]


def read_player_answer(document: Any) -> PlayerAnswer:
    """Read a player answer.

    Args:
        document: Any JSON: the answer of ``youtubei/v1/player`` or a page's
            ``ytInitialPlayerResponse``. What has another shape than expected counts as missing.
    """
    answer = _object(document)
    playability = _object(answer.get("playabilityStatus"))
    screen = _object(playability.get("errorScreen"))
    details = _object(answer.get("videoDetails"))
    broadcast = _path(answer, "microformat", "playerMicroformatRenderer", "liveBroadcastDetails")
    return PlayerAnswer(
        status=plain(_text(playability.get("status"))),
        words=". ".join(dict.fromkeys(_words(playability, screen))),
        video_id=_text(details.get("videoId")) or None,
        title=_text(details.get("title")) or None,
        channel=_text(details.get("author")) or None,
        length_seconds=_whole_number(details.get("lengthSeconds")),
        is_live=details.get("isLive") is True or broadcast.get("isLiveNow") is True,
        is_upcoming=details.get("isUpcoming") is True,
        has_ended=bool(_text(broadcast.get("endTimestamp"))),
        is_post_live=details.get("isPostLiveDvr") is True,
        starts_at=_starts_at(playability, broadcast),
        has_age_gate=bool(playability.get("desktopLegacyAgeGateReason")),
        offer=_offer(screen),
        has_captcha="playerCaptchaViewModel" in screen,
    )


def _words(playability: Mapping[str, Any], screen: Mapping[str, Any]) -> Iterator[str]:
    """Every sentence of a refusal: which of these fields are there depends on the client."""
    message = _object(screen.get("playerErrorMessageRenderer"))
    interstitial = _path(screen, "playerInterstitialRenderer", "content", "interstitialViewModel")
    offer = _object(screen.get("playerLegacyDesktopYpcOfferRenderer"))
    messages = playability.get("messages")
    for value in (
        playability.get("reason"),
        message.get("reason"),
        message.get("subreason"),
        interstitial.get("title"),
        interstitial.get("description"),
        offer.get("itemTitle"),
        offer.get("offerDescription"),
        *(messages[:10] if isinstance(messages, list) else ()),
    ):
        if sentence := plain(_formatted_text(value)).rstrip(". "):
            yield sentence


def _formatted_text(value: Any) -> str:
    """A text in any of YouTube's forms: bare, ``simpleText``, ``content`` or in pieces."""
    if isinstance(value, str):
        return value
    form = _object(value)
    for name in ("simpleText", "content"):
        if isinstance(form.get(name), str):
            return str(form[name])
    runs = form.get("runs")
    pieces = runs[:50] if isinstance(runs, list) else []
    return "".join(_text(_object(piece).get("text")) for piece in pieces)


def _starts_at(playability: Mapping[str, Any], broadcast: Mapping[str, Any]) -> datetime | None:
    slate = _path(
        playability,
        "liveStreamability",
        "liveStreamabilityRenderer",
        "offlineSlate",
        "liveStreamOfflineSlateRenderer",
    )
    seconds = _whole_number(slate.get("scheduledStartTime"))
    try:
        if seconds is not None:
            at = datetime.fromtimestamp(seconds, UTC)
        else:
            at = datetime.fromisoformat(_text(broadcast.get("startTimestamp")))
            at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if _FIRST_YEAR <= at.year <= _LAST_YEAR else None


def _offer(screen: Mapping[str, Any]) -> str:
    for name in ("playerLegacyDesktopYpcOfferRenderer", "playerLegacyDesktopYpcTrailerRenderer"):
        if name in screen:
            return _text(_object(screen[name]).get("offerId")) or "unnamed"
    return ""


def _path(value: Any, *names: str) -> Mapping[str, Any]:
    for name in names:
        value = _object(value).get(name)
    return _object(value)


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _NOTHING


def _text(value: Any) -> str:
    # PostgreSQL stores no NUL.
    return value.replace("\x00", "") if isinstance(value, str) else ""


def _whole_number(value: Any) -> int | None:
    """A number, which YouTube often writes as text."""
    if isinstance(value, str) and len(value) <= _MOST_DIGITS and re.fullmatch("[0-9]+", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
