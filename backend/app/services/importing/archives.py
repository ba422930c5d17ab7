"""Opens ZIP archives, within bounds; nothing of them is ever written to a disk."""

import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.core.errors import ErrorCode, VideothekError
from app.services.importing.decoding import is_binary, unreadable

MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_CENTRAL_RECORD: Final = b"PK\x01\x02"
_MAX_ENTRIES: Final = 20_000
_MAX_ENTRY_BYTES: Final = 50_000_000
_MAX_TOTAL_BYTES: Final = 100_000_000
# Real exports shrink to a twentieth; what unpacks to hundreds of times its size is a bomb.
_MAX_RATIO: Final = 300
_RATIO_FROM_BYTES: Final = 1_000_000
_HEAD_BYTES: Final = 4096
# Exports are deflated. Of the other methods, four kilobytes unpack to gigabytes at once.
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NEVER_READ: Final = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive.

    Args:
        name: Its path, for people only.
        content: All of it; None if it can't be read: binary, encrypted, broken, an archive itself.
    """

    name: str
    content: bytes | None

    @property
    def folder(self) -> str:
        """The path of what it stands in."""
        return self.name.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """Its name without path and ending."""
        name = self.name.rpartition("/")[2]
        stem, dot, ending = name.rpartition(".")
        return stem if dot and stem and len(ending) <= 5 else name  # noqa: PLR2004


class Archive:
    """A ZIP archive in memory.

    Args:
        content: All of it.

    Raises:
        VideothekError: ``file_unreadable``; ``archive_too_large``.
    """

    def __init__(self, content: bytes) -> None:
        if content.count(_CENTRAL_RECORD) > _MAX_ENTRIES:
            raise too_large()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise unreadable() from None
        self._left = _MAX_TOTAL_BYTES
        self._infos = [info for info in self._archive.infolist() if _is_file(info)]
        self.names = [_name(info) for info in self._infos]

    def entries(self, databases: tuple[bytes, ...] = ()) -> Iterator[Entry]:
        """Each file in the order of the archive, unpacked one at a time.

        Args:
            databases: How binary content begins that is wanted nevertheless.

        Raises:
            VideothekError: ``archive_too_large``.
        """
        for info, name in zip(self._infos, self.names, strict=True):
            try:
                content = self._unpacked(info, databases)
            except _BROKEN:
                content = None
            yield Entry(name, content)

    def _unpacked(self, info: zipfile.ZipInfo, databases: tuple[bytes, ...]) -> bytes | None:
        most = min(self._left, _MAX_ENTRY_BYTES)
        if info.compress_type not in _METHODS:
            return None
        with self._archive.open(info) as file:
            head = file.read(_HEAD_BYTES)
            is_wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:2]
            if head.startswith(MAGIC):
                return None
            if is_binary(head) and not is_wide and not head.startswith(databases):
                return None
            most = min(most, max(_RATIO_FROM_BYTES, _MAX_RATIO * info.compress_size))
            # Nothing more than it says is ever unpacked, so a bomb need not be.
            if info.file_size > most:
                raise too_large()
            # Before it is read: that it is broken shows at its end, and many may be the same bytes.
            self._left -= info.file_size
            return head + file.read(max(0, info.file_size - len(head)))


def too_large() -> VideothekError:
    """The answer to an archive that unpacks to more than anybody's export."""
    return VideothekError(ErrorCode.ARCHIVE_TOO_LARGE, 413)


def _is_file(info: zipfile.ZipInfo) -> bool:
    return not info.is_dir() and info.file_size > 0 and not _NEVER_READ.search(info.filename)


def _name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        # Without the flag for UTF-8 the standard says code page 437, and almost nobody means it.
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")
