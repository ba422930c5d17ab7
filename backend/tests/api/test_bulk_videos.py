"""Many videos at once: removed, tried again, moved to another list."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.api.test_batch_import import links, video_ids
from tests.support.arranged import LONG_AGO, job_count, jobs_of, put
from tests.support.server import Client, ProgressSocket, RunningApp, progress_socket

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOBODYS = "00000000-0000-7000-8000-000000000000"


async def new_list(client: Client, name: str = "Zweite") -> str:
    return str((await client.http.post("/lists", json={"name": name})).json()["id"])


async def dropped(
    client: Client, count: int, seed: int = 1, list_id: str | None = None
) -> tuple[str, list[str]]:
    body = (await client.batch({"urls": video_ids(count, seed)}, list_id)).json()
    return body["import_id"], [video["id"] for video in body["videos"]]


async def do(client: Client, what: str, ids: list[str], **more: str) -> httpx.Response:
    return await client.http.post(f"/videos/{what}", json={"video_ids": ids, **more})


async def shown(client: Client, import_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.http.get(f"/imports/{import_id}")).json()
    return found


async def test_chosen_videos_are_removed_and_their_import_goes_on_without_them(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, ids = await dropped(idle_client, 5)

    answer = await do(idle_client, "remove", [*ids[:3], ids[0], NOBODYS, "unsinn"])

    assert (answer.status_code, answer.json()) == (200, {"removed": 3})
    assert [video["id"] for video in await idle_client.videos()] == ids[3:]
    assert (await shown(idle_client, import_id))["summary"]["total"] == 2
    assert await job_count(idle_app) == 4
    assert (await do(idle_client, "remove", ids)).json() == {"removed": 2}
    assert (await shown(idle_client, import_id))["state"] == "finished"
    assert (await do(idle_client, "remove", ids)).json() == {"removed": 0}
    assert (await do(idle_client, "remove", [])).json() == {"removed": 0}


async def test_chosen_videos_are_tried_again_whatever_state_they_are_in(
    idle_client: Client, idle_app: RunningApp
) -> None:
    _, (done, gone, later, under_way) = await dropped(idle_client, 4)
    await put(idle_app, done, "complete", title="A", captions_source="youtube_auto")
    await put(idle_app, gone, "error", title="B", error_code="video_private")
    await put(idle_app, later, "created", next_attempt_at=LONG_AGO)

    answer = await do(idle_client, "retry", [done, gone, later, under_way, NOBODYS])

    assert (answer.status_code, answer.json()) == (202, {"retried": 4})
    stages = {video["id"]: video["import_stage"] for video in await idle_client.videos()}
    assert (stages[done], stages[gone]) == ("complete", "created")
    assert await jobs_of(idle_app, done, gone) == [("extract", 0), ("extract", 0)]
    assert await jobs_of(idle_app, later) == await jobs_of(idle_app, under_way)


async def test_moved_videos_keep_everything_and_their_import_still_counts_them(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, ids = await dropped(idle_client, 4)
    await put(idle_app, ids[0], "complete", title="Fertig", captions_source="youtube_auto")
    await put(idle_app, ids[1], "metadata", title="Halb")
    before = {video["id"]: video for video in await idle_client.videos()}
    second = await new_list(idle_client)

    answer = await do(idle_client, "move", [*ids[:3], NOBODYS], list_id=second)

    assert (answer.status_code, answer.json()) == (200, {"moved": 3, "already_there": 0})
    moved = await idle_client.videos(second)
    assert moved == [before[video_id] | {"list_id": second} for video_id in ids[:3]]
    assert [video["id"] for video in await idle_client.videos()] == [ids[3]]
    import_now = await shown(idle_client, import_id)
    assert (import_now["state"], import_now["summary"]["total"]) == ("running", 4)
    assert await job_count(idle_app) == 2 * 3
    again = await do(idle_client, "move", ids[:3], list_id=second)
    assert again.json() == {"moved": 0, "already_there": 3}
    assert len(await idle_client.videos(second)) == 3


async def test_what_the_other_list_has_already_is_only_removed_from_its_own(
    idle_client: Client, idle_app: RunningApp
) -> None:
    second, third = await new_list(idle_client), await new_list(idle_client, "Dritte")
    first_import, ids = await dropped(idle_client, 3)
    _, there = await dropped(idle_client, 1, list_id=second)
    _, copies = await dropped(idle_client, 3, list_id=third)
    await put(idle_app, copies[1], "complete", title="Am weitesten")

    # The first is in the other list; the second is chosen twice, from two lists.
    answer = await do(idle_client, "move", [*ids[:2], copies[1]], list_id=second)

    assert answer.json() == {"moved": 1, "already_there": 2}
    kept = {video["id"] for video in await idle_client.videos(second)}
    assert kept == {there[0], copies[1]}
    assert [video["id"] for video in await idle_client.videos()] == [ids[2]]
    assert (await shown(idle_client, first_import))["summary"]["total"] == 1


async def test_only_ones_own_videos_and_lists_count(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    _, ids = await dropped(owner, 2)

    assert (await do(stranger, "remove", ids)).json() == {"removed": 0}
    assert (await do(stranger, "retry", ids)).json() == {"retried": 0}
    moved = await do(stranger, "move", ids, list_id=stranger.list_id)
    assert moved.json() == {"moved": 0, "already_there": 0}
    into = await do(owner, "move", ids, list_id=stranger.list_id)
    assert (into.status_code, into.json()["code"]) == (404, "list_not_found")
    assert len(await owner.videos()) == 2


@ON_SQLITE
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"video_ids": "alle"},
        {"video_ids": [5]},
        {"video_ids": ["a\x00b"]},
        {"video_ids": ["x" * 101]},
        {"video_ids": ["x"] * 10_001},
    ],
)
async def test_a_choice_that_is_none_is_a_malformed_request(
    idle_client: Client, body: dict[str, Any]
) -> None:
    for what in ("remove", "retry", "move"):
        answer = await idle_client.http.post(
            f"/videos/{what}", json=body | {"list_id": idle_client.list_id}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@ON_SQLITE
async def test_ten_thousand_videos_at_once_are_moved_tried_again_and_removed(
    idle_client: Client,
) -> None:
    await idle_client.batch({"text": links(video_ids(10_000))})
    ids = [video["id"] for video in await idle_client.videos()]
    second = await new_list(idle_client)

    assert (await do(idle_client, "move", ids, list_id=second)).json()["moved"] == 10_000
    assert (await do(idle_client, "retry", ids)).json() == {"retried": 10_000}
    assert (await do(idle_client, "remove", ids)).json() == {"removed": 10_000}
    assert await idle_client.videos(second) == []


# -- what is told -------------------------------------------------------------------------------


async def told_lists(socket: ProgressSocket) -> set[str]:
    async with asyncio.timeout(10):
        while not (lists := (await socket.next())["lists"]):
            pass
        return set(lists)


async def test_a_list_that_has_to_be_read_again_is_told_to_its_owner_alone(
    idle_app: RunningApp,
) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    _, ids = await dropped(owner, 6)
    async with (
        progress_socket(idle_app.url, owner.token) as own,
        progress_socket(idle_app.url, stranger.token) as other,
    ):
        for socket in (own, other):
            await socket.next()
            assert (await socket.next())["lists"] == []

        second = await new_list(owner)
        assert await told_lists(own) == {second}
        await owner.http.patch(f"/lists/{second}", json={"name": "Umbenannt"})
        assert await told_lists(own) == {second}
        await do(owner, "move", ids[:2], list_id=second)
        assert await told_lists(own) == {second, owner.list_id}
        await do(owner, "remove", ids[2:3])
        assert await told_lists(own) == {owner.list_id}
        await owner.http.patch(f"/videos/{ids[4]}", json={"note": "Für Anna."})
        assert await told_lists(own) == {owner.list_id}
        await owner.http.delete(f"/videos/{ids[3]}")
        assert await told_lists(own) == {owner.list_id}
        await owner.http.delete(f"/lists/{second}")
        assert await told_lists(own) == {second}
        (import_id,) = [one["id"] for one in (await owner.http.get("/imports")).json()["items"]]
        await owner.http.post(f"/imports/{import_id}/cancel", json={"remaining": "remove"})
        assert await told_lists(own) == {owner.list_id}

        third = await new_list(stranger, "Dritte")
        assert await told_lists(other) == {third}
        moved = [
            video["list_id"] for message in own.messages for video in message.get("videos", [])
        ]
        assert second in moved


async def test_adding_and_progress_do_not_make_a_list_be_read_again(
    idle_client: Client, idle_app: RunningApp
) -> None:
    async with progress_socket(idle_app.url, idle_client.token) as socket:
        await socket.next()
        await socket.next()
        _, ids = await dropped(idle_client, 2)
        await do(idle_client, "retry", ids)
        message: dict[str, Any] = {"videos": []}
        while not message["videos"]:
            message = await socket.next()
        assert all(message.get("lists", []) == [] for message in socket.messages)
