"""A library as JSON: all that is known of the videos, for programs and for another Videothek."""

import json
from datetime import datetime
from typing import IO

from app.repositories.library import LibraryList, LibraryVideo
from app.services.export.writing import moment, watch_address

FORMAT = "videothek"
VERSION = 1


class JsonLibrary:
    """Implements ``LibraryWriter``: one line for each video."""

    media_type = "application/json"
    suffix = ".json"

    def __init__(self, out: IO[bytes], exported_at: datetime) -> None:
        self._out = out
        self._before_list = ""
        self._before_video = ""
        head = {"format": FORMAT, "version": VERSION, "exported_at": moment(exported_at)}
        self._write(_text(head).removesuffix("}") + ', "lists": [')

    def open_list(self, opened: LibraryList) -> None:
        """See ``LibraryWriter``."""
        self._write(f'{self._before_list}\n{{"name": {_text(opened.name)}, "videos": [')
        self._before_list = ","
        self._before_video = ""

    def add(self, video: LibraryVideo) -> None:
        """See ``LibraryWriter``."""
        record = {
            "youtube_id": video.youtube_id,
            "url": watch_address(video.youtube_id),
            "title": video.title,
            "channel": video.channel,
            "duration_seconds": video.duration_seconds,
            "published_at": moment(video.published_at),
            "added_at": moment(video.added_at),
        }
        self._write(f"{self._before_video}\n  {_text(record)}")
        self._before_video = ","

    def close_list(self) -> None:
        """See ``LibraryWriter``."""
        self._write("\n]}" if self._before_video else "]}")

    def close(self) -> None:
        """See ``LibraryWriter``."""
        self._write("\n]}\n")

    def _write(self, text: str) -> None:
        self._out.write(text.encode())


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
