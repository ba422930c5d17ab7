"""Reads tables: any delimiter, with or without a header, links or ids in any column."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from app.services.importing import table_headers
from app.services.importing.fields import Field, judge_field, looks_random
from app.services.importing.text import rows_of

_DELIMITERS: Final = ",;\t|"
_SAMPLE_CHARACTERS: Final = 65_536
_SAMPLE_ROWS: Final = 100
_PROFILE_ROWS: Final = 1000
_MIN_CONSISTENT: Final = 0.75
_MAX_COLUMNS: Final = 1000
# No real row is longer; such a line is read like running text.
_MAX_ROW_CHARACTERS: Final = 100_000
_HUGE_LINE: Final = re.compile(rf"[^\n]{{{_MAX_ROW_CHARACTERS}}}")
# So many of a column's cells have to be ids before any of them counts as one.
_MIN_IDS: Final = 0.8
_MIN_CHANNELS: Final = 0.8
_MIN_COMMENTS: Final = 0.8
# YouTube's own ids of comments and of messages in live chats, which Takeout lists with their videos.
_COMMENT_ID: Final = re.compile(r"(?:Ug|Ch|Ci|LCC\.)[\w.%=-]{18,}")
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_TIMESTAMP: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d.{0,12}")
_PLAYLIST_ID: Final = re.compile(r"(?:PL|LL|FL|WL|UU|RD|OLAK5uy_)[\w-]*")
# Takeout's table of all playlists, which says how they are called.
TITLES: Final = "takeout_titles"
_METADATA_COLUMNS: Final = 5
_METADATA_TITLE: Final = 4


class Row(NamedTuple):
    """One record of a table.

    Args:
        line: Where it begins, from 1.
        cells: Its columns.
    """

    line: int
    cells: list[str]


@dataclass(slots=True)
class Table:
    """A text that is a table, and what its columns hold.

    Args:
        delimiter: Between its columns.
        rows: Its first records.
        header: The names of its columns, if it says them.
        id_columns: Columns of bare ids.
        video_columns: Columns of links to videos.
        is_subscriptions: Whether its rows are channels.
        is_comments: Whether its rows are what somebody wrote below videos.
        first_line: The first record that is neither header nor metadata.
        format: What it was recognised as.
        title: What it says of itself.
        group_column: The folder or playlist of each row.
        foreign_columns: What links there belongs to other videos.
        title_columns: Links there count only where a row has no other.
    """

    delimiter: str
    rows: list[Row]
    header: list[str] | None = None
    id_columns: frozenset[int] = frozenset()
    video_columns: frozenset[int] = frozenset()
    is_subscriptions: bool = False
    is_comments: bool = False
    first_line: int = 1
    format: str = "csv"
    title: str | None = None
    group_column: int | None = None
    foreign_columns: frozenset[int] = frozenset()
    title_columns: frozenset[int] = frozenset()


def find_table(text: str) -> Table | None:
    """Recognise a table.

    Args:
        text: A whole file, or what somebody pasted.

    Returns:
        None where reading it line by line is right.
    """
    delimiter = "," if _begins_with_metadata(text) else _delimiter(text)
    if delimiter is None:
        return None
    table = Table(delimiter, list(islice(records_of(text, delimiter), _PROFILE_ROWS)))
    _skip_metadata(table)
    if not table.rows:
        return None
    _profile(table)
    is_known = (
        table.video_columns or table.is_subscriptions or table.id_columns or table.format == TITLES
    )
    return table if is_known or table_headers.is_known(table.header) else None


def titles_in(text: str) -> list[str]:
    """What a table of playlists may call them: all its texts that are neither ids nor times.

    Args:
        text: The table.
    """
    table = find_table(text)
    return [
        cell.strip()
        for row in (table.rows if table else [])
        for cell in row.cells[1:]
        if cell.strip() and not _TIMESTAMP.fullmatch(cell.strip()) and "://" not in cell
    ]


# -- the text's shape ----------------------------------------------------------------------------


def _delimiter(text: str) -> str | None:
    named = _SEPARATOR_LINE.match(text[:16])
    if named and named[1] in _DELIMITERS:
        return named[1]
    sample = text[:_SAMPLE_CHARACTERS]
    lines = [row for _, row in islice(rows_of(sample), _SAMPLE_ROWS + 1)]
    if len(text) > len(sample) and len(lines) > 1:
        lines.pop()
    found: list[tuple[float, int, str]] = []
    for delimiter in _DELIMITERS:
        widths = Counter(map(len, _parsed(lines, delimiter)))
        width = max((width for width in widths if width > 1), key=widths.__getitem__, default=0)
        if 0 < width <= _MAX_COLUMNS and widths[width] >= _MIN_CONSISTENT * widths.total():
            found.append((widths[width] / widths.total(), width, delimiter))
    return max(found)[2] if found else None


def _parsed(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """Rows of a part of a text; its last cell may be cut anywhere."""
    try:
        yield from csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    except csv.Error:
        return


def records_of(text: str, delimiter: str) -> Iterator[Row]:
    """The records that are not blank; a quotation mark that is never closed swallows no lines."""
    is_quoted = '"' in text and not _HUGE_LINE.search(text) and _is_well_quoted(text, delimiter)
    if not is_quoted:
        for line, row in rows_of(text):
            yield from _record(line, _one_row(row, delimiter))
        return
    reader = csv.reader(_physical_lines(text), delimiter=delimiter, skipinitialspace=True)
    line = 1
    for cells in reader:
        yield from _record(line, cells)
        line = reader.line_num + 1


def _record(line: int, cells: list[str]) -> Iterator[Row]:
    if any(cell and not cell.isspace() for cell in cells):
        yield Row(line, cells)


def _one_row(row: str, delimiter: str) -> list[str]:
    if len(row) > _MAX_ROW_CHARACTERS:
        return [row]
    if '"' in row:
        try:
            return next(csv.reader([row], delimiter=delimiter, skipinitialspace=True))
        except (csv.Error, StopIteration):
            pass
    return row.split(delimiter)


def _is_well_quoted(text: str, delimiter: str) -> bool:
    reader = csv.reader(
        _physical_lines(text), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    try:
        for _ in reader:
            pass
    except csv.Error:
        return False
    return True


def _physical_lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end].replace("\r", "") if end - start > 1 else "\n"
        start = end


# -- what the columns hold -----------------------------------------------------------------------


def _skip_metadata(table: Table) -> None:
    """Old Takeout files begin with a table of one row about the playlist; then comes its own."""
    rows = table.rows
    if rows and _SEPARATOR_LINE.fullmatch(table.delimiter.join(rows[0].cells).strip()):
        del rows[0]
    elif len(rows) > 1 and _is_metadata(rows[0], rows[1]):
        table.title = rows[1].cells[_METADATA_TITLE]
        table.format = "takeout_playlist"
        table.first_line = rows[1].line + 1
        del rows[:2]
    if rows:
        table.first_line = max(table.first_line, rows[0].line)


def _begins_with_metadata(text: str) -> bool:
    lines = [row for _, row in islice(rows_of(text[:_SAMPLE_CHARACTERS]), 2)]
    rows = [Row(line, cells) for line, cells in enumerate(_parsed(lines, ","), 1)]
    return len(rows) > 1 and _is_metadata(rows[0], rows[1])


def _is_metadata(names: Row, values: Row) -> bool:
    if min(len(names.cells), len(values.cells)) < _METADATA_COLUMNS:
        return False
    playlist_id, channel_id = (cell.strip() for cell in values.cells[:2])
    return channel_id.startswith("UC") and _PLAYLIST_ID.fullmatch(playlist_id) is not None


def _profile(table: Table) -> None:
    judged = [[judge_field(cell) for cell in row.cells] for row in table.rows]
    if len(table.rows) > 1 or table.title is not None:
        _find_header(table, judged)
    names = table.header or []
    table.foreign_columns = table_headers.foreign_columns(names)
    table.title_columns = table_headers.title_columns(names)
    table.group_column = table_headers.group_column(names)
    table.id_columns = _id_columns(table.rows, judged, names)
    table.video_columns = frozenset(
        column for row in judged for column, cell in enumerate(row) if cell.youtube_ids
    )
    channels = sum(any(_is_channel(cell) for cell in row) for row in judged)
    table.is_subscriptions = (
        not table.video_columns and not table.id_columns and channels > _MIN_CHANNELS * len(judged)
    )
    comments = sum(any(map(_COMMENT_ID.fullmatch, row.cells)) for row in table.rows)
    table.is_comments = 0 not in table.id_columns and comments > _MIN_COMMENTS * len(table.rows)
    if _is_playlist(table, judged):
        table.format = "takeout_playlist"
    elif judged and all(_is_playlist_link(cell) for cell in (row[0] for row in judged)):
        table.format = TITLES
    elif table.format == "csv":
        table.format = table_headers.format_of(names)


def _find_header(table: Table, judged: list[list[Field]]) -> None:
    cells = table.rows[0].cells
    if any(_is_something(cell) for cell in judged[0]) or any(map(str.isdigit, cells)):
        return
    table.header = [cell.strip().strip("'\ufeff").casefold() for cell in cells]
    del judged[0], table.rows[0]
    table.first_line = table.rows[0].line if table.rows else table.first_line + 1


def _is_something(cell: Field) -> bool:
    is_id = cell.bare_id is not None and looks_random(cell.bare_id)
    return bool(is_id or cell.youtube_ids or cell.source or cell.is_link)


def _is_playlist_link(cell: Field) -> bool:
    return cell.source is not None and cell.source.startswith("playlist:")


def _is_channel(cell: Field) -> bool:
    return cell.source is not None and not cell.source.startswith("playlist:")


def _id_columns(rows: list[Row], judged: list[list[Field]], names: Sequence[str]) -> frozenset[int]:
    filled: Counter[int] = Counter()
    ids: Counter[int] = Counter()
    random: Counter[int] = Counter()
    for row, cells in zip(rows, judged, strict=True):
        for column, cell in enumerate(cells):
            filled[column] += bool(row.cells[column].strip())
            ids[column] += cell.bare_id is not None
            random[column] += cell.bare_id is not None and looks_random(cell.bare_id)
    found = {
        column
        for column, count in ids.items()
        if count
        and count >= _MIN_IDS * filled[column]
        and (2 * random[column] >= count or table_headers.names_ids(names, column))
        and (filled[column] > 1 or _may_be_single_id(rows, judged, names, column))
    }
    return frozenset(found | table_headers.id_columns(names))


def _may_be_single_id(
    rows: list[Row], judged: list[list[Field]], names: Sequence[str], column: int
) -> bool:
    """Whether the only filled cell of a column is an id: one word is easily taken for one."""
    if names:
        return table_headers.names_ids(names, column) or _has_timestamp(rows[0])
    return all(
        cell.bare_id is not None or not text.strip()
        for row, cells in zip(rows, judged, strict=True)
        for text, cell in zip(row.cells, cells, strict=True)
    )


def _has_timestamp(row: Row) -> bool:
    return len(row.cells) == 2 and _TIMESTAMP.fullmatch(row.cells[1].strip()) is not None  # noqa: PLR2004


def _is_playlist(table: Table, judged: list[list[Field]]) -> bool:
    """Takeout's own: an id, and when it was added, in any language."""
    return (
        table.header is not None
        and bool(judged)
        and 0 in table.id_columns
        and all(map(_has_timestamp, table.rows))
    )
