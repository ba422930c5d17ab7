"""The player lane against every refusal and every trouble: the right error, and no request too many."""

import gzip
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from datetime import UTC, datetime
from typing import Any

import pytest

from app.adapters.ytdlp_client import YtDlpExtractor
from app.core.errors import (
    ErrorCode,
    UpstreamError,
    UpstreamFailed,
    UpstreamThrottled,
    VideoNotYet,
    VideoUnavailable,
)
from app.services.enrichment.ports import Extraction
from standin.server import StandIn
from tests.support.raw_server import http, serving

# What YouTube or a browser says is the same whatever keeps it.
pytestmark = pytest.mark.any_database

VIDEO = "KMRK_abcdef"
# A request's deadline then is the shortest there is: 3 s.
FAST = 1000.0


class Lane:
    """An extractor with its count of charges."""

    def __init__(self, gateway: str, clients: list[str], scale: float = FAST) -> None:
        self.charges = 0
        self.extractor = YtDlpExtractor(
            gateway=gateway,
            proxy="",
            player_clients=clients,
            wanted_languages=["de"],
            threads=2,
            deadline_scale=scale,
        )

    def charge(self) -> None:
        self.charges += 1

    async def extract(self, youtube_id: str) -> Extraction:
        return await self.extractor.extract(youtube_id, self.charge)

    async def error_of(self, youtube_id: str = VIDEO) -> UpstreamError:
        with pytest.raises(UpstreamError) as caught:
            await self.extract(youtube_id)
        return caught.value


@pytest.fixture
def lane(standin: StandIn) -> Iterator[Lane]:
    lane = Lane(standin.url, ["visionos"])
    yield lane
    lane.extractor.close()


def kinds(standin: StandIn) -> list[str]:
    return [entry.kind for entry in standin.requests]


async def test_an_ordinary_video_takes_two_requests_and_both_are_charged(
    lane: Lane, standin: StandIn
) -> None:
    found = await lane.extract(VIDEO)

    assert found.title == standin.video(VIDEO).title
    assert kinds(standin) == ["watch", "player"]
    assert lane.charges == 2


@pytest.mark.parametrize(
    ("prefix", "code"),
    [
        ("PRIV_", "video_private"),
        ("PRDE_", "video_private"),
        ("GONE_", "video_deleted"),
        ("GOBA_", "video_deleted"),
        ("GOCU_", "video_deleted"),
        ("GODE_", "video_deleted"),
        ("TERM_", "video_deleted"),
        ("MEMB_", "video_members_only"),
        ("MEDE_", "video_members_only"),
        ("AGED_", "video_age_restricted"),
        ("AGDE_", "video_age_restricted"),
        ("GEOB_", "video_geo_blocked"),
        ("GEOD_", "video_geo_blocked"),
        ("GEDE_", "video_geo_blocked"),
        ("PAID_", "video_paid"),
    ],
)
async def test_a_video_that_cannot_be_had_is_final_after_two_requests(
    lane: Lane, standin: StandIn, prefix: str, code: str
) -> None:
    error = await lane.error_of(f"{prefix}abcdef")

    assert isinstance(error, VideoUnavailable)
    assert error.code == code
    assert kinds(standin) == ["watch", "player"]


@pytest.mark.parametrize(
    ("prefix", "code"),
    [
        ("SOON_", "video_upcoming"),
        ("PRMR_", "video_upcoming"),
        ("PMDE_", "video_upcoming"),
        ("LIVE_", "video_live"),
        ("POST_", "video_processing"),
        ("NREC_", "video_processing"),
        ("PROC_", "video_processing"),
        ("PCDE_", "video_processing"),
    ],
)
async def test_a_video_that_comes_later_is_waited_for(
    lane: Lane, standin: StandIn, prefix: str, code: str
) -> None:
    error = await lane.error_of(f"{prefix}abcdef")

    assert isinstance(error, VideoNotYet)
    assert error.code == code
    assert kinds(standin) == ["watch", "player"]


@pytest.mark.parametrize("availability", ["upcoming", "premiere", "premiere_german"])
async def test_an_announced_video_says_when(
    lane: Lane, standin: StandIn, availability: str
) -> None:
    standin.set_scenario(VIDEO, availability=availability, release_timestamp=1_900_000_000)

    error = await lane.error_of()

    assert isinstance(error, VideoNotYet)
    assert error.available_at == datetime.fromtimestamp(1_900_000_000, UTC)


@pytest.mark.parametrize("prefix", ["PREM_", "PLAC_", "OTHR_", "HTML_"])
async def test_what_is_unsure_is_tried_again_later_and_costs_nothing_more(
    lane: Lane, standin: StandIn, prefix: str
) -> None:
    error = await lane.error_of(f"{prefix}abcdef")

    assert type(error) is UpstreamFailed
    assert kinds(standin) == ["watch", "player"]


