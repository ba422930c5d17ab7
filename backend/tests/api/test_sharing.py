"""Lists that are shared to read or to edit, and what is left when that ends."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select, text

from app.models import Follow, PlaylistRead, Video, VideoImport
from tests.api.test_batch_import import links, video_ids
from tests.support.server import Client, RunningApp

PLAYLIST = "https://www.youtube.com/playlist?list=PLaaaaaaaaaaaaaaaa"


@dataclass(slots=True)
class Pair:
    """Anna shares a list with Ben."""

    app: RunningApp
    anna: Client
    ben: Client
    ben_id: str

    async def share(self, *, can_edit: bool) -> int:
        path = f"/lists/{self.anna.list_id}/shares/{self.ben_id}"
        return (await self.anna.http.put(path, json={"can_edit": can_edit})).status_code

    async def end(self) -> int:
        path = f"/lists/{self.anna.list_id}/shares/{self.ben_id}"
        return (await self.anna.http.delete(path)).status_code


@pytest.fixture
async def pair(idle_app: RunningApp) -> Pair:
    anna, ben = await idle_app.add_user("Anna"), await idle_app.add_user("Ben")
    ben_id = (await ben.http.get("/auth/me")).json()["id"]
    return Pair(idle_app, anna, ben, ben_id)


async def imports_of(pair: Pair) -> list[str | None]:
    """Which imports the videos of Anna's list belong to."""
    async with pair.app.runtime.database.read() as session:
        found = select(Video.import_id).where(Video.list_id == pair.anna.list_id)
        return list(await session.scalars(found.order_by(Video.youtube_id)))


async def test_a_shared_list_stands_behind_the_own_ones_and_says_whose_it_is(pair: Pair) -> None:
    assert await pair.share(can_edit=False) == 204

    own, shared = (await pair.ben.http.get("/lists")).json()

    assert (own["id"], own["access"], own["owner_name"]) == (pair.ben.list_id, "owner", None)
    assert shared["id"] == pair.anna.list_id
    assert (shared["access"], shared["owner_name"], shared["share_count"]) == ("read", "Anna", 0)
    (hers,) = (await pair.anna.http.get("/lists")).json()
    assert (hers["access"], hers["share_count"]) == ("owner", 1)
    assert await pair.share(can_edit=True) == 204
    assert (await pair.ben.http.get("/lists")).json()[1]["access"] == "edit"
    told = (await pair.anna.http.get(f"/lists/{pair.anna.list_id}/shares")).json()
    assert told["shares"] == [{"user_id": pair.ben_id, "username": "Ben", "can_edit": True}]
    assert [one["username"] for one in told["others"]] == ["owner"]


async def test_nobody_shares_with_themselves_or_with_nobody(pair: Pair) -> None:
    anna_id = (await pair.anna.http.get("/auth/me")).json()["id"]
    for user_id in (anna_id, "nobody", "0" * 36):
        path = f"/lists/{pair.anna.list_id}/shares/{user_id}"
        answer = await pair.anna.http.put(path, json={"can_edit": True})
        assert (answer.status_code, answer.json()["code"]) == (404, "user_not_found")
    assert await pair.end() == 404


async def test_each_goes_on_watching_where_they_stopped_themselves(pair: Pair) -> None:
    (youtube_id,) = video_ids(1)
    video_id = (await pair.anna.add(youtube_id)).json()["id"]
    await pair.share(can_edit=False)

    async def positions() -> list[float | None]:
        shown = [
            (await client.http.get(f"/videos/{video_id}")).json()["position_seconds"]
            for client in (pair.anna, pair.ben)
        ]
        rows = [
            (await client.http.get(f"/lists/{pair.anna.list_id}/videos")).json()["items"][0]
            for client in (pair.anna, pair.ben)
        ]
        assert [row["position_seconds"] for row in rows] == shown
        return shown

    for client, seconds in ((pair.anna, 40), (pair.ben, 70), (pair.ben, 80)):
        path = f"/videos/{video_id}/position"
        answer = await client.http.put(path, json={"position_seconds": seconds})
        assert answer.status_code == 204
    assert await positions() == [40, 80]
    await pair.ben.http.put(f"/videos/{video_id}/position", json={"position_seconds": None})
    assert await positions() == [40, None]


async def test_what_an_editor_brought_stays_when_the_list_is_shared_no_longer(pair: Pair) -> None:
    await pair.share(can_edit=True)
    added = await pair.ben.batch({"text": links(video_ids(3))}, pair.anna.list_id)
    import_id = added.json()["import_id"]
    assert await imports_of(pair) == [import_id] * 3

    assert await pair.end() == 204

    assert await imports_of(pair) == [None] * 3
    undone = await pair.ben.http.post(f"/imports/{import_id}/undo")
    assert undone.status_code == 200
    assert len(await pair.anna.videos()) == 3
    # None of them is the import's any more, so it is over; and its lines lead nowhere.
    lines = (await pair.ben.http.get(f"/imports/{import_id}/items")).json()["items"]
    assert [line["video_id"] for line in lines] == [None] * 3


