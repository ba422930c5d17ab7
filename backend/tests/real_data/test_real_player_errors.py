"""The recorded player answers: what a person would say about each of these videos."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.adapters.http_answers import is_wall
from app.core.errors import UpstreamError, UpstreamFailed, VideoNotYet, VideoUnavailable
from app.services.error_classifier import Doubt, Verdict, judge_player_answers
from app.services.player_answers import PlayerAnswer, read_player_answer
from app.services.watch_page import read_watch_page

DATA = Path(
    os.environ.get("VIDEOTHEK_REAL_DATA", Path(__file__).parents[4] / "shared" / "real-data")
)
FOLDER = DATA / "1_innertube"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason=f"recorded real data is not at {DATA}; set VIDEOTHEK_REAL_DATA to its folder",
)
# By the beginning of a file's name, which says what YouTube said.
EXPECTED: dict[str, tuple[type[UpstreamError], str | None]] = {
    "ERROR.This-video-is-unavailable": (VideoUnavailable, "video_deleted"),
    "LIVE_STREAM_OFFLINE.": (VideoNotYet, "video_upcoming"),
    "LOGIN_REQUIRED.This-is-a-private-video": (VideoUnavailable, "video_private"),
    "LOGIN_REQUIRED.This-video-is-private": (VideoUnavailable, "video_private"),
    "UNPLAYABLE.The-uploader-has-not-made": (VideoUnavailable, "video_geo_blocked"),
    "UNPLAYABLE.This-live-stream-recording": (VideoNotYet, "video_processing"),
    "UNPLAYABLE.This-video-is-available-to-this-channel": (VideoUnavailable, "video_members_only"),
    "UNPLAYABLE.This-video-requires-payment": (VideoUnavailable, "video_paid"),
    # The country is only in the subreason.
    "UNPLAYABLE.Video-unavailable.T4XJQO3qol8": (VideoUnavailable, "video_geo_blocked"),
    "UNPLAYABLE.We-re-processing": (VideoNotYet, "video_processing"),
    # It may not be embedded, which says nothing about the video.
    "UNPLAYABLE.a-href": (UpstreamFailed, None),
}
LIVE = {"5qap5aO4i9A", "hHW1oY26kxQ"}


def recorded(path: Path) -> PlayerAnswer:
    document: Any = json.loads(path.read_text("utf-8"))
    return read_player_answer(document)


def files(folder: str) -> list[Path]:
    return sorted((FOLDER / folder).glob("*.json"))


def verdict_of(answer: PlayerAnswer, page: PlayerAnswer | None) -> Verdict:
    return judge_player_answers(answer.video_id or "xxxxxxxxxxx", [answer], page)


@pytest.mark.parametrize("path", files("player_errors"), ids=lambda path: path.name[:60])
def test_a_recorded_refusal_means_what_a_person_reads_in_it(path: Path) -> None:
    (expected,) = (what for start, what in EXPECTED.items() if path.name.startswith(start))
    answer = recorded(path)

    error = verdict_of(answer, page=answer).error

    assert (type(error), getattr(error, "code", None)) == expected
    if path.name.startswith("LIVE_STREAM_OFFLINE."):
        assert isinstance(error, VideoNotYet)
        assert error.available_at is not None


def test_one_voice_alone_calls_no_recorded_video_deleted() -> None:
    found = [verdict_of(recorded(path), page=None) for path in files("player_errors")]

    assert sum(verdict.doubt is Doubt.LOOKS_GONE for verdict in found) == 2
    assert not any(getattr(verdict.error, "code", None) == "video_deleted" for verdict in found)


@pytest.mark.parametrize("path", files("player_ok"), ids=lambda path: path.name[:60])
def test_a_recorded_video_that_plays_is_no_error(path: Path) -> None:
    answer = recorded(path)

    for page in (None, answer):
        error = verdict_of(answer, page).error
        if path.name[:11] in LIVE:
            assert isinstance(error, VideoNotYet)
            assert error.code == "video_live"
        else:
            assert error is None


def test_the_recorded_consent_page_is_a_wall_and_no_watch_page() -> None:
    body = (FOLDER / "watch_html" / "consent-page.html").read_bytes()

    assert is_wall(body)
    with pytest.raises(UpstreamFailed):
        read_watch_page(body)
