"""Reading YouTube's XML captions: srv1, srv2, srv3 (also as hand-made .ytt), and TTML.

Document types are refused before the parser sees them, so no entity can expand or be fetched.
"""

import html
import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from app.services.enrichment._caption_model import (
    CaptionFormatError,
    RawCue,
    RawTrack,
    milliseconds,
)

_ROOTS: Final = frozenset({"transcript", "timedtext", "tt"})
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCUMENT_TYPE: Final = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_NAMED_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND: Final = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_UNCLOSED_BREAK: Final = re.compile(r"<br\s*>(?:\s*</br>)?", re.IGNORECASE)
_CUE_TAG: Final = re.compile(r"<(/?)(text|p)\b([^<>]*)>")
_ATTRIBUTE: Final = re.compile(r"(?<![a-z])([a-z]{1,30})\s*=\s*[\"']([^\"'<>]{0,40})[\"']")
_CLOCK: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:\.\d{1,6})?)")
_OFFSET: Final = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h)")
_UNITS: Final = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}


def parse_xml(text: str) -> RawTrack:
    """Reads an XML caption file.

    Args:
        text: The decoded file.

    Returns:
        The cues of every `<text>` or `<p>`.

    Raises:
        CaptionFormatError: Not XML, cut off, not captions, or with a document type.
    """
    if _DOCUMENT_TYPE.search(text):
        raise CaptionFormatError("a document type has no place in captions")
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text
    root = _tree(text)
    if root is None:
        return _salvage(text)
    if _local(root.tag) not in _ROOTS:
        raise CaptionFormatError(f"<{_local(root.tag)[:40]}> is no caption file")
    elements = list(_cue_elements(root))
    cues = [cue for element in elements if (cue := _cue(element.attrib, _text(element)))]
    return RawTrack(cues, is_automatic=any(_is_automatic(element) for element in elements))


def _tree(text: str) -> ET.Element | None:
    try:
        return _parse(text)
    except ET.ParseError:
        pass
    try:
        return _parse(_mended(text))
    except ET.ParseError:
        return None


def _parse(text: str) -> ET.Element:
    # Safe: parse_xml has refused every document type, without which no entity can be defined.
    return ET.fromstring(text)  # noqa: S314


def _mended(text: str) -> str:
    """Repairs what other programs write and no XML parser takes."""
    text = _NAMED_ENTITY.sub(lambda found: html.unescape(found[0]), _CONTROL.sub("", text))
    return _UNCLOSED_BREAK.sub("<br/>", _BARE_AMPERSAND.sub("&amp;", text))


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _cue_elements(root: ET.Element) -> Iterator[ET.Element]:
    """Every cue in document order; cues inside cues are text, which keeps hostile nesting cheap."""
    stack = [root]
    while stack:
        element = stack.pop()
        if _local(element.tag) in {"text", "p"}:
            yield element
        else:
            stack.extend(reversed(element))


def _text(element: ET.Element) -> str:
    parts: list[str] = [element.text or ""]
    stack = [(child, True) for child in reversed(element)]
    while stack:
        node, is_opening = stack.pop()
        if not is_opening:
            parts.append(node.tail or "")
            continue
        parts.append("\n" if _local(node.tag) == "br" else node.text or "")
        stack.append((node, False))
        stack.extend((child, True) for child in reversed(node))
    return "".join(parts)


def _is_automatic(element: ET.Element) -> bool:
    """Speech recognition times every word and scrolls by appended line ends."""
    if element.get("a") == "1" or element.get("append") == "1":
        return True
    return any(
        bool(_local(word.tag) == "s" and (word.get("t") or word.get("ac"))) for word in element
    )


def _cue(attributes: dict[str, str], text: str) -> RawCue | None:
    start = _time(attributes, seconds="start", ms="t", clock="begin")
    if start is None:
        return None
    end = _clock(attributes.get("end", ""))
    length = _time(attributes, seconds="dur", ms="d", clock="dur")
    if end is None and length is not None:
        end = start + length
    return RawCue(start, end, text)


def _time(attributes: dict[str, str], *, seconds: str, ms: str, clock: str) -> int | None:
    if seconds in attributes and (plain := milliseconds(attributes[seconds], 1000)) is not None:
        return plain
    if ms in attributes:
        return milliseconds(attributes[ms])
    return _clock(attributes.get(clock, ""))


def _clock(value: str) -> int | None:
    value = value.strip()
    clock = _CLOCK.fullmatch(value)
    if clock:
        whole = int(clock[1] or 0) * 3600 + int(clock[2]) * 60
        return milliseconds(whole + float(clock[3]), 1000)
    offset = _OFFSET.fullmatch(value)
    return milliseconds(offset[1], _UNITS[offset[2]]) if offset else None


def _salvage(text: str) -> RawTrack:
    """Takes the whole cues out of a file that is complete but broken inside."""
    if not re.search(r"</(?:transcript|timedtext|tt)>\s*$", text[-200:]):
        raise CaptionFormatError("the XML is cut off or broken")
    cues: list[RawCue] = []
    opening: re.Match[str] | None = None
    for tag in _CUE_TAG.finditer(text):
        if not tag[1]:
            opening = None if tag[3].endswith("/") else tag
        elif opening:
            cue = _cue(dict(_ATTRIBUTE.findall(opening[3])), text[opening.end() : tag.start()])
            cues.extend([cue] if cue else [])
            opening = None
    if not cues:
        raise CaptionFormatError("no cue could be read")
    return RawTrack(cues)
