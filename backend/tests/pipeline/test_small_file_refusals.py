"""oEmbed, caption files and pictures against every trouble: the right error, and one request each."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from app.adapters.youtube_http import (
    OembedTitles,
    TimedtextCaptions,
    YouTubeHttp,
    YouTubeThumbnails,
)
from app.adapters.ytdlp_client import YtDlpExtractor
from app.core.errors import (
    ErrorCode,
    UpstreamError,
    UpstreamFailed,
    UpstreamRefused,
    UpstreamThrottled,
)
from app.services.enrichment.captions import CaptionTrack, parse_captions
from standin.server import StandIn
from tests.support.raw_server import http, serving

# What YouTube or a browser says is the same whatever keeps it.
pytestmark = pytest.mark.any_database

VIDEO = "CAUT_abcdef"
Fetch = Callable[[], Awaitable[object]]


@pytest.fixture
async def client(standin: StandIn) -> AsyncIterator[YouTubeHttp]:
    client = YouTubeHttp(gateway=standin.url, deadline_scale=1000.0)
    yield client
    await client.close()


async def track_of(standin: StandIn, youtube_id: str = VIDEO) -> CaptionTrack:
    extractor = YtDlpExtractor(
        gateway=standin.url,
        proxy="",
        player_clients=["visionos"],
        wanted_languages=[],
        threads=1,
    )
    found = await extractor.extract(youtube_id, lambda: None)
    extractor.close()
    standin.clear_requests()
    track = found.manual_track or found.other_track
    assert track is not None
    return track


@pytest.fixture
async def fetches(client: YouTubeHttp, standin: StandIn) -> dict[str, Fetch]:
    track = await track_of(standin)
    return {
        "oembed": lambda: OembedTitles(client).fetch(VIDEO),
        "timedtext": lambda: TimedtextCaptions(client).fetch(track),
        "thumbnail": lambda: YouTubeThumbnails(client).fetch(VIDEO),
    }


async def error_of(fetch: Fetch) -> UpstreamError:
    with pytest.raises(UpstreamError) as caught:
        await fetch()
    return caught.value


BLOCKED, THROTTLED = ErrorCode.UPSTREAM_BLOCKED, ErrorCode.UPSTREAM_THROTTLED


@pytest.mark.parametrize("kind", ["oembed", "timedtext", "thumbnail"])
@pytest.mark.parametrize(
    ("fault", "code", "retry_after_seconds"),
    [
        ("status_429", THROTTLED, None),
        ("status_429_retry_after", THROTTLED, 30.0),
        ("bot_check", THROTTLED, None),
        ("session_limit", THROTTLED, None),
        ("sorry_page", BLOCKED, None),
        ("sorry_redirect", BLOCKED, None),
        ("consent_page", BLOCKED, None),
    ],
)
async def test_a_block_blames_the_lane(
    fetches: dict[str, Fetch],
    standin: StandIn,
    kind: str,
    fault: str,
    code: ErrorCode,
    retry_after_seconds: float | None,
) -> None:
    standin.add_fault(kind=kind, fault=fault)

    error = await error_of(fetches[kind])

    assert isinstance(error, UpstreamThrottled)
    assert error.code is code
    assert error.retry_after_seconds == retry_after_seconds
    assert [entry.kind for entry in standin.requests] == [kind]


@pytest.mark.parametrize("kind", ["oembed", "timedtext", "thumbnail"])
@pytest.mark.parametrize("fault", ["status_500", "status_503", "reset", "truncated"])
async def test_trouble_is_tried_again(
    fetches: dict[str, Fetch], standin: StandIn, kind: str, fault: str
) -> None:
    standin.add_fault(kind=kind, fault=fault)

    assert type(await error_of(fetches[kind])) is UpstreamFailed
    assert [entry.kind for entry in standin.requests] == [kind]


@pytest.mark.parametrize("kind", ["oembed", "timedtext", "thumbnail"])
@pytest.mark.parametrize("fault", ["hang", "drip"])
async def test_what_never_ends_ends_by_its_deadline(
    fetches: dict[str, Fetch], standin: StandIn, kind: str, fault: str
) -> None:
    standin.add_fault(kind=kind, fault=fault)
    started = time.monotonic()

    assert type(await error_of(fetches[kind])) is UpstreamFailed
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("fault", ["empty", "garbage"])
async def test_a_title_that_is_none_is_tried_again(
    fetches: dict[str, Fetch], standin: StandIn, fault: str
) -> None:
    standin.add_fault(kind="oembed", fault=fault)

    assert type(await error_of(fetches["oembed"])) is UpstreamFailed


@pytest.mark.parametrize("fault", ["status_400", "status_401", "status_403", "status_404"])
async def test_oembed_may_refuse_and_says_nothing_about_the_video(
    fetches: dict[str, Fetch], standin: StandIn, fault: str
) -> None:
    standin.add_fault(kind="oembed", fault=fault)

    assert isinstance(await error_of(fetches["oembed"]), UpstreamRefused)


async def test_a_forbidden_caption_file_is_a_block(
    fetches: dict[str, Fetch], standin: StandIn
) -> None:
    standin.add_fault(kind="timedtext", fault="status_403")

    error = await error_of(fetches["timedtext"])

    assert isinstance(error, UpstreamThrottled)
    assert error.code is BLOCKED


@pytest.mark.parametrize("fault", ["garbage", "status_400", "status_404"])
async def test_captions_that_are_none_are_tried_again(
    fetches: dict[str, Fetch], standin: StandIn, fault: str
) -> None:
    standin.add_fault(kind="timedtext", fault=fault)

    assert type(await error_of(fetches["timedtext"])) is UpstreamFailed


async def test_an_empty_caption_file_is_an_answer(
    fetches: dict[str, Fetch], standin: StandIn
) -> None:
    standin.add_fault(kind="timedtext", fault="empty")

    assert await fetches["timedtext"]() == b""


async def test_half_a_caption_file_is_tried_again(client: YouTubeHttp, standin: StandIn) -> None:
    track = await track_of(standin, "CBRK_abcdef")

    assert type(await error_of(lambda: TimedtextCaptions(client).fetch(track))) is UpstreamFailed


async def test_a_whole_caption_file_can_be_read(fetches: dict[str, Fetch]) -> None:
    body = await fetches["timedtext"]()

    assert isinstance(body, bytes)
    assert parse_captions(body, "json3")


@pytest.mark.parametrize("fault", ["status_403", "status_404", "garbage", "empty"])
async def test_a_picture_that_is_none_is_no_error(
    fetches: dict[str, Fetch], standin: StandIn, fault: str
) -> None:
    standin.add_fault(kind="thumbnail", fault=fault)

    assert await fetches["thumbnail"]() is None


HTML = b"<!DOCTYPE html><html><body>Something else</body></html>"


@pytest.mark.parametrize("ext", ["json3", "vtt", "srv1"])
async def test_a_page_in_place_of_captions_is_tried_again(ext: str) -> None:
    async with serving(lambda _path: http(HTML)) as url:
        client = YouTubeHttp(gateway=url)
        track = CaptionTrack("de", "auto", "https://www.youtube.com/api/timedtext?v=x", ext, False)
        error = await error_of(lambda: TimedtextCaptions(client).fetch(track))
        await client.close()

    assert type(error) is UpstreamFailed


@pytest.mark.parametrize(
    "body", [b"[]", b"3", b'{"title": 3}', b'{"title": ', b"[" * 100_000, HTML]
)
async def test_an_oembed_answer_of_any_shape_is_tried_again(body: bytes) -> None:
    async with serving(lambda _path: http(body)) as url:
        client = YouTubeHttp(gateway=url)
        error = await error_of(lambda: OembedTitles(client).fetch(VIDEO))
        await client.close()

    assert isinstance(error, UpstreamFailed | UpstreamRefused)


async def test_a_forbidden_oembed_that_shows_a_captcha_is_a_block() -> None:
    wall = b"<html><body>unusual traffic from your computer network</body></html>"
    async with serving(lambda _path: http(wall, status="403 Forbidden")) as url:
        client = YouTubeHttp(gateway=url)
        error = await error_of(lambda: OembedTitles(client).fetch(VIDEO))
        await client.close()

    assert isinstance(error, UpstreamThrottled)
    assert error.code is BLOCKED
