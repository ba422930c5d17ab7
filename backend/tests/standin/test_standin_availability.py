"""Unavailable videos look to yt-dlp as the recorded real ones did."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from standin.server import StandIn

PLAYER_ONLY = ["configs", "js", "webpage", "initial_data"]


@pytest.mark.parametrize(
    ("video_id", "cause", "words"),
    [
        ("PRIV_abcdef", "ExtractorError", "Private video. Sign in if you've been granted access"),
        ("PRDE_abcdef", "ExtractorError", "Privates Video. Melde dich an"),
        ("GONE_abcdef", "ExtractorError", "Video unavailable. This video has been removed"),
        ("GOBA_abcdef", "ExtractorError", "Video unavailable"),
        ("GOCU_abcdef", "ExtractorError", "This video isn’t available anymore"),
        ("GODE_abcdef", "ExtractorError", "Video nicht verfügbar"),
        ("TERM_abcdef", "ExtractorError", "account associated with this video has been terminated"),
        ("MEMB_abcdef", "ExtractorError", "Join this channel to get access to members-only"),
        ("MEDE_abcdef", "ExtractorError", "Dieses Video ist für Kanalmitglieder"),
        ("AGED_abcdef", "ExtractorError", "Sign in to confirm your age"),
        ("AGDE_abcdef", "ExtractorError", "Melde dich an, um dein Alter zu bestätigen"),
        ("GEOB_abcdef", "GeoRestrictedError", "not made this video available in your country"),
        ("GEOD_abcdef", "ExtractorError", "Video unavailable. This content is not available on"),
        ("GEDE_abcdef", "ExtractorError", "Video nicht verfügbar. Der Uploader hat"),
        ("PAID_abcdef", "ExtractorError", "This video requires payment to watch"),
        ("SOON_abcdef", "ExtractorError", "This live event will begin in"),
        ("PRMR_abcdef", "ExtractorError", "Premieres in"),
        ("PMDE_abcdef", "ExtractorError", "Premiere in 3"),
        ("PROC_abcdef", "ExtractorError", "We're processing this video"),
        ("PCDE_abcdef", "ExtractorError", "Dieses Video wird noch verarbeitet"),
        ("NREC_abcdef", "ExtractorError", "This live stream recording is not available"),
        ("KIDS_abcdef", "ExtractorError", "Video unavailable"),
        ("HTML_abcdef", "ExtractorError", "Watch this video on YouTube.</a>"),
    ],
)
def test_an_unavailable_video_says_why(extract: Any, video_id: str, cause: str, words: str) -> None:
    outcome = extract(video_id)

    assert type(outcome.error).__name__ == "DownloadError"
    assert outcome.cause == cause
    assert words in str(outcome.error)


@pytest.mark.parametrize("video_id", ["PREM_abcdef", "LIVE_abcdef", "OTHR_abcdef"])
def test_a_video_without_a_reason_has_no_formats_and_fails_only_when_processed(
    extract: Any, video_id: str
) -> None:
    assert extract(video_id).info["formats"] == []
    assert "No video formats found!" in str(extract(video_id, process=True).error)


def test_an_unavailable_video_costs_no_hidden_requests(stand_in: StandIn, extract: Any) -> None:
    for video_id in ("PRIV_abcdef", "GONE_abcdef", "MEMB_abcdef", "GEOB_abcdef", "SOON_abcdef"):
        extract(video_id)

    assert stand_in.counts()["total"] == {"watch": 5, "player": 5}


def test_an_age_restricted_video_makes_yt_dlp_try_the_embedded_player_too(
    stand_in: StandIn, extract: Any
) -> None:
    extract("AGED_abcdef")

    clients = [entry.client for entry in stand_in.requests if entry.kind == "player"]
    assert clients == ["VISIONOS", "WEB_EMBEDDED_PLAYER"]


def test_a_video_made_for_kids_is_there_for_another_client(extract: Any) -> None:
    outcome = extract("KIDS_abcdef", player_client=["visionos", "android"])

    assert outcome.error is None
    assert outcome.info["duration"] > 0


def test_a_live_video_is_recognised_as_live(extract: Any) -> None:
    assert extract("LIVE_abcdef").info["live_status"] == "is_live"
    assert extract("POST_abcdef").info["live_status"] == "post_live"


def test_a_placeholder_looks_like_an_ordinary_video(extract: Any) -> None:
    assert extract("PLAC_abcdef").info["title"] == "Video Not Available"


def test_an_answer_about_another_video_is_noticed_by_yt_dlp(extract: Any) -> None:
    assert any('"aQvGIIdgFDM" instead of' in line for line in extract("OTHR_abcdef").log)


def test_an_upcoming_video_names_the_moment_it_begins(stand_in: StandIn, extract: Any) -> None:
    stand_in.set_scenario("abcdefghijk", availability="upcoming", release_timestamp=1_900_000_000)

    outcome = extract("abcdefghijk")

    assert "This live event will begin in" in str(outcome.error)
    assert stand_in.scenarios.of("abcdefghijk").release_timestamp == 1_900_000_000


def comparable(message: str) -> str:
    """Drop what is allowed to differ: id, time left, name of the level, last full stop."""
    text = re.sub(r"\[youtube\] [\w'-]+: ", "", message)
    text = re.sub(r"v=[\w-]{11}", "v=ID", text)
    text = re.sub(r"(begin in) .*", r"\1", text)
    text = re.sub(r"(Join this) .*", r"\1", text)
    text = re.sub(r"\nThis video is available in .*", "", text, flags=re.DOTALL)
    return text.rstrip(".")


@pytest.mark.parametrize(
    ("recording", "availability", "client"),
    [
        ("ERROR.This-video-is-unavailable*516880.json", "deleted", "android"),
        ("LIVE_STREAM_OFFLINE.This-live-event-will-begin-in-31*", "upcoming", "visionos"),
        ("LOGIN_REQUIRED.This-is-a-private-video*", "private", "visionos"),
        ("LOGIN_REQUIRED.This-video-is-private*", "private", "android"),
        ("UNPLAYABLE.The-uploader-has-not-made*", "geo_blocked", "android"),
        ("UNPLAYABLE.This-video-is-available-to-this-channel*", "members_only", "visionos"),
        ("UNPLAYABLE.This-video-requires-payment*", "paid", "visionos"),
        ("UNPLAYABLE.Video-unavailable.T4X*", "geo_blocked_domain", "visionos"),
        ("UNPLAYABLE.We-re-processing*", "processing", "visionos"),
        ("UNPLAYABLE.This-live-stream-recording*", "no_recording", "visionos"),
        ("UNPLAYABLE.a-href-http*", "html_reason", "visionos"),
    ],
)
def test_yt_dlp_reacts_as_it_does_to_the_recorded_answer(
    stand_in: StandIn,
    extract: Any,
    extract_recorded: Any,
    innertube_recordings: Path,
    recording: str,
    availability: str,
    client: str,
) -> None:
    (path,) = (innertube_recordings / "player_errors").glob(recording)
    player = json.loads(path.read_text("utf-8"))
    # Streams that were cut from the recording must not look like streams that are there.
    player.pop("streamingData", None)
    args = {"player_client": [client], "player_skip": PLAYER_ONLY}
    real = extract_recorded(player, {}, **args)

    stand_in.set_scenario("abcdefghijk", availability=availability)
    ours = extract("abcdefghijk", **args)

    assert ours.cause == real.cause
    assert comparable(str(ours.error)) == comparable(str(real.error))
