"""Lists with a record in each line that are no tables: OneTab's, yt-dlp's archives, ids."""

import re
from itertools import islice
from typing import Final

from app.services.importing.items import ItemSink
from app.services.importing.text import read_line, rows_of
from app.services.youtube_ids import is_ordinary_word, is_video_id

_SAMPLE_CHARACTERS: Final = 65_536
_SAMPLE_ROWS: Final = 50
_MIN_ALIKE: Final = 0.8
_TAB: Final = re.compile(r"\s*([a-z][a-z0-9+.-]{1,30}:\S+) \| ", re.IGNORECASE)
_ARCHIVED: Final = re.compile(r"[a-z][\w:.-]{1,40} \S{1,200}\s*")


def format_of_lines(text: str) -> str | None:
    """Recognise a list by its first lines.

    Args:
        text: All of it.
    """
    rows = [row for _, row in islice(rows_of(text[:_SAMPLE_CHARACTERS]), _SAMPLE_ROWS)]
    needed = _MIN_ALIKE * len(rows)
    if rows and sum(_TAB.match(row) is not None for row in rows) >= needed:
        return "onetab"
    if rows and sum(_is_random_id(row) for row in rows) >= needed:
        return "ids"
    archived = [row for row in rows if _ARCHIVED.fullmatch(row)]
    if len(archived) >= max(needed, 1) and any(row.startswith("youtube ") for row in archived):
        return "ytdlp_archive"
    return None


def read_ids(text: str, sink: ItemSink, group: str | None = None) -> None:
    """Read a list of ids: among others, also one that looks like a word is an id.

    Args:
        text: All of it.
        sink: Takes the items.
        group: What it is a part of.
    """
    for line, row in rows_of(text):
        if sink.is_full:
            return
        youtube_id = row.strip()
        if is_video_id(youtube_id):
            sink.add(line, youtube_id, youtube_id=youtube_id, group=group)
        else:
            read_line(line, row, sink, group)


def _is_random_id(row: str) -> bool:
    word = row.strip()
    return is_video_id(word) and not is_ordinary_word(word)


def read_tabs(text: str, sink: ItemSink, group: str | None = None) -> None:
    """Read OneTab's list: an address, a bar, and a title that may be anything.

    Args:
        text: All of it.
        sink: Takes the items.
        group: What it is a part of.
    """
    for line, row in rows_of(text):
        if sink.is_full:
            return
        tab = _TAB.match(row)
        read_line(line, tab[1] if tab else row, sink, group)
