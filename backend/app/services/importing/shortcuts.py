"""Reads files that are one link: ``.url`` of Windows, ``.desktop`` of Linux, ``.webloc`` of macOS."""

import configparser
import plistlib
import re
from typing import Final
from xml.parsers.expat import ExpatError

_SECTION: Final = re.compile(
    r"^[ \t]*\[(?:InternetShortcut|Desktop Entry)\]", re.IGNORECASE | re.MULTILINE
)
# Comments (also the first line of a script) and other sections may come first.
_BEGINNING: Final = re.compile(r"\s*(?:[#;][^\n]*\n\s*)*\[")
_ADDRESS: Final = re.compile(r"url(?:\[[^\]]*\])?", re.IGNORECASE)
_MAX_BYTES: Final = 100_000
_XML: Final = (b"<?xml", b"<plist", b"<!DOCTYPE plist")


def address_in_text(text: str) -> str | None:
    """The address of a ``.url`` or ``.desktop`` file.

    Args:
        text: Any text.

    Returns:
        None if it is neither.
    """
    if len(text) > _MAX_BYTES or not (_BEGINNING.match(text) and _SECTION.search(text)):
        return None
    parser = configparser.ConfigParser(
        interpolation=None, strict=False, delimiters=("=",), allow_no_value=True
    )
    try:
        parser.read_string(text)
    except (configparser.Error, AttributeError):
        # Of Python's own: a value that goes on in the next line, of a name that has none.
        return None
    for section in parser.sections():
        if not _SECTION.match(f"[{section}]"):
            continue
        for name, value in parser.items(section):
            if value and _ADDRESS.fullmatch(name):
                return value.strip("\"' ")
    return None


def address_in_plist(content: bytes) -> str | None:
    """The address of a ``.webloc`` file, XML or binary.

    Args:
        content: Any content.

    Returns:
        None if it is no such file.
    """
    is_xml = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_XML) and b"<plist" in content[:2000]
    if len(content) > _MAX_BYTES or not (is_xml or content.startswith(b"bplist")):
        return None
    try:
        found = plistlib.loads(content.lstrip(b"\xef\xbb\xbf \r\n\t") if is_xml else content)
    except (
        plistlib.InvalidFileException,
        ExpatError,
        ValueError,
        RecursionError,
        OverflowError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
    ):
        return None
    address = found.get("URL") if isinstance(found, dict) else None
    return address if isinstance(address, str) else None
