"""Finding the player's answer in a watch page."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UpstreamFailed
from app.services.watch_page import read_player_body, read_watch_page

ANSWER = {"playabilityStatus": {"status": "ERROR", "reason": "Weg } ; </script> weg"}}
TEXT = json.dumps(ANSWER)


@pytest.mark.parametrize(
    "script",
    [
        f"var ytInitialPlayerResponse = {TEXT};var meta = 1;",
        f'window["ytInitialPlayerResponse"] = {TEXT};',
        f"ytInitialPlayerResponse={TEXT}",
        f"ytInitialPlayerResponse = null; var ytInitialPlayerResponse = {TEXT};",
        f"if (x) ytInitialPlayerResponse = {{a: 1}}; ytInitialPlayerResponse = {TEXT};",
    ],
)
def test_the_answer_is_found_however_it_is_written(script: str) -> None:
    page = read_watch_page(f"<html><script>{script}</script></html>".encode())

    assert page is not None
    assert (page.status, page.words) == ("ERROR", "Weg } ; weg")


@pytest.mark.parametrize(
    "script",
    ["var ytInitialData = {};", "ytInitialPlayerResponse = null; ytInitialData = {};"],
)
def test_a_watch_page_may_come_without_an_answer(script: str) -> None:
    assert read_watch_page(f"<script>{script}</script>".encode()) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        bytes(range(256)),
        f"<script>var ytInitialPlayerResponse = {TEXT[:-9]}".encode(),
        b"ytInitialPlayerResponse = " + b'{"a":' * 100_000,
    ],
)
def test_what_is_no_watch_page_or_cut_off_is_tried_again(body: bytes) -> None:
    with pytest.raises(UpstreamFailed):
        read_watch_page(body)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b"3", b'{"a"', b"\xff\xfe\x00", b"[" * 100_000]
)
def test_a_player_answer_that_is_no_object_is_tried_again(body: bytes) -> None:
    with pytest.raises(UpstreamFailed):
        read_player_body(body)


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for read in (read_player_body, lambda b: read_watch_page(b"ytInitialPlayerResponse = {" + b)):
        try:
            read(body)
        except UpstreamFailed:
            continue
