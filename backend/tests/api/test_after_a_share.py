"""Whoever may edit a list no longer has no way back into it, and none to see what is in it."""

from typing import Any

import pytest
from sqlalchemy import select, update

from app.models import PlaylistRead, ReadState
from app.services.playlists.ports import PlaylistPage
from tests.api.test_batch_import import links, video_ids
from tests.api.test_sharing import PLAYLIST, Pair, pair

__all__ = ["pair"]


async def wanted_playlist(pair: Pair) -> str:
    """Ben lets Anna's list take a playlist; nobody has read it yet."""
    await pair.share(can_edit=True)
    added = await pair.ben.batch({"text": PLAYLIST}, pair.anna.list_id)
    return str(added.json()["import_id"])


async def states(pair: Pair) -> list[str]:
    async with pair.app.runtime.database.read() as session:
        return list(await session.scalars(select(PlaylistRead.state)))


async def private_list(pair: Pair) -> str:
    made = await pair.anna.http.post("/lists", json={"name": "Privat"})
    return str(made.json()["id"])


@pytest.mark.parametrize("end", ["ended", "reading", "merged"])
@pytest.mark.parametrize("state", [ReadState.STOPPED, ReadState.FAILED])
async def test_a_playlist_is_not_read_again_by_who_may_edit_no_longer(
    pair: Pair, end: str, state: ReadState
) -> None:
    import_id = await wanted_playlist(pair)
    async with pair.app.runtime.database.write() as unit:
        await unit.session.execute(update(PlaylistRead).values(state=state))
    if end == "ended":
        await pair.end()
    elif end == "reading":
        await pair.share(can_edit=False)
    else:
        body = {"into_list_id": await private_list(pair)}
        merged = await pair.anna.http.post(f"/lists/{pair.anna.list_id}/merge", json=body)
        assert merged.status_code == 200

    for outcome in ("stopped", "unavailable", "waiting"):
        path = f"/imports/{import_id}/retry-failed"
        again = await pair.ben.http.post(path, json={"outcome": outcome})
        assert again.json() == {"retried": 0}
    await pair.ben.http.post(f"/imports/{import_id}/resume")

    assert await states(pair) == [state.value]


async def test_who_may_edit_again_may_read_it_again(pair: Pair) -> None:
    import_id = await wanted_playlist(pair)
    await pair.end()
    await pair.share(can_edit=True)

    again = await pair.ben.http.post(
        f"/imports/{import_id}/retry-failed", json={"outcome": "stopped"}
    )

    assert again.json() == {"retried": 1}
    assert await states(pair) == ["waiting"]


async def test_a_page_that_comes_after_the_end_of_a_share_is_not_stored(pair: Pair) -> None:
    await wanted_playlist(pair)
    await pair.end()
    # What began in the same moment saw the share yet.
    async with pair.app.runtime.database.write() as unit:
        await unit.session.execute(update(PlaylistRead).values(state=ReadState.WAITING))
    runtime = pair.app.runtime
    async with runtime.database.write() as unit:
        read = await runtime.reads.peek(unit)
        assert read is not None
        await runtime.reads.take(unit, read)
    page = PlaylistPage(tuple(video_ids(3)), "Eine Playlist", 3, is_last=True)

    async with runtime.database.write() as unit:
        reading = await runtime.import_reads.begin(unit, read)
        assert await runtime.import_reads.store_page(unit, reading, page) is False

    assert await pair.anna.videos() == []
    assert await states(pair) == ["stopped"]
    async with runtime.database.read() as session:
        assert list(await session.scalars(select(PlaylistRead.locked_by))) == [None]


async def lines_of(pair: Pair, import_id: str) -> list[dict[str, Any]]:
    answer = await pair.ben.http.get(f"/imports/{import_id}/items")
    lines: list[dict[str, Any]] = answer.json()["items"]
    return lines


async def test_lines_show_the_videos_of_others_only_as_long_as_they_may_be_seen(
    pair: Pair,
) -> None:
    (youtube_id,) = video_ids(1)
    await pair.anna.add(youtube_id)
    await pair.share(can_edit=True)
    added = await pair.ben.batch({"text": links([youtube_id])}, pair.anna.list_id)
    import_id = added.json()["import_id"]
    (line,) = await lines_of(pair, import_id)
    assert line["outcome"] == "duplicate"
    assert line["video"] is not None
    (video,) = await pair.anna.videos()
    await pair.end()
    for _ in range(2):
        (line,) = await lines_of(pair, import_id)
        # Whether it is there still is nobody's business.
        assert (line["outcome"], line["video"]) == ("duplicate", None)
        body = {"video_ids": [video["id"]], "list_id": await private_list(pair)}
        await pair.anna.http.post("/videos/move", json=body)
    report = await pair.ben.http.get(f"/imports/{import_id}/report.csv")
    assert report.status_code == 200
    assert video["title"] is None or video["title"] not in report.text


async def test_into_which_private_list_a_shared_one_went_is_told_to_nobody(pair: Pair) -> None:
    import_id = await wanted_playlist(pair)
    hers = (await pair.anna.batch({"text": links(video_ids(1))})).json()["import_id"]
    private = await private_list(pair)

    path = f"/lists/{pair.anna.list_id}/merge"
    await pair.anna.http.post(path, json={"into_list_id": private})

    assert (await pair.ben.http.get(f"/imports/{import_id}")).json()["list_id"] is None
    assert (await pair.anna.http.get(f"/imports/{hers}")).json()["list_id"] == private


async def test_a_moved_video_does_not_tell_how_far_its_former_owner_has_watched(
    pair: Pair,
) -> None:
    await pair.share(can_edit=True)
    first, second = video_ids(2)
    ids = [(await pair.anna.add(one)).json()["id"] for one in (first, second)]
    for client, seconds in ((pair.anna, 40), (pair.ben, 70)):
        path = f"/videos/{ids[0]}/position"
        await client.http.put(path, json={"position_seconds": seconds})
    await pair.anna.http.put(f"/videos/{ids[1]}/position", json={"position_seconds": 30})

    async def seen(client: Any) -> list[float | None]:
        return [
            (await client.http.get(f"/videos/{one}")).json().get("position_seconds") for one in ids
        ]

    body = {"video_ids": ids, "list_id": pair.ben.list_id}
    assert (await pair.ben.http.post("/videos/move", json=body)).json()["moved"] == 2
    assert await seen(pair.ben) == [70, None]

    body = {"video_ids": ids, "list_id": pair.anna.list_id}
    assert (await pair.ben.http.post("/videos/move", json=body)).json()["moved"] == 2
    assert await seen(pair.anna) == [40, 30]
    assert await seen(pair.ben) == [70, None]
