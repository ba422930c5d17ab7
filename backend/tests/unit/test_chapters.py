"""Lists of times in descriptions: which are chapters, and which only look like them."""

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.enrichment.chapters import (
    Chapter,
    chapters_from_markers,
    parse_description_chapters,
)

NOTATIONS = {
    "time first": "0:00 One\n1:00 Two\n2:00 Three",
    "time last": "One 0:00\nTwo 1:00\nThree 2:00",
    "time last in parentheses": "One: (0:00)\nTwo: (1:00)\nThree (2:00)",
    "square brackets": "[00:00] One\n[01:00] Two\n[02:00] Three",
    "lenticular brackets": "【0:00】One\n【1:00】Two\n【2:00】Three",
    "dashes": "0:00 - One\n1:00 – Two\n2:00 — Three",
    "colons": "0:00: One\n1:00: Two\n2:00: Three",
    "one bracket": "00:00) One\n01:00) Two\n02:00) Three",
    "all in parentheses": "(0:00 One)\n(1:00 Two)\n(2:00 Three)",
    "bullets": "• One: (0:00)\n• Two: (1:00)\n• Three: (2:00)",
    "emoji": "⌨️ (0:00) One\n⌨️ (1:00) Two\n⌨️ (2:00) Three",
    "numbers before": "1. 0:00 One\n2. 1:00 Two\n3. 2:00 Three",
    "hours": "00:00:00 One\n00:01:00 Two\n00:02:00 Three",
    "fractions": "00:00.000 One\n01:00.500 Two\n02:00,250 Three",
    "ranges first": "0:00 - 1:00 One\n1:00 - 2:00 Two\n2:00 - 3:00 Three",
    "ranges last": "One 0:00-1:00\nTwo (1:00–2:00)\nThree [2:00 ~ 3:00]",
    "lengths after": "One (1:00) 0:00\nTwo (1:00) 1:00\nThree (3:00) 2:00",
    "full-width colons": "0：00 One\n1：00 Two\n2：00 Three",
    "full-width digits": "０：００ One\n１：００ Two\n２：００ Three",
    "no space": "0:00はじめ\n1:00つぎ\n2:00おわり",
    "markdown": "**0:00** One\n**1:00** Two\n**2:00** Three",
    "arrows": "0:00 ➜ One\n1:00 → Two\n2:00 » Three",
    "dot leaders": "One ........ 0:00\nTwo ....... 1:00\nThree ..... 2:00",
    "a table": "| 0:00 | One |\n| 1:00 | Two |\n| 2:00 | Three |",
    "Windows line ends": "0:00 One\r\n1:00 Two\r\n2:00 Three",
    "no-break spaces": "0:00\u00a0One\n1:00\u00a0Two\n2:00\u00a0Three",
    "direction marks": "\u200f0:00 One\n\u200f1:00 Two\n\u200f2:00 Three",
    "titles below": "0:00\nOne\n1:00\nTwo\n2:00\nThree",
    "titles above": "One\n0:00\nTwo\n1:00\nThree\n2:00\n\nthe end",
    "a heading on the first line": "Chapters: 0:00 One\n1:00 Two\n2:00 Three",
    "sections": "Part I\n0:00 One\n1:00 Two\n\nPart II\n2:00 Three",
    "lost line breaks": "Chapters: 0:00 One 1:00 Two, 2:00 Three",
    "lost line breaks, time last": "One 0:00, Two 1:00, Three 2:00",
    "a time before the list": "Don't miss 5:32!\n\n0:00 One\n1:00 Two\n2:00 Three",
    "corrections after the list": "0:00 One\n1:00 Two\n2:00 Three\n\nCorrections:\n1:30 not so",
    "prose after the list": "0:00 One\n1:00 Two\n2:00 Three\nThanks to Bob at 45:00 for this",
    "two languages": "0:00 One\n1:00 Two\n2:00 Three\n\n0:00 Eins\n1:00 Zwei\n2:00 Drei",
    "a link": "https://x.example/?t=9:59\n0:00 One\n1:00 Two\n2:00 Three",
}

