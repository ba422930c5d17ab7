"""Choosing which of a video's caption tracks to fetch."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

# The language proper; YouTube appends a track's name or `orig` to it (`en-eEY6OEpapPo`).
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4}|-\d{3})*(?=-|$)")
_ORIGINAL: Final = "-orig"
# Old codes that YouTube and players still use.
_SAME_LANGUAGE: Final = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "fil": "tl"}
_NO_CAPTIONS: Final = frozenset({"live_chat", "rechat"})
# Experiments under which the address answers only to a PO token.
_LOCKING_EXPERIMENTS: Final = frozenset({"xpe", "xpv"})

Tracks = Mapping[str, Sequence[Mapping[str, Any]] | None]


@dataclass(frozen=True, slots=True)
class CaptionTrack:
    """A caption track to fetch.

    Attributes:
        language: The language as YouTube writes it (`en`, `pt-BR`, `zh-Hans`).
        kind: Written by people, or heard by YouTube's speech recognition.
        url: Where the file is.
        ext: Its format; always json3.
        is_locked: The address would answer with an empty body.
    """

    language: str
    kind: Literal["manual", "auto"]
    url: str
    ext: Literal["json3"]
    is_locked: bool


@dataclass(frozen=True, slots=True)
class TrackChoice:
    """The tracks worth a request.

    Attributes:
        manual: What people wrote in a wanted language or in the one spoken.
        other: The original automatic track, or else whatever there is.
        are_locked: There are tracks, but all of them are locked.
    """

    manual: CaptionTrack | None
    other: CaptionTrack | None
    are_locked: bool


def choose_tracks(
    subtitles: Tracks | None,
    automatic_captions: Tracks | None,
    *,
    wanted_languages: Sequence[str] = (),
    original_language: str | None = None,
) -> TrackChoice:
    """Chooses the tracks worth a request.

    Manual captions in a wanted language are best, then manual ones in the language spoken, then
    the original automatic track, then any manual one. Translations are never chosen: they are
    throttled nearly always. Neither are locked tracks.

    Args:
        subtitles: yt-dlp's `subtitles`: language -> `[{ext, url, name}]`.
        automatic_captions: yt-dlp's `automatic_captions`, perhaps with 100 translations.
        wanted_languages: Language codes, the most wanted first.
        original_language: The language spoken in the video, if known.

    """
    manual = list(_tracks(subtitles, "manual"))
    automatic = list(_tracks(automatic_captions, "auto"))
    spoken = original_language or _spoken_language(automatic_captions, automatic)
    understood = [
        *(track for language in wanted_languages for track in _in_language(manual, language)),
        *(_in_language(manual, spoken) if spoken else ()),
    ]
    others = [
        *(_in_language(automatic, spoken) if spoken else ()),
        *(track for language in wanted_languages for track in _in_language(automatic, language)),
        *automatic,
        *(track for track in manual if track not in understood),
    ]
    everything = [*understood, *others]
    return TrackChoice(
        manual=_first_open(understood),
        other=_first_open(others),
        are_locked=bool(everything) and _first_open(everything) is None,
    )


def _first_open(tracks: Iterable[CaptionTrack]) -> CaptionTrack | None:
    return next((track for track in tracks if not track.is_locked), None)


def _in_language(tracks: Iterable[CaptionTrack], language: str) -> list[CaptionTrack]:
    """The tracks in a language: the exact variant first (`pt-BR`), then its relatives."""
    related = [track for track in tracks if _base(track.language) == _base(language)]
    return sorted(related, key=lambda track: track.language.lower() != language.lower())


def _base(language: str) -> str:
    base = language.lower().partition("-")[0]
    return _SAME_LANGUAGE.get(base, base)


def _spoken_language(listed: Tracks | None, automatic: Sequence[CaptionTrack]) -> str | None:
    marked = [code for code in listed or () if code.endswith(_ORIGINAL)]
    if len(marked) == 1:
        return marked[0].removesuffix(_ORIGINAL)
    languages = {track.language for track in automatic}
    return automatic[0].language if len(languages) == 1 else None


def _tracks(listed: Tracks | None, kind: Literal["manual", "auto"]) -> Iterator[CaptionTrack]:
    for code, formats in (listed or {}).items():
        language = _LANGUAGE.match(code.removesuffix(_ORIGINAL))
        url = _json3_url(formats or ())
        if code in _NO_CAPTIONS or not language or not url:
            continue
        query = parse_qs(urlsplit(url).query)
        if "tlang" in query:
            continue
        experiments = {part for value in query.get("exp", ()) for part in value.split(",")}
        is_locked = bool(experiments & _LOCKING_EXPERIMENTS) and "pot" not in query
        yield CaptionTrack(language[0], kind, url, "json3", is_locked)


def _json3_url(formats: Sequence[Mapping[str, Any]]) -> str | None:
    """The json3 address: listed, or made from a sibling's, which differs only in `fmt`."""
    urls = {
        str(entry.get("ext")): str(entry["url"])
        for entry in formats
        if isinstance(entry, Mapping) and entry.get("url")
    }
    if "json3" in urls:
        return urls["json3"]
    for url in urls.values():
        parts = urlsplit(url)
        if parts.path.endswith("/timedtext"):
            query = parse_qs(parts.query, keep_blank_values=True)
            query["fmt"] = ["json3"]
            return urlunsplit(parts._replace(query=urlencode(query, doseq=True)))
    return None
