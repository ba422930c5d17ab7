"""Fetching sounds: every request counted, nothing foreign written, breaks gone on from."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.ytdlp_client import YtDlpExtractor
from app.adapters.ytdlp_sound import YtDlpSoundSource
from app.core.errors import (
    ErrorCode,
    LaneClosed,
    SoundAddressExpired,
    SoundUnavailable,
    UpstreamError,
    UpstreamFailed,
    UpstreamThrottled,
)
from app.services.transcription.ports import SoundTrack
from standin.server import StandIn
from standin.sound import loop_of

VIDEO = "dQw4w9WgXcQ"
# 11 MB: two requests.
SECONDS = 4000
DEADLINE_SCALE = 200.0


class Charges:
    """Counts requests, and refuses from some number on."""

    def __init__(self, allowed: int = 1000) -> None:
        self.count = 0
        self._allowed = allowed

    def __call__(self) -> None:
        if self.count >= self._allowed:
            raise LaneClosed("enough")
        self.count += 1


@pytest.fixture
async def source(standin: StandIn) -> AsyncIterator[YtDlpSoundSource]:
    made = YtDlpSoundSource(
        gateway=standin.url,
        proxy="",
        threads=1,
        max_bytes=20_000_000,
        deadline_scale=DEADLINE_SCALE,
    )
    yield made
    made.close()


@pytest.fixture
async def track(standin: StandIn) -> SoundTrack:
    standin.set_scenario(VIDEO, sound_seconds=SECONDS)
    extractor = YtDlpExtractor(
        gateway=standin.url, proxy="", player_clients=["visionos"], wanted_languages=[], threads=1
    )
    found = await extractor.extract(VIDEO, lambda: None)
    extractor.close()
    assert found.sound_track is not None
    return found.sound_track


def whole_file() -> bytes:
    loop = loop_of("audio/webm")
    return loop.part(SECONDS, 0, loop.size(SECONDS))


def requests_at(standin: StandIn) -> int:
    return sum(entry.kind == "media" for entry in standin.requests)


def files_in(directory: Path) -> list[Path]:
    return list(directory.iterdir())


async def test_a_sound_is_fetched_whole_and_each_request_is_charged(
    source: YtDlpSoundSource, track: SoundTrack, standin: StandIn, tmp_path: Path
) -> None:
    charges = Charges()
    path = await source.fetch(VIDEO, track, tmp_path, charges)

    assert (track.ext, track.size_bytes) == ("webm", len(whole_file()))
    assert path.read_bytes() == whole_file()
    assert charges.count == requests_at(standin) == 2
    assert files_in(tmp_path) == [path]


@pytest.mark.parametrize("fault", ["truncated", "reset", "drip"])
async def test_a_break_is_gone_on_from(
    source: YtDlpSoundSource, track: SoundTrack, standin: StandIn, tmp_path: Path, fault: str
) -> None:
    standin.add_fault(kind="media", fault=fault, count=1, after=1)
    charges = Charges()
    path = await source.fetch(VIDEO, track, tmp_path, charges)

    assert path.read_bytes() == whole_file()
    assert charges.count == requests_at(standin) == 3


async def test_what_the_lane_interrupts_is_gone_on_with_the_next_time(
    source: YtDlpSoundSource, track: SoundTrack, standin: StandIn, tmp_path: Path
) -> None:
    with pytest.raises(LaneClosed):
        await source.fetch(VIDEO, track, tmp_path, Charges(allowed=1))
    path = await source.fetch(VIDEO, track, tmp_path, Charges())

    assert path.read_bytes() == whole_file()
    assert requests_at(standin) == 2


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("status_403", SoundAddressExpired),
        ("status_404", SoundAddressExpired),
        ("status_410", SoundAddressExpired),
        ("status_429", UpstreamThrottled),
        ("sorry_page", UpstreamThrottled),
        ("sorry_redirect", UpstreamThrottled),
        ("status_416", UpstreamFailed),
        ("status_503", UpstreamFailed),
        ("garbage", UpstreamFailed),
        ("empty", UpstreamFailed),
        ("reset", UpstreamFailed),
    ],
)
async def test_every_refusal_is_judged_and_leaves_no_file(
    source: YtDlpSoundSource,
    track: SoundTrack,
    standin: StandIn,
    tmp_path: Path,
    fault: str,
    error: type[UpstreamError],
) -> None:
    standin.add_fault(kind="media", fault=fault)
    charges = Charges()
    with pytest.raises(error) as caught:
        await source.fetch(VIDEO, track, tmp_path, charges)

    assert type(caught.value) is error
    assert charges.count == requests_at(standin) == 1
    assert files_in(tmp_path) == []
    if fault == "sorry_page":
        assert getattr(caught.value, "code", None) is ErrorCode.UPSTREAM_BLOCKED


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"expires_at": 1.0}, SoundAddressExpired),
        ({"size_bytes": 20_000_001}, SoundUnavailable),
        ({"url": "https://example.org/videoplayback"}, SoundUnavailable),
    ],
)
async def test_what_is_hopeless_costs_no_request(
    source: YtDlpSoundSource,
    track: SoundTrack,
    standin: StandIn,
    tmp_path: Path,
    changes: dict[str, object],
    error: type[UpstreamError],
) -> None:
    charges = Charges()
    with pytest.raises(error):
        await source.fetch(VIDEO, replace(track, **changes), tmp_path, charges)  # type: ignore[arg-type]
    assert charges.count == requests_at(standin) == 0


async def test_a_sound_that_is_larger_than_it_said_is_given_up(
    track: SoundTrack, standin: StandIn, tmp_path: Path
) -> None:
    small = YtDlpSoundSource(gateway=standin.url, proxy="", threads=1, max_bytes=11_000_000)
    with pytest.raises(SoundUnavailable):
        await small.fetch(VIDEO, replace(track, size_bytes=None), tmp_path, Charges())
    small.close()
    assert files_in(tmp_path) == []


async def test_cancelling_hangs_up(
    source: YtDlpSoundSource, track: SoundTrack, standin: StandIn, tmp_path: Path
) -> None:
    standin.add_fault(kind="media", fault="hang")
    fetching = asyncio.create_task(source.fetch(VIDEO, track, tmp_path, Charges()))
    async with asyncio.timeout(10):
        while not requests_at(standin):  # noqa: ASYNC110 - it counts, it does not tell
            await asyncio.sleep(0.01)
    async with asyncio.timeout(1.5):
        fetching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetching
    standin.clear_faults()
    # The one thread is free again.
    assert (await source.fetch(VIDEO, track, tmp_path, Charges())).read_bytes() == whole_file()
