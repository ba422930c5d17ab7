"""The recorded descriptions: start times as YouTube's own markers have them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.services.enrichment.chapters import parse_description_chapters

DATA = Path(
    os.environ.get("VIDEOTHEK_REAL_DATA", Path(__file__).parents[4] / "shared" / "real-data")
)
FOLDER = DATA / "3_descriptions"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason=f"recorded real data is not at {DATA}; set VIDEOTHEK_REAL_DATA to its folder",
)

# What no reading of the text can give: YouTube made these chapters from the picture and sound.
_AUTO = "AUTO chapters"
# Tools with laxer rules than YouTube's took lists that don't begin at 0:00.
_LAXER_SETS = ("C_", "G_")


def _records() -> list[dict[str, Any]]:
    records = []
    for file in sorted(FOLDER.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            record = json.loads(line) | {"file": file.name}
            is_from_text = not record["truth"] or _AUTO not in record["truth_source"]
            if record["truth"] is not None and is_from_text:
                records.append(record)
    return records


def _is_right(record: dict[str, Any]) -> bool:
    chapters = parse_description_chapters(record["description"], record["duration"])
    return [chapter.start_seconds for chapter in chapters] == [
        start for start, _ in record["truth"]
    ]


def test_start_times_are_right_in_at_least_95_percent_of_all_descriptions():
    records = _records()
    wrong = [f"{record['file']} {record['id']}" for record in records if not _is_right(record)]
    assert len(wrong) <= 0.05 * len(records), wrong


def test_start_times_are_right_in_every_set_that_follows_youtubes_rules():
    records = [record for record in _records() if not record["file"].startswith(_LAXER_SETS)]
    wrong = [f"{record['file']} {record['id']}" for record in records if not _is_right(record)]
    assert wrong == []


def test_titles_are_right_in_at_least_95_percent_of_all_chapters():
    right = total = 0
    for record in _records():
        if record["truth"] and _is_right(record):
            chapters = parse_description_chapters(record["description"], record["duration"])
            total += len(chapters)
            pairs = zip(chapters, record["truth"], strict=True)
            right += sum(chapter.title == title for chapter, (_, title) in pairs)
    assert right >= 0.95 * total
