"""A library as a ZIP like Google Takeout's own, for everything that reads those."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO

from app.repositories.library import LibraryList, LibraryVideo
from app.services.file_names import FileNames
from app.services.importing.table_text import reversible_cell

FOLDER = "Takeout/YouTube and YouTube Music/playlists"
FILE_ENDING = "-videos.csv"
INDEX_NAME = "playlists.csv"
TITLE_COLUMN = "Playlist Title (Original)"

_VIDEO_COLUMNS = ("Video ID", "Playlist Video Creation Timestamp")
# As Google writes them, without what a list does not have (images, a description).
_INDEX_COLUMNS = (
    "Playlist ID",
    "Add new videos to top",
    TITLE_COLUMN,
    "Playlist Title (Original) Language",
    "Playlist Create Timestamp",
    "Playlist Update Timestamp",
    "Playlist Video Order",
    "Playlist Visibility",
)


def lists_by_file(list_names: Iterable[str]) -> dict[str, str]:
    """The lists of an index by the names of their files.

    Args:
        list_names: In the order of the index.
    """
    names = FileNames()
    return {f"{names.next(list_name)}{FILE_ENDING}": list_name for list_name in list_names}


class TakeoutArchive:
    """Implements ``LibraryWriter``: a file for each list, and an index of them."""

    media_type = "application/zip"
    suffix = ".zip"

    def __init__(self, out: IO[bytes], exported_at: datetime) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._at = exported_at.timetuple()[:6]
        self._names = FileNames()
        self._index = [_row(_INDEX_COLUMNS)]
        self._file: IO[bytes] | None = None

    def open_list(self, opened: LibraryList) -> None:
        """See ``LibraryWriter``."""
        created = _stamp(opened.created_at)
        title = reversible_cell(opened.name)
        self._index.append(
            _row((opened.id, "True", title, "", created, created, "Manual", "Private"))
        )
        self._file = self._open(f"{self._names.next(opened.name)}{FILE_ENDING}")
        self._file.write(_row(_VIDEO_COLUMNS))

    def add(self, video: LibraryVideo) -> None:
        """See ``LibraryWriter``."""
        self._current().write(_row((video.youtube_id, _stamp(video.added_at))))

    def close_list(self) -> None:
        """See ``LibraryWriter``."""
        self._current().close()

    def close(self) -> None:
        """See ``LibraryWriter``."""
        with self._open(INDEX_NAME) as index:
            index.writelines(self._index)
        self._zip.close()

    def _current(self) -> IO[bytes]:
        if self._file is None:
            raise AssertionError("no list is open")
        return self._file

    def _open(self, name: str) -> IO[bytes]:
        entry = zipfile.ZipInfo(f"{FOLDER}/{name}", date_time=self._at)
        entry.compress_type = zipfile.ZIP_DEFLATED
        return self._zip.open(entry, "w")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _row(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode()
