"""Which of a video's sounds is fetched."""

from typing import Any

import pytest

from app.services.enrichment.sound_tracks import smallest_sound

_HOST = "https://rr1---sn-abc.googlevideo.com"


def sound(format_id: str, size: int | None, **changes: Any) -> dict[str, Any]:
    return {
        "format_id": format_id,
        "url": f"{_HOST}/videoplayback?id={format_id}&expire=1795456800",
        "ext": "m4a",
        "vcodec": "none",
        "acodec": "mp4a.40.5",
        "filesize": size,
        "tbr": 48.5,
        "language_preference": -1,
        **changes,
    }


def chosen(*formats: dict[str, Any]) -> str | None:
    track = smallest_sound(formats)
    return track.format["format_id"] if track else None


def test_the_smallest_sound_without_a_picture_is_taken() -> None:
    picture = sound("160", 5, vcodec="avc1", acodec="none")
    both = sound("18", 10, vcodec="avc1")
    track = smallest_sound([picture, both, sound("140", 300), sound("139", 100)])

    assert track is not None
    assert (track.format["format_id"], track.size_bytes, track.ext) == ("139", 100, "m4a")
    assert track.expires_at == 1795456800
    assert set(track.format) <= {"format_id", "url", "ext", "filesize"}


def test_the_original_language_goes_before_dubbed_ones() -> None:
    dubbed = sound("139-1", 50, language_preference=-10)
    assert chosen(dubbed, sound("139-0", 100, language_preference=10)) == "139-0"


def test_damaged_ones_are_the_last_resort_and_unknown_sizes_are_judged_by_rate() -> None:
    assert chosen(sound("139", 10, preference=-10), sound("140", 100)) == "140"
    assert chosen(sound("139", 10, preference=-10)) == "139"
    assert chosen(sound("251", None, tbr=130), sound("249", None, tbr=50)) == "249"


@pytest.mark.parametrize(
    "changes",
    [
        {"format_id": "139-drc"},
        {"has_drm": True},
        {"protocol": "m3u8_native"},
        {"fragments": [{"url": "x"}]},
        {"ext": "mp3"},
        {"url": None},
        {"url": "https://example.org/videoplayback"},
        {"url": "http://rr1.googlevideo.com/videoplayback"},
        {"url": "https://[broken"},
    ],
)
def test_what_can_not_be_fetched_as_one_file_is_no_sound(changes: dict[str, Any]) -> None:
    assert smallest_sound([sound("139", 10) | changes]) is None


def test_a_video_without_formats_has_no_sound() -> None:
    assert smallest_sound([]) is None
