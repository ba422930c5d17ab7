"""Made-up ids, and what is read of an input, for tests of the readers."""

import io
import zipfile
from collections.abc import Sequence

from app.core.errors import ReasonCode
from app.services.importing.items import Reading
from app.services.importing.reading import Source, SourceFile, read_source

A, B, C, D = "aB3_x-9Qw1k", "-Zz0yY7_pP2", "_kL9mN8bV7c", "Q1w2E3r4T5y"
FOREIGN = "X9x8X7x6X5x"
PLAYLIST = "https://www.youtube.com/playlist?list=PLx8Nfm2nO8M0pWQ5zW1s4A9gXJ3cQvU7y"
CHANNEL = "https://www.youtube.com/channel/UC6s4Xu10_laCZMuahny8kUA"


def url(youtube_id: str) -> str:
    return f"https://www.youtube.com/watch?v={youtube_id}"


def read(content: str | bytes, groups: Sequence[int] | None = None) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    return read_source(Source(files=[SourceFile("drop", raw)]), 10_000, groups)


def ids(reading: Reading) -> list[str]:
    return [item.youtube_id for item in reading.items if item.youtube_id]


def reasons(reading: Reading) -> list[ReasonCode]:
    return [item.reason_code for item in reading.items if item.reason_code]


def in_groups(reading: Reading) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for item in reading.items:
        if item.youtube_id:
            name = None if item.group is None else reading.groups[item.group].name
            found.setdefault(name, []).append(item.youtube_id)
    return found


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
