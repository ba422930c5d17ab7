"""Takes a library along: all lists and their videos as one file, in one of several formats."""

import re
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum

from app.core.database import Database
from app.core.errors import ErrorCode, not_found
from app.repositories import library
from app.repositories.library import LibraryList
from app.services.export.bookmarks import Bookmarks
from app.services.export.csv_table import CsvTable
from app.services.export.download_archive import DownloadArchive
from app.services.export.json_library import JsonLibrary
from app.services.export.takeout import TakeoutArchive
from app.services.export.writing import LibraryWriter
from app.services.stored_file import IN_MEMORY_BYTES, StoredFile

# A page is written in one go, and everybody else waits for it: some milliseconds.
_PAGE_VIDEOS = 200


_LIST_IN_NAME_LENGTH = 60


class ExportFormat(StrEnum):
    """What a library can be written as."""

    CSV = "csv"
    JSON = "json"
    TAKEOUT = "takeout"
    HTML = "html"
    ARCHIVE = "archive"


_WRITERS: Mapping[ExportFormat, type[LibraryWriter]] = {
    ExportFormat.CSV: CsvTable,
    ExportFormat.JSON: JsonLibrary,
    ExportFormat.TAKEOUT: TakeoutArchive,
    ExportFormat.HTML: Bookmarks,
    ExportFormat.ARCHIVE: DownloadArchive,
}


async def write_export(
    database: Database, *, user_id: str, export_format: ExportFormat, list_id: str | None
) -> StoredFile:
    """Write a library into a temporary file, as it is at one moment.

    So whoever receives it slowly holds no transaction, and gets no half of a change.

    Args:
        database: Where the library is.
        user_id: Whose it is.
        export_format: How to write it.
        list_id: Only this list.

    Raises:
        VideothekError: ``list_not_found``.
    """
    now = datetime.now(UTC)
    make = _WRITERS[export_format]
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - sent later
    try:
        only = await _write(database, lambda: make(file, now), user_id, list_id)
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    words = ["videothek"]
    words += [export_format.value] if export_format in _UNCLEAR else []
    words += [_in_name(only.name)] if only else []
    name = "-".join([*words, f"{now:%Y-%m-%d}"]) + make.suffix
    return StoredFile(file, size, name, make.media_type)


MEDIA_TYPES = tuple(writer.media_type.partition(";")[0] for writer in _WRITERS.values())
"""What an export may be, as HTTP says it."""

# Formats that their file's ending does not tell.
_UNCLEAR = (ExportFormat.TAKEOUT, ExportFormat.ARCHIVE)


async def _write(
    database: Database,
    make_writer: Callable[[], LibraryWriter],
    user_id: str,
    list_id: str | None,
) -> LibraryList | None:
    """Write all lists, or this one, which is then given back."""
    async with database.snapshot() as session:
        lists = await library.lists_of(session, user_id, list_id)
        if list_id is not None and not lists:
            raise not_found(ErrorCode.LIST_NOT_FOUND)
        # Only now: an archive that is begun and left closes itself when its file is gone, and fails.
        writer = make_writer()
        for entry in lists:
            writer.open_list(entry)
            async for videos in library.videos_of(session, entry.id, _PAGE_VIDEOS):
                for video in videos:
                    writer.add(video)
            writer.close_list()
        writer.close()
    return lists[0] if list_id is not None else None


def _in_name(list_name: str) -> str:
    """A list's name as a part of a file's: letters, digits and single hyphens."""
    words = re.sub(r"[^\w]+", "-", list_name).strip("-_")
    return words[:_LIST_IN_NAME_LENGTH].strip("-_") or "list"