NO_CHAPTERS = {
    "nothing": "",
    "two times": "0:00 One\n1:00 Two",
    "no zero": "0:05 One\n1:00 Two\n2:00 Three",
    "track lengths": "1. One 3:45\n2. Two 2:10\n3. Three 4:00",
    "track lengths from zero": "0:00 One\n3:45 Two\n2:10 Three\n4:00 Four",
    "nine seconds": "0:00 One\n0:09 Two\n2:00 Three",
    "twice the same": "0:00 One\n1:00 Two\n1:00 Three",
    "clock": "00:00 Uhr One\n06:00 Uhr Two\n12:00 Uhr Three",
    "half days": "1:00 pm One\n2:00 pm Two\n3:00 PM Three",
    "log lines": "2020-01-01 00:00:00 a\n2020-01-01 00:01:00 b\n2020-01-01 00:02:00 c",
    "time of day with date": "Thu Feb 20 09:00:00 2020 at Plenary Room",
    "scores": "FC 3:1 SV\nSV 0:0 FC\nFC 2:2 SV",
    "verses": "John 3:16\nRomans 8:28\nGenesis 1:01",
    "placeholder": "00:XX - Text\n00:XX - Text\n00:XX - Text",
    "frames": "00:00:00:00 One\n00:01:00:00 Two\n00:02:00:00 Three",
    "impossible seconds": "0:00 One\n1:75 Two\n2:80 Three",
}


@pytest.mark.parametrize("text", NOTATIONS.values(), ids=NOTATIONS.keys())
def test_a_list_is_understood_in_the_notation_of(text: str):
    starts = [chapter.start_seconds for chapter in parse_description_chapters(text, None)]
    assert starts == [0, 60, 120]


@pytest.mark.parametrize(
    "notation", [name for name in NOTATIONS if name not in {"no space", "lengths after"}]
)
def test_a_title_is_free_of_times_and_decoration_in_the_notation_of(notation: str):
    titles = [chapter.title for chapter in parse_description_chapters(NOTATIONS[notation], None)]
    assert [title.split()[-1] for title in titles] == ["One", "Two", "Three"]
    if notation != "a heading on the first line":
        assert titles == ["One", "Two", "Three"]


@pytest.mark.parametrize("text", NO_CHAPTERS.values(), ids=NO_CHAPTERS.keys())
def test_there_are_no_chapters_in(text: str):
    assert parse_description_chapters(text, None) == []


def test_each_chapter_ends_where_the_next_begins_and_the_last_with_the_video():
    assert parse_description_chapters(NOTATIONS["time first"], 150) == [
        Chapter(0, 60, "One"),
        Chapter(60, 120, "Two"),
        Chapter(120, 150, "Three"),
    ]
    assert parse_description_chapters(NOTATIONS["time first"], None)[-1].end_seconds is None


def test_one_time_after_the_end_is_a_slip_but_two_are_another_video():
    text = "0:00 One\n1:00 Two\n2:00 Three\n3:00 Four\n4:00 Five"
    assert len(parse_description_chapters(text, 230)) == 4
    assert parse_description_chapters(text, 170) == []


def test_titles_keep_their_own_numbers_quotes_and_signs():
    text = '0:00 1. One\n1:00 #two\n2:00 "Three"\n3:00 What?\n4:00 Four (live)\n5:00 [Five]'
    titles = [chapter.title for chapter in parse_description_chapters(text, None)]
    assert titles == ["1. One", "#two", '"Three"', "What?", "Four (live)", "[Five]"]


def test_a_time_without_any_title_is_named_by_itself():
    chapters = parse_description_chapters("0:00\n1:00 Two\n2:00 Three", None)
    assert chapters[0] == Chapter(0, 60, "0:00")


