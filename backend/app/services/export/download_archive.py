"""The videos of a library as yt-dlp's download archive: what need not be fetched again."""

from datetime import datetime
from typing import IO

from app.repositories.library import LibraryList, LibraryVideo


class DownloadArchive:
    """Implements ``LibraryWriter``: each video once, however many lists it is in."""

    media_type = "text/plain; charset=utf-8"
    suffix = ".txt"

    def __init__(self, out: IO[bytes], exported_at: datetime) -> None:  # noqa: ARG002
        self._out = out
        self._seen: set[str] = set()

    def open_list(self, opened: LibraryList) -> None:
        """See ``LibraryWriter``."""

    def add(self, video: LibraryVideo) -> None:
        """See ``LibraryWriter``."""
        if video.youtube_id not in self._seen:
            self._seen.add(video.youtube_id)
            self._out.write(f"youtube {video.youtube_id}\n".encode())

    def close_list(self) -> None:
        """See ``LibraryWriter``."""

    def close(self) -> None:
        """See ``LibraryWriter``."""