async def test_a_video_made_for_kids_is_found_through_another_client(
    lane: Lane, standin: StandIn
) -> None:
    standin.set_scenario(
        VIDEO, availability="made_for_kids", chapters="markers", duration_seconds=900
    )
    video = standin.video(VIDEO)

    found = await lane.extract(VIDEO)

    assert [entry.client for entry in standin.requests[1:]] == ["VISIONOS", "ANDROID"]
    assert kinds(standin) == ["watch", "player", "player"]
    assert lane.charges == 3
    assert (found.title, found.channel) == (video.title, video.channel.name)
    assert [c.start_seconds for c in found.chapters] == [c.start_seconds for c in video.chapters]
    assert found.other_track is not None


async def test_a_second_opinion_that_is_blocked_blames_the_lane(
    lane: Lane, standin: StandIn
) -> None:
    standin.add_fault(kind="player", fault="status_429", after=1)

    error = await lane.error_of("KIDS_abcdef")

    assert isinstance(error, UpstreamThrottled)
    assert kinds(standin) == ["watch", "player", "player"]


async def test_a_second_opinion_that_gets_lost_leaves_the_video_alive(
    lane: Lane, standin: StandIn
) -> None:
    standin.add_fault(kind="player", fault="garbage", after=1)

    assert type(await lane.error_of("KIDS_abcdef")) is UpstreamFailed


async def test_a_configured_second_client_is_the_second_opinion(standin: StandIn) -> None:
    lane = Lane(standin.url, ["visionos", "android"])

    found = await lane.extract("KIDS_abcdef")
    assert found.title
    assert kinds(standin) == ["watch", "player", "player"]
    standin.clear_requests()
    # A clear word of the first ends it.
    assert isinstance(await lane.error_of("PRIV_abcdef"), VideoUnavailable)
    assert kinds(standin) == ["watch", "player"]
    lane.extractor.close()


BLOCKED = ErrorCode.UPSTREAM_BLOCKED
THROTTLED = ErrorCode.UPSTREAM_THROTTLED
BLOCKS = [
    ("bot_check", BLOCKED, None, None),
    ("session_limit", BLOCKED, None, 3600.0),
    ("sorry_page", BLOCKED, None, None),
    ("sorry_redirect", BLOCKED, None, None),
    ("consent_page", BLOCKED, None, None),
    ("status_403", BLOCKED, None, None),
    ("status_429", THROTTLED, None, None),
    ("status_429_retry_after", THROTTLED, 30.0, None),
]
TROUBLES = ["status_400", "status_404", "status_500", "status_503", "reset", "truncated", "empty"]


@pytest.mark.parametrize("kind", ["watch", "player"])
@pytest.mark.parametrize(("fault", "code", "retry_after_seconds", "pause_seconds"), BLOCKS)
async def test_a_block_blames_the_lane_and_no_request_follows_it(
    lane: Lane,
    standin: StandIn,
    kind: str,
    fault: str,
    code: ErrorCode,
    retry_after_seconds: float | None,
    pause_seconds: float | None,
) -> None:
    standin.add_fault(kind=kind, fault=fault)

    error = await lane.error_of()

    assert isinstance(error, UpstreamThrottled)
    assert error.code is code
    assert error.retry_after_seconds == retry_after_seconds
    assert error.pause_seconds == pause_seconds
    assert kinds(standin) == (["watch"] if kind == "watch" else ["watch", "player"])


@pytest.mark.parametrize("kind", ["watch", "player"])
@pytest.mark.parametrize("fault", ["bot_check", "session_limit"])
async def test_a_block_in_german_is_a_block(
    lane: Lane, standin: StandIn, kind: str, fault: str
) -> None:
    standin.add_fault(kind=kind, fault=fault, language="de")

    error = await lane.error_of()

    assert isinstance(error, UpstreamThrottled)
    assert error.code is BLOCKED


@pytest.mark.parametrize("kind", ["watch", "player"])
@pytest.mark.parametrize("fault", [*TROUBLES, "garbage"])
@pytest.mark.parametrize("youtube_id", [VIDEO, "GONE_abcdef"])
async def test_a_broken_answer_is_tried_again_and_says_nothing_about_the_video(
    lane: Lane, standin: StandIn, kind: str, fault: str, youtube_id: str
) -> None:
    standin.add_fault(kind=kind, fault=fault)

    assert type(await lane.error_of(youtube_id)) is UpstreamFailed
    assert kinds(standin) == (["watch"] if kind == "watch" else ["watch", "player"])


@pytest.mark.parametrize("fault", ["hang", "drip"])
async def test_an_answer_that_never_ends_ends_by_its_deadline(
    lane: Lane, standin: StandIn, fault: str
) -> None:
    standin.add_fault(kind="player", fault=fault, interval_seconds=0.05)
    started = time.monotonic()

    error = await lane.error_of()

    assert type(error) is UpstreamFailed
    assert "no whole answer" in error.detail
    assert time.monotonic() - started < 6


