"""Tells text from binary content, and its encoding."""

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from app.core.errors import ErrorCode, VideothekError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings that people's files still have. All keep ASCII, so links survive a wrong guess.
_CANDIDATES: Final = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859_2", "koi8_r", "koi8_u", "cp437", "cp850", "cp866", "mac_roman", "mac_cyrillic",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip
_LIKELIEST: Final = "cp1252"
# What a guess needs to see; more costs time and changes nothing.
_SAMPLE_BYTES: Final = 16_384
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
# Text has hardly any control characters; compressed content has one in ten bytes.
_MOST_CONTROLS: Final = 0.02
_MOST_BROKEN: Final = 0.01
_NOT_ASCII: Final = bytes(range(128, 256))


def unreadable() -> VideothekError:
    """The answer to content that is no text and no export we know."""
    return VideothekError(ErrorCode.FILE_UNREADABLE, 422)


def decode(content: bytes) -> str:
    """Make text of a file's content, whatever its encoding.

    Args:
        content: All of it.

    Raises:
        VideothekError: ``file_unreadable`` for binary content.
    """
    try:
        return _decoded(content)
    except MemoryError:
        # One emoji makes a text four times as large. Links have nothing but ASCII.
        return content.translate(None, _NOT_ASCII).decode("ascii")


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    sample = content[:_SAMPLE_BYTES]
    wide = _wide_encoding(sample)
    if wide:
        return content.decode(wide, "replace")
    if is_binary(sample):
        raise unreadable()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_old(content, error.start)


def is_binary(sample: bytes) -> bool:
    """Whether content is no text in any encoding that keeps ASCII.

    Args:
        sample: Its beginning.
    """
    return len(_CONTROLS.findall(sample)) > _MOST_CONTROLS * len(sample)


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of ASCII is zero."""
    half = len(sample) // 2
    if not half or sample.count(0) < 0.3 * half:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) > 0.1 * max(even, odd):
        return None
    text = sample[: 2 * half].decode(encoding, "replace")
    return encoding if sum(map(str.isprintable, text)) > 0.8 * len(text) else None


def _decode_old(content: bytes, first: int) -> str:
    start = max(0, first - _SAMPLE_BYTES // 4)
    sample = content[start : start + _SAMPLE_BYTES]
    # A file that was cut, or has one foreign byte in it, is UTF-8 nevertheless.
    text = sample.decode("utf-8", "replace")
    foreign = sum(not character.isascii() for character in text)
    if (
        text.count("\ufffd") < max(_MOST_BROKEN * len(text), 1)
        and text.count("\ufffd") * 4 <= foreign
    ):
        return content.decode("utf-8", "replace")
    guess = from_bytes(sample, cp_isolation=_CANDIDATES, enable_fallback=False).best()
    return content.decode(guess.encoding if guess else _LIKELIEST, "replace")