def test_markers_are_sorted_named_and_inside_the_video():
    markers = [
        {"start_time": 60, "end_time": 90.5, "title": " Two "},
        {"start_time": 0, "end_time": 60, "title": "One"},
        {"start_time": 0, "end_time": 60, "title": "One again"},
        {"start_time": 30, "end_time": 20, "title": "Half"},
        {"start_time": 500, "end_time": 600, "title": "after the end"},
        {"start_time": None, "title": "nowhere"},
        {"start_time": float("nan"), "title": "nowhere"},
        {"start_time": 70, "title": ""},
        {"start_time": 75, "title": "<Untitled Chapter 1>"},
    ]
    assert chapters_from_markers(markers, 100) == [
        Chapter(0, 30, "One"),
        Chapter(30, 60, "Half"),
        Chapter(60, 90.5, "Two"),
    ]
    assert chapters_from_markers(None) == []
    assert chapters_from_markers([{"start_time": 0, "title": "a"}]) == [Chapter(0, None, "a")]


pieces = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["0:00", "1:00", "00:10", "1:00:00", " ", "\n", "\r\n", "-", "(", ")", "[", "]", "Intro",
         "1.", "|", ":", "：", "０：００", "pm", "https://", "•", "to", "9:59"]
    ),
)  # fmt: skip


@given(st.lists(pieces, max_size=30).map("".join), st.one_of(st.none(), st.integers(-5, 5000)))
def test_any_description_gives_chapters_by_the_rules_or_none(text: str, duration: int | None):
    chapters = parse_description_chapters(text, duration)
    if not chapters:
        return
    assert len(chapters) >= 3
    assert chapters[0].start_seconds == 0
    assert all(chapter.title.strip() for chapter in chapters)
    for before, after in pairwise(chapters):
        assert after.start_seconds - before.start_seconds >= 10
        assert before.end_seconds == after.start_seconds
    if duration and duration > 0:
        assert chapters[-1].start_seconds < duration == chapters[-1].end_seconds


@given(
    st.lists(st.integers(10, 4000), min_size=2, max_size=30),
    st.sampled_from(["{t} {n}", "{n} {t}", "({t}) {n}", "[{t}] {n}", "{t} - {n}", "• {n}: ({t})"]),
)
def test_a_list_that_obeys_the_rules_is_read_back(lengths: list[int], notation: str):
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length)

    def clock(seconds: int) -> str:
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"

    text = "\n".join(notation.format(t=clock(start), n="A title") for start in starts)
    chapters = parse_description_chapters(text, None)
    assert [chapter.start_seconds for chapter in chapters] == starts
    assert {chapter.title for chapter in chapters} == {"A title"}


marker_values = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 500), st.floats(), st.text(max_size=5)
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["start_time", "end_time", "title"]), marker_values),
        max_size=8,
    ),
    st.one_of(st.none(), st.integers(0, 400)),
)
def test_any_markers_give_ordered_chapters(markers: list[dict[str, object]], duration: int | None):
    chapters = chapters_from_markers(markers, duration)
    starts = [chapter.start_seconds for chapter in chapters]
    assert starts == sorted(set(starts))
    for chapter in chapters:
        assert chapter.title.strip()
        assert chapter.end_seconds is None or chapter.end_seconds > chapter.start_seconds
        assert not duration or chapter.start_seconds < duration


def _steps(text: str) -> int:
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        parse_description_chapters(text, None)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", ["0:00 a\n", "0:00 ", "1:00 x\n", "0:00 - ", "\n", "a 0:00 b"])
def test_the_work_grows_no_faster_than_the_description(piece: str):
    assert _steps("0:00 a\n" + piece * 4000) <= 8.5 * _steps("0:00 a\n" + piece * 500)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["0:00 ", "1:00", "[", "(", " ", "a", "_", ". ", "https://", "12"]
)
def test_a_hundred_thousand_hostile_characters_come_back(piece: str):
    parse_description_chapters("0:00 " + piece * (100_000 // len(piece)), None)
