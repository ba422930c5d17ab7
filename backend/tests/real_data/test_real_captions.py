"""The recorded caption files: what a person would expect to read in each."""

import os
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from app.services.enrichment.captions import (
    CaptionFormatError,
    CaptionsLocked,
    Cue,
    parse_captions,
    to_transcript,
    to_webvtt,
)

DATA = Path(
    os.environ.get("VIDEOTHEK_REAL_DATA", Path(__file__).parents[4] / "shared" / "real-data")
)
FOLDER = DATA / "2_captions"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason=f"recorded real data is not at {DATA}; set VIDEOTHEK_REAL_DATA to its folder",
)
FORMATS = {".xml": "srv1", ".ytt": "srv3", ".json": "json3"}
# The files' own names say what they are: these hold no cue that could be read.
NO_CAPTIONS = re.compile(r"invalid_format\d")


def _files() -> list[Path]:
    return [path for path in sorted(FOLDER.glob("*/*")) if path.suffix != ".txt"]


def _cues(path: Path) -> list[Cue]:
    return parse_captions(path.read_bytes(), FORMATS.get(path.suffix, path.suffix[1:]))


def test_an_empty_answer_is_recognised_as_locked():
    for path in (path for path in _files() if path.parent.name == "empty"):
        with pytest.raises(CaptionsLocked):
            _cues(path)


def test_every_file_with_captions_is_read_and_the_others_are_refused():
    wrong = []
    for path in (path for path in _files() if path.parent.name != "empty"):
        try:
            is_right = bool(_cues(path)) and not NO_CAPTIONS.search(path.name)
        except CaptionFormatError:
            is_right = bool(NO_CAPTIONS.search(path.name))
        wrong.extend([] if is_right else [path.name])
    assert wrong == []


def _readable() -> list[tuple[Path, list[Cue]]]:
    return [
        (path, _cues(path))
        for path in _files()
        if path.stat().st_size and not NO_CAPTIONS.search(path.name)
    ]


def test_cues_are_in_order_clean_and_without_leftovers():
    for path, cues in _readable():
        assert all(a.start_seconds <= b.start_seconds for a, b in pairwise(cues)), path.name
        for cue in cues:
            assert cue.end_seconds >= cue.start_seconds, path.name
            assert not re.search(r"[\x00-\x09\x0b-\x1f\u200b\ufffd]|</?[cs][ .>]|-->", cue.text)
            assert all(line.strip() for line in cue.text.split("\n")), path.name


def test_automatic_captions_say_every_line_once():
    for path, cues in _readable():
        if path.parent.name != "vtt_auto":
            continue
        assert not any(a.text == b.text for a, b in pairwise(cues)), path.name
        last_lines = [cue.text.split("\n") for cue in cues]
        assert not any(a[-1] == b[0] for a, b in pairwise(last_lines)), path.name


def test_no_word_of_a_file_is_lost_or_added():
    """Compares with the words of the raw file, read by the crudest means possible."""
    for path, cues in _readable():
        if path.parent.name != "vtt_auto":
            continue
        raw = re.sub(r"<[^>]*>", "", path.read_text("utf-8"))
        shown = {line.strip() for line in raw.split("\n\n", 1)[1].split("\n") if "-->" not in line}
        read = {line for cue in cues for line in cue.text.split("\n")}
        assert {" ".join(line.split()) for line in shown} - {""} == read, path.name


def test_all_written_webvtt_reads_back_and_all_transcripts_hold_the_words():
    for path, cues in _readable():
        again = parse_captions(to_webvtt(cues).encode(), "vtt")
        if not any(mark in cue.text for cue in cues for mark in "<\\{"):
            assert Counter(cue.text for cue in again) == Counter(cue.text for cue in cues)
        words = re.sub(r"\s", "", "".join(cue.text for cue in cues))
        assert re.sub(r"\s", "", to_transcript(cues)) == words, path.name
