"""Large inputs in a process of their own: the same result, with an end to time and memory."""

from pathlib import Path

import pytest

from app.adapters.input_reading import ChildInputReader
from app.core.errors import ErrorCode, VideothekError
from app.services.importing.input_reader import StoredInput
from app.services.importing.reading import Source, SourceFile, read_source

CELL = (
    '<div class="outer-cell"><div class="content-cell">Watched <a '
    'href="https://www.youtube.com/watch?v={id}">Ein Titel 😀</a><br><a '
    'href="https://www.youtube.com/channel/UCx">Kanal</a></div><div></div><p><b>{more}</b></div>'
)


def history(count: int, more: int = 0) -> bytes:
    cells = (CELL.format(id=f"V{number:09d}8", more="x" * more) for number in range(count))
    return ("<html><body>" + "".join(cells)).encode()


def stored(directory: Path, content: bytes) -> StoredInput:
    path = directory / "input"
    path.write_bytes(content)
    return StoredInput(files=[("Verlauf.html", path)])


async def test_a_child_reads_what_a_thread_would(tmp_path: Path) -> None:
    content = history(300) + "\nÜbrigens: https://youtu.be/abcdefghij8".encode()
    reader = ChildInputReader(seconds=30, memory_bytes=150_000_000)

    found = await reader.read(stored(tmp_path, content), 10_000, None)

    assert found.reading == read_source(Source(files=[SourceFile("Verlauf.html", content)]), 10_000)
    assert len(found.reading.items) == 300


async def test_where_memory_does_not_suffice_for_a_page_its_links_are_read(tmp_path: Path) -> None:
    content = history(9000, more=600)
    assert len(content) > 7_000_000
    reader = ChildInputReader(seconds=30, memory_bytes=95_000_000)

    found = await reader.read(stored(tmp_path, content), 10_000, None)

    assert found.reading.format == "takeout_history"
    assert len({item.youtube_id for item in found.reading.items}) == 9000
    assert found.reading.items[0].text == "https://www.youtube.com/watch?v=V0000000008"


async def test_what_takes_too_long_is_given_up(tmp_path: Path) -> None:
    reader = ChildInputReader(seconds=1, memory_bytes=2_000_000_000)

    with pytest.raises(VideothekError) as caught:
        await reader.read(stored(tmp_path, history(140_000)), 1_000_000, None)

    assert (caught.value.code, caught.value.status) == (ErrorCode.TOO_MUCH_TO_READ, 413)
