"""Reads the table that this library writes itself: exactly, whatever its lists and videos are called."""

import csv
import io
from collections.abc import Iterator

from app.services.export.csv_table import COLUMNS
from app.services.importing.items import ItemSink
from app.services.importing.table_text import original_cell, table_rows
from app.services.importing.text import add_without_video
from app.services.youtube_ids import extract_video_id

_HEADER = table_rows([COLUMNS])
_LIST, _ID, _URL, _TITLE = map(COLUMNS.index, ("list", "youtube_id", "url", "title"))


def is_own_table(text: str) -> bool:
    """Whether it is one, as it was written; what a spreadsheet saved again is a table like any other.

    Args:
        text: All of it, without a byte order mark.
    """
    if not text.startswith(_HEADER):
        return False
    try:
        return all(len(row) == len(COLUMNS) for _, row in _rows(text))
    except csv.Error:
        return False


def read_own_table(text: str, sink: ItemSink) -> None:
    """Read one: each row is one item.

    Args:
        text: What ``is_own_table`` was given.
        sink: Takes the items.
    """
    for line, row in _rows(text):
        if sink.is_full:
            return
        cells = [original_cell(cell) for cell in row]
        # A title may hold a link to another video: only these two columns are the row's own.
        youtube_id = extract_video_id(cells[_URL]) or extract_video_id(cells[_ID])
        if youtube_id:
            shown = f"{cells[_TITLE]} {cells[_URL]}".strip()
            sink.add(line, shown, youtube_id=youtube_id, group=cells[_LIST])
        else:
            add_without_video(line, cells[_URL], sink, cells[_LIST])


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    next(reader)
    line = reader.line_num + 1
    for row in reader:
        if row:
            yield line, row
        line = reader.line_num + 1