async def test_an_editor_who_may_only_read_by_now_can_undo_nothing_either(pair: Pair) -> None:
    await pair.share(can_edit=True)
    added = await pair.ben.batch({"text": links(video_ids(2))}, pair.anna.list_id)

    assert await pair.share(can_edit=False) == 204

    shown = (await pair.ben.http.get(f"/imports/{added.json()['import_id']}")).json()
    assert shown["state"] == "finished"
    assert await imports_of(pair) == [None] * 2


async def test_while_it_is_shared_an_editor_may_undo_their_import(pair: Pair) -> None:
    await pair.share(can_edit=True)
    await pair.anna.add(video_ids(1, seed=2)[0])
    added = await pair.ben.batch({"text": links(video_ids(2))}, pair.anna.list_id)

    undone = await pair.ben.http.post(f"/imports/{added.json()['import_id']}/undo")

    assert undone.status_code == 200
    assert len(await pair.anna.videos()) == 1


async def test_what_moves_out_of_reach_of_its_import_is_out_of_its_reach(pair: Pair) -> None:
    await pair.share(can_edit=True)
    added = await pair.ben.batch({"text": links(video_ids(2))}, pair.anna.list_id)
    private = (await pair.anna.http.post("/lists", json={"name": "Privat"})).json()["id"]
    ids = [video["id"] for video in await pair.anna.videos()]

    moved = await pair.anna.http.post("/videos/move", json={"video_ids": ids, "list_id": private})

    assert moved.json() == {"moved": 2, "already_there": 0}
    await pair.ben.http.post(f"/imports/{added.json()['import_id']}/undo")
    assert len(await pair.anna.videos(private)) == 2


async def test_a_playlist_that_an_editor_wanted_is_read_no_further(pair: Pair) -> None:
    await pair.share(can_edit=True)
    added = await pair.ben.batch({"text": PLAYLIST}, pair.anna.list_id)
    import_id = added.json()["import_id"]

    await pair.end()

    async with pair.app.runtime.database.read() as session:
        reads = (await session.scalars(select(PlaylistRead))).all()
        assert [read.state for read in reads] == ["stopped"]
        row = await session.get(VideoImport, import_id)
        assert row is not None
        assert row.state == "finished"


async def test_what_an_editor_let_the_list_follow_goes_on_for_its_owner(pair: Pair) -> None:
    await pair.share(can_edit=True)
    path = f"/lists/{pair.anna.list_id}/follow"
    assert (await pair.ben.http.put(path, json={"url": PLAYLIST})).status_code == 200

    # Also when their account goes.
    host = await pair.app.sign_in()
    assert (await host.http.delete(f"/users/{pair.ben_id}")).status_code == 204

    (hers,) = (await pair.anna.http.get("/lists")).json()
    assert hers["follow"]["url"] == PLAYLIST
    anna_id = (await pair.anna.http.get("/auth/me")).json()["id"]
    async with pair.app.runtime.database.read() as session:
        assert list(await session.scalars(select(Follow.user_id))) == [anna_id]


async def test_who_leaves_sees_the_list_no_more_and_loses_nothing_else(pair: Pair) -> None:
    await pair.share(can_edit=True)
    await pair.anna.add(video_ids(1)[0])

    left = await pair.ben.http.delete(f"/lists/{pair.anna.list_id}/shares/{pair.ben_id}")

    assert left.status_code == 204
    assert [row["id"] for row in (await pair.ben.http.get("/lists")).json()] == [pair.ben.list_id]
    assert (await pair.ben.http.get(f"/lists/{pair.anna.list_id}/videos")).status_code == 404
    assert len(await pair.anna.videos()) == 1


async def test_with_a_list_goes_all_that_was_shared_of_it(pair: Pair) -> None:
    second = (await pair.anna.http.post("/lists", json={"name": "Zweite"})).json()["id"]
    await pair.share(can_edit=True)
    added = await pair.ben.batch({"text": links(video_ids(2))}, pair.anna.list_id)
    ids = [video["id"] for video in await pair.anna.videos()]
    await pair.ben.http.put(f"/videos/{ids[0]}/position", json={"position_seconds": 50})

    assert (await pair.anna.http.delete(f"/lists/{pair.anna.list_id}")).status_code == 204

    # The import of somebody else has nothing to wait for.
    shown = (await pair.ben.http.get(f"/imports/{added.json()['import_id']}")).json()
    assert shown["state"] == "finished"
    assert [row["id"] for row in (await pair.anna.http.get("/lists")).json()] == [second]
    async with pair.app.runtime.database.read() as session:
        for table in ("list_shares", "watch_positions", "videos"):
            assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


async def test_of_a_shared_list_a_copy_may_be_taken_and_its_file(pair: Pair) -> None:
    await pair.anna.add(video_ids(1)[0])
    await pair.share(can_edit=False)
    (video,) = await pair.anna.videos()

    body = {"video_ids": [video["id"]], "list_id": pair.ben.list_id}
    assert (await pair.ben.http.post("/videos/copy", json=body)).json()["copied"] == 1
    assert len(await pair.ben.videos()) == 1
    file = await pair.ben.http.get(f"/export?format=csv&list_id={pair.anna.list_id}")
    assert (file.status_code, video["youtube_id"] in file.text) == (200, True)
