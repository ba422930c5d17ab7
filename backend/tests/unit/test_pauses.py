"""Where a sound may be cut, and how much of it is voice."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.transcription.pauses import (
    SILENCE_DB,
    Cut,
    choose_cut,
    level_db,
    voiced_frames,
)

LOUD, ROOM = -18, -55
LEVELS = st.lists(st.integers(SILENCE_DB, 0), min_size=40, max_size=200)


def sentences(*lengths: tuple[int, int]) -> list[int]:
    """Levels of so many loud frames, then so many quiet ones."""
    return [level for loud, quiet in lengths for level in [LOUD] * loud + [ROOM] * quiet]


def test_a_frame_is_as_loud_as_its_mean_power() -> None:
    assert level_db(array("h", [0] * 320)) == SILENCE_DB
    assert level_db(array("h", [32767, -32768] * 160)) == 0
    assert level_db(array("h", [328, -328] * 160)) == -40


def test_the_cut_is_in_the_middle_of_the_longest_pause() -> None:
    levels = sentences((100, 12), (100, 30), (100, 15), (100, 0))
    assert choose_cut(levels, first=50, last=440, mark=110) == Cut(227, is_pause=True)


def test_of_pauses_equally_long_the_one_next_to_the_mark_is_taken() -> None:
    levels = sentences((100, 20), (100, 20), (100, 20), (100, 0))
    assert choose_cut(levels, first=50, last=440, mark=235) == Cut(230, is_pause=True)


def test_a_gap_between_words_is_no_pause() -> None:
    cut = choose_cut(sentences((100, 8), (100, 0)), first=20, last=200, mark=100)
    assert not cut.is_pause
    assert 100 <= cut.frame <= 108


def test_a_noise_without_end_has_neither_pauses_nor_voice() -> None:
    levels = [-20, -21, -19] * 100
    assert not choose_cut(levels, first=50, last=250, mark=150).is_pause
    assert voiced_frames(levels) == 0


@pytest.mark.parametrize("level", [SILENCE_DB, -70])
def test_a_silent_stretch_may_be_cut_anywhere_and_has_no_voice(level: int) -> None:
    assert choose_cut([level] * 300, first=50, last=250, mark=150).is_pause
    assert voiced_frames([level] * 300) == 0
    assert voiced_frames([]) == 0


def test_what_is_louder_than_the_background_is_voice() -> None:
    assert voiced_frames(sentences((300, 40), (60, 30))) == 360


@given(LEVELS, st.data())
def test_a_cut_is_always_inside_of_its_stretch(levels: list[int], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(levels) - 2))
    last = data.draw(st.integers(first + 1, len(levels)))
    mark = data.draw(st.integers(0, len(levels)))
    cut = choose_cut(levels, first=first, last=last, mark=mark)

    assert first <= cut.frame <= last
    assert 0 <= voiced_frames(levels) <= len(levels)
