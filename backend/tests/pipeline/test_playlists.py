"""Playlists and channels of an import: read completely, page by page, in the order they have."""

import asyncio

import pytest

from app.core.settings import Settings
from standin.server import StandIn
from tests.support.playlists import (
    check_sums,
    drop,
    hold_videos,
    items_of,
    playlist_url,
    shown,
    until_finished,
    until_read,
)
from tests.support.server import Client, RunningApp, progress_socket, running_app

pytestmark = pytest.mark.timeout(120)

PAGES = ("playlist", "browse", "channel")


def page_requests(standin: StandIn) -> int:
    total = standin.counts()["total"]
    return sum(total.get(kind, 0) for kind in PAGES)


async def test_a_playlist_among_links_is_read_completely_with_three_requests(
    client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    standin.set_playlist("PLabc", count=250, title="Abends")
    inside = list(standin.playlists.of("PLabc").video_ids)
    own = ["aaaaaaaaaA1", "aaaaaaaaaA2"]
    import_id = await drop(
        client, f"https://youtu.be/{own[0]}", playlist_url("PLabc"), f"https://youtu.be/{own[1]}"
    )
    found = await until_read(client, import_id)

    assert page_requests(standin) == 3
    assert found["counts"] == {
        "new": 252, "duplicate": 0, "repeated": 0, "rejected": 0, "playlist": 1
    }  # fmt: skip
    assert found["summary"]["playlists"] == {
        "read": 1, "waiting": 0, "unavailable": 0, "stopped": 0, "found": 250, "expected": 250
    }  # fmt: skip
    assert [video["youtube_id"] for video in await client.videos()] == own + inside

    items = await items_of(client, import_id)
    parent, children = items[1], items[3:]
    assert parent["outcome"] == "playlist"
    assert parent["playlist"] == {"title": "Abends", "found": 250, "expected": 250}
    assert [item["youtube_id"] for item in children] == inside
    assert [item["line"] for item in children] == list(range(1, 251))
    assert {item["parent_item_id"] for item in children} == {parent["id"]}
    await check_sums(client, import_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("count", "requests"), [(1, 1), (100, 1), (101, 2), (1050, 11)])
async def test_every_size_is_read_to_its_end(
    client: Client, standin: StandIn, count: int, requests: int
) -> None:
    hold_videos(standin)
    import_id = await drop(client, playlist_url(f"PLN{count:05d}size"))
    found = await until_read(client, import_id)

    assert page_requests(standin) == requests
    assert found["counts"]["new"] == count
    ids = [video["youtube_id"] for video in await client.videos()]
    assert ids == list(standin.playlists.of(f"PLN{count:05d}size").video_ids)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_cannot_be_read_says_why_and_ends_the_import(
    settings: Settings, standin: StandIn
) -> None:
    # A lane in which nothing works is waited for an hour before anything is given up.
    faster = settings.model_copy(update={"pacing_scale": 2000.0})
    async with running_app(faster) as app:
        await _check_failures(await app.sign_in(), standin)


async def _check_failures(client: Client, standin: StandIn) -> None:
    standin.add_fault(kind="playlist", fault="status_500", video_id="PLbroken")
    names = ("PLPRIV_a", "PLGONE_a", "PLN00000a", "PLbroken")
    import_id = await drop(client, *(playlist_url(name) for name in names))
    found = await until_finished(client, import_id)

    assert found["summary"]["playlists"]["unavailable"] == 4
    assert found["progress_percent"] == 100
    items = await items_of(client, import_id, outcome="unavailable")
    assert [item["reason_code"] for item in items] == [
        "playlist_unavailable",
        "playlist_unavailable",
        "playlist_empty",
        "playlist_failed",
    ]
    report = await client.http.get(
        f"/imports/{import_id}/report.csv", headers={"Accept-Language": "de"}
    )
    assert "Darin sind keine Videos." in report.text
    await check_sums(client, import_id)

    standin.clear_faults()
    answer = await client.http.post(
        f"/imports/{import_id}/retry-failed", json={"outcome": "unavailable"}
    )
    assert answer.json() == {"retried": 4}
    found = await until_finished(client, import_id)
    assert found["summary"]["playlists"]["read"] == 1
    assert found["summary"]["playlists"]["found"] == len(standin.playlists.of("PLbroken").video_ids)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_private_and_deleted_videos_of_a_playlist_become_tiles_that_say_so(
    client: Client, standin: StandIn
) -> None:
    standin.set_playlist("PLmixed", video_ids=["PRIV_aaaaaA", "aaaaaaaaaA1", "GONE_aaaaaA"])
    import_id = await drop(client, playlist_url("PLmixed"))
    found = await until_finished(client, import_id)

    assert found["summary"]["unavailable"] == {"video_private": 1, "video_deleted": 1}
    assert [video["error_code"] for video in await client.videos()] == [
        "video_private",
        None,
        "video_deleted",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_channel_is_read_as_all_its_uploads_however_it_is_named(
    client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    channel = standin.playlists.channel("@Werkstatt")
    uploads = f"UU{channel.channel_id[2:]}"
    standin.set_playlist(uploads, count=130)
    import_id = await drop(client, "https://www.youtube.com/@Werkstatt")
    found = await until_read(client, import_id)

    assert found["counts"]["new"] == 130
    assert standin.counts()["total"]["channel"] == 1
    assert page_requests(standin) == 3
    [parent] = [item for item in await items_of(client, import_id) if item["verdict"] == "playlist"]
    assert parent["playlist"]["title"] == "Werkstatt"

    other = (await client.http.post("/lists", json={"name": "Noch eine"})).json()["id"]
    by_id = await drop(
        client, f"https://www.youtube.com/channel/{channel.channel_id}", list_id=other
    )
    await until_read(client, by_id)
    assert len(await client.videos(other)) == 130
    assert standin.counts()["total"]["channel"] == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_there_already_or_twice_is_said_of_each_place(
    client: Client, standin: StandIn
) -> None:
    known, twice, own = "aaaaaaaaaA1", "aaaaaaaaaA2", "aaaaaaaaaA3"
    await client.add(f"https://youtu.be/{known}")
    standin.set_playlist("PLtwice", video_ids=[known, twice, own, twice])
    import_id = await drop(client, f"https://youtu.be/{own}", playlist_url("PLtwice"))
    found = await until_finished(client, import_id)

    items = (await items_of(client, import_id))[2:]
    assert [item["verdict"] for item in items] == ["duplicate", "new", "repeated", "repeated"]
    assert found["counts"] == {
        "new": 2, "duplicate": 1, "repeated": 2, "rejected": 0, "playlist": 1
    }  # fmt: skip
    assert len(await client.videos()) == 3
    assert (await shown(client, import_id))["summary"]["playlists"]["found"] == 4


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_watches_is_told_how_far_it_is_and_which_list_has_grown(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    hold_videos(standin)
    standin.set_latency(0.3, ["browse"])
    async with progress_socket(app.url, client.token) as socket:
        await socket.next()
        import_id = await drop(client, playlist_url("PLN00250told"))
        told: list[dict[str, int]] = []
        lists: set[str] = set()
        async with asyncio.timeout(30):
            while not told or told[-1]["read"] == 0:
                message = await socket.next()
                told += [
                    shown["summary"]["playlists"]
                    for shown in message.get("imports", [])
                    if shown["id"] == import_id
                ]
                lists.update(message.get("lists", []))
    assert client.list_id in lists
    assert any(0 < one["found"] < 250 and one["expected"] == 250 for one in told)
    assert told[-1]["found"] == 250
