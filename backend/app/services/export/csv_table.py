"""A library as one table, for spreadsheets."""

from datetime import datetime
from typing import IO

from app.core.texts import printable
from app.repositories.library import LibraryList, LibraryVideo
from app.services.export.writing import moment, watch_address
from app.services.importing.table_text import BYTE_ORDER_MARK, reversible_cell, table_rows

COLUMNS = (
    "list",
    "youtube_id",
    "url",
    "title",
    "channel",
    "duration_seconds",
    "published_at",
    "added_at",
)
"""By these an import knows its own table, and takes ``original_cell`` of every cell."""


class CsvTable:
    """Implements ``LibraryWriter``: a row for each video; a list without any leaves none."""

    media_type = "text/csv; charset=utf-8"
    suffix = ".csv"

    def __init__(self, out: IO[bytes], exported_at: datetime) -> None:  # noqa: ARG002
        self._out = out
        self._list_name = ""
        out.write((BYTE_ORDER_MARK + table_rows([COLUMNS])).encode())

    def open_list(self, opened: LibraryList) -> None:
        """See ``LibraryWriter``."""
        self._list_name = opened.name

    def add(self, video: LibraryVideo) -> None:
        """See ``LibraryWriter``."""
        duration = video.duration_seconds
        cells = (
            self._list_name,
            video.youtube_id,
            watch_address(video.youtube_id),
            printable(video.title or ""),
            printable(video.channel or ""),
            "" if duration is None else str(duration),
            moment(video.published_at) or "",
            moment(video.added_at) or "",
        )
        self._out.write(table_rows([map(reversible_cell, cells)]).encode())

    def close_list(self) -> None:
        """See ``LibraryWriter``."""

    def close(self) -> None:
        """See ``LibraryWriter``."""
