"""Inputs that are no exports, or made to hurt."""

import pytest

from app.core.errors import ErrorCode, ReasonCode, VideothekError
from tests.support.inputs import FOREIGN, A, B, C, ids, in_groups, read, reasons, url, zipped


def refused(content: bytes) -> ErrorCode:
    with pytest.raises(VideothekError) as caught:
        read(content)
    return caught.value.code


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16,
        zipped({"a.txt": url(A)})[:60],
        b"SQLite format 3\x00" + b"\x01" * 5000,
    ],
    # Of its content an archive's time would make a name that every worker of the tests has its own for.
    ids=["picture", "half an archive", "broken database"],
)
def test_a_file_of_no_kind_is_refused(content: bytes) -> None:
    assert refused(content) is ErrorCode.FILE_UNREADABLE


def test_archives_that_unpack_to_too_much_are_refused() -> None:
    assert refused(zipped({"a.csv": "0" * 30_000_000})) is ErrorCode.ARCHIVE_TOO_LARGE
    assert refused(zipped({f"{n}": "" for n in range(20_001)})) is ErrorCode.ARCHIVE_TOO_LARGE


def test_paths_are_names_only_and_archives_within_archives_stay_closed() -> None:
    reading = read(
        zipped(
            {
                "../../etc/Eins.txt": url(A),
                "C:\\Windows\\Zwei.txt": url(B),
                "/root/Drei.txt": url(C),
                "vier.zip": zipped({"x.txt": url(FOREIGN)}),
            }
        )
    )

    assert in_groups(reading) == {"Eins": [A], "Zwei": [B], "Drei": [C]}
    assert reasons(reading) == [ReasonCode.UNREADABLE]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        "[" * 2000 + "]" * 2000,
        f'[{{"videoId": "x", "n": {"9" * 5000}}}]',
        "<html>" + "<div>" * 100_000,
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>" + "<DL><DT>" * 50_000,
        "," * 1_000_000,
        '"a",' * 300_000,
        "https://" * 100_000,
        "youtube.com " * 100_000,
        "a.b " * 300_000,
    ],
    ids=lambda text: text[:20],
)
def test_hostile_texts_are_read_in_no_time(text: str) -> None:
    assert ids(read(text)) == []


def test_only_the_wanted_groups_are_kept_and_all_are_counted() -> None:
    files = {"Eins.txt": f"{url(A)}\n{url(B)}", "Zwei.txt": url(C)}

    reading = read(zipped(dict(files)), groups=[1])

    assert [(item.youtube_id, item.position) for item in reading.items] == [(C, 2)]
    assert [(group.name, group.video_count) for group in reading.groups] == [
        ("Eins", 2),
        ("Zwei", 1),
    ]


def test_a_history_that_is_too_much_for_a_tree_is_not_beside_the_point_in_takeout() -> None:
    cells = "".join(
        f'<div class="outer-cell"><div><a href="{url(video_id)}">x</a>' for video_id in (A, B) * 300
    )

    reading = read(zipped({"Takeout/watch-history.html": f"<html><body>{cells}"}))

    assert [item.youtube_id for item in reading.items] == [A, B]
    assert reading.format == "takeout_archive"
