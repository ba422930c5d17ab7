"""The unmodified yt-dlp on the stand-in."""

import json
from datetime import UTC
from typing import Any

import httpx
import pytest

from standin.innertube import caption_tracks
from standin.server import StandIn

VIDEO = "KMRK_abcdef"


def kinds(stand_in: StandIn) -> list[str]:
    return [entry.kind for entry in stand_in.requests]


def test_the_products_way_takes_exactly_a_watch_page_and_a_player_answer(
    stand_in: StandIn, extract: Any
) -> None:
    outcome = extract(VIDEO)

    assert outcome.error is None
    assert kinds(stand_in) == ["watch", "player"]
    assert [entry.host for entry in stand_in.requests] == ["www.youtube.com"] * 2
    assert stand_in.requests[1].client == "VISIONOS"
    assert not [line for line in outcome.log if "WARNING" in line.upper()]


def test_yt_dlp_finds_every_field_the_product_needs(stand_in: StandIn, extract: Any) -> None:
    stand_in.set_scenario(VIDEO, captions="both", chapters="markers", duration_seconds=900)
    video = stand_in.video(VIDEO)

    info = extract(VIDEO).info

    assert info["id"] == VIDEO
    assert info["title"] == video.title
    assert info["channel"] == video.channel.name
    assert info["channel_id"] == video.channel.channel_id
    assert info["uploader_id"] == video.channel.handle
    assert info["timestamp"] == int(video.published.timestamp())
    assert info["upload_date"] == f"{video.published.astimezone(UTC):%Y%m%d}"
    assert info["duration"] == 900
    assert info["description"] == video.description
    assert info["view_count"] == video.views
    assert info["live_status"] == "not_live"
    assert info["availability"] == "public"
    assert info["playable_in_embed"] is True
    found = [(chapter["start_time"], chapter["title"]) for chapter in info["chapters"]]
    assert found == [(chapter.start_seconds, chapter.title) for chapter in video.chapters]
    assert list(info["subtitles"]) == [video.language]
    assert f"{video.language}-orig" in info["automatic_captions"]


def test_the_audio_formats_have_addresses_sizes_and_a_language(
    stand_in: StandIn, extract: Any
) -> None:
    info = extract("CAUT_abcdef").info

    audio = {f["format_id"]: f for f in info["formats"] if f["vcodec"] == "none"}
    assert set(audio) == {"139", "140", "249", "251"}
    for form in audio.values():
        assert form["url"].startswith("https://rr1---sn-standin.googlevideo.com/videoplayback?")
        assert form["filesize"] > 0
        assert form["language"] == stand_in.video("CAUT_abcdef").language
    assert audio["139"]["ext"] == "m4a"
    assert audio["251"]["ext"] == "webm"


def test_a_caption_address_taken_from_yt_dlp_answers_with_the_spoken_words(
    stand_in: StandIn, extract: Any
) -> None:
    tracks = extract("CAUT_abcdef").info["automatic_captions"]
    language = stand_in.video("CAUT_abcdef").language
    address = next(t["url"] for t in tracks[f"{language}-orig"] if t["ext"] == "json3")

    path = address.removeprefix("https://www.youtube.com")
    answer = httpx.get(stand_in.url + path, headers={"X-Standin-Host": "www.youtube.com"})

    events = json.loads(answer.content)["events"]
    text = " ".join(s["utf8"].strip() for e in events for s in e.get("segs", []))
    assert str(stand_in.video("CAUT_abcdef").episode) in text


def test_the_sound_can_be_fetched_in_parts_from_the_address_yt_dlp_found(
    stand_in: StandIn, extract: Any
) -> None:
    outcome = extract("CNON_abcdef", process=True)
    stand_in.clear_requests()

    address = next(f["url"] for f in outcome.info["formats"] if f["format_id"] == "249")
    path = address.removeprefix("https://rr1---sn-standin.googlevideo.com")
    headers = {
        "X-Standin-Host": "rr1---sn-standin.googlevideo.com",
        "Range": "bytes=100-299",
    }
    answer = httpx.get(stand_in.url + path, headers=headers)

    assert answer.status_code == 206
    assert len(answer.content) == 200
    assert answer.headers["content-type"] == "audio/webm"
    assert answer.headers["content-range"].startswith("bytes 100-299/")
    assert stand_in.counts()["videos"] == {"CNON_abcdef": {"media": 1}}


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"player_client": ["visionos", "android"]}, ["watch", "player", "player"]),
        ({"player_skip": ["configs", "js", "webpage"]}, ["next", "player"]),
        ({"player_skip": ["configs", "js", "webpage", "initial_data"]}, ["player"]),
        ({"player_client": [], "player_skip": [], "skip": []}, ["watch", "player", "other"]),
    ],
)
def test_the_other_ways_through_yt_dlp_take_as_many_requests_as_on_youtube(
    stand_in: StandIn, extract: Any, args: dict[str, Any], expected: list[str]
) -> None:
    outcome = extract("CBOT_abcdef", **args)

    assert outcome.error is None
    assert kinds(stand_in) == expected
    assert outcome.info["title"] == stand_in.video("CBOT_abcdef").title
    assert {"139", "249"} <= {f["format_id"] for f in outcome.info["formats"]}


@pytest.mark.parametrize("chapters", ["markers", "panel", "description"])
def test_yt_dlp_finds_chapters_wherever_youtube_keeps_them(
    stand_in: StandIn, extract: Any, chapters: str
) -> None:
    stand_in.set_scenario(VIDEO, chapters=chapters, duration_seconds=1200)

    found = extract(VIDEO).info["chapters"]

    wanted = stand_in.video(VIDEO).chapters
    assert [c["start_time"] for c in found] == [c.start_seconds for c in wanted]


@pytest.mark.parametrize("chapters", ["bar", "bracketed", "none"])
def test_chapters_that_yt_dlp_overlooks_are_there_for_a_better_reader(
    stand_in: StandIn, extract: Any, chapters: str
) -> None:
    stand_in.set_scenario(VIDEO, chapters=chapters, duration_seconds=1200)

    assert extract(VIDEO).info["chapters"] is None
    assert bool(stand_in.video(VIDEO).chapters) == (chapters != "none")


def test_locked_captions_are_dropped_by_yt_dlp_and_empty_on_the_wire(
    stand_in: StandIn, extract: Any
) -> None:
    outcome = extract("CLOC_abcdef")

    assert outcome.info["automatic_captions"] == {}
    assert any("PO token was not provided" in line for line in outcome.log)
    video, scenario = stand_in.video("CLOC_abcdef"), stand_in.scenarios.of("CLOC_abcdef")
    tracks = caption_tracks(video, scenario, web=False)
    address = tracks["captionTracks"][0]["baseUrl"].removeprefix("https://www.youtube.com")
    answer = httpx.get(stand_in.url + address, headers={"X-Standin-Host": "www.youtube.com"})
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_whole_extraction_with_processing_still_takes_two_requests(
    stand_in: StandIn, extract: Any
) -> None:
    outcome = extract(VIDEO, process=True)

    assert outcome.info["url"].startswith("https://")
    assert kinds(stand_in) == ["watch", "player"]


def test_captions_can_be_kept_from_one_client_and_given_to_another(extract: Any) -> None:
    assert extract("CCLI_abcdef").info["automatic_captions"] == {}
    assert extract("CCLI_abcdef", player_client=["visionos", "android"]).info["automatic_captions"]
