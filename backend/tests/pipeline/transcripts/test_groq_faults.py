"""Whoever transcribes is in trouble: how the video ends, what it cost, and that all else goes on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from app.core.settings import Settings
from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.server import Client, RunningApp, running_app, until
from tests.support.whisper import (
    billed_seconds,
    captions_of,
    make_silent,
    spent_seconds,
    times_sent,
    until_given_up,
    until_source,
)

pytestmark = [
    pytest.mark.timeout(90),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
NAME = "troublevide"
SECONDS = 48

# These are answered by the upstream itself, and cost nothing; the same sound is simply sent again.
FREE = {
    "minute used up": {"fault": "status_429", "limit": "RPM", "retry_after_seconds": 1, "count": 2},
    "hour used up": {"fault": "status_429", "limit": "ASPH", "retry_after_seconds": 1, "count": 1},
    "day used up": {"fault": "status_429", "limit": "ASPD", "retry_after_seconds": 1, "count": 1},
    "500": {"fault": "status_500", "count": 3},
    "400": {"fault": "status_400", "count": 1},
}
# Here nobody knows, or it was heard: this part is paid for once more, no other.
PAID = {
    "hang": {"fault": "hang", "count": 1},
    "reset": {"fault": "reset", "count": 2},
    "truncated": {"fault": "truncated", "count": 1},
    "garbage": {"fault": "garbage", "count": 2},
}
SMALLER = {
    "file too large": {"fault": "status_413", "count": 1},
    "larger than the quota": {"fault": "status_413_quota", "count": 1},
}


async def come_through(
    app: RunningApp,
    client: Client,
    standin: StandIn,
    fault: dict[str, Any],
    seconds: int = SECONDS,
) -> dict[str, Any]:
    """A video in trouble, and two with captions beside it; the former, when all is over."""
    others = video_ids(2)
    for video_id in others:
        standin.set_scenario(video_id, captions="auto")
    make_silent(standin, NAME, seconds=seconds)
    standin.add_fault(kind="groq", **fault)
    await client.add(f"https://youtu.be/{NAME}")

    async def in_trouble() -> bool | None:
        return True if any(upload.fault for upload in standin.uploads) else None

    await until(in_trouble, 30)
    await client.batch({"text": links(others)})
    for video_id in others:
        await until_source(client, "youtube_auto", 30, video_id)
    (video,) = await until_source(client, youtube_id=NAME, seconds=60)
    assert (video["import_stage"], video["captions_pending"]) == ("complete", False)
    # What is written down is what was billed, to the second: refusals cost nothing.
    spent = await spent_seconds(app.runtime.database)
    assert spent == pytest.approx(billed_seconds(standin), abs=0.5)
    return video


@pytest.mark.parametrize("fault", FREE.values(), ids=FREE)
async def test_what_is_refused_is_sent_again_and_paid_for_once(
    app: RunningApp, client: Client, standin: StandIn, fault: dict[str, Any]
) -> None:
    await come_through(app, client, standin, fault, seconds=12)
    assert len(times_sent(standin)) == 1
    assert len(standin.uploads) == fault["count"] + 1
    assert billed_seconds(standin) < 15.5


@pytest.mark.parametrize("fault", PAID.values(), ids=PAID)
async def test_an_answer_that_is_lost_is_asked_for_again(
    app: RunningApp, client: Client, standin: StandIn, fault: dict[str, Any]
) -> None:
    # A short sound, for the patience with a call grows with its sound.
    await come_through(app, client, standin, fault, seconds=10)
    assert list(times_sent(standin).values()) == [fault["count"] + 1]


@pytest.mark.parametrize("fault", SMALLER.values(), ids=SMALLER)
async def test_a_part_that_is_too_large_is_sent_in_two(
    app: RunningApp, client: Client, standin: StandIn, fault: dict[str, Any]
) -> None:
    video = await come_through(app, client, standin, fault)
    whole, *halves = standin.uploads
    assert whole.billed_seconds == 0
    assert len(halves) == 2
    assert sum(half.duration_seconds for half in halves) < SECONDS + 8
    cues = (await captions_of(client, video["id"]))["cues"]
    assert cues[-1]["start_seconds"] > SECONDS / 2


async def test_where_every_part_is_too_large_the_captions_have_failed(
    client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=50)
    standin.add_fault(kind="groq", fault="status_413")
    await client.add(f"https://youtu.be/{NAME}")

    video = await until_given_up(client, 30)
    assert (video["import_stage"], video["captions_pending"]) == ("complete", False)
    assert billed_seconds(standin) == 0


async def test_a_partial_answer_is_completed_by_halves(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    video = await come_through(app, client, standin, {"fault": "partial", "count": 1})
    assert len(standin.uploads) == 3
    cues = (await captions_of(client, video["id"]))["cues"]
    assert cues[-1]["start_seconds"] > SECONDS * 0.6


async def test_what_is_invented_past_the_end_is_left_out(client: Client, standin: StandIn) -> None:
    make_silent(standin, NAME, seconds=20)
    standin.add_fault(kind="groq", fault="hallucination")
    await client.add(f"https://youtu.be/{NAME}")
    (video,) = await until_source(client)
    text = str((await captions_of(client, video["id"]))["cues"])
    assert not any(words in text for words in ("Thanks for watching", "So, so", "Bye."))


@pytest.mark.parametrize("more", [{"transcription_wait_seconds": 1.0}])
async def test_a_quota_that_is_used_up_for_long_keeps_no_video_waiting(
    client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=20)
    standin.add_fault(kind="groq", fault="status_429", limit="ASPD", retry_after_seconds=900)
    await client.add(f"https://youtu.be/{NAME}")
    (video,) = await client.until_settled(30)

    assert (video["import_stage"], video["captions_source"]) == ("complete", "none")
    assert (video["captions_pending"], video["captions_code"]) == (True, "captions_none")

    async def paused() -> dict[str, Any] | None:
        lanes = (await client.http.get("/lanes")).json()
        lane: dict[str, Any] = next(each for each in lanes if each["name"] == "groq")
        return lane if lane["state"] == "paused" else None

    lane = await until(paused)
    later = datetime.fromisoformat(lane["resumes_at"]) - datetime.now(UTC)
    assert timedelta(minutes=10) < later < timedelta(minutes=20)
    # The next one does not even ask.
    (other,) = video_ids(1)
    make_silent(standin, other, seconds=20)
    await client.add(other)
    await client.until_settled(30)
    assert len(standin.uploads) == 1


@pytest.mark.parametrize(
    "more", [{"transcription_part_seconds": 20.0, "groq_requests_per_minute": 0}]
)
async def test_a_limit_that_nobody_knew_of_is_learned_from_refusals(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    standin.set_groq_limits(requests_per_minute=2, retry_after=False, speed=60)
    make_silent(standin, NAME, seconds=120)
    await client.add(f"https://youtu.be/{NAME}")
    await until_source(client, seconds=60)
    refused = [upload for upload in standin.uploads if upload.status == 429]
    assert 1 <= len(refused) <= 2
    spent = await spent_seconds(app.runtime.database)
    assert spent == pytest.approx(billed_seconds(standin), abs=0.5)


@pytest.mark.parametrize("more", [{"transcription_wait_seconds": 2.0}])
async def test_an_upstream_that_stays_down_keeps_no_video_waiting_and_catches_up(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=20)
    standin.add_fault(kind="groq", fault="status_500")
    await client.add(f"https://youtu.be/{NAME}")
    (video,) = await client.until_settled(40)
    assert (video["import_stage"], video["captions_source"]) == ("complete", "none")
    assert (video["captions_pending"], video["captions_code"]) == (True, "captions_none")
    assert await spent_seconds(app.runtime.database) == 0

    standin.clear_faults()
    await until_source(client, seconds=60)


async def problem(client: Client) -> str | None:
    shown: str | None = (await client.http.get("/transcription")).json()["problem_code"]
    return shown


@pytest.mark.parametrize("fault", ["status_401", "status_403"])
async def test_a_key_that_is_refused_is_said_once_and_the_videos_wait_for_another_one(
    settings: Settings, standin: StandIn, fault: str
) -> None:
    ids = video_ids(4)
    make_silent(standin, *ids, seconds=20)
    standin.add_fault(kind="groq", fault=fault)
    async with running_app(settings) as app:
        client = await app.sign_in()
        await client.batch({"text": links(ids)})
        videos = await client.until_settled(40)

        assert await until(lambda: problem(client)) == "transcription_key_invalid"
        assert {video["import_stage"] for video in videos} == {"complete"}
        # It is nothing about these videos.
        assert {video["captions_code"] for video in videos} == {"captions_none"}
        assert all(video["captions_pending"] for video in videos)
        assert len(standin.uploads) <= 2
        assert await spent_seconds(app.runtime.database) == 0
        for video in videos:
            found = (await client.http.get(f"/videos/{video['id']}/enrichment")).json()
            shown = found["transcription"]
            assert (shown["state"], shown["reason_code"]) == (
                "waiting",
                "transcription_key_invalid",
            )
        refused = await client.http.post(f"/videos/{videos[0]['id']}/transcription")
        assert (refused.status_code, refused.json()["code"]) == (409, "transcription_key_invalid")

    switched_off = settings.model_copy(update={"transcription_provider": "off"})
    async with running_app(switched_off) as app:
        client = await app.sign_in()
        waiting = await client.videos()
        assert {video["captions_code"] for video in waiting} == {"transcription_off"}
        assert all(video["captions_pending"] for video in waiting)

    standin.clear_faults()
    other = settings.model_copy(update={"groq_api_key": SecretStr("gsk_other")})
    async with running_app(other) as app:
        client = await app.sign_in()
        await until_source(client, seconds=40)
        assert await problem(client) is None


async def test_a_model_that_is_not_there_is_said_too(settings: Settings, standin: StandIn) -> None:
    make_silent(standin, NAME, seconds=20)
    settings = settings.model_copy(update={"groq_model": "whisper-tiny-typo"})
    async with running_app(settings) as app:
        client = await app.sign_in()
        await client.add(f"https://youtu.be/{NAME}")
        (video,) = await client.until_settled(40)
        assert await until(lambda: problem(client)) == "transcription_model_missing"
        assert (video["captions_source"], video["captions_pending"]) == ("none", True)
