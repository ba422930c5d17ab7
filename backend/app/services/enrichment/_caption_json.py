"""Reading YouTube's json3 captions, and the plain lists other tools make of them."""

import json
from typing import Any

from app.services.enrichment._caption_model import (
    CaptionFormatError,
    RawCue,
    RawTrack,
    milliseconds,
)


def parse_json(text: str) -> RawTrack:
    """Reads a json3 file, or a list of `{text, start, duration}`.

    Args:
        text: The decoded file.

    Returns:
        One cue per event that holds text.

    Raises:
        CaptionFormatError: Not JSON, cut off, or other JSON than captions.
    """
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CaptionFormatError("broken or cut-off JSON") from error
    if isinstance(document, list):
        return _plain_list(document)
    if not isinstance(document, dict) or not ("events" in document or "wireMagic" in document):
        raise CaptionFormatError("JSON, but no captions")
    events = document.get("events") or []
    if not isinstance(events, list):
        raise CaptionFormatError("JSON, but its events are no list")
    spoken = [event for event in events if isinstance(event, dict) and event.get("segs")]
    cues = [cue for event in spoken if (cue := _cue(event))]
    return RawTrack(cues, is_automatic=any(_is_automatic(event) for event in spoken))


def _cue(event: dict[str, Any]) -> RawCue | None:
    start = milliseconds(event.get("tStartMs", 0))
    if start is None:
        return None
    length = milliseconds(event.get("dDurationMs"))
    return RawCue(start, None if length is None else start + length, _text(event))


def _text(event: dict[str, Any]) -> str:
    try:
        # Nearly always they are as they should be, and there is one of them for each spoken word.
        return "".join([segment["utf8"] for segment in event["segs"]])
    except (KeyError, TypeError):
        texts = (segment.get("utf8") for segment in _segments(event))
        return "".join(text for text in texts if isinstance(text, str))


def _segments(event: dict[str, Any]) -> list[dict[str, Any]]:
    segments = event["segs"]
    if not isinstance(segments, list):
        return []
    return [segment for segment in segments if isinstance(segment, dict)]


def _is_automatic(event: dict[str, Any]) -> bool:
    """Speech recognition times every word and scrolls by appended line ends."""
    return bool(event.get("aAppend")) or any(
        "tOffsetMs" in segment or "acAsrConf" in segment for segment in _segments(event)
    )


def _plain_list(entries: list[Any]) -> RawTrack:
    cues = []
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            continue
        start = milliseconds(entry.get("start"), 1000)
        length = milliseconds(entry.get("duration"), 1000)
        if start is not None:
            cues.append(RawCue(start, None if length is None else start + length, entry["text"]))
    if not cues:
        raise CaptionFormatError("a JSON list, but no captions")
    return RawTrack(cues)
