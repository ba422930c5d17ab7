"""Captions as files: of one video, or of many in a ZIP."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database
from app.schemas.videos import TranscriptFormat


class TranscriptFile(Protocol):
    """A small file."""

    content: bytes
    media_type: str
    headers: dict[str, str]


class TranscriptArchive(Protocol):
    """A large file, sent in parts."""

    media_type: str
    headers: dict[str, str]

    def parts(self) -> AsyncIterator[bytes]:
        """The file, part by part."""


async def of_video(
    session: AsyncSession, *, user_id: str, video_id: str, transcript_format: TranscriptFormat
) -> TranscriptFile:
    """The captions of one video.

    Raises:
        VideothekError: ``video_not_found``; ``captions_none`` if there are none (yet).
    """
    raise NotImplementedError


async def of_many(
    database: Database,
    *,
    user_id: str,
    video_ids: Sequence[str],
    transcript_format: TranscriptFormat,
) -> TranscriptArchive:
    """The captions of many videos in a ZIP.

    Raises:
        VideothekError: ``captions_none`` if none of them has any.
    """
    raise NotImplementedError
