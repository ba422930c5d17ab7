"""Files made to keep the server busy, or to fill its memory: each took minutes, gigabytes, or a 500."""

import sqlite3
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from app.core.errors import ErrorCode, ReasonCode, VideothekError
from app.services.importing.folders import names_of
from tests.support.inputs import A, B, ids, in_groups, read, reasons, url, zipped

MANY = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": 1}' + " " * MANY,
        "<html><dl>" + " " * MANY + "x",
        "<html>" + "<div>" * 100_000 + "</div>" * 100_000,
        "<html>" + "</div>" * 100_000 + "<div>" * 100_000,
        "<html>" + "".join(f"<x{number}>" for number in range(100_000)),
        "<html><p>" + "".join(f"<b id={number}>" for number in range(400)) + "<p>x" * 100_000,
    ],
    ids=["broken list", "open folder", "closed depth", "closed before", "names", "opened anew"],
)
@pytest.mark.timeout(20)
def test_what_looks_endless_to_a_parser_is_read_in_seconds(text: str) -> None:
    assert ids(read(text)) == []


@pytest.mark.timeout(20)
def test_folders_of_one_name_are_told_apart_in_seconds() -> None:
    paths = [(f"{number}", "Musik", "Neu") for number in range(100_000)]

    names = names_of(paths)

    assert names[paths[7]] == "7 / Musik / Neu"
    assert len(set(names.values())) == len(paths)


def test_a_folder_is_called_by_the_shortest_end_of_its_path_that_is_its_own() -> None:
    names = names_of([("A", "x"), ("B", "X"), ("x",), ("C", "B", "x"), ("D", "y"), ()])

    assert names == {
        ("A", "x"): "A / x",
        ("B", "X"): "B / X",
        ("x",): "x",
        ("C", "B", "x"): "C / B / x",
        ("D", "y"): "y",
    }


def test_a_shortcut_whose_value_is_missing_and_goes_on_is_read_as_text() -> None:
    reading = read(f"[InternetShortcut]\nurl\n  {url(A)}")

    assert ids(reading) == [A]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_method_that_exports_use_is_unpacked(method: int) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("gut.txt", url(A))
        archive.writestr("schlecht.txt", url(B), compress_type=method)

    reading = read(out.getvalue())

    assert in_groups(reading) == {"gut": [A]}
    assert reasons(reading) == [ReasonCode.UNREADABLE]


@pytest.mark.timeout(20)
def test_entries_that_are_one_broken_piece_are_not_unpacked_again_and_again() -> None:
    """Each is 40 MB whose checksum is wrong, which shows at its end."""
    content = zipped({"a": "A" * 40_000_000})
    begin = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    record = bytearray(content[begin:end])
    record[16:20] = b"\x00\x00\x00\x00"
    records = bytes(record) * 2000
    tail = bytearray(content[end:])
    tail[8:10] = tail[10:12] = (2000).to_bytes(2, "little")
    tail[12:16] = len(records).to_bytes(4, "little")

    with pytest.raises(VideothekError) as refused:
        read(content[:begin] + records + bytes(tail))
    assert refused.value.code in (ErrorCode.ARCHIVE_TOO_LARGE, ErrorCode.FILE_UNREADABLE)


def database(tmp_path: Path, *statements: str) -> bytes:
    path = tmp_path / "newpipe.db"
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path.read_bytes()


@pytest.mark.timeout(20)
def test_a_computed_column_of_a_database_does_not_run_for_ever(tmp_path: Path) -> None:
    content = database(
        tmp_path,
        "CREATE TABLE streams (uid INTEGER, service_id INTEGER, title TEXT, text TEXT,"
        f" url TEXT GENERATED ALWAYS AS (text LIKE '{'%a' * 30}%b') VIRTUAL)",
        f"INSERT INTO streams (uid, service_id, title, text) VALUES (1, 0, 't', '{'a' * 90_000}')",
    )

    with pytest.raises(VideothekError) as refused:
        read(content)
    assert refused.value.code is ErrorCode.FILE_UNREADABLE


def test_a_module_in_the_place_of_a_table_is_not_asked(tmp_path: Path) -> None:
    content = database(
        tmp_path,
        "CREATE VIRTUAL TABLE streams USING fts5(uid, service_id, title, url)",
        f"INSERT INTO streams VALUES (1, 0, 't', '{url(A)}')",
    )

    with pytest.raises(VideothekError) as refused:
        read(content)
    assert refused.value.code is ErrorCode.FILE_UNREADABLE
