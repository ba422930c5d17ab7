"""A file that was written for somebody, to be sent in parts."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import IO

from app.services.file_names import attachment

_PART_BYTES = 65_536
IN_MEMORY_BYTES = 1_000_000
"""Larger ones are written to the disk."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A temporary file, to be sent.

    Args:
        file: Where it is, from its beginning; gone once it was sent.
        size_bytes: Of the file.
        name: What to save it as.
        media_type: What it is.
    """

    file: IO[bytes]
    size_bytes: int
    name: str
    media_type: str

    @property
    def headers(self) -> dict[str, str]:
        """What goes before it."""
        return {
            "Content-Disposition": attachment(self.name),
            "Content-Length": str(self.size_bytes),
            **PRIVATE_HEADERS,
        }

    async def parts(self) -> AsyncIterator[bytes]:
        """The file, piece by piece; no session is open while a piece is being sent."""
        with self.file:
            while part := self.file.read(_PART_BYTES):
                yield part


# Somebody's own words, for nobody else who uses this browser.
PRIVATE_HEADERS = {"Cache-Control": "no-store"}
