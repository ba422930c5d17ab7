"""Reading yt-dlp's answer."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import UpstreamFailed
from app.models import ChaptersSource
from app.services.enrichment.captions import CaptionTrack
from app.services.enrichment.extraction import extraction_from_info, is_expired

DESCRIPTION = "0:00 Anfang\n1:00 Mitte\n2:00 Ende"


def info(**changes: Any) -> dict[str, Any]:
    return {
        "id": "dQw4w9WgXcQ",
        "title": "Titel",
        "channel": "Kanal",
        "duration": 213.4,
        "description": DESCRIPTION,
        "timestamp": 1_700_000_000,
        "formats": [
            {"language": "en", "language_preference": -1},
            {"language": "de", "language_preference": 10},
        ],
        "subtitles": {},
        "automatic_captions": {},
        **changes,
    }


def test_markers_go_before_the_description() -> None:
    markers = [
        {"start_time": 0, "end_time": 100, "title": "A"},
        {"start_time": 100, "end_time": 213, "title": "B"},
    ]
    found = extraction_from_info("dQw4w9WgXcQ", info(chapters=markers), [])

    assert found.chapters_source is ChaptersSource.YOUTUBE
    assert [chapter.title for chapter in found.chapters] == ["A", "B"]


def test_without_markers_the_description_is_read() -> None:
    found = extraction_from_info("dQw4w9WgXcQ", info(), [])

    assert found.chapters_source is ChaptersSource.DESCRIPTION
    assert [chapter.start_seconds for chapter in found.chapters] == [0, 60, 120]
    assert found.duration_seconds == 213
    assert found.published_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert found.language == "de"


def test_a_day_is_enough_for_the_date() -> None:
    found = extraction_from_info("dQw4w9WgXcQ", info(timestamp=None, upload_date="20240229"), [])

    assert found.published_at == datetime(2024, 2, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "changes", [{"id": "aaaaaaaaaaa"}, {"title": None}, {"title": ""}, {"_type": "playlist"}]
)
def test_an_answer_about_another_video_or_none_is_tried_again(changes: dict[str, Any]) -> None:
    with pytest.raises(UpstreamFailed):
        extraction_from_info("dQw4w9WgXcQ", info(**changes), [])


@pytest.mark.parametrize("formats", [[], None])
def test_a_video_whose_formats_are_kept_back_is_read_all_the_same(formats: Any) -> None:
    found = extraction_from_info("dQw4w9WgXcQ", info(formats=formats), [])

    assert (found.title, found.language) == ("Titel", None)


def test_nul_never_reaches_the_database() -> None:
    found = extraction_from_info("dQw4w9WgXcQ", info(title="a\x00b", channel="\x00"), [])

    assert (found.title, found.channel) == ("ab", None)


@pytest.mark.parametrize(
    ("query", "expired"),
    [("expire=1000", True), ("expire=99999999999", False), ("", False), ("expire=x", False)],
)
def test_an_old_caption_address_is_known_to_be_old(query: str, expired: bool) -> None:
    track = CaptionTrack(
        "en", "auto", f"https://www.youtube.com/api/timedtext?{query}", "json3", False
    )

    assert is_expired(track, datetime(2026, 1, 1, tzinfo=UTC)) is expired


@given(
    duration=st.none() | st.integers() | st.floats(),
    timestamp=st.none() | st.integers() | st.floats(),
    upload_date=st.none() | st.text("0123456789²", min_size=8, max_size=8),
    description=st.none() | st.text(max_size=60),
)
@settings(max_examples=100, deadline=None)
def test_numbers_that_are_none_cost_a_video_nothing_but_them(**changes: Any) -> None:
    found = extraction_from_info("dQw4w9WgXcQ", info(**changes), [])

    assert found.title == "Titel"
    assert found.duration_seconds is None or 0 <= found.duration_seconds < 2**31


@given(st.text(max_size=40) | st.text("0123456789", min_size=4000, max_size=6000))
@settings(max_examples=50, deadline=None)
def test_any_end_of_an_address_is_read(expire: str) -> None:
    url = f"https://www.youtube.com/api/timedtext?{urlencode({'expire': expire})}"

    assert is_expired(CaptionTrack("de", "manual", url, "json3", False), datetime.now(UTC)) in (
        True,
        False,
    )
