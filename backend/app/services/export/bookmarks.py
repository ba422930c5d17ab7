"""A library as bookmarks that every browser reads: a folder for each list."""

from datetime import datetime
from html import escape
from typing import IO

from app.core.texts import printable
from app.repositories.library import LibraryList, LibraryVideo
from app.services.export.writing import watch_address

_HEAD = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
"""


class Bookmarks:
    """Implements ``LibraryWriter`` in the format that Netscape's browser began with."""

    media_type = "text/html; charset=utf-8"
    suffix = ".html"

    def __init__(self, out: IO[bytes], exported_at: datetime) -> None:  # noqa: ARG002
        self._out = out
        self._write(_HEAD)

    def open_list(self, opened: LibraryList) -> None:
        """See ``LibraryWriter``."""
        added = int(opened.created_at.timestamp())
        self._write(f'    <DT><H3 ADD_DATE="{added}">{escape(opened.name)}</H3>\n    <DL><p>\n')

    def add(self, video: LibraryVideo) -> None:
        """See ``LibraryWriter``."""
        address = watch_address(video.youtube_id)
        added = int(video.added_at.timestamp())
        # One line for each, whatever is in a title.
        title = escape(printable(video.title or "") or address)
        self._write(f'        <DT><A HREF="{address}" ADD_DATE="{added}">{title}</A>\n')

    def close_list(self) -> None:
        """See ``LibraryWriter``."""
        self._write("    </DL><p>\n")

    def close(self) -> None:
        """See ``LibraryWriter``."""
        self._write("</DL><p>\n")

    def _write(self, text: str) -> None:
        self._out.write(text.encode())
