"""Captions are made of what was heard in parts: by example, and whatever the parts say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.enrichment.captions import Cue, to_webvtt
from app.services.transcription.languages import language_code
from app.services.transcription.merging import HeardPart, Merged, is_partial, merge
from app.services.transcription.pieces import key_of, width_of
from app.services.transcription.ports import Segment, Transcript, Word
from tests.unit.test_captions import assert_valid_webvtt


def sentence(
    start: float, text: str, *, seconds_per_word: float = 0.4
) -> tuple[Segment, list[Word]]:
    """A segment and its words, spoken without a pause."""
    spoken = [key_of(word) for word in text.split()]
    words = [
        Word(start + n * seconds_per_word, start + (n + 1) * seconds_per_word, word)
        for n, word in enumerate(spoken)
    ]
    return Segment(start, start + len(words) * seconds_per_word, f" {text}", -0.2, 0.01, 1.5), words


def transcript(
    *sentences: tuple[Segment, list[Word]], language: str = "English", with_words: bool = True
) -> Transcript:
    words = [word for _, some in sentences for word in some] if with_words else []
    return Transcript(language, tuple(segment for segment, _ in sentences), tuple(words))


def one(*segments: Segment, seconds: float = 600.0, language: str | None = "English") -> Merged:
    return merge([HeardPart(0.0, seconds, Transcript(language, segments))])


def said(merged: Merged) -> str:
    return " ".join(" ".join(cue.text.split()) for cue in merged.cues)


# Words and sentences


def test_cues_have_the_punctuation_of_the_segments_and_the_times_of_the_words() -> None:
    first = sentence(3.0, "Good evening, everybody.")
    second = sentence(9.0, "It's 20 o'clock!")
    stretched = replace(first[0], start_seconds=1.5, end_seconds=8.9)

    merged = merge([HeardPart(100.0, 160.0, transcript((stretched, first[1]), second))])

    assert [(cue.start_seconds, cue.text) for cue in merged.cues] == [
        (103.0, "Good evening, everybody."),
        (109.0, "It's 20 o'clock!"),
    ]
    assert merged.language == "en"


def test_without_words_the_times_of_the_segments_are_shared_out() -> None:
    long = "One and two and three and four, five and six and seven and eight. " * 2
    merged = one(Segment(10.0, 20.0, f" {long}"))

    assert [cue.text.replace("\n", " ") for cue in merged.cues] == [long[:65], long[:65]]
    assert [cue.start_seconds for cue in merged.cues] == [10.0, 15.0]


def test_words_that_are_written_otherwise_keep_their_neighbours_in_time() -> None:
    words = ("in", "nineteen", "eighty", "four", "a", "well", "-known", "book")
    heard = [Word(5.0 + n, 5.8 + n, word) for n, word in enumerate(words)]
    segment = Segment(5.0, 12.8, " In 1984, a well-known book.")

    merged = merge([HeardPart(0.0, 60.0, Transcript("en", (segment,), tuple(heard)))])

    assert said(merged) == "In 1984, a well-known book."
    assert (merged.cues[0].start_seconds, merged.cues[-1].end_seconds) == (5.0, 12.8)


@pytest.mark.parametrize("shift", [-50.0, 50.0])
def test_impossible_times_of_words_are_not_believed(shift: float) -> None:
    segment, words = sentence(60.0, "Nobody knows when this was said.")
    moved = [Word(60 + shift, 60 + shift, word.text) for word in words]
    merged = merge([HeardPart(0.0, 600.0, Transcript("en", (segment,), tuple(moved)))])
    (cue,) = merged.cues
    assert (cue.start_seconds, cue.end_seconds) == (60.0, pytest.approx(62.4))


def test_words_alone_are_enough() -> None:
    _, words = sentence(4.0, "nothing but words")
    merged = merge([HeardPart(10.0, 60.0, Transcript(None, (), tuple(words)))])
    assert merged.cues == [Cue(14.0, pytest.approx(15.2), "nothing but words")]
    assert merged.language is None


def test_a_cue_ends_with_a_sentence_or_a_pause_rather_than_anywhere() -> None:
    text = (
        "This first sentence is about as long as one line is. Then there is another one, which is "
        "longer than a line, but not as long as two. Short one. And the last."
    )
    merged = merge([HeardPart(0.0, 60.0, transcript(sentence(0.0, text, seconds_per_word=0.3)))])
    assert [cue.text for cue in merged.cues] == [
        "This first sentence is about\nas long as one line is.",
        "Then there is another one, which is longer\nthan a line, but not as long as two.",
        "Short one. And the last.",
    ]


# What nobody said


@pytest.mark.parametrize(
    "segment",
    [
        Segment(60.0, 62.0, " Thanks for listening to this."),
        Segment(61.0, 90.0, " And more of it."),
        Segment(50.0, 52.0, " Something unclear.", -1.2, 0.7, 1.0),
        Segment(50.0, 52.0, " Over and over and over.", -0.1, 0.0, 3.1),
        Segment(50.0, 52.0, " Thank you.", -0.4, 0.9, 0.7),
        Segment(50.0, 52.0, " Untertitel der Amara.org-Community", -0.4, 0.1, 1.0),
        Segment(50.0, 52.0, " [Music] ♪"),
        Segment(50.0, 52.0, " ..."),
    ],
)
def test_invented_segments_are_dropped_with_their_words(segment: Segment) -> None:
    real, words = sentence(5.0, "This was really said.")
    invented = [
        Word(segment.start_seconds, segment.start_seconds + 0.2, word)
        for word in segment.text.split()
    ]
    answer = Transcript("en", (real, segment), (*words, *invented))
    assert said(merge([HeardPart(0.0, 60.0, answer)])) == "This was really said."


@pytest.mark.parametrize(
    "segment",
    [
        Segment(50.0, 52.0, " Quiet, but sure.", -0.3, 0.9, 1.0),
        Segment(50.0, 52.0, " Mumbled in company.", -1.4, 0.2, 1.0),
        Segment(50.0, 52.0, " Thank you.", -0.4, 0.1, 0.7),
        Segment(59.0, 70.0, " Cut off by the end."),
    ],
)
def test_what_is_only_unclear_stays(segment: Segment) -> None:
    merged = one(segment, seconds=60.0)
    assert said(merged) == segment.text.strip()
    assert merged.cues[-1].end_seconds <= 60.0


def test_where_nobody_speaks_there_are_no_cues_and_no_language() -> None:
    assert one(Segment(0.0, 3.0, " you", -0.5, 0.8, 0.5), seconds=20.0) == Merged([], None)
    assert merge([]) == Merged([], None)


# Languages


def test_the_language_is_the_one_in_which_most_is_said() -> None:
    parts = [
        HeardPart(0.0, 60.0, transcript(sentence(0.0, "A short greeting."), language="English")),
        HeardPart(60.0, 120.0, Transcript("Welsh", ())),
        HeardPart(
            120.0, 180.0, transcript(sentence(0.0, "Und nun ein langer Satz."), language="de")
        ),
    ]
    assert merge(parts).language == "de"


@pytest.mark.parametrize(
    ("name", "code"),
    [("English", "en"), ("haitian creole", "ht"), ("en-US", "en"), ("PT", "pt"), ("yue", "yue"),
     ("iw", "he"), ("klingon", None), ("", None), (None, None), ("und", None)],
)  # fmt: skip
def test_names_of_languages_become_codes(name: str | None, code: str | None) -> None:
    assert language_code(name) == code


# Seams


@dataclass(frozen=True, slots=True)
class Speech:
    """Words with their true times, in seconds of the whole sound."""

    words: tuple[Word, ...]

    @property
    def seconds(self) -> float:
        return self.words[-1].end_seconds + 1.0

    def heard(
        self, start: float, end: float, *, offset: float = 0.0, garbled: bool = False, step: int = 7
    ) -> HeardPart:
        """What a model hears of a part: whole words, its times a little off, its edges unsure."""
        words = [
            Word(word.start_seconds - start + offset, word.end_seconds - start + offset, word.text)
            for word in self.words
            if word.start_seconds >= start and word.end_seconds <= end
        ]
        if garbled and len(words) > 2:
            words[0] = replace(words[0], text="zzz")
            words[-1] = replace(words[-1], text="qqq")
        segments = []
        for first in range(0, len(words), step):
            some = words[first : first + step]
            text = " ".join(word.text for word in some).capitalize()
            segments.append(Segment(some[0].start_seconds, some[-1].end_seconds, f" {text}."))
        return HeardPart(start, end, Transcript("en", tuple(segments), tuple(words)))


_VOCABULARY = ("no", "the", "a", "library", "book", "and", "yes", "reading", "window", "old", "of")


@st.composite
def speeches(draw: st.DrawFn) -> Speech:
    at = draw(st.floats(0.0, 2.0))
    words = []
    for word in draw(st.lists(st.sampled_from(_VOCABULARY), min_size=30, max_size=120)):
        seconds = 0.1 + 0.05 * len(word)
        words.append(Word(at, at + seconds, word))
        at += seconds + draw(st.sampled_from((0.0, 0.05, 0.1, 0.6)))
    return Speech(tuple(words))


def words_of(merged: Merged) -> list[str]:
    return [key_of(word) for cue in merged.cues for word in cue.text.split()]


def assert_readable(cues: Sequence[Cue], seconds: float) -> None:
    for cue in cues:
        assert 0.0 <= cue.start_seconds <= cue.end_seconds <= seconds + 0.001
        assert cue.end_seconds - cue.start_seconds <= 7.001
        lines = cue.text.split("\n")
        assert len(lines) <= 2
        assert all(line and line == line.strip() for line in lines)
        assert all(width_of(line) <= 2 * 42 for line in lines)
    assert all(a.end_seconds <= b.start_seconds for a, b in pairwise(cues))
    text = to_webvtt(cues)
    text.encode()
    assert_valid_webvtt(text)


@given(speeches(), st.data())
def test_nothing_is_lost_or_said_twice_where_parts_overlap(
    speech: Speech, data: st.DataObject
) -> None:
    """However the parts are cut, as long as both hear some words of the overlap rightly."""
    parts = []
    start = 0.0
    while start < speech.seconds:
        end = min(start + data.draw(st.floats(8.0, 20.0)), speech.seconds)
        offset = data.draw(st.floats(0.0, 0.3))
        garbled = data.draw(st.booleans())
        parts.append(
            speech.heard(
                start, end, offset=offset, garbled=garbled and start > 0 and end < speech.seconds
            )
        )
        start = speech.seconds if end == speech.seconds else end - 4.0
    merged = merge(data.draw(st.permutations(parts)))

    assert words_of(merged) == [word.text for word in speech.words]
    assert_readable(merged.cues, speech.seconds)


@given(speeches(), st.data())
def test_parts_cut_in_pauses_are_put_side_by_side(speech: Speech, data: st.DataObject) -> None:
    pauses = [
        (a.end_seconds + b.start_seconds) / 2
        for a, b in pairwise(speech.words)
        if b.start_seconds - a.end_seconds > 0.05
    ]
    cuts = sorted(data.draw(st.sets(st.sampled_from(pauses), max_size=4))) if pauses else []
    parts = [speech.heard(a, b) for a, b in pairwise([0.0, *cuts, speech.seconds])]

    merged = merge(parts)

    assert words_of(merged) == [word.text for word in speech.words]
    assert_readable(merged.cues, speech.seconds)


def test_a_word_that_only_one_part_has_heard_is_kept() -> None:
    early = transcript(sentence(5.0, "We are here."), sentence(17.0, "Only once."))
    late = transcript(sentence(8.0, "And go on."))
    merged = merge([HeardPart(0.0, 20.0, early), HeardPart(16.0, 36.0, late)])
    assert said(merged) == "We are here. Only once. And go on."


def test_nobody_hears_a_full_stop_in_the_middle_of_a_sentence() -> None:
    early = transcript(sentence(14.0, "The old library has a reading room with."))
    late = transcript(sentence(0.0, "A reading room with windows."))
    merged = merge([HeardPart(0.0, 17.2, early), HeardPart(15.6, 30.0, late)])
    assert said(merged) == "The old library has a reading room with windows."


def test_of_a_part_that_was_asked_for_again_the_halves_count() -> None:
    parts = [
        HeardPart(300.0, 600.0, transcript(sentence(1.0, "The second half."))),
        HeardPart(0.0, 300.0, transcript(sentence(1.0, "The first half."))),
        HeardPart(600.0, 700.0, transcript(sentence(1.0, "The next part."))),
    ]
    merged = merge(parts)
    assert said(merged) == "The first half. The second half. The next part."
    assert [cue.start_seconds for cue in merged.cues] == [1.0, 301.0, 601.0]


# Whatever an upstream says

TIMES = st.one_of(
    st.floats(-10.0, 700.0), st.sampled_from((0.0, math.nan, math.inf, -math.inf, 1e300, 599.99))
)
ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=200),
    st.sampled_from(
        (" Hello there. ", "", "\x00", "東京タワーです。", "«Да», — сказал он.", "... ♪", "W" * 500)
    ),
)  # fmt: skip
NUMBERS = st.one_of(st.none(), st.floats())
SEGMENTS = st.builds(Segment, TIMES, TIMES, ANY_TEXT, NUMBERS, NUMBERS, NUMBERS)
TRANSCRIPTS = st.builds(
    Transcript,
    st.one_of(st.none(), st.text(max_size=20)),
    st.lists(SEGMENTS, max_size=8).map(tuple),
    st.lists(st.builds(Word, TIMES, TIMES, ANY_TEXT), max_size=8).map(tuple),
)


@given(st.lists(st.tuples(st.floats(0.0, 100.0), st.floats(0.1, 100.0), TRANSCRIPTS), max_size=4))
def test_whatever_was_answered_becomes_valid_captions_inside_of_the_sound(
    answers: list[tuple[float, float, Transcript]],
) -> None:
    parts = [HeardPart(start, start + seconds, answer) for start, seconds, answer in answers]
    merged = merge(parts)
    assert_readable(merged.cues, max((part.end_seconds for part in parts), default=0.0))
    for part in parts:
        is_partial(part.transcript, duration_seconds=60.0, voiced_seconds=50.0)


# Partial answers


@pytest.mark.parametrize(
    ("heard", "voiced", "partial"),
    [
        ([(0.0, 590.0)], 500.0, False),
        ([(0.0, 300.0)], 500.0, True),
        ([(0.0, 350.0)], 560.0, True),
        ([(0.0, 100.0), (50.0, 110.0)], 500.0, True),
        ([(40.0, 560.0)], 590.0, False),
        ([(0.0, 100.0), (200.0, 300.0)], 190.0, False),
        ([], 5.0, False),
        ([], 300.0, True),
        ([(0.0, 9000.0)], 600.0, False),
    ],
)
def test_an_answer_is_partial_if_far_less_is_heard_than_is_voiced(
    heard: list[tuple[float, float]], voiced: float, partial: bool
) -> None:
    answer = Transcript("en", tuple(Segment(start, end, " Words.") for start, end in heard))
    assert is_partial(answer, duration_seconds=600.0, voiced_seconds=voiced) is partial
