"""Reads the rows of a table that was recognised: which videos are a row's own."""

from collections.abc import Sequence
from typing import NamedTuple

from app.core.errors import ReasonCode
from app.services.importing import table_headers
from app.services.importing.fields import Field, judge_field
from app.services.importing.items import ItemSink
from app.services.importing.tables import Row, Table, records_of
from app.services.importing.text import add_source, add_without_video
from app.services.youtube_ids import LinkKind, classify_link, find_video_ids


class _Cell(NamedTuple):
    column: int
    text: str
    field: Field


def read_table(text: str, table: Table, sink: ItemSink, group: str | None = None) -> None:
    """Read a table: each row becomes one item for each video of its own, or one without any.

    Args:
        text: What ``find_table`` was given.
        table: What it found.
        sink: Takes the items.
        group: What the table is a part of.
    """
    for row in records_of(text, table.delimiter):
        if sink.is_full:
            return
        if row.line >= table.first_line:
            _read_row(row, table, sink, _group_of(row, table) or group)


def _group_of(row: Row, table: Table) -> str | None:
    column = table.group_column
    if column is None or column >= len(row.cells):
        return None
    return table_headers.group_in(row.cells[column], (table.header or [""])[column])


def _read_row(row: Row, table: Table, sink: ItemSink, group: str | None) -> None:
    judged = [judge_field(cell) for cell in row.cells]
    text = table.delimiter.join(row.cells).strip()
    if table.is_comments:
        sink.add(row.line, text, reason=ReasonCode.NOT_A_VIDEO, group=group)
        return
    videos = _videos(row, judged, table)
    for youtube_id, cell in videos.items():
        sink.add(row.line, cell if len(videos) > 1 else text, youtube_id=youtube_id, group=group)
        if sink.is_full:
            return
    if videos:
        return
    own = (cell for column, cell in enumerate(judged) if column not in table.foreign_columns)
    source = next((cell.source for cell in own if cell.source), None)
    if table.is_subscriptions and any(cell.source for cell in judged):
        sink.add(row.line, text, reason=ReasonCode.SUBSCRIPTION, group=group)
    elif source:
        add_source(row.line, text, source, sink, group)
    else:
        _reject(row, text, table, sink, group)


def _videos(row: Row, judged: Sequence[Field], table: Table) -> dict[str, str]:
    """The row's own videos, each with the cell it was found in: what is surest decides."""
    cells = [
        _Cell(column, text, field)
        for column, (text, field) in enumerate(zip(row.cells, judged, strict=True))
        if column not in table.foreign_columns
    ]
    titles = [cell for cell in cells if cell.column in table.title_columns]
    others = [cell for cell in cells if cell.column not in table.title_columns]
    return _linked(others) or _bare(others, table) or _linked(titles) or _embedded(cells, table)


def _linked(cells: Sequence[_Cell]) -> dict[str, str]:
    return {youtube_id: cell.text for cell in cells for youtube_id in cell.field.youtube_ids}


def _bare(cells: Sequence[_Cell], table: Table) -> dict[str, str]:
    ids = ((cell.field.bare_id, cell) for cell in cells if cell.column in table.id_columns)
    return {youtube_id: cell.text for youtube_id, cell in ids if youtube_id is not None}


def _embedded(cells: Sequence[_Cell], table: Table) -> dict[str, str]:
    """Links within sentences: where columns tell links from sentences, only those of link columns."""
    is_told_apart = table.header is not None and (table.video_columns or table.id_columns)
    return {
        youtube_id: cell.text
        for cell in cells
        if "youtu" in cell.text.lower()
        and (not is_told_apart or cell.column in table.video_columns)
        for youtube_id in find_video_ids(cell.text)
    }


def _reject(row: Row, text: str, table: Table, sink: ItemSink, group: str | None) -> None:
    for column in table.id_columns:
        if column < len(row.cells) and (cell := row.cells[column].strip()):
            is_bad_id = classify_link(cell) is LinkKind.BAD_ID
            reason = ReasonCode.BAD_ID if is_bad_id else ReasonCode.NO_LINK
            sink.add(row.line, text, reason=reason, group=group)
            return
    # The channel or description beside a dead link is not what the row is about.
    shown = [cell for column, cell in enumerate(row.cells) if column not in table.foreign_columns]
    add_without_video(row.line, table.delimiter.join(shown).strip() or text, sink, group, text)
