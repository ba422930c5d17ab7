"""Real exports of other programs: every video of theirs in their order, and nothing else."""

import csv
import os
from pathlib import Path

import pytest

from app.services.importing.items import Reading
from app.services.importing.reading import Source, SourceFile, read_source

DATA = Path(
    os.environ.get("VIDEOTHEK_REAL_DATA", Path(__file__).parents[4] / "shared" / "real-data")
)
FOLDER = DATA / "4_exports"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason=f"recorded real data is not at {DATA}; set VIDEOTHEK_REAL_DATA to its folder",
)
FORMATS = {
    "bookmarks/": "bookmarks",
    "derived_encodings/": "csv",
    "freetube/": "freetube",
    "grayjay/": "takeout_history",
    "invidious/": "invidious",
    "libretube/": "libretube",
    "newpipe/": "newpipe",
    "onetab/": "onetab",
    "other_csv/": "csv",
    "pocket/pocket_export.csv": "pocket",
    "raindrop/": "raindrop",
    "takeout/history/watch-history_": "takeout_history",
    "takeout/playlists": "takeout_playlist",
    "takeout/takeout-": "takeout_archive",
    "text/": "text",
    "ytdlp/": "ytdlp_archive",
}


def _expected() -> list[dict[str, str]]:
    table = FOLDER / "EXPECTED.tsv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _read(name: str) -> Reading:
    content = (FOLDER / name).read_bytes()
    return read_source(Source(files=[SourceFile(Path(name).name, content)]), 10_000)


def _ids(reading: Reading) -> list[str]:
    return [item.youtube_id for item in reading.items if item.youtube_id]


@pytest.mark.parametrize("row", _expected(), ids=lambda row: row["file"])
def test_an_export_gives_its_videos_in_their_order_and_no_others(row: dict[str, str]) -> None:
    reading = _read(row["file"])

    assert list(dict.fromkeys(_ids(reading))) == row["ids_in_first_seen_order"].split()
    assert not set(row["disputed_or_must_not"].split()) & set(_ids(reading))
    assert all(
        (item.youtube_id is None) == (item.reason_code is not None) for item in reading.items
    )
    assert reading.items
    # Of links in texts and of Pocket's double ones the table counts each video once.
    if row["how_read"] != "links in text" and not row["file"].startswith("pocket/"):
        assert len(_ids(reading)) == int(row["rows_with_video"])


@pytest.mark.parametrize("row", _expected(), ids=lambda row: row["file"])
def test_a_name_changes_nothing(row: dict[str, str]) -> None:
    content = (FOLDER / row["file"]).read_bytes()

    readings = [
        read_source(Source(files=[SourceFile(name, content)]), 10_000)
        for name in ("x", "watch-history.html", "newpipe.db", "")
    ]

    assert all(_ids(reading) == _ids(readings[0]) for reading in readings)
    assert len({reading.format for reading in readings}) == 1


@pytest.mark.parametrize(("beginning", "format_"), FORMATS.items())
def test_an_export_is_recognised(beginning: str, format_: str) -> None:
    names = [row["file"] for row in _expected() if row["file"].startswith(beginning)]

    assert names
    assert {_read(name).format for name in names} == {format_}


def test_playlists_of_an_archive_are_groups_with_their_titles() -> None:
    groups = _read("takeout/takeout-2025-001.zip").groups

    assert [group.name for group in groups if group.video_count] == [
        "14000",
        "AI",
        "Watch later",
        "神秘之夜",
    ]


def test_the_same_content_as_pasted_text_gives_the_same() -> None:
    for row in _expected():
        content = (FOLDER / row["file"]).read_bytes()
        if not content.startswith(b"PK"):
            pasted = read_source(Source(text=content.decode("utf-8-sig")), 10_000)
            assert _ids(pasted) == _ids(_read(row["file"])), row["file"]
