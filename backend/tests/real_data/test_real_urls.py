"""The recorded links and exports: every id right, none invented."""

import csv
import os
from pathlib import Path

import pytest

from app.services.youtube_ids import extract_video_id, find_video_ids

DATA = Path(
    os.environ.get("VIDEOTHEK_REAL_DATA", Path(__file__).parents[4] / "shared" / "real-data")
)
pytestmark = pytest.mark.skipif(
    not (DATA / "5_urls").is_dir(),
    reason=f"recorded real data is not at {DATA}; set VIDEOTHEK_REAL_DATA to its folder",
)


def _expected_exports() -> list[dict[str, str]]:
    table = DATA / "4_exports" / "EXPECTED.tsv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["how_read"] == "links in text"]


def test_every_recorded_link_gives_its_id_and_nothing_else():
    lines = (DATA / "5_urls" / "urls.tsv").read_text("utf-8").splitlines()
    cases = [line.rsplit("\t", 1) for line in lines if "\t" in line]
    found = {text: extract_video_id(text) or "-" for text, _ in cases}
    wrong = [text for text, video_id in cases if found[text] not in (video_id, "-")]
    right = sum(found[text] == video_id for text, video_id in cases)
    assert wrong == []
    assert right >= 0.95 * len(cases)


def test_every_export_that_is_read_as_text_gives_exactly_its_videos():
    exports = _expected_exports()
    id_column = list(exports[0])[4]
    for row in exports:
        text = (DATA / "4_exports" / row["file"]).read_bytes().decode("utf-8-sig", "replace")
        assert find_video_ids(text) == row[id_column].split(), row["file"]
