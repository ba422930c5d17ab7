"""What watchers were told goes forwards, also from one connection to the next."""

from typing import Literal

import pytest

from tests.crash.stream import stages_back
from tests.crash.watching import Sighting, State

Source = Literal["socket", "list"]
A = "CAUT_aaaaaa"


def told(connection: int, source: Source, stage: str, progress: int) -> Sighting:
    return Sighting("watcher", connection, source, {A: (stage, progress)})


def test_forwards_is_fine_and_to_be_told_the_same_again_too() -> None:
    assert not stages_back(
        [
            told(1, "socket", "created", 0),
            told(1, "socket", "metadata", 25),
            told(1, "socket", "metadata", 40),
            told(2, "socket", "metadata", 40),
            told(2, "list", "captions", 60),
            told(2, "socket", "chapters", 90),
            told(3, "socket", "complete", 100),
        ]
    )


def test_a_video_that_can_not_be_had_keeps_the_progress_it_had() -> None:
    assert not stages_back([told(1, "socket", "metadata", 25), told(1, "socket", "error", 25)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("captions", 60), ("metadata", 25)),
        (("metadata", 40), ("metadata", 25)),
        (("complete", 100), ("chapters", 90)),
        (("complete", 100), ("error", 100)),
        (("error", 25), ("metadata", 25)),
        (("error", 25), ("captions", 60)),
        (("captions", 60), ("metadata", 60)),
    ],
)
@pytest.mark.parametrize("connection", [1, 2])
def test_backwards_is_found_also_after_a_reconnect(
    before: State, after: State, connection: int
) -> None:
    assert len(stages_back([told(1, "socket", *before), told(connection, "socket", *after)])) == 1


def test_a_step_back_is_told_once_and_what_follows_is_held_against_the_highest() -> None:
    steps = stages_back(
        [
            told(1, "socket", "chapters", 90),
            told(1, "socket", "metadata", 25),
            told(1, "socket", "captions", 60),
            told(1, "socket", "chapters", 90),
        ]
    )

    assert len(steps) == 2


def test_the_list_is_not_older_than_what_was_told_before_it_was_asked_for() -> None:
    assert stages_back([told(1, "socket", "captions", 60), told(1, "list", "metadata", 25)])
    assert stages_back([told(1, "list", "captions", 60), told(1, "list", "metadata", 25)])


def test_a_frame_may_have_been_on_its_way_when_the_list_was_asked_for() -> None:
    assert not stages_back([told(1, "list", "captions", 60), told(1, "socket", "metadata", 25)])


def test_but_the_next_connection_knows_at_least_what_the_list_knew() -> None:
    assert stages_back([told(1, "list", "captions", 60), told(2, "socket", "metadata", 25)])


def test_watchers_are_told_apart() -> None:
    other = Sighting("somebody else", 1, "socket", {A: ("metadata", 25)})

    assert not stages_back([told(1, "socket", "captions", 60), other])


def test_so_are_videos() -> None:
    other = Sighting("watcher", 1, "socket", {"CAUT_bbbbbb": ("metadata", 25)})

    assert not stages_back([told(1, "socket", "captions", 60), other])
