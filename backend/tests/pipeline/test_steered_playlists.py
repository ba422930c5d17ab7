"""Trouble and people in the middle of a playlist: nothing is lost, nothing is stored twice."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.models import PlaylistRead
from standin.server import StandIn
from tests.support.playlists import (
    check_sums,
    drop,
    hold_videos,
    items_of,
    playlist_url,
    shown,
    until_finished,
    until_found,
    until_read,
)
from tests.support.server import AppProcess, Client, RunningApp, sign_in, until

pytestmark = pytest.mark.timeout(120)


async def place_of(client: Client, import_id: str) -> list[str]:
    """The videos of an import's only playlist, in the order of its lines."""
    items = await items_of(client, import_id)
    return [item["youtube_id"] for item in items if item["parent_item_id"]]


async def attempts(app: RunningApp) -> int:
    async with app.runtime.database.read() as session:
        return max(await session.scalars(select(PlaylistRead.attempts)), default=0)


async def playlist_lane(client: Client) -> dict[str, Any]:
    lanes = (await client.http.get("/lanes")).json()
    lane: dict[str, Any] = next(lane for lane in lanes if lane["name"] == "playlist")
    return lane


async def until_idle(app: RunningApp) -> None:
    """Wait until nobody reads anything."""

    async def idle() -> bool | None:
        async with app.runtime.database.read() as session:
            held = await session.scalar(
                select(func.count()).where(PlaylistRead.locked_by.is_not(None))
            )
        return True if not held else None

    await until(idle)


