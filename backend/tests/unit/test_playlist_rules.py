"""What of a page is new, what ends a check, and what words mean."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import PlaylistUnavailable, UpstreamFailed, UpstreamThrottled
from app.services.playlists.ports import PlaylistPage
from app.services.playlists.rules import (
    Resumption,
    ends_check,
    is_spent,
    next_check_seconds,
    priority_of,
)
from app.services.playlists.sources import is_channel, is_page, playlist_id_of, url_of
from app.services.playlists.words import judge_playlist_message
from app.services.rate_limiter import Priority

IDS = st.lists(st.sampled_from("abcdefgh"), max_size=20)


@given(before=IDS, after=IDS, cut=st.integers(0, 20))
def test_whatever_changed_since_an_interruption_is_stored_once_for_each_place(
    before: list[str], after: list[str], cut: int
) -> None:
    stored = before[:cut]
    resumption = Resumption(stored)
    half = len(after) // 2
    found = [*resumption.unseen(after[:half]), *resumption.unseen(after[half:])]
    # Whatever is in the playlist now is stored as often as it is in it, at least.
    total = Counter(stored) + Counter(entry.youtube_id for entry in found)
    assert all(total[name] >= number for name, number in Counter(after).items())
    # And nothing more often than it was in it at one time or the other.
    most = Counter(stored) | Counter(after)
    assert total == most
    assert [entry.place for entry in found] == sorted({entry.place for entry in found})
    assert all(after[entry.place - 1] == entry.youtube_id for entry in found)


def test_an_unchanged_playlist_goes_on_where_it_was() -> None:
    resumption = Resumption(["a", "b", "a"])
    assert [(e.place, e.youtube_id) for e in resumption.unseen(["a", "b", "a", "a", "c"])] == [
        (4, "a"),
        (5, "c"),
    ]


@pytest.mark.parametrize(
    ("count", "is_first", "is_last", "priority"),
    [
        (5, True, True, Priority.INTERACTIVE),
        (6, True, True, Priority.BATCH),
        (5, False, True, Priority.BATCH),
        (5, True, False, Priority.BATCH),
    ],
)
def test_only_a_small_playlist_as_a_whole_is_waited_for(
    count: int, is_first: bool, is_last: bool, priority: Priority
) -> None:
    page = PlaylistPage(("a",) * count, None, None, is_last)
    assert priority_of(page, is_first=is_first) is priority


def test_a_channel_ends_with_the_first_known_page_and_a_playlist_never() -> None:
    assert ends_check("channel:UCx", ["a", "b"], {"a", "b", "c"})
    assert not ends_check("channel:UCx", ["a", "n"], {"a", "b"})
    assert not ends_check("playlist:PLx", ["a", "b"], {"a", "b"})


def test_follows_drift_apart_but_keep_their_interval() -> None:
    rng = random.Random(1)
    times = {next_check_seconds(6, rng) for _ in range(50)}
    assert len(times) == 50
    assert all(0.9 * 6 * 3600 <= time <= 1.1 * 6 * 3600 for time in times)


def test_a_read_is_given_up_after_its_quick_retries_and_three_slow_ones() -> None:
    assert [is_spent(attempts) for attempts in (1, 6, 7)] == [False, False, True]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("YouTube said: The playlist does not exist.", PlaylistUnavailable),
        ("YouTube said: This playlist is private.", PlaylistUnavailable),
        ("YouTube said: This playlist type is unviewable.", PlaylistUnavailable),
        (
            "The channel/playlist does not exist and the URL redirected to youtube.com home page",
            PlaylistUnavailable,
        ),
        ("YouTube said: Unknown error.", UpstreamFailed),
        ("YouTube said: Something went wrong. Try again later", UpstreamFailed),
        ("Incomplete data received", UpstreamFailed),
        ("Sign in to confirm you’re not a bot", UpstreamThrottled),
        ("HTTP Error 429: Too Many Requests", UpstreamThrottled),
    ],
)
def test_a_playlist_is_called_gone_only_by_words_that_say_so(message: str, kind: type) -> None:
    assert type(judge_playlist_message(message)) is kind


@pytest.mark.parametrize(
    ("source", "playlist_id", "url"),
    [
        ("playlist:PLabc", "PLabc", "https://www.youtube.com/playlist?list=PLabc"),
        ("channel:UCabc", "UUabc", "https://www.youtube.com/channel/UCabc"),
    ],
)
def test_a_source_knows_its_playlist_and_its_address(
    source: str, playlist_id: str, url: str
) -> None:
    assert (playlist_id_of(source), url_of(source)) == (playlist_id, url)
    assert not is_page(source)


def test_the_page_of_a_channel_is_a_channel_whose_id_is_not_known() -> None:
    source = "page:/@Küche & Co"
    assert is_page(source)
    assert is_channel(source)
    assert url_of(source) == "https://www.youtube.com/@K%C3%BCche%20%26%20Co"
