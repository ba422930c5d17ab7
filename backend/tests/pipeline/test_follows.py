"""A list follows a playlist or channel: what is new there comes by itself, once, and nothing else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.core.settings import Settings
from app.models import FollowedVideo, PlaylistRead
from standin.server import StandIn
from tests.support.playlists import check_sums, hold_videos, items_of, playlist_url, shown
from tests.support.server import Client, RunningApp, running_app, until

pytestmark = pytest.mark.timeout(120)

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def follow(client: Client, url: str, **more: Any) -> dict[str, Any]:
    answer = await client.http.put(f"/lists/{client.list_id}/follow", json={"url": url, **more})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def followed(client: Client) -> dict[str, Any] | None:
    lists = (await client.http.get("/lists")).json()
    found: dict[str, Any] | None = next(
        row["follow"] for row in lists if row["id"] == client.list_id
    )
    return found


async def until_checked(client: Client) -> dict[str, Any]:
    async def checked() -> dict[str, Any] | None:
        found = await followed(client)
        return found if found and found["checked_at"] and not found["is_checking"] else None

    result: dict[str, Any] = await until(checked)
    return result


async def check_now(client: Client) -> dict[str, Any]:
    answer = await client.http.post(f"/lists/{client.list_id}/follow/check")
    assert answer.status_code == 202
    assert answer.json()["is_checking"]
    return await until_checked(client)


async def ids(client: Client) -> list[str]:
    return [video["youtube_id"] for video in await client.videos()]


async def imports_of(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.http.get("/imports")).json()["items"]
    return found


async def test_what_is_new_in_a_playlist_comes_as_an_import_like_any_other(
    client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    standin.set_playlist("PLgrows", count=120, title="Abendprogramm")
    old = list(standin.playlists.of("PLgrows").video_ids)
    began = await follow(client, playlist_url("PLgrows"), interval_hours=3)
    assert began["url"] == playlist_url("PLgrows")
    first = await until_checked(client)
    assert first["title"] == "Abendprogramm"
    now = datetime.fromisoformat(first["checked_at"])
    due = datetime.fromisoformat(first["next_check_at"])
    assert timedelta(hours=2.5) < due - now < timedelta(hours=3.5)
    assert await ids(client) == old
    [import_] = await imports_of(client)
    assert (import_["label"], import_["counts"]["playlist"]) == ("Abendprogramm", 1)

    # Nothing new is no import.
    await check_now(client)
    assert len(await imports_of(client)) == 1

    removed = await client.videos()
    for video in removed[:2]:
        await client.http.delete(f"/videos/{video['id']}")
    standin.grow_playlist("PLgrows", ["aaaaaaaaaA1", "aaaaaaaaaA2"])
    await check_now(client)
    assert await ids(client) == ["aaaaaaaaaA1", "aaaaaaaaaA2", *old[2:]]
    newest, _ = await imports_of(client)
    assert newest["counts"] == {
        "new": 2, "duplicate": 0, "repeated": 0, "rejected": 0, "playlist": 1
    }  # fmt: skip
    items = await items_of(client, newest["id"])
    assert [(item["verdict"], item["line"]) for item in items] == [
        ("playlist", 1), ("new", 121), ("new", 122)
    ]  # fmt: skip
    assert items[0]["outcome"] == "playlist"
    assert newest["summary"]["playlists"]["read"] == 1
    await check_sums(client, newest["id"])


@ON_SQLITE
async def test_only_what_comes_from_now_on_if_that_was_wanted(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    standin.set_playlist("PLlater", count=30)
    await follow(client, playlist_url("PLlater"), include_existing=False)
    await until_checked(client)
    assert await ids(client) == []
    assert await imports_of(client) == []
    async with app.runtime.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(FollowedVideo)) == 30
    standin.grow_playlist("PLlater", ["aaaaaaaaaA1"])
    await check_now(client)
    assert await ids(client) == ["aaaaaaaaaA1"]


@ON_SQLITE
async def test_a_channel_is_read_until_a_page_holds_nothing_new(
    client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    channel = standin.playlists.channel("@Werkstatt")
    uploads = f"UU{channel.channel_id[2:]}"
    standin.set_playlist(uploads, count=350)
    began = await follow(client, "https://www.youtube.com/@Werkstatt")
    assert began["url"] == "https://www.youtube.com/@Werkstatt"
    first = await until_checked(client)
    assert first["url"] == f"https://www.youtube.com/channel/{channel.channel_id}"
    assert first["title"] == "Werkstatt"
    assert len(await ids(client)) == 350

    standin.clear_requests()
    standin.grow_playlist(uploads, ["aaaaaaaaaA1"], at_start=True)
    await check_now(client)
    total = standin.counts()["total"]
    # The first page holds the new one, the second none.
    assert (total["playlist"], total["browse"], total.get("channel", 0)) == (1, 1, 0)
    assert (await ids(client))[0] == "aaaaaaaaaA1"

    # The same page again is the same channel: nothing begins anew.
    again = await follow(client, "https://www.youtube.com/@Werkstatt", interval_hours=24)
    assert again["checked_at"] is not None
    due = datetime.fromisoformat(again["next_check_at"])
    assert due - datetime.fromisoformat(again["checked_at"]) > timedelta(hours=20)


@ON_SQLITE
async def test_a_follow_goes_on_after_a_restart_and_a_missed_check_comes_once(
    settings: Settings, standin: StandIn
) -> None:
    hold_videos(standin)
    standin.set_playlist("PLnight", count=3)
    async with running_app(settings) as app:
        client = await app.sign_in()
        await follow(client, playlist_url("PLnight"), interval_hours=1)
        await until_checked(client)
        async with app.runtime.database.write() as unit:
            # Down for a week.
            await unit.session.execute(
                update(PlaylistRead).values(run_at=PlaylistRead.run_at - 7 * 86_400)
            )
    standin.grow_playlist("PLnight", ["aaaaaaaaaA1"])
    standin.clear_requests()
    async with running_app(settings) as app:
        client = await app.sign_in()

        async def came() -> bool | None:
            return True if len(await ids(client)) == 4 else None

        await until(came)
        found = await until_checked(client)
        assert datetime.fromisoformat(found["next_check_at"]) > datetime.fromisoformat(
            found["checked_at"]
        )
        assert standin.counts()["total"]["playlist"] == 1
        [newest, _] = await imports_of(client)
        await check_sums(client, newest["id"])


@ON_SQLITE
async def test_what_goes_wrong_is_said_and_tried_again_when_it_is_time(
    client: Client, standin: StandIn
) -> None:
    await follow(client, playlist_url("PLGONE_x"))
    found = await until_checked(client)
    assert found["reason_code"] == "playlist_unavailable"
    assert datetime.fromisoformat(found["next_check_at"]) > datetime.fromisoformat(
        found["checked_at"]
    )
    standin.set_playlist("PLGONE_x", state="ok", count=2)
    # A throttle is the lane's.
    standin.add_fault(kind="playlist", fault="status_429", count=1)
    found = await check_now(client)
    assert found["reason_code"] is None
    assert len(await ids(client)) == 2


@ON_SQLITE
async def test_what_is_no_public_playlist_is_refused(client: Client) -> None:
    address = f"/lists/{client.list_id}/follow"
    for url in (
        "https://youtu.be/aaaaaaaaaA1",
        "https://www.youtube.com/playlist?list=WL",
        "https://example.org/playlist?list=PLabc",
        "nichts",
    ):
        answer = await client.http.put(address, json={"url": url})
        assert (answer.status_code, answer.json()["code"]) == (422, "not_a_playlist")
    assert (await client.http.post(f"{address}/check")).json()["code"] == "follow_not_found"
    assert (await client.http.delete(address)).status_code == 404
    strangers = (await client.http.put("/lists/nobody/follow", json={"url": "x"})).json()
    assert strangers["code"] == "list_not_found"


@ON_SQLITE
async def test_another_address_replaces_what_is_followed_and_the_videos_stay(
    client: Client,
) -> None:
    await follow(client, playlist_url("PLN00002one"))
    await until_checked(client)
    await follow(client, playlist_url("PLN00003two"))
    found = await until_checked(client)
    assert found["url"] == playlist_url("PLN00003two")
    assert len(await ids(client)) == 5
    assert (await client.http.delete(f"/lists/{client.list_id}/follow")).status_code == 204
    assert await followed(client) is None
    assert len(await ids(client)) == 5
    for row in await imports_of(client):
        assert (await shown(client, row["id"]))["summary"]["playlists"]["read"] == 1
