"""Reads NewPipe's database: what was watched, and its playlists."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from app.core.errors import ReasonCode
from app.services.importing.decoding import unreadable
from app.services.importing.items import ItemSink
from app.services.importing.text import read_line

MAGIC: Final = b"SQLite format 3\x00"
_MAX_LENGTH: Final = 100_000
# A database made to keep us busy is interrupted; NewPipe's take milliseconds.
_MAX_STEPS: Final = 20_000
_INSTRUCTIONS_PER_STEP: Final = 10_000

_STREAMS: Final = """
    SELECT streams.url, streams.title, NULL FROM streams
    WHERE streams.service_id = 0 ORDER BY streams.uid
"""
_WITH_PLAYLISTS: Final = """
    SELECT streams.url, streams.title, playlists.name FROM streams
    LEFT JOIN playlist_stream_join ON playlist_stream_join.stream_id = streams.uid
    LEFT JOIN playlists ON playlists.uid = playlist_stream_join.playlist_id
    WHERE streams.service_id = 0
    ORDER BY streams.uid, playlist_stream_join.playlist_id
"""
_SUBSCRIPTIONS: Final = (
    "SELECT url, name, NULL FROM subscriptions WHERE service_id = 0 ORDER BY uid"
)
_SAVED_PLAYLISTS: Final = (
    "SELECT url, name, NULL FROM remote_playlists WHERE service_id = 0 ORDER BY uid"
)


def read_database(content: bytes, sink: ItemSink, group: str | None = None) -> None:
    """Read a database without writing it anywhere, and without running anything in it.

    Args:
        content: The file.
        sink: Takes the items.
        group: What the database is a part of.

    Raises:
        VideothekError: ``file_unreadable`` for a database of something else, or a broken one.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(_without_log(content))
            _restrict(connection)
            tables = _tables(connection)
            if "streams" not in tables:
                raise unreadable()
            has_playlists = {"playlists", "playlist_stream_join"} <= tables
            _read_streams(connection, _WITH_PLAYLISTS if has_playlists else _STREAMS, sink, group)
            if "remote_playlists" in tables:
                _read_streams(connection, _SAVED_PLAYLISTS, sink, group)
            if "subscriptions" in tables:
                channels = _rows(connection, _SUBSCRIPTIONS)
                for line, (url, name, _) in enumerate(channels, 1):
                    sink.add(line, f"{name} {url}", reason=ReasonCode.SUBSCRIPTION, group=group)
        except (sqlite3.Error, OverflowError, UnicodeDecodeError, MemoryError):
            # The last is what SQLite says of a page that claims to be larger than it may be.
            raise unreadable() from None


def _without_log(content: bytes) -> bytes:
    """A database that says it has a write-ahead log can't be opened in memory, where it has none."""
    return content[:18] + b"\x01\x01" + content[20:]


def _restrict(connection: sqlite3.Connection) -> None:
    steps = 0

    def over() -> int:
        nonlocal steps
        steps += 1
        return int(steps > _MAX_STEPS)

    connection.text_factory = lambda value: value.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_LENGTH)
    # A column may be computed, and a pattern full of stars takes for ever without a single step.
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1)
    connection.set_progress_handler(over, _INSTRUCTIONS_PER_STEP)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")


def _tables(connection: sqlite3.Connection) -> set[str]:
    """Real tables only: a view or a module in their place would be somebody's program."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    )
    return {name for (name,) in rows}


def _read_streams(
    connection: sqlite3.Connection, query: str, sink: ItemSink, group: str | None
) -> None:
    for line, (url, title, playlist) in enumerate(_rows(connection, query), 1):
        if sink.is_full:
            return
        if not read_line(line, url, sink, playlist or group, title):
            sink.add(line, "", reason=ReasonCode.NO_LINK, group=playlist or group)


def _rows(connection: sqlite3.Connection, query: str) -> Iterator[tuple[str, str, str | None]]:
    """Whatever a cell holds: SQLite's columns take values of any type."""
    for url, title, playlist in connection.execute(query):
        yield (
            url if isinstance(url, str) else "",
            title if isinstance(title, str) else "",
            playlist if isinstance(playlist, str) else None,
        )
