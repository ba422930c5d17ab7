"""Captions, pictures, oEmbed, the Data API, sound and transcription."""

import json
import struct
import time
import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import Any

import httpx
import pytest

from standin.innertube import caption_tracks
from standin.server import StandIn
from standin.sound import loop_of
from tests.support.speech import ogg_of

AUTO, MANUAL = "CAUT_abcdef", "CMAN_abcdef"
YOUTUBE = {"X-Standin-Host": "www.youtube.com"}


@pytest.fixture
def captions(stand_in: StandIn) -> Any:
    def fetch(video_id: str, **changes: str) -> httpx.Response:
        tracks = caption_tracks(
            stand_in.video(video_id), stand_in.scenarios.of(video_id), web=False
        )
        assert tracks is not None
        url = httpx.URL(tracks["captionTracks"][0]["baseUrl"]).copy_merge_params(changes)
        return httpx.get(stand_in.url + url.raw_path.decode(), headers=YOUTUBE)

    return fetch


def test_an_automatic_track_has_words_with_times_and_scrolling_events(
    stand_in: StandIn, captions: Any
) -> None:
    stand_in.set_scenario(AUTO, captions="auto", duration_seconds=600)

    events = captions(AUTO, fmt="json3").json()["events"]

    assert "segs" not in events[0]
    spoken = [e for e in events if "segs" in e and "aAppend" not in e]
    scrolling = [e for e in events if "aAppend" in e]
    assert len(scrolling) == len(spoken) - 1
    assert all(e["segs"] == [{"utf8": "\n"}] for e in scrolling)
    assert "tOffsetMs" in spoken[0]["segs"][1]
    assert [e for e in spoken if "dDurationMs" not in e]
    assert [e for e in spoken if "dDurationMs" in e]
    assert max(e["tStartMs"] for e in spoken) < 600_000
    assert len(spoken) > 600 / 5


def test_a_manual_track_is_plain_and_punctuated(stand_in: StandIn, captions: Any) -> None:
    events = captions(MANUAL, fmt="json3").json()["events"]

    assert all(len(event["segs"]) == 1 for event in events)
    assert all("dDurationMs" in event for event in events)
    assert events[0]["segs"][0]["utf8"][0].isupper()
    ends = [event["tStartMs"] + event["dDurationMs"] for event in events]
    assert max(ends) <= stand_in.video(MANUAL).duration_seconds * 1000


@pytest.mark.parametrize("form", ["srv1", "srv2", "srv3", "ttml"])
@pytest.mark.parametrize("video_id", [AUTO, MANUAL])
def test_the_xml_formats_are_well_formed(captions: Any, video_id: str, form: str) -> None:
    answer = captions(video_id, fmt=form)

    assert answer.headers["content-type"] == "text/xml; charset=UTF-8"
    assert len(list(ET.fromstring(answer.content).iter())) > 3


@pytest.mark.parametrize("video_id", [AUTO, MANUAL])
def test_the_vtt_has_its_header_and_cues(captions: Any, video_id: str) -> None:
    lines = captions(video_id, fmt="vtt").text.splitlines()

    assert lines[0] == "WEBVTT"
    assert sum("-->" in line for line in lines) > 3


def test_the_rolling_vtt_of_an_automatic_track_has_word_tags(captions: Any) -> None:
    assert "<c>" in captions(AUTO, fmt="vtt").text


@pytest.mark.parametrize(
    "changes",
    [
        {"lang": "ja"},
        {"kind": ""},
        {"signature": ""},
        {"expire": "1600000000"},
        {"exp": "xpe"},
    ],
)
def test_a_track_that_is_missing_expired_or_locked_is_a_200_without_a_body(
    captions: Any, changes: dict[str, str]
) -> None:
    answer = captions(AUTO, **changes)

    assert (answer.status_code, answer.content) == (200, b"")


def test_a_translation_is_refused(captions: Any) -> None:
    assert captions(AUTO, tlang="fr").status_code == 429


def test_broken_captions_are_half_a_file(captions: Any) -> None:
    answer = captions("CBRK_abcdef", fmt="json3")

    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_every_video_says_something_of_its_own(captions: Any) -> None:
    texts = {captions(f"CAUT_{n:06}", fmt="srv1").text for n in range(20)}

    assert len(texts) == 20


