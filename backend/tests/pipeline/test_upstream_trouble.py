"""An upstream in trouble costs time, never a video."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.server import Client, RunningApp, until


# test_every_fault.py does it with the other database.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("kind", ["oembed", "watch", "player", "timedtext"])
@pytest.mark.parametrize("fault", ["status_429", "status_500", "reset", "garbage"])
async def test_a_passing_fault_ends_no_video(
    client: Client, standin: StandIn, kind: str, fault: str
) -> None:
    ids = video_ids(8)
    for video_id in ids:
        standin.set_scenario(video_id, captions="auto")
    standin.add_fault(kind=kind, fault=fault, count=2)

    await client.batch({"text": links(ids)})
    videos = await client.until_settled()

    assert {video["import_stage"] for video in videos} == {"complete"}
    assert all(video["title"] for video in videos)


async def test_a_throttled_lane_pauses_and_says_so_in_plain_words(
    client: Client, standin: StandIn
) -> None:
    standin.add_fault(
        kind="timedtext", fault="status_429_retry_after", retry_after_seconds=3, count=1
    )
    ids = video_ids(6)
    for video_id in ids:
        standin.set_scenario(video_id, captions="auto")
    await client.batch({"text": links(ids)})

    async def paused() -> dict[str, object] | None:
        lanes = (await client.http.get("/lanes")).json()
        return next((lane for lane in lanes if lane["state"] == "paused"), None)

    lane = await until(paused)
    assert lane["name"] == "timedtext"
    assert lane["reason_code"] == "upstream_throttled"
    assert lane["waiting"] > 0
    assert datetime.fromisoformat(str(lane["resumes_at"])) > datetime.now(UTC)
    # The others go on meanwhile.
    videos = await client.videos()
    assert all(video["import_stage"] != "error" for video in videos)
    assert {video["import_stage"] for video in await client.until_settled()} == {"complete"}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("status_500", "captions_failed"),
        ("garbage", "captions_failed"),
        ("empty", "captions_locked"),
    ],
)
async def test_captions_that_can_not_be_had_keep_no_video_waiting_and_follow_later(
    client: Client, standin: StandIn, fault: str, code: str
) -> None:
    (video_id,) = video_ids(1)
    standin.set_scenario(video_id, captions="auto")
    standin.add_fault(kind="timedtext", fault=fault)
    await client.add(video_id)

    (video,) = await client.until_settled()

    assert (video["captions_source"], video["captions_pending"]) == ("none", True)
    found = (await client.http.get(f"/videos/{video['id']}/enrichment")).json()
    assert found["last_error_code"] == code
    standin.clear_faults()

    async def followed() -> bool | None:
        (now,) = await client.videos()
        assert (now["import_stage"], now["import_progress"]) == ("complete", 100)
        return True if now["captions_source"] == "youtube_auto" else None

    await until(followed, 30)
    (video,) = await client.videos()
    assert video["captions_pending"] is False


async def test_a_video_that_alone_is_refused_does_not_block_the_others(
    client: Client, standin: StandIn
) -> None:
    ids = video_ids(20)
    for video_id in ids:
        standin.set_scenario(video_id, captions="auto")
    standin.add_fault(kind="timedtext", fault="status_403", video_id=ids[0])

    await client.batch({"text": links(ids)})
    videos = {video["youtube_id"]: video for video in await client.until_settled(55)}

    refused = videos.pop(ids[0])
    assert {video["captions_source"] for video in videos.values()} == {"youtube_auto"}
    assert (refused["import_stage"], refused["captions_source"]) == ("complete", "none")


async def test_a_title_comes_with_the_extraction_while_the_cheap_lane_is_paused(
    client: Client, standin: StandIn
) -> None:
    standin.add_fault(
        kind="oembed", fault="status_429_retry_after", retry_after_seconds=600, count=1
    )
    ids = video_ids(6)
    await client.batch({"text": links(ids)})

    videos = await client.until_settled()

    assert {video["import_stage"] for video in videos} == {"complete"}
    assert all(video["title"] for video in videos)
    assert standin.counts()["total"]["oembed"] < len(ids)


async def test_locked_captions_leave_a_complete_video_and_cost_no_request(
    client: Client, standin: StandIn
) -> None:
    (video_id,) = video_ids(1)
    standin.set_scenario(video_id, captions="locked")
    await client.add(video_id)

    (video,) = await client.until_settled()

    assert (video["import_stage"], video["captions_source"]) == ("complete", "none")
    found = (await client.http.get(f"/videos/{video['id']}/enrichment")).json()
    assert found["last_error_code"] == "captions_locked"
    assert "timedtext" not in standin.counts()["total"]


async def test_a_video_that_is_tried_again_much_later_holds_up_neither_estimate_nor_import(
    client: Client, standin: StandIn
) -> None:
    ids = video_ids(6)
    standin.add_fault(kind="player", fault="status_500", video_id=ids[0])

    import_id = (await client.batch({"urls": ids})).json()["import_id"]

    async def only_one_waits() -> dict[str, Any] | None:
        shown: dict[str, Any] = (await client.http.get(f"/imports/{import_id}")).json()
        return shown if shown["state"] == "finished" else None

    shown = await until(only_one_waits)
    assert shown["eta_seconds"] is None
    assert shown["summary"]["imported"] == 5
    assert (shown["summary"]["waiting"], shown["summary"]["later"]) == (1, 1)
    (late,) = [v for v in await client.videos() if v["youtube_id"] == ids[0]]
    assert late["import_stage"] != "error"
    assert late["waiting_until"] is not None

    standin.reset()
    await client.http.post(f"/videos/{late['id']}/enrichment/retry")
    videos = await client.until_settled()
    assert {video["import_stage"] for video in videos} == {"complete"}


async def test_an_outage_of_half_an_hour_costs_hardly_an_attempt(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    ids = video_ids(60)
    standin.add_fault(kind="player", fault="status_503", after=10, duration_seconds=9)
    await client.batch({"text": links(ids)})

    async def down() -> dict[str, Any] | None:
        lanes = (await client.http.get("/lanes")).json()
        lane = next(lane for lane in lanes if lane["name"] == "player")
        return lane if lane["reason_code"] == "upstream_down" else None

    lane = await until(down)
    assert lane["state"] in ("paused", "probing")
    await asyncio.sleep(4)
    async with app.runtime.database.read() as session:
        most = await session.scalar(text("SELECT max(attempts) FROM jobs"))
        in_all = await session.scalar(text("SELECT sum(attempts) FROM jobs"))
    # Until the lane is known to be down one video may come again and again: everything is 200 times as
    # fast as real. All together are few.
    assert most <= 4
    assert in_all <= 6
    videos = await client.until_settled()

    assert {video["import_stage"] for video in videos} == {"complete"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_lane_with_nothing_left_but_broken_videos_holds_no_import_up_for_ever(
    client: Client, standin: StandIn
) -> None:
    ids = video_ids(3)
    for video_id in ids:
        # Refused without a word: perhaps a block in disguise.
        standin.set_scenario(video_id, availability="private_empty_reason")
    import_id = (await client.batch({"text": links(ids)})).json()["import_id"]

    async def finished() -> dict[str, Any] | None:
        shown: dict[str, Any] = (await client.http.get(f"/imports/{import_id}")).json()
        return shown if shown["state"] == "finished" else None

    shown = await until(finished, 55)
    assert (shown["summary"]["waiting"], shown["summary"]["later"]) == (3, 3)
    assert all(video["import_stage"] != "error" for video in await client.videos())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("kind", "fault", "broken"),
    [
        ("watch", "status_403", 2),
        ("watch", "status_403", 5),
        ("timedtext", "status_403", 3),
        ("watch", "status_500", 10),
        ("timedtext", "status_500", 3),
    ],
)
async def test_some_videos_that_are_always_refused_hold_up_none_of_the_others(
    client: Client, standin: StandIn, kind: str, fault: str, broken: int
) -> None:
    ids = video_ids(broken + 20)
    for video_id in ids:
        standin.set_scenario(video_id, captions="auto")
    for video_id in ids[:broken]:
        standin.add_fault(kind=kind, fault=fault, video_id=video_id)
    await client.batch({"text": links(ids)})

    async def others_are_complete() -> bool | None:
        videos = [v for v in await client.videos() if v["youtube_id"] not in ids[:broken]]
        return True if all(v["captions_source"] == "youtube_auto" for v in videos) else None

    await until(others_are_complete, 110)


async def test_a_person_s_own_video_is_not_held_up_by_two_that_are_always_refused(
    client: Client, standin: StandIn
) -> None:
    *refused, own = video_ids(3)
    for video_id in refused:
        standin.add_fault(kind="watch", fault="status_403", video_id=video_id)
    for video_id in refused:
        await client.add(video_id)
    await asyncio.sleep(1.5)
    answer = await client.add(own)

    async def complete() -> bool | None:
        video = (await client.http.get(f"/videos/{answer.json()['id']}")).json()
        return True if video["import_stage"] == "complete" else None

    await until(complete, 30)
