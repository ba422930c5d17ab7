"""Reads whatever is dropped: recognised by its content, never by the name of a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.core.errors import ErrorCode, ReasonCode, VideothekError
from app.services.importing import (
    archives,
    documents,
    newpipe,
    own_table,
    shortcuts,
    tables,
    web_pages,
)
from app.services.importing.archive_files import read_archive
from app.services.importing.decoding import decode
from app.services.importing.items import InputItem, ItemSink, Reading, group_name, storable
from app.services.importing.plain_lists import format_of_lines, read_ids, read_tabs
from app.services.importing.table_rows import read_table
from app.services.importing.text import read_line, read_lines, read_urls

_MAX_LABEL_LENGTH: Final = 200
_SHOWN: Final = {tables.TITLES: "csv"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was dropped.

    Args:
        name: What the sender calls it; for people only.
        content: All of it.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that was dropped at once.

    Args:
        text: Running text, or the content of a file.
        urls: One link per element.
        files: Whole files.
    """

    text: str | None = None
    urls: Sequence[str] | None = None
    files: Sequence[SourceFile] = field(default_factory=tuple)


def read_source(source: Source, max_items: int, groups: Collection[int] | None = None) -> Reading:
    """Read an input. Takes a while for a large one: call it in a thread, outside transactions.

    Args:
        source: What was dropped.
        max_items: The most items of one import.
        groups: Only these groups are wanted.

    Raises:
        VideothekError: ``too_many_items`` with the groups there are, ``file_unreadable``,
            ``archive_too_large``.
    """
    sink = ItemSink(max_items, groups)
    formats: list[str] = []
    if source.urls is not None:
        read_urls(source.urls, sink)
        formats.append("text")
    if source.text is not None:
        formats.append(read_text(source.text, sink))
    several = len(source.files) > 1
    formats += [_read_file(file, sink, is_one_of_several=several) for file in source.files]
    sink.refuse_too_many()
    return Reading(
        items=sink.items,
        groups=sink.groups,
        format=_SHOWN.get(formats[0], formats[0]) if len(set(formats)) == 1 else "several",
        label=_label(source),
    )


def read_link(text: str) -> InputItem:
    """Read the first item of a single link.

    Args:
        text: Anything a person may add as one video.
    """
    sink = ItemSink(1)
    read_urls([text], sink)
    return sink.items[0]


def read_text(text: str, sink: ItemSink, group: str | None = None) -> str:
    """Read text in whatever format it is.

    Args:
        text: All of it.
        sink: Takes the items.
        group: What it is a part of.

    Returns:
        What it was recognised as.
    """
    text = text.removeprefix("\ufeff")
    if address := shortcuts.address_in_text(text):
        read_line(1, address, sink, group)
        return "shortcut"
    if own_table.is_own_table(text):
        own_table.read_own_table(text, sink)
        return "videothek"
    if web_pages.is_page(text):
        return web_pages.read_page(text, sink, group)
    if documents.is_document(text) and (found := documents.read_document(text, sink, group)):
        return found
    return _read_rows_or_lines(text, sink, group)


def _read_rows_or_lines(text: str, sink: ItemSink, group: str | None) -> str:
    kind = format_of_lines(text)
    if kind == "onetab":
        read_tabs(text, sink, group)
    elif kind == "ids":
        read_ids(text, sink, group)
        return "text"
    elif kind is None and (table := tables.find_table(text)):
        read_table(text, table, sink, group)
        return table.format
    else:
        read_lines(text, sink, group)
    return kind or "text"


def read_content(content: bytes, sink: ItemSink, group: str | None = None) -> str:
    """Read a file that is no archive.

    Args:
        content: All of it.
        sink: Takes the items.
        group: What it is a part of.

    Returns:
        What it was recognised as.

    Raises:
        VideothekError: ``file_unreadable``.
    """
    if content.startswith(newpipe.MAGIC):
        newpipe.read_database(content, sink, group)
        return "newpipe"
    if address := shortcuts.address_in_plist(content):
        read_line(1, address, sink, group)
        return "shortcut"
    return read_text(decode(content), sink, group)


def _read_file(file: SourceFile, sink: ItemSink, *, is_one_of_several: bool) -> str:
    name = group_name(_base(file.name)) or None
    group = (archives.Entry(name, None).stem if name else None) if is_one_of_several else None
    before = sink.total
    try:
        if file.content.startswith(archives.MAGIC):
            found = read_archive(file.content, sink, read_content)
        else:
            found = read_content(file.content, sink, group)
    except VideothekError as error:
        if not is_one_of_several or error.code is not ErrorCode.FILE_UNREADABLE:
            raise
        found = "text"
        sink.add(1, name or "", reason=ReasonCode.UNREADABLE, group=group)
    if sink.total == before and file.content.strip():
        sink.add(1, name or "", reason=ReasonCode.NO_LINK, group=group)
    return found


def _label(source: Source) -> str | None:
    names = [name for file in source.files if (name := storable(_base(file.name)).strip())]
    return ", ".join(names)[:_MAX_LABEL_LENGTH] or None


def _base(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
