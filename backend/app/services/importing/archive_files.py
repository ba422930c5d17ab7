"""Reads the files of an archive: whole exports of Takeout, NewPipe, Grayjay and Pocket, or any texts."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Final

from app.core.errors import ReasonCode, VideothekError
from app.services.importing import newpipe, tables, takeout_names
from app.services.importing.archives import Archive, Entry
from app.services.importing.decoding import decode
from app.services.importing.items import ItemSink
from app.services.importing.text import read_line

_Reader = Callable[[bytes, ItemSink, str | None], str]

_STORE: Final = re.compile(r"(?:^|/)stores/([^/]+)$")
# Exports that come as archives of several parts.
_ARCHIVED_FORMATS: Final = frozenset({"pocket", "raindrop", "newpipe", "videothek"})
# The outermost folder of every Takeout, in every language.
_TAKEOUT_FOLDER: Final = "Takeout/"
_CHANNEL_ID: Final = re.compile(rb"\bUC[A-Za-z0-9_-]{22}\b")
_RECORD_SEPARATOR: Final = "|||"
_ID_SEPARATOR: Final = ":::"


def read_archive(content: bytes, sink: ItemSink, read_content: _Reader) -> str:
    """Read every file of an archive, each as a group of its own.

    Args:
        content: The archive.
        sink: Takes the items.
        read_content: Reads one file.

    Returns:
        What it was recognised as.

    Raises:
        VideothekError: ``file_unreadable``, ``archive_too_large``.
    """
    archive = Archive(content)
    entries = archive.entries((newpipe.MAGIC, b"bplist"))
    if any(name.rpartition("/")[2] == "newpipe.db" for name in archive.names):
        return _read_newpipe(entries, sink, read_content)
    if any(_STORE.search(name) for name in archive.names):
        return _read_grayjay(entries, sink)
    return _read_each(entries, sink, read_content)


def _read_newpipe(entries: Iterable[Entry], sink: ItemSink, read_content: _Reader) -> str:
    for entry in entries:
        if entry.content and entry.content.startswith(newpipe.MAGIC):
            read_content(entry.content, sink, None)
    return "newpipe"


def _read_grayjay(entries: Iterable[Entry], sink: ItemSink) -> str:
    """Its stores are lists of texts: an address, a history record, or a playlist of many lines."""
    for entry in entries:
        store = _STORE.search(entry.name)
        if store and entry.content:
            for line, text in enumerate(_texts(entry.content), 1):
                _read_stored(line, text, store[1], sink)
    return "grayjay"


def _texts(content: bytes) -> list[str]:
    try:
        found = json.loads(decode(content))
    except (ValueError, RecursionError, VideothekError):
        return []
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _read_stored(line: int, text: str, store: str, sink: ItemSink) -> None:
    rows = text.splitlines()
    if not rows:
        return
    store = store.replace("_", " ").capitalize()
    if store.startswith("Subscription"):
        sink.add(line, text, reason=ReasonCode.SUBSCRIPTION, group=store)
    elif _ID_SEPARATOR in rows[0] or len(rows) > 1:
        name = rows[0].partition(_ID_SEPARATOR)[0]
        for row in rows[1:]:
            read_line(line, row, sink, name or store)
    else:
        read_line(line, rows[0].partition(_RECORD_SEPARATOR)[0], sink, store)


def _read_each(entries: Iterable[Entry], sink: ItemSink, read_content: _Reader) -> str:
    names = takeout_names.Names()
    formats: set[str] = set()
    useless: list[tuple[int, str]] = []
    for number, entry in enumerate(entries, 1):
        if sink.is_full:
            break
        sink.begin()
        found = _read_entry(entry, sink, read_content)
        if found is not None and _is_beside_the_point(entry, found):
            sink.undo()
            continue
        if found is not None and found != "takeout_titles" and sink.found:
            formats.add(found)
            if found == "takeout_playlist":
                names.playlists.append(entry.stem)
            continue
        sink.undo()
        if found is None:
            sink.add(number, entry.name, reason=ReasonCode.UNREADABLE)
        elif found == "takeout_titles":
            names.learn(decode(entry.content or b""))
        else:
            useless.append((number, entry.name))
    is_takeout = any(name.startswith("takeout") for name in formats)
    names.apply(sink.groups)
    for number, name in [] if is_takeout else useless:
        sink.add(number, name, reason=ReasonCode.NO_LINK)
    if is_takeout:
        return "takeout_archive"
    return formats.pop() if len(formats) == 1 and formats <= _ARCHIVED_FORMATS else "archive"


def _is_beside_the_point(entry: Entry, found: str) -> bool:
    """What Takeout puts beside playlists and what was watched: nobody chose these videos.

    Its guide to the archive, what was searched for (with the advertisements in between), one's own
    uploads, comments and chats; the last three name a channel in each row, in every language.
    """
    content = entry.content
    if content is None or not entry.name.startswith(_TAKEOUT_FOLDER):
        return False
    if found == "takeout_history":
        return content.count(b"/results?search_query") > content.count(b"/watch?v")
    if found == "csv" and _CHANNEL_ID.search(content):
        table = tables.find_table(decode(content))
        return table is None or not table.is_subscriptions
    return found == "html"


def _read_entry(entry: Entry, sink: ItemSink, read_content: _Reader) -> str | None:
    if entry.content is None:
        return None
    try:
        if takeout_names.is_index(entry.content):
            return "takeout_titles"
        return read_content(entry.content, sink, entry.stem)
    except VideothekError:
        return None
