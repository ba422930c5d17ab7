"""What every format of an export has in common."""

from datetime import UTC, datetime
from typing import IO, Protocol

from app.repositories.library import LibraryList, LibraryVideo


class LibraryWriter(Protocol):
    """Writes a library into a file, list by list and video by video.

    Each format makes one of the file and the time of the export, and writes whatever comes first.
    """

    media_type: str
    suffix: str

    def __init__(self, out: IO[bytes], exported_at: datetime) -> None: ...

    def open_list(self, opened: LibraryList) -> None:
        """The next list; its videos follow, newest first."""

    def add(self, video: LibraryVideo) -> None:
        """The next video of the list."""

    def close_list(self) -> None:
        """That was the list."""

    def close(self) -> None:
        """That was the library."""


def watch_address(youtube_id: str) -> str:
    """Where a video is watched."""
    return f"https://www.youtube.com/watch?v={youtube_id}"


def moment(at: datetime | None) -> str | None:
    """A time as text (ISO 8601, UTC)."""
    return at.astimezone(UTC).isoformat() if at else None
