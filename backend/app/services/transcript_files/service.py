"""Captions as files: of one video, or of many in a ZIP."""

import asyncio
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database
from app.core.errors import ErrorCode, VideothekError, not_found
from app.core.messages import NO_CAPTIONS_AT_ALL
from app.repositories import transcripts
from app.repositories.transcripts import TranscriptRow
from app.schemas.videos import TranscriptFormat
from app.services.enrichment.captions import Cue
from app.services.file_names import FileNames, attachment, fitting, safe_start
from app.services.stored_file import IN_MEMORY_BYTES, PRIVATE_HEADERS, StoredFile
from app.services.transcript_files.formats import FORMATS, Transcript, written
from app.services.transcript_files.words import Chapter

# An hour of speech is about 100 kB as it is stored, and a megabyte once it is read.
_PORTION_VIDEOS = 20
# With YouTube's id, a number and the ending within what file systems and archives take.
_TITLE_BYTES = 150


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """A small file."""

    content: bytes
    media_type: str
    headers: dict[str, str]


async def of_video(
    session: AsyncSession, *, user_id: str, video_id: str, transcript_format: TranscriptFormat
) -> TranscriptFile:
    """The captions of one video.

    Raises:
        VideothekError: ``video_not_found``; ``captions_none`` if there are none (yet).
    """
    found = await transcripts.visible(session, user_id, [video_id])
    if not found:
        raise not_found(ErrorCode.VIDEO_NOT_FOUND)
    row = found[0]
    if not row.cues:
        raise not_found(ErrorCode.CAPTIONS_NONE)
    file_format = FORMATS[transcript_format]
    name = f"{_name(row)}.{transcript_format.value}"
    kind = "inline" if file_format.is_shown else "attachment"
    headers = {"Content-Disposition": attachment(name, kind=kind), **PRIVATE_HEADERS}
    content = await asyncio.to_thread(written, _transcript(row), transcript_format)
    return TranscriptFile(content, file_format.media_type, headers)


async def of_many(
    database: Database,
    *,
    user_id: str,
    video_ids: Sequence[str],
    transcript_format: TranscriptFormat,
) -> StoredFile:
    """The captions of many videos in a ZIP, newest first.

    They are read and written in portions, each in a transaction of its own: whatever their number,
    memory stays small and nobody else waits.

    Raises:
        VideothekError: ``captions_none`` if none of them has any.
    """
    async with database.read() as session:
        ids = await transcripts.visible_with_captions(session, user_id, video_ids)
    if not ids:
        sentences = None if len(video_ids) == 1 else NO_CAPTIONS_AT_ALL
        raise VideothekError(ErrorCode.CAPTIONS_NONE, 404, sentences)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - sent later
    try:
        archive = _Archive(file, transcript_format)
        for start in range(0, len(ids), _PORTION_VIDEOS):
            await _add_portion(database, archive, user_id, ids[start : start + _PORTION_VIDEOS])
        await asyncio.to_thread(archive.close)
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    name = f"videothek-{transcript_format.value}-{archive.at:%Y-%m-%d}.zip"
    return StoredFile(file, size, name, "application/zip")


async def _add_portion(
    database: Database, archive: "_Archive", user_id: str, ids: Sequence[str]
) -> None:
    """Read and write some; what was read is gone when this ends."""
    async with database.read() as session:
        rows = await transcripts.visible(session, user_id, ids)
    await asyncio.to_thread(archive.add, rows)


class _Archive:
    def __init__(self, out: IO[bytes], transcript_format: TranscriptFormat) -> None:
        self.at = datetime.now(UTC)
        self._format = transcript_format
        self._names = FileNames()
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)

    def add(self, rows: Sequence[TranscriptRow]) -> None:
        """Write those that have captions."""
        for row in rows:
            if not row.cues:
                continue
            name = f"{self._names.next_fitting(_name(row))}.{self._format.value}"
            entry = zipfile.ZipInfo(name, date_time=self.at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            self._zip.writestr(entry, written(_transcript(row), self._format))

    def close(self) -> None:
        """Write the directory."""
        self._zip.close()


def _name(row: TranscriptRow) -> str:
    """What the file of a video is called: YouTube's id tells videos of one title apart."""
    title = fitting(row.title, _TITLE_BYTES) if row.title else ""
    return safe_start(f"{title} [{row.youtube_id}]".strip())


def _transcript(row: TranscriptRow) -> Transcript:
    return Transcript(
        youtube_id=row.youtube_id,
        title=row.title,
        channel=row.channel,
        duration_seconds=row.duration_seconds,
        published_at=row.published_at,
        captions_source=row.captions_source,
        language=row.language,
        cues=[Cue(start, end, text) for start, end, text in row.cues or []],
        chapters=[Chapter(start, end, title) for start, end, title in row.chapters or []],
    )
