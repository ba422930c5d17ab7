"""Choosing the sound that is worth fetching when words are to be heard. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.services.transcription.ports import SoundTrack

# What YouTube's sound comes in, and what the cutter is known to read.
_CONTAINERS = frozenset({"m4a", "webm"})
# Media is served by hosts of this domain only; whatever an answer says, nothing else is fetched.
_MEDIA_DOMAIN = ".googlevideo.com"
# Of yt-dlp's description: what its downloader reads.
_KEPT_MEMBERS = ("format_id", "url", "ext", "filesize", "available_at", "downloader_options")


def smallest_sound(formats: Sequence[Mapping[str, Any]]) -> SoundTrack | None:
    """The smallest sound in the original language, as it was mixed; dubbed ones are less preferred.

    Args:
        formats: yt-dlp's, unprocessed.

    Returns:
        None if there is no sound without a picture that can be fetched as one file.
    """
    tracks = list(_sounds(formats))
    preference = max((_language_preference(track) for track in tracks), default=0)
    originals = [track for track in tracks if _language_preference(track) == preference]
    chosen = min(originals, key=_weight, default=None)
    if chosen is None:
        return None
    url = str(chosen["url"])
    return SoundTrack(
        url=url,
        ext=str(chosen["ext"]),
        size_bytes=_size_bytes(chosen),
        expires_at=_expires_at(url),
        format={key: chosen[key] for key in _KEPT_MEMBERS if chosen.get(key) is not None},
    )


def is_media_address(url: str) -> bool:
    """Whether an address is one of YouTube's for sounds and pictures."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" and host.endswith(_MEDIA_DOMAIN)


def _sounds(formats: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for track in formats:
        has_only_sound = track.get("vcodec") == "none" and track.get("acodec") != "none"
        # Manifests and fragments would need more than one file; DRC is a louder copy for phones.
        is_one_file = track.get("protocol", "https") == "https" and not track.get("fragments")
        is_drc = str(track.get("format_id")).endswith("-drc")
        if (
            has_only_sound
            and is_one_file
            and not is_drc
            and not track.get("has_drm")
            and track.get("ext") in _CONTAINERS
            and is_media_address(str(track.get("url")))
        ):
            yield track


def _language_preference(track: Mapping[str, Any]) -> int:
    value = track.get("language_preference")
    return value if isinstance(value, int) else -1


def _weight(track: Mapping[str, Any]) -> tuple[bool, float, float]:
    """Damaged ones last; by size, or by rate where no size is known."""
    rate = track.get("tbr")
    is_damaged = (track.get("preference") or 0) < 0
    return (
        is_damaged,
        _size_bytes(track) or inf,
        rate if isinstance(rate, int | float) else inf,
    )


def _size_bytes(track: Mapping[str, Any]) -> int | None:
    size = track.get("filesize")
    return size if isinstance(size, int) and size > 0 else None


def _expires_at(url: str) -> float | None:
    expire = parse_qs(urlsplit(url).query).get("expire", [""])[0]
    return float(expire) if expire.isascii() and expire.isdecimal() else None