@pytest.mark.parametrize(
    ("name", "size"),
    [("mqdefault", (320, 180)), ("hqdefault", (480, 360)), ("maxresdefault", (1280, 720))],
)
def test_a_preview_picture_is_a_jpeg_of_the_right_size(
    stand_in: StandIn, name: str, size: tuple[int, int]
) -> None:
    answer = httpx.get(f"{stand_in.url}/vi/abcdefghijk/{name}.jpg")

    assert answer.headers["content-type"] == "image/jpeg"
    assert jpeg_size(answer.content) == size


def jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while data[at + 1] not in (0xC0, 0xC2):
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    height, width = struct.unpack_from(">HH", data, at + 5)
    return width, height


def test_a_deleted_video_has_a_grey_picture_and_a_404(stand_in: StandIn) -> None:
    answer = httpx.get(f"{stand_in.url}/vi/GONE_abcdef/mqdefault.jpg")

    assert answer.status_code == 404
    assert jpeg_size(answer.content) == (120, 90)


@pytest.mark.parametrize(
    ("video_id", "status"),
    [
        ("abcdefghijk", 200),
        ("PRIV_abcdef", 403),
        ("GONE_abcdef", 404),
        ("NOEM_abcdef", 401),
        ("MEMB_abcdef", 200),
    ],
)
def test_oembed_refuses_what_it_refuses_on_youtube(
    stand_in: StandIn, video_id: str, status: int
) -> None:
    address = f"{stand_in.url}/oembed?format=json&url=https://www.youtube.com/watch?v={video_id}"

    answer = httpx.get(address, headers=YOUTUBE)

    assert answer.status_code == status
    if status == 200:
        assert answer.json()["title"] == stand_in.video(video_id).title


def data_api(stand_in: StandIn, **query: str) -> httpx.Response:
    given = {"part": "snippet,contentDetails,status", "key": "k", **query}
    headers = {"X-Standin-Host": "www.googleapis.com"}
    return httpx.get(f"{stand_in.url}/youtube/v3/videos", params=given, headers=headers)


def test_the_data_api_lists_what_can_be_listed(stand_in: StandIn) -> None:
    ids = ["L01H_abcdef", "PRIV_abcdef", "GONE_abcdef", "NOEM_abcdef", "LIVE_abcdef"]

    items = {item["id"]: item for item in data_api(stand_in, id=",".join(ids)).json()["items"]}

    assert list(items) == ["L01H_abcdef", "NOEM_abcdef", "LIVE_abcdef"]
    assert items["L01H_abcdef"]["contentDetails"]["duration"] == "PT1H"
    assert items["NOEM_abcdef"]["status"]["embeddable"] is False
    assert items["LIVE_abcdef"]["snippet"]["liveBroadcastContent"] == "live"


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ({"id": "abcdefghijk", "key": ""}, 403, "forbidden"),
        ({"id": "abcdefghijk", "key": "invalid"}, 400, "badRequest"),
        ({"id": ""}, 400, "missingRequiredParameter"),
        ({"id": ",".join(["abcdefghijk"] * 51)}, 400, "invalidFilters"),
    ],
)
def test_the_data_api_refuses_as_google_does(
    stand_in: StandIn, query: dict[str, str], status: int, reason: str
) -> None:
    answer = data_api(stand_in, **query)

    assert answer.status_code == status
    assert answer.json()["error"]["errors"][0]["reason"] == reason


def media(stand_in: StandIn, target: str, **headers: str) -> httpx.Response:
    headers["X-Standin-Host"] = "rr1---sn-standin.googlevideo.com"
    return httpx.get(f"{stand_in.url}/videoplayback?{target}", headers=headers)


def media_query(**changes: str) -> str:
    query = {
        "expire": str(int(time.time()) + 60),
        "id": "o-standin-abcdefghijk",
        "itag": "140",
        "sig": "x",
        **changes,
    }
    return "&".join(f"{key}={value}" for key, value in query.items())


def test_sound_comes_whole_or_in_ranges(stand_in: StandIn) -> None:
    whole = media(stand_in, media_query())
    part = media(stand_in, media_query(), Range="bytes=10-19")
    tail = media(stand_in, media_query(), Range="bytes=-5")
    beyond = media(stand_in, media_query(), Range="bytes=99999999-")

    assert whole.status_code == 200
    assert whole.headers["content-type"] == "audio/mp4"
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert (tail.status_code, tail.content) == (206, whole.content[-5:])
    assert beyond.status_code == 416


@pytest.mark.parametrize("changes", [{"expire": "1600000000"}, {"sig": ""}, {"itag": "9999"}])
def test_sound_is_refused_for_an_old_or_broken_address(
    stand_in: StandIn, changes: dict[str, str]
) -> None:
    assert media(stand_in, media_query(**changes)).status_code == 403