@pytest.mark.parametrize(
    "fault",
    [
        {"fault": "status_429", "after": 1, "count": 2},
        {"fault": "sorry_page", "after": 2, "count": 1},
        {"fault": "status_403", "after": 0, "count": 1},
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_throttle_in_the_middle_is_the_lanes_and_spends_no_attempt(
    app: RunningApp, client: Client, standin: StandIn, fault: dict[str, Any]
) -> None:
    hold_videos(standin)
    standin.add_fault(kind="browse", **fault)
    import_id = await drop(client, playlist_url("PLN00350throttled"))

    async def paused() -> bool | None:
        lane = await playlist_lane(client)
        return True if lane["state"] in ("paused", "probing") and lane["waiting"] == 1 else None

    await until(paused)
    assert await attempts(app) == 0
    found = await until_read(client, import_id)
    assert found["counts"]["new"] == 350
    ids = list(standin.playlists.of("PLN00350throttled").video_ids)
    assert await place_of(client, import_id) == ids
    assert [video["youtube_id"] for video in await client.videos()] == ids


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_broken_answers_in_the_middle_are_tried_again(
    client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    for number, fault in enumerate(("status_500", "truncated", "empty", "garbage")):
        standin.add_fault(kind="browse", fault=fault, after=number, count=1)
    import_id = await drop(client, playlist_url("PLN00350broken"))
    found = await until_read(client, import_id)
    assert found["summary"]["playlists"]["read"] == 1
    ids = list(standin.playlists.of("PLN00350broken").video_ids)
    assert await place_of(client, import_id) == ids


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_playlist_that_changed_during_an_interruption_loses_and_doubles_nothing(
    client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    ids = list(standin.playlists.of("PLN00250changed").video_ids)
    standin.add_fault(kind="browse", fault="status_429_retry_after", retry_after_seconds=1, count=1)
    import_id = await drop(client, playlist_url("PLN00250changed"))
    await until_found(client, import_id, 100)
    # Two come before the beginning, and some of those that are stored are taken out.
    changed = ["bbbbbbbbbA1", "bbbbbbbbbA2", *ids[:20], *ids[40:]]
    standin.set_playlist("PLN00250changed", video_ids=changed)
    found = await until_read(client, import_id)

    stored = await place_of(client, import_id)
    assert sorted(stored) == sorted([*ids, "bbbbbbbbbA1", "bbbbbbbbbA2"])
    assert found["counts"]["new"] == 252


async def test_reading_survives_being_killed_in_the_middle(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    hold_videos(standin)
    # Slow enough to be killed on the way.
    standin.set_latency(0.2, ["browse"])
    with AppProcess(
        tmp_path,
        VIDEOTHEK_DATABASE_URL=database_url,
        VIDEOTHEK_YOUTUBE_GATEWAY=standin.url,
        VIDEOTHEK_PACING_SCALE="500",
    ) as process:
        await process.start()
        client = await sign_in(process.url)
        import_id = await drop(client, playlist_url("PLN00550killed"))
        await until_found(client, import_id, 200)
        await client.http.aclose()
        process.kill()
        standin.set_latency(0)
        await process.start()
        client = await sign_in(process.url)
        found = await until_read(client, import_id)
        ids = list(standin.playlists.of("PLN00550killed").video_ids)
        assert await place_of(client, import_id) == ids
        assert found["counts"]["new"] == 550
        await check_sums(client, import_id)
        await client.http.aclose()


async def test_an_import_is_paused_resumed_cancelled_and_brought_back_while_it_is_read(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    standin.set_latency(0.1, ["browse"])
    import_id = await drop(client, playlist_url("PLN00550steered"))
    await until_found(client, import_id, 100)
    await client.http.post(f"/imports/{import_id}/pause")
    # What is in flight finishes its page, and nothing else is asked for.
    await until_idle(app)
    paused = await shown(client, import_id)
    assert paused["state"] == "paused"
    assert 100 <= paused["summary"]["playlists"]["found"] < 550
    assert paused["summary"]["playlists"]["waiting"] == 1
    assert paused["eta_seconds"] is None
    assert (await playlist_lane(client))["waiting"] == 0

    resumed = (await client.http.post(f"/imports/{import_id}/resume")).json()
    assert resumed["state"] == "running"
    await until_found(client, import_id, paused["summary"]["playlists"]["found"] + 100)
    cancelled = (await client.http.post(f"/imports/{import_id}/cancel")).json()
    assert cancelled["state"] == "cancelled"
    assert cancelled["summary"]["playlists"]["stopped"] == 1
    await check_sums(client, import_id)
    await until_idle(app)
    left = await shown(client, import_id)
    assert left["summary"]["playlists"]["found"] == cancelled["summary"]["playlists"]["found"]
    outcomes = await items_of(client, import_id, outcome="stopped")
    assert any(item["verdict"] == "playlist" for item in outcomes)

    answer = await client.http.post(
        f"/imports/{import_id}/retry-failed", json={"outcome": "stopped"}
    )
    assert answer.json()["retried"] == len(outcomes)
    standin.set_latency(0)
    await until_read(client, import_id)
    ids = list(standin.playlists.of("PLN00550steered").video_ids)
    assert await place_of(client, import_id) == ids
    assert [video["youtube_id"] for video in await client.videos()] == ids
    await check_sums(client, import_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_cancelling_with_removal_or_deleting_the_list_ends_the_reading(
    client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    standin.set_latency(0.1, ["browse"])
    import_id = await drop(client, playlist_url("PLN00350gone"))
    await until_found(client, import_id, 100)
    body = {"remaining": "remove"}
    cancelled = (await client.http.post(f"/imports/{import_id}/cancel", json=body)).json()
    assert cancelled["summary"]["playlists"]["stopped"] == 1
    await check_sums(client, import_id)

    other = (await client.http.post("/lists", json={"name": "Kurz"})).json()["id"]
    second = await drop(client, playlist_url("PLN00350list"), list_id=other)
    await until_found(client, second, 100)
    await client.http.delete(f"/lists/{other}")
    found = await until_finished(client, second)
    assert found["summary"]["playlists"]["waiting"] == 0
    await check_sums(client, second)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_two_playlists_are_read_side_by_side_and_one_added_video_does_not_wait_for_them(
    client: Client, standin: StandIn
) -> None:
    standin.set_latency(0.05, ["browse"])
    first = await drop(client, playlist_url("PLN00850one"))
    other = (await client.http.post("/lists", json={"name": "Zweite"})).json()["id"]
    second = await drop(client, playlist_url("PLN00850two"), list_id=other)
    third = (await client.http.post("/lists", json={"name": "Dritte"})).json()["id"]
    await until_found(client, first, 100)
    await until_found(client, second, 100)
    answer = await client.add("https://youtu.be/cccccccccA1", third)
    assert answer.status_code == 201
    await client.until_settled(10, third)
    for import_id in (first, second):
        found = await shown(client, import_id)
        assert found["state"] == "running"
        await check_sums(client, import_id)


async def test_an_import_that_is_undone_reads_its_playlist_no_further(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    standin.set_latency(0.1)
    import_id = await drop(client, playlist_url("PLN00450undone"))
    await until_found(client, import_id, 100)

    undone = await client.http.post(f"/imports/{import_id}/undo")

    assert (undone.status_code, undone.json()["state"]) == (200, "undone")
    standin.set_latency(0.0)
    # What is read next in the same lane comes after whatever was in flight.
    other = await drop(client, playlist_url("PLN00003other"))
    await until_read(client, other)
    assert len(await client.videos()) == 3
    found = await shown(client, import_id)
    assert (found["state"], found["summary"]["total"]) == ("undone", 0)
    assert found["summary"]["playlists"]["waiting"] == 0
    items = await items_of(client, import_id)
    assert {item["outcome"] for item in items if item["parent_item_id"]} == {"removed"}
    assert len(items) == sum(found["counts"].values())
    async with app.runtime.database.read() as session:
        assert list(await session.scalars(select(PlaylistRead.import_id))) == [other]