async def test_all_requests_of_a_video_together_end_by_a_deadline(
    lane: Lane, standin: StandIn
) -> None:
    standin.set_latency(2.5)
    started = time.monotonic()

    # Three requests of 2.5 s each stay below their own deadlines, but not below that of the whole.
    assert type(await lane.error_of("KIDS_abcdef")) is UpstreamFailed
    assert time.monotonic() - started < 8


async def test_what_charge_raises_comes_out_as_it_is(lane: Lane, standin: StandIn) -> None:
    paused = UpstreamThrottled("the lane was paused meanwhile", code=BLOCKED)
    left = iter([None, paused])

    def charge() -> None:
        if error := next(left):
            raise error

    with pytest.raises(UpstreamThrottled) as caught:
        await lane.extractor.extract(VIDEO, charge)

    assert caught.value is paused
    assert kinds(standin) == ["watch"]


def test_a_process_that_stops_while_a_request_waits_for_its_permit_is_no_failure(
    lane: Lane,
) -> None:
    def charge() -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        lane.extractor._extract(VIDEO, charge)


# -- answers the stand-in does not give ----------------------------------------------------------


async def error_from(answer: Callable[[str], bytes], **how: Any) -> UpstreamError:
    async with serving(answer, **how) as url:
        lane = Lane(url, ["visionos"])
        try:
            return await lane.error_of()
        finally:
            lane.extractor.close()


@pytest.mark.parametrize("whole_bytes", [10, 80], ids=["headers", "body"])
async def test_a_packed_answer_that_drips_ends_by_its_deadline(whole_bytes: int) -> None:
    packed = http(gzip.compress(bytes(range(256)) * 10), "Content-Encoding: gzip")

    error = await error_from(lambda _path: packed, whole_bytes=whole_bytes)

    assert type(error) is UpstreamFailed
    assert "no whole answer" in error.detail


async def test_a_packed_answer_that_is_cut_off_is_no_answer() -> None:
    packed = http(gzip.compress(b"<html>" + bytes(range(256)) * 100), "Content-Encoding: gzip")

    assert type(await error_from(lambda _path: packed[:-50])) is UpstreamFailed


@pytest.mark.parametrize(
    ("location", "error_class"),
    [
        ("https://www.google.com/sorry/index?continue=x", UpstreamThrottled),
        ("https://consent.youtube.com/m?continue=x", UpstreamThrottled),
        ("https://www.youtube.com/somewhere", UpstreamFailed),
        ("http://[", UpstreamFailed),
        ("", UpstreamFailed),
    ],
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 X", "308 X"])
async def test_no_redirect_is_followed(
    location: str, status: str, error_class: type[UpstreamError]
) -> None:
    paths: list[str] = []

    def answer(path: str) -> bytes:
        paths.append(path)
        return http(b"", f"Location: {location}", status=status)

    assert type(await error_from(answer)) is error_class
    assert len(paths) == 1


PAGE = b"<html><script>var ytInitialPlayerResponse = %s;</script><script>%s</script></html>"


@pytest.mark.parametrize(
    "page",
    [
        # Without its other half yt-dlp would ask `next`, one request more.
        PAGE % (b"null", b""),
        PAGE % (b'{"playabilityStatus": {"status": "OK"}}', b""),
        PAGE % (b'{"playabilityStatus": {"stat', b""),
        PAGE % (b"null", b'var ytInitialData = {"contents": {"x'),
    ],
)
async def test_a_page_that_cannot_be_read_ends_the_extraction(page: bytes) -> None:
    paths: list[str] = []

    def answer(path: str) -> bytes:
        paths.append(path)
        return http(page)

    assert type(await error_from(answer)) is UpstreamFailed
    assert len(paths) == 1


@pytest.mark.parametrize("player", [b"[]", b"null", b"3", b'"x"', b"{}", b"[" * 100_000, b"\xff"])
async def test_a_player_answer_of_any_shape_is_tried_again(player: bytes) -> None:
    page = PAGE % (b"null", b'var ytInitialData = {"contents": {}, "a": [1]};')
    page = page.replace(b'"contents": {}', b'"contents": {"x": 1}')

    def answer(path: str) -> bytes:
        return http(page if path.startswith("/watch") else player)

    assert type(await error_from(answer)) is UpstreamFailed


async def test_an_answer_that_yt_dlp_trips_over_is_tried_again() -> None:
    page = PAGE % (b"null", b'var ytInitialData = {"contents": {"x": 1}};')
    player = (
        b'{"playabilityStatus": {"status": "OK"}, "streamingData": 7,'
        b' "videoDetails": {"videoId": "KMRK_abcdef", "title": "x", "lengthSeconds": "9"}}'
    )

    def answer(path: str) -> bytes:
        return http(page if path.startswith("/watch") else player)

    error = await error_from(answer)

    assert type(error) is UpstreamFailed
    assert "yt-dlp broke" in error.detail
