"""The recorded captions and descriptions are found, on both databases: every line at its second."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.enrichment.captions import CaptionError, parse_captions
from tests.search.conftest import shelf as shelf  # noqa: PLC0414 - a fixture is taken over
from tests.support.spoken import Shelf, Spoken, cues_of, marked, titles

DATA = Path(
    os.environ.get("VIDEOTHEK_REAL_DATA", Path(__file__).parents[4] / "shared" / "real-data")
)
pytestmark = pytest.mark.skipif(
    not (DATA / "2_captions").is_dir(),
    reason=f"recorded real data is not at {DATA}; set VIDEOTHEK_REAL_DATA to its folder",
)
FORMATS = {".xml": "srv1", ".ytt": "srv3", ".json": "json3"}
LANGUAGES = {"pysrt_windows-1252.srt": "fr", "ytt_Ruby.ytt": "ja"}
# Descriptions of videos of the rest of the world, read line by line as if they were spoken.
DESCRIBED = {"H8YckG12Jbw": "de", "6RLNLhuLijU": "ja", "sAKfqMBK3_c": "hi", "5UahGcQ5u9k": "ko"}


def _captions() -> Iterator[Spoken]:
    for path in sorted((DATA / "2_captions").glob("*/*")):
        if path.suffix == ".txt":
            continue
        try:
            cues = parse_captions(path.read_bytes(), FORMATS.get(path.suffix, path.suffix[1:]))
        except CaptionError:
            continue
        lines = [[cue.start_seconds, cue.end_seconds, cue.text] for cue in cues]
        yield Spoken(path.name, lines, language=LANGUAGES.get(path.name, "en"))


def _descriptions() -> Iterator[Spoken]:
    for path in sorted((DATA / "3_descriptions").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if (language := DESCRIBED.get(row["id"])) and row["description"]:
                lines = [one for one in row["description"].splitlines() if one.strip()]
                yield Spoken(f"described {row['id']}", cues_of(*lines), language=language)


def _long_enough(text: str) -> bool:
    # A refrain of one word stands in its own way.
    words = set(text.casefold().replace('"', " ").split())
    return sum(any(map(str.isalnum, word)) for word in words) >= 3


async def test_every_line_of_recorded_captions_is_found_at_its_second(shelf: Shelf):
    videos = [*_captions(), *_descriptions()]
    assert {video.language for video in videos} >= {"en", "fr", "de", "ja", "hi", "ko"}
    await shelf.add(*videos)
    asked = 0
    lost = []
    for video in videos:
        step = max(1, len(video.cues) // 6)
        for start, _end, text in list(video.cues)[::step]:
            if not _long_enough(text):
                continue
            asked += 1
            found = await shelf.find(f'"{" ".join(text.replace(chr(34), " ").split())}"')
            moments = [
                (result.video.title, hit.start_seconds)
                for result in found.results
                for hit in result.hits
            ]
            if (video.name, start) not in moments:
                lost.append((video.name, start, text, moments))
    assert lost == []
    assert asked > 50


async def test_words_of_recorded_captions_are_found_in_other_forms(shelf: Shelf):
    await shelf.add(*_captions(), *_descriptions())
    cases = {
        "benchmarks macbook": "2020_rolling.en.vtt",
        "evenement": "pysrt_windows-1252.srt",
        "ÉVÉNEMENTS modifiés": "pysrt_windows-1252.srt",
        "nanometers ruler": "zbFHYjaqjzw.json",
        "einstein wrinkly": "pycaption_example.srt",
        "ルビ": "ytt_Ruby.ytt",
    }
    for query, name in cases.items():
        found = await shelf.find(query)
        assert name in titles(found)[:1], query
        assert marked(found.results[0].hits[0].parts), query
