"""Captions as files: every format says what was said, and nothing in it is taken for markup."""

import json
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schemas.videos import TranscriptFormat
from app.services.enrichment._caption_words import clean
from app.services.enrichment.captions import Cue, parse_captions, to_webvtt
from app.services.file_names import FileNames, attachment, fitting, safe_start
from app.services.transcript_files.formats import Transcript, written
from app.services.transcript_files.subrip import to_subrip
from app.services.transcript_files.words import Chapter
from tests.unit.test_captions import assert_valid_webvtt

HOSTILE = [
    "<script>alert(1)</script>",
    "<b>fett</b> {\\an8}oben {y:i}schräg\\Nneu",
    "&lt;b&gt; &amp; AT&T",
    "00:00:01,000 --> 00:00:02,000",
    "1:02 → 3:04",
    "0:00:01.000,0:00:02.000",
    "42",
    "\u202eumgedreht\u202c",
    "[Musik](javascript:alert(1)) ![x](y)",
    "# keine *Überschrift* _hier_ `code` | ~~weg~~",
    "a\x00b\x1b[31m\x85c\x07",
    "NOTE nichts",
    "مرحبا بالعالم",
    "日本語",
]


def transcript(cues: list[Cue], *chapters: Chapter, title: str | None = "Titel") -> Transcript:
    return Transcript(
        youtube_id="aaaaaaaaaaa",
        title=title,
        channel="Kanal",
        duration_seconds=4000,
        published_at=datetime(2024, 2, 29, tzinfo=UTC),
        captions_source="youtube_manual",
        language="de",
        cues=cues,
        chapters=chapters,
    )


def text_of(cues: list[Cue], transcript_format: str, *chapters: Chapter) -> str:
    return written(transcript(cues, *chapters), TranscriptFormat(transcript_format)).decode()


def in_turn(texts: list[str]) -> list[Cue]:
    return [Cue(place * 2.0, place * 2.0 + 1.5, text) for place, text in enumerate(texts)]


def test_subrip_counts_its_cues_and_writes_commas() -> None:
    cues = [Cue(0, 0, "Kurz"), Cue(1, 2, " \n"), Cue(3661.5, 3662.25, "Zwei\nZeilen")]
    assert text_of(cues, "srt") == (
        "1\n00:00:00,000 --> 00:00:00,001\nKurz\n\n2\n01:01:01,500 --> 01:01:02,250\nZwei\nZeilen\n"
    )
    assert text_of([], "srt") == ""


def test_markdown_has_a_heading_for_each_chapter_and_a_link_for_each_paragraph() -> None:
    cues = [
        Cue(0.4, 1, "Vorab"),
        Cue(62.9, 63, "Im ersten"),
        Cue(63, 64, "Kapitel."),
        Cue(70, 71, "Später"),
        Cue(3723, 3724, "Ganz hinten"),
    ]
    chapters = (Chapter(60, 3700, "Eins *wichtig*"), Chapter(3720, None, "Zwei"))
    assert text_of(cues, "md", *chapters) == (
        "# Titel\n\nKanal · 2024-02-29 · <https://www.youtube.com/watch?v=aaaaaaaaaaa>\n\n"
        "[0:00](https://youtu.be/aaaaaaaaaaa?t=0) Vorab\n\n"
        "## [1:00](https://youtu.be/aaaaaaaaaaa?t=60) Eins \\*wichtig\\*\n\n"
        "[1:02](https://youtu.be/aaaaaaaaaaa?t=62) Im ersten Kapitel.\n\n"
        "[1:10](https://youtu.be/aaaaaaaaaaa?t=70) Später\n\n"
        "## [1:02:00](https://youtu.be/aaaaaaaaaaa?t=3720) Zwei\n\n"
        "[1:02:03](https://youtu.be/aaaaaaaaaaa?t=3723) Ganz hinten\n"
    )
    untitled = written(transcript([], title=None), TranscriptFormat.MD).decode()
    assert untitled.startswith("# aaaaaaaaaaa\n")


