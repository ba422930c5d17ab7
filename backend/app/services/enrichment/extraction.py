"""Reads what one extraction brought. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.core.errors import UpstreamFailed
from app.models import ChaptersSource
from app.services.enrichment.captions import CaptionTrack, choose_tracks
from app.services.enrichment.chapters import (
    Chapter,
    chapters_from_markers,
    parse_description_chapters,
)
from app.services.enrichment.ports import Extraction
from app.services.enrichment.sound_tracks import smallest_sound

CAPTIONS_LOCKED_KEY = "videothek_captions_locked"
"""Our own member of the info dict: tracks were left out because they need a token."""

# A file that is asked for in its address's last minute may come too late.
_EXPIRY_MARGIN_SECONDS = 60
_MOST_DIGITS = 18
# What the column holds; longer videos are broken numbers.
_MOST_SECONDS = 2**31 - 1


def extraction_from_info(
    youtube_id: str, info: Mapping[str, Any], wanted_languages: Sequence[str]
) -> Extraction:
    """Make an ``Extraction`` of yt-dlp's info dict.

    Args:
        youtube_id: The id that was asked for.
        info: The dict of a video that the player plays; its ``chapters`` must be YouTube's own
            markers only.
        wanted_languages: Languages in which manual captions are preferred.

    Raises:
        UpstreamFailed: The answer is about another video, or it is a playlist, or has no title. That
            there are no formats proves nothing: some clients keep them back from guests.
    """
    if info.get("id") != youtube_id:
        raise UpstreamFailed(f"asked for {youtube_id}, got {info.get('id')!r}")
    if info.get("_type", "video") != "video" or not _text(info.get("title")):
        raise UpstreamFailed(f"{youtube_id} came without a title ({info.get('_type')})")
    formats = info.get("formats") or []
    duration_seconds = _duration_seconds(info.get("duration"))
    description = _text(info.get("description"))
    chapters, source = _chapters(info.get("chapters"), description, duration_seconds)
    language = _text(info.get("language")) or _spoken_language(formats)
    tracks = choose_tracks(
        info.get("subtitles") or {},
        info.get("automatic_captions") or {},
        wanted_languages=wanted_languages,
        original_language=language,
    )
    return Extraction(
        youtube_id=youtube_id,
        title=_text(info.get("title")),
        channel=_text(info.get("channel")) or _text(info.get("uploader")),
        description=description,
        duration_seconds=duration_seconds,
        published_at=_published_at(info),
        language=language,
        manual_track=tracks.manual,
        other_track=tracks.other,
        captions_locked=tracks.are_locked or bool(info.get(CAPTIONS_LOCKED_KEY)),
        chapters=tuple(chapters),
        chapters_source=source,
        sound_track=smallest_sound(formats),
    )


def is_expired(track: CaptionTrack, now: datetime) -> bool:
    """Whether the address of a caption file is too old (YouTube's are good for about six hours).

    Args:
        track: A track whose address names its end in ``expire``; without one it never expires.
        now: UTC.
    """
    expire = parse_qs(urlsplit(track.url).query).get("expire", [""])[0]
    if not expire.isdecimal() or len(expire) > _MOST_DIGITS:
        return False
    return int(expire) < now.timestamp() + _EXPIRY_MARGIN_SECONDS


def _chapters(
    markers: Any, description: str | None, duration_seconds: int | None
) -> tuple[list[Chapter], ChaptersSource]:
    chapters = chapters_from_markers(markers or [], duration_seconds)
    if chapters:
        return chapters, ChaptersSource.YOUTUBE
    chapters = parse_description_chapters(description or "", duration_seconds)
    if chapters:
        return chapters, ChaptersSource.DESCRIPTION
    return [], ChaptersSource.NONE


def _spoken_language(formats: Sequence[Mapping[str, Any]]) -> str | None:
    """The language of the original sound; dubbed tracks are less preferred."""
    tracks = [track for track in formats if track.get("language")]
    best = max(tracks, key=lambda track: track.get("language_preference") or 0, default={})
    return _text(best.get("language"))


def _duration_seconds(value: Any) -> int | None:
    is_length = isinstance(value, int | float) and 0 <= value <= _MOST_SECONDS
    return round(value) if is_length else None


def _published_at(info: Mapping[str, Any]) -> datetime | None:
    timestamp = info.get("timestamp") or info.get("release_timestamp")
    day = info.get("upload_date")
    try:
        if isinstance(timestamp, int | float):
            return datetime.fromtimestamp(timestamp, UTC)
        if isinstance(day, str) and len(day) == len("20260131") and day.isdecimal():
            return datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        # No day of any calendar; a video without its date is better than none.
        return None
    return None


def _text(value: Any) -> str | None:
    """Text that both databases can store (PostgreSQL refuses NUL), or None."""
    return value.replace("\x00", "") or None if isinstance(value, str) else None
