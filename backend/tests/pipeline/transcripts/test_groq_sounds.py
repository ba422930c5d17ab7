"""Sounds that can't be had, and videos that are in several lists or go: nothing is sent twice."""

import asyncio

import pytest

from app.core.settings import Settings
from standin.server import StandIn
from tests.support.server import Client, RunningApp, running_app, until
from tests.support.whisper import (
    billed_seconds,
    leftovers,
    make_silent,
    spent_seconds,
    times_sent,
    until_given_up,
    until_source,
)

pytestmark = pytest.mark.timeout(120)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NAME = "spokenvideo"
AFTER = {"status_429_retry_after": {"retry_after_seconds": 2}}


# Sounds that can't be had


@ON_SQLITE
async def test_a_sound_that_is_refused_for_a_while_comes_by_itself(
    client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=20)
    # The first address, a fresh one, its quick retries, and two of the ladder.
    standin.add_fault(kind="media", fault="status_403", count=7)
    await client.add(f"https://youtu.be/{NAME}")

    await until_source(client, seconds=60)
    assert standin.counts()["total"]["player"] == 2


@ON_SQLITE
async def test_a_sound_that_is_not_there_ends_without_captions_and_can_be_tried_again(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=20)
    standin.add_fault(kind="media", fault="status_404")
    await client.add(f"https://youtu.be/{NAME}")

    video = await until_given_up(client, 40)
    assert video["captions_pending"] is False
    assert standin.counts()["total"]["player"] <= 3
    assert "groq" not in standin.counts()["total"]
    assert leftovers(app.settings.data_dir) == []

    standin.clear_faults()
    answer = await client.http.post("/videos/transcribe", json={"video_ids": [video["id"]]})
    assert (answer.status_code, answer.json()) == (202, {"started": 1})
    await until_source(client)


@ON_SQLITE
@pytest.mark.parametrize("fault", ["reset", "truncated"])
async def test_a_sound_that_breaks_off_is_gone_on_with(
    client: Client, standin: StandIn, fault: str
) -> None:
    make_silent(standin, NAME, seconds=20)
    standin.add_fault(kind="media", fault=fault, count=2)
    await client.add(f"https://youtu.be/{NAME}")
    await until_source(client)
    assert len(standin.uploads) == 1


# Never twice


@ON_SQLITE
async def test_the_same_video_in_another_list_costs_nothing(
    client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=20)
    standin.set_latency(0.5, ["groq"])
    await client.add(f"https://youtu.be/{NAME}")
    second = (await client.http.post("/lists", json={"name": "Zweite"})).json()["id"]
    await client.add(f"https://youtu.be/{NAME}", second)
    await until_source(client)

    async def copied() -> bool | None:
        (video,) = await client.videos(second)
        return True if video["captions_source"] == "whisper" else None

    await until(copied)
    third = (await client.http.post("/lists", json={"name": "Dritte"})).json()["id"]
    await client.add(f"https://youtu.be/{NAME}", third)
    (video,) = await client.until_settled(list_id=third)
    assert video["captions_source"] == "whisper"
    assert len(standin.uploads) == 1


@pytest.mark.parametrize("more", [{"transcription_max_minutes": 1}])
async def test_the_same_video_in_two_lists_is_made_once_when_a_person_asks_for_both(
    client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=75)
    standin.set_latency(0.5, ["groq"])
    second = (await client.http.post("/lists", json={"name": "Zweite"})).json()["id"]
    lists = (client.list_id, second)
    for list_id in lists:
        await client.add(f"https://youtu.be/{NAME}", list_id)
        await client.until_settled(list_id=list_id)
    copies = [video for list_id in lists for video in await client.videos(list_id)]
    assert {video["captions_code"] for video in copies} == {"audio_too_long"}

    body = {"video_ids": [video["id"] for video in copies]}
    answer = await client.http.post("/videos/transcribe", json=body)
    assert (answer.status_code, answer.json()) == (202, {"started": 2})
    meanwhile = [video for list_id in lists for video in await client.videos(list_id)]
    shown = {(video["captions_pending"], video["captions_code"]) for video in meanwhile}
    assert shown == {(True, "captions_none")}
    again = await client.http.post(f"/videos/{copies[1]['id']}/transcription")
    assert again.status_code == 202

    async def both() -> bool | None:
        videos = [video for list_id in lists for video in await client.videos(list_id)]
        return True if {video["captions_source"] for video in videos} == {"whisper"} else None

    await until(both)
    assert len(standin.uploads) == 1


