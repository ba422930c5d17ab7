"""Turning the text of a cue into what a person would read: no markup, no escapes, no fillers."""

import codecs
import html
import re
from typing import Final

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAK: Final = re.compile(r"<br\s*/?>|\[br\]", re.IGNORECASE)
# Timestamps inside a line (`<00:00:14.670>`) and every tag, as WebVTT defines them.
_VTT_TAG: Final = re.compile(r"<(?:/?[A-Za-z][^<>]*|\d[\d:.]*|/)?>")
_STYLE_TAG: Final = re.compile(
    r"</?(?:b|i|u|s|c|v|em|strong|font|span|ruby|rt|rp|rb|lang|small|big|sub|sup)(?=[\s/>.])[^<>]*>",
    re.IGNORECASE,
)
_ANY_TAG: Final = re.compile(r"<(/?)([A-Za-z_]\w*)(?=[\s/>])[^<>]*>")
# What subtitle programs leave behind: {\an8}, {\i1}, {Y:b}.
_OVERRIDE: Final = re.compile(r"\{(?:\\[^{}]*|[A-Za-z]:[^{}\s]*)\}")
# Controls, lone surrogates, noncharacters, and what is invisible and joins nothing.
_UNWANTED_CHARACTERS: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_BREAK_CHARACTERS: Final = "\n\r\x0b\x0c\x85\u2028\u2029"
_UNWANTED: Final = re.compile(f"[{_UNWANTED_CHARACTERS}]")
_LINE_BREAK: Final = re.compile(f"[{_BREAK_CHARACTERS}]+")
# Without one of these, which is how most lines are, only the spaces of a line are to be put right.
_NOT_PLAIN: Final = re.compile(rf"[&<{{\[{_BREAK_CHARACTERS}{_UNWANTED_CHARACTERS}]")


def clean(text: str) -> str:
    """Makes a cue's text readable, for formats whose own markup was parsed already.

    Args:
        text: As in the file; entities may still be escaped once more, styles written as tags.

    Returns:
        Lines without leading, trailing or doubled spaces, none empty; empty if nothing is left.
    """
    # Every second event of automatic captions is nothing but a line break.
    text = text.strip()
    return _cleaned(text) if _NOT_PLAIN.search(text) else " ".join(text.split())


def _cleaned(text: str) -> str:
    text = _OVERRIDE.sub("", _STYLE_TAG.sub("", _BREAK.sub("\n", _unescape(text))))
    lines = (" ".join(line.split()) for line in _LINE_BREAK.split(_UNWANTED.sub("", text)))
    return "\n".join(line for line in lines if line)


def clean_vtt(text: str) -> str:
    """Like `clean`, for WebVTT: words may be split by tags (`An<00:01.000><c>d</c>`)."""
    return clean(_VTT_TAG.sub("", _BREAK.sub("\n", text)))


def clean_srt(text: str) -> str:
    r"""Like `clean`, for SubRip: unknown tags vanish if closed, `\N` and `\h` are spaces."""
    text = text.replace("\\N", "\n").replace("\\h", " ")
    names = {(bool(found[1]), found[2].lower()) for found in _ANY_TAG.finditer(text)}
    paired = {name for closing, name in names if (not closing, name) in names}
    return clean(_ANY_TAG.sub(lambda tag: "" if tag[2].lower() in paired else tag[0], text))


def _unescape(text: str) -> str:
    # Twice: YouTube escapes what its XML escapes again (&amp;#39;).
    for _ in range(2):
        if "&" in text:
            text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text


def decode(data: bytes) -> str:
    """Decodes a caption file by its byte order mark, else by what its bytes look like.

    Args:
        data: The file.

    Returns:
        The text without byte order marks; unreadable bytes are replaced, never an error.
    """
    return _decode(data).lstrip("\ufeff")


def _decode(data: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's mark, so it is asked first
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    guess = _utf16_without_mark(data[:1000])
    if guess:
        return data.decode(guess, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _mixed_or_western(data)


def _utf16_without_mark(head: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every second byte."""
    half = len(head) // 2
    if half and head[1::2].count(0) > half * 0.4 > head[0::2].count(0):
        return "utf-16-le"
    if half and head[0::2].count(0) > half * 0.4 > head[1::2].count(0):
        return "utf-16-be"
    return None


def _mixed_or_western(data: bytes) -> str:
    """UTF-8 with a few broken bytes stays UTF-8; otherwise it is an old Windows file."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - broken
    return text if whole > broken else data.decode("cp1252", "replace")