@lru_cache(maxsize=1)
def tune() -> bytes:
    loop = loop_of("audio/webm")
    return ogg_of(loop.part(30, 0, loop.size(30)), 0, 29.9)


def transcribe(stand_in: StandIn, name: str = "audio.ogg", key: str = "k", **more: Any) -> Any:
    return httpx.post(
        f"{stand_in.url}/openai/v1/audio/transcriptions",
        headers={"Authorization": f"Bearer {key}"} if key else {},
        files={"file": (name, tune(), "audio/ogg")},
        data={
            "model": "whisper-large-v3-turbo",
            "response_format": "verbose_json",
            "timestamp_granularities[]": ["segment", "word"],
            **more,
        },
    )


def test_a_transcription_has_segments_words_and_limits(stand_in: StandIn) -> None:
    answer = transcribe(stand_in, language="de")

    spoken = answer.json()
    assert spoken["language"] == "German"
    assert spoken["duration"] == pytest.approx(29.9, abs=0.1)
    assert spoken["text"].startswith(spoken["segments"][0]["text"])
    assert {"start", "end", "avg_logprob", "no_speech_prob"} <= set(spoken["segments"][0])
    assert set(spoken["words"][0]) == {"word", "start", "end"}
    assert all(0 <= w["start"] <= w["end"] <= 30 for w in spoken["words"])
    assert answer.headers["x-ratelimit-limit-audio-seconds"] == "7200"
    assert stand_in.counts()["total"] == {"groq": 1}


def test_the_same_sound_always_has_the_same_words(stand_in: StandIn) -> None:
    assert transcribe(stand_in).json() == transcribe(stand_in).json()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [({"key": ""}, 401), ({"key": "invalid"}, 401), ({"name": "audio.oga"}, 400)],
)
def test_a_transcription_is_refused_as_by_groq(
    stand_in: StandIn, arguments: dict[str, str], status: int
) -> None:
    assert transcribe(stand_in, **arguments).status_code == status


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("status_429", 429, "Please try again in 20s"),
        ("status_413", 413, "Request Entity Too Large"),
        ("status_413_quota", 413, "seconds of audio per hour"),
        ("status_401", 401, "Invalid API Key"),
    ],
)
def test_groqs_faults_speak_groqs_words(
    stand_in: StandIn, fault: str, status: int, words: str
) -> None:
    stand_in.add_fault(kind="groq", fault=fault)

    answer = transcribe(stand_in)

    assert answer.status_code == status
    assert words in answer.json()["error"]["message"]
    assert "retry-after" not in answer.headers


def test_groqs_throttle_spells_long_waits_in_its_own_way(stand_in: StandIn) -> None:
    stand_in.add_fault(kind="groq", fault="status_429", retry_after_seconds=1188)

    answer = transcribe(stand_in)

    assert "try again in 19m48s" in answer.json()["error"]["message"]
    assert answer.headers["retry-after"] == "1188"


def test_a_sound_is_as_long_as_its_video_and_any_part_of_it_can_be_had(
    stand_in: StandIn,
) -> None:
    stand_in.set_scenario("abcdefghijk", duration_seconds=60)
    short = len(media(stand_in, media_query(itag="249")).content)
    stand_in.set_scenario("abcdefghijk", duration_seconds=14_400)
    query = media_query(itag="249")

    whole = media(stand_in, query)
    start, end = 10_000_000, 10_100_000
    part = media(stand_in, query, Range=f"bytes={start}-{end}")

    assert 200 < len(whole.content) / short < 260
    assert part.content == whole.content[start : end + 1]
    stand_in.set_scenario("abcdefghijk", duration_seconds=14_400, sound_seconds=60)
    assert len(media(stand_in, query).content) == short


def test_the_size_in_the_player_answer_is_the_size_on_the_wire(
    stand_in: StandIn, extract: Any
) -> None:
    formats = extract("L10M_abcdef").info["formats"]

    for form in (f for f in formats if f["vcodec"] == "none"):
        target = httpx.URL(form["url"]).query.decode()
        assert len(media(stand_in, target).content) == form["filesize"]


def test_a_transcript_is_in_the_language_of_the_video_fetched_last(stand_in: StandIn) -> None:
    for language, name in (("de", "German"), ("en", "English")):
        stand_in.set_scenario("abcdefghijk", language=language)
        media(stand_in, media_query())
        assert transcribe(stand_in).json()["language"] == name
