"""Whatever is dropped: nothing but our own errors, no id that is not there, no link lost."""

import csv
import io
import json
import zipfile
from typing import Any
from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import VideothekError
from app.services.importing.items import Reading
from app.services.importing.reading import Source, SourceFile, read_source

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
VIDEO_IDS = st.text(_ALPHABET, min_size=9, max_size=9).map(lambda middle: f"Z{middle}8")
# Words that are never ids, never links, and nothing that begins a document of another kind.
GARBAGE = st.text("abc äöß.,;|'!?0123456789\t", max_size=40).filter(
    lambda text: not any(len(word) >= 9 for word in text.replace("\t", " ").split())
)
LINKS = st.sampled_from(
    (
        "https://www.youtube.com/watch?v={}",
        "https://youtu.be/{}?t=3",
        "http://m.youtube.com/shorts/{}",
        "https://music.youtube.com/watch?v={}&list=RDAMVM",
    )
)
_MARKUP = (
    "https://youtu.be/", "youtube.com/watch?v=", "<a href=", '"url":', "{", "[", "\n", ",", '"',
    "<dl>", "</div>", "youtube ", "playlist?list=PL", "\x00", "\ud800", "<html>", " | ", ";", "\t",
    "Video ID,x\n", "[InternetShortcut]\nURL=", "outer-cell", "videoId", "PK\x03\x04", "<?xml",
)  # fmt: skip
_FIELDS = (
    "url", "videoId", "titleUrl", "id", "title", "playlists", "videos", "watch_history", "roots",
    "subscriptions", "children", "type", "kind", "format", "lists", "items", "_id", "playlistName",
    "localPlaylists", "preferences", "snippet", "description", "app_version",
)  # fmt: skip
_BEGINNINGS = (b"", b"PK\x03\x04", b"SQLite format 3\x00", b"bplist00")
PIECES = st.one_of(st.sampled_from(_MARKUP), VIDEO_IDS, st.text(max_size=12))
TEXTS = st.lists(PIECES, max_size=40).map("".join)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=5)
    ),
    max_leaves=20,
)


def read(content: bytes | None = None, text: str | None = None) -> Reading | None:
    files = [] if content is None else [SourceFile("x", content)]
    try:
        return read_source(Source(text=text, files=files), 1000)
    except VideothekError:
        return None


def check(reading: Reading | None, given_text: str) -> None:
    """What is true of every reading: it adds up, can be stored, and names only ids that stand there."""
    if reading is None:
        return
    items = reading.items
    assert [item.position for item in items] == list(range(len(items)))
    assert all((item.youtube_id is None) == (item.reason_code is not None) for item in items)
    assert all(item.line >= 1 and len(item.text) <= 1000 for item in items)
    assert sum(group.item_count for group in reading.groups) == sum(
        item.group is not None for item in items
    )
    for item in items:
        item.text.encode()
        assert item.youtube_id is None or item.youtube_id in given_text
    assert all(group.name.strip() and "\x00" not in group.name for group in reading.groups)


def zipped(files: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def visible(text: str) -> str:
    """A text in all the ways in which an id may be written in it."""
    return "\n".join((text, unquote(text), text.replace("\x00", ""), text.replace("\\", "")))


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str) -> None:
    check(read(text=text), visible(text))
    check(read(text.encode("utf-8", "replace")), visible(text))


@given(DOCUMENTS)
@settings(max_examples=100, deadline=None)
def test_any_document_is_read(document: Any) -> None:
    text = json.dumps(document)

    check(read(text=text), visible(text))


@given(
    st.binary(max_size=500),
    st.sampled_from([b"", b"PK\x03\x04", b"SQLite format 3\x00", b"bplist00"]),
)
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes, beginning: bytes) -> None:
    reading = read(beginning + content)

    assert reading is None or all(item.reason_code for item in reading.items) or b"Z" in content


@given(st.lists(st.tuples(st.text(max_size=10), TEXTS), max_size=4))
@settings(max_examples=100, deadline=None)
def test_any_archive_is_read(files: list[tuple[str, str]]) -> None:
    named = [
        (f"{place}{name}".encode("utf-8", "replace").decode(), text.encode("utf-8", "replace"))
        for place, (name, text) in enumerate(files)
    ]

    check(read(zipped(named)), visible("\n".join(text for _, text in files)))


@given(st.lists(st.tuples(GARBAGE, st.none() | VIDEO_IDS, LINKS), max_size=30))
@settings(max_examples=100, deadline=None)
def test_no_link_in_a_list_of_lines_is_lost(rows: list[tuple[str, str | None, str]]) -> None:
    lines = [text if found is None else link.format(found) for text, found, link in rows]
    text = "\n".join(lines)

    reading = read(text=text)

    assert reading is not None
    found = [item.youtube_id for item in reading.items if item.youtube_id]
    assert found == [youtube_id for _, youtube_id, _ in rows if youtube_id]
    linked = {number for number, (_, youtube_id, _) in enumerate(rows, 1) if youtube_id}
    assert linked <= {item.line for item in reading.items}


@given(
    st.lists(st.tuples(GARBAGE, VIDEO_IDS, LINKS, GARBAGE), min_size=1, max_size=12),
    st.sampled_from(",;\t|"),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(max_examples=100, deadline=None)
def test_no_row_of_a_table_is_lost(
    rows: list[tuple[str, str, str, str]],
    delimiter: str,
    has_header: bool,
    encoding: str,
    quoting: Any,
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    if has_header:
        writer.writerow(["Notiz", "Link", "Mehr"])
    for before, youtube_id, link, after in rows:
        writer.writerow([before, link.format(youtube_id), after])

    reading = read(out.getvalue().encode(encoding))

    assert reading is not None
    assert [item.youtube_id for item in reading.items] == [
        youtube_id for _, youtube_id, _, _ in rows
    ]


RECORDS = st.tuples(VIDEO_IDS, VIDEO_IDS, GARBAGE)


@given(st.lists(RECORDS, min_size=1, max_size=12, unique_by=lambda row: row[0]))
@settings(max_examples=100, deadline=None)
def test_no_record_of_a_document_is_lost_and_no_description_is_read(
    rows: list[tuple[str, str, str]],
) -> None:
    records = [
        {
            "title": title,
            "description": f"https://youtu.be/{other}",
            "url": f"https://youtu.be/{own}",
        }
        for own, other, title in rows
    ]

    reading = read(json.dumps({"name": "Liste", "items": records}).encode())

    assert reading is not None
    assert [item.youtube_id for item in reading.items] == [own for own, _, _ in rows]