@ON_SQLITE
async def test_a_video_from_before_captions_were_made_gets_them_when_it_is_added_again(
    settings: Settings, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=20)
    switched_off = settings.model_copy(update={"transcription_provider": "off"})
    async with running_app(switched_off) as app:
        client = await app.sign_in()
        await client.add(f"https://youtu.be/{NAME}")
        (video,) = await client.until_settled()
        assert (video["captions_code"], video["captions_pending"]) == ("captions_none", False)

    async with running_app(settings) as app:
        client = await app.sign_in()
        second = (await client.http.post("/lists", json={"name": "Zweite"})).json()["id"]
        await client.add(f"https://youtu.be/{NAME}", second)

        async def made() -> bool | None:
            (copy,) = await client.videos(second)
            return True if copy["captions_source"] == "whisper" else None

        await until(made)
    assert standin.counts()["total"]["player"] == 2


@pytest.mark.parametrize(
    "more", [{"transcription_part_seconds": 25.0, "transcription_wait_seconds": 0.0}]
)
async def test_whatever_is_asked_for_again_meanwhile_no_part_is_sent_twice(
    client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=200)
    standin.set_latency(0.4, ["groq"])
    await client.add(f"https://youtu.be/{NAME}")

    async def third_part() -> bool | None:
        return True if len(standin.uploads) >= 3 else None

    await until(third_part)
    (video,) = await client.videos()
    (job,) = (await client.http.get("/imports")).json()["items"]
    retried = [
        await client.http.post("/videos/retry", json={"video_ids": [video["id"]]}),
        await client.http.post(f"/videos/{video['id']}/enrichment/retry"),
        await client.http.post(
            f"/imports/{job['id']}/retry-failed", json={"outcome": "without_captions"}
        ),
        await client.http.post(f"/videos/{video['id']}/transcription"),
    ]
    assert {answer.status_code for answer in retried} <= {200, 202}
    await until_source(client)
    assert set(times_sent(standin).values()) == {1}
    assert standin.counts()["total"]["player"] == 1

    async def over() -> bool | None:
        found = (await client.http.get(f"/videos/{video['id']}/enrichment")).json()
        is_over = (found["stage"], found["transcription"]) == ("complete", None)
        return True if is_over else None

    await until(over)


@pytest.mark.parametrize("more", [{"transcription_part_seconds": 25.0}])
@pytest.mark.parametrize("wait_seconds", [0.0, 60.0])
async def test_captions_that_nobody_wants_any_more_are_not_made(
    settings: Settings, standin: StandIn, wait_seconds: float
) -> None:
    make_silent(standin, NAME, seconds=200)
    standin.set_latency(0.4, ["groq"])
    waiting = settings.model_copy(update={"transcription_wait_seconds": wait_seconds})
    async with running_app(waiting) as app:
        client = await app.sign_in()
        await client.add(f"https://youtu.be/{NAME}")

        async def second_part() -> bool | None:
            return True if len(standin.uploads) == 2 else None

        await until(second_part)
        (video,) = await client.videos()
        stopped = await client.http.delete(f"/videos/{video['id']}/transcription")
        assert stopped.status_code == 204
        (ended,) = await client.until_settled()
        assert (ended["import_stage"], ended["captions_source"]) == ("complete", "none")
        assert (ended["captions_pending"], ended["captions_code"]) == (False, "captions_none")
        await asyncio.sleep(1.0)
        assert len(standin.uploads) <= 3
        again = await client.http.delete(f"/videos/{video['id']}/transcription")
        assert again.status_code == 204


@ON_SQLITE
@pytest.mark.parametrize("more", [{"transcription_part_seconds": 30.0}])
async def test_of_a_video_that_is_removed_no_more_parts_are_sent(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=200)
    standin.set_latency(0.3, ["groq"])
    await client.add(f"https://youtu.be/{NAME}")

    async def second_part() -> bool | None:
        return True if len(standin.uploads) == 2 else None

    await until(second_part)
    (video,) = await client.videos()
    await client.http.delete(f"/videos/{video['id']}")
    await asyncio.sleep(1.0)
    assert len(standin.uploads) <= 3
    assert await client.videos() == []
    assert await spent_seconds(app.runtime.database) == pytest.approx(
        billed_seconds(standin), abs=0.2
    )