def test_json_holds_everything_as_it_is_stored() -> None:
    cues = in_turn(HOSTILE)
    found = json.loads(text_of(cues, "json", Chapter(0, None, "<i>")))
    assert [cue["text"] for cue in found["captions"]["cues"]] == HOSTILE
    assert found["chapters"] == [{"start_seconds": 0, "end_seconds": None, "title": "<i>"}]
    assert (found["youtube_id"], found["captions"]["language"]) == ("aaaaaaaaaaa", "de")


def test_nothing_that_was_said_is_markup_in_markdown() -> None:
    text = text_of(in_turn(HOSTILE), "md")
    (_head, _below, *paragraphs) = text.rstrip("\n").split("\n\n")
    for paragraph in paragraphs:
        said = paragraph.split(") ", 1)[1]
        bare = said.replace("\\\\", "")
        for letter in "`*_[]<>&#|~":
            assert bare.count(letter) == bare.count("\\" + letter), said


@pytest.mark.parametrize("transcript_format", list(TranscriptFormat))
def test_no_file_begins_with_a_mark_or_holds_control_characters(
    transcript_format: TranscriptFormat,
) -> None:
    text = text_of(in_turn([*HOSTILE, "\ud800 halb"]), transcript_format)
    assert not text.startswith("\ufeff")
    controls = {letter for letter in text if unicodedata.category(letter) == "Cc"}
    assert controls <= {"\n"}


def read_back(cues: list[Cue]) -> dict[str, list[str]]:
    vtt = to_webvtt(cues)
    assert_valid_webvtt(vtt)
    return {
        "vtt": [cue.text for cue in parse_captions(vtt.encode(), "vtt")],
        "srt": [cue.text for cue in parse_captions(to_subrip(cues).encode(), "srt")],
    }


def test_our_own_reader_finds_what_looked_like_markup_again() -> None:
    kept = [text for text in HOSTILE if "\x00" not in text and "\u202e" not in text]
    assert read_back(in_turn(kept))["srt"] == kept


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=12,
)
_LINES = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)


@given(st.lists(_LINES, min_size=1, max_size=8, unique=True))
def test_what_is_written_is_read_again_as_it_was(texts: list[str]) -> None:
    # What a reader drops anywhere, such as `<b>`, is in no captions that were ever read.
    cues = in_turn([text for text in texts if text and clean(text) == text])
    if not cues:
        return
    found = read_back(cues)
    assert found["srt"] == [cue.text for cue in cues]
    starts = [cue.start_seconds for cue in parse_captions(to_subrip(cues).encode(), "srt")]
    assert starts == [cue.start_seconds for cue in cues]
    plain = all(not set(cue.text) & set("<>&→[{\\") and "," not in cue.text for cue in cues)
    if plain:
        assert found["vtt"] == [cue.text for cue in cues]


@given(st.lists(st.text(max_size=40), max_size=8), st.sampled_from(list(TranscriptFormat)))
def test_any_text_can_be_written(texts: list[str], transcript_format: TranscriptFormat) -> None:
    text_of(in_turn(texts), transcript_format)


@given(st.lists(st.text(max_size=120), max_size=12))
def test_names_of_files_are_distinct_and_fit_everywhere(titles: list[str]) -> None:
    names = FileNames()
    found = [names.next_fitting(safe_start(fitting(title, 150))) for title in titles]
    assert len({name.casefold() for name in found}) == len(found)
    for name in found:
        assert len(name.encode()) <= 170
        assert not set(name) & set('/\\:*?"<>|')
        assert not any(unicodedata.category(letter).startswith("C") for letter in name)
        assert name.strip(" .") == name
        assert name.partition(".")[0].casefold() not in {"con", "nul", "aux", "prn", "com1", "lpt9"}
        attachment(name).encode("ascii")


def test_a_device_of_windows_is_no_name() -> None:
    assert [safe_start(name) for name in ("con", "NUL.txt", "com1", "Konto", "console")] == [
        "_con",
        "_NUL.txt",
        "_com1",
        "Konto",
        "console",
    ]
