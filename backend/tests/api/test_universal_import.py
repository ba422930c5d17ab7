"""One drop of anything: previewed, steered, and taken into one list or many."""

import asyncio
import io
import json
import random
import zipfile
from typing import Any

import httpx
import pytest

from tests.api.test_batch_import import links, video_ids
from tests.support.server import Client, RunningApp

pytestmark = pytest.mark.any_database

PLAYLIST = "https://www.youtube.com/playlist?list=PLUl4u3cNGP61hsJNdULdudlRL493b-XZf"


def playlist_csv(ids: list[str]) -> str:
    rows = [f"{youtube_id},2024-05-01T10:00:00+00:00" for youtube_id in ids]
    return "\n".join(["Video-ID,Zeitstempel der Erstellung des Playlist-Videos", *rows, "", ""])


def takeout(playlists: dict[str, list[str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, ids in playlists.items():
            path = f"Takeout/YouTube und YouTube Music/Playlists/{name}-Videos.csv"
            archive.writestr(path, playlist_csv(ids))
    return out.getvalue()


async def post(
    client: Client, path: str, *files: tuple[str, bytes], text: str | None = None, **options: Any
) -> httpx.Response:
    data = {"options": json.dumps(options)} | ({} if text is None else {"text": text})
    return await client.http.post(path, data=data, files=[("file", file) for file in files])


async def names_of_lists(client: Client) -> dict[str, str]:
    return {one["name"]: one["id"] for one in (await client.http.get("/lists")).json()}


async def ids_in(client: Client, list_id: str) -> list[str]:
    return [video["youtube_id"] for video in await client.videos(list_id)]


async def test_two_playlists_of_an_archive_become_two_lists(idle_client: Client) -> None:
    ids = video_ids(5)
    archive = ("takeout.zip", takeout({"Kochen": ids[:3], "Musik": ids[2:]}))

    preview = (await post(idle_client, "/imports/preview", archive, split_into_lists=True)).json()
    answer = await post(idle_client, "/imports", archive, split_into_lists=True)

    assert preview["format"] == "takeout_archive"
    assert [(group["name"], group["video_count"]) for group in preview["groups"]] == [
        ("Kochen", 3),
        ("Musik", 3),
    ]
    assert answer.status_code == 201
    # The video that both have is new in both.
    assert answer.json()["counts"] == preview["counts"]
    assert answer.json()["counts"]["new"] == 6
    lists = await names_of_lists(idle_client)
    assert await ids_in(idle_client, lists["Kochen"]) == ids[:3]
    assert await ids_in(idle_client, lists["Musik"]) == ids[2:]
    shown = (await idle_client.http.get(f"/imports/{answer.json()['import_id']}")).json()
    assert shown["list_count"] == 2
    assert shown["list_id"] == lists["Kochen"]
    assert shown["label"] == "takeout.zip"


async def test_only_the_chosen_groups_come_and_what_is_skipped_does_not(
    idle_client: Client,
) -> None:
    ids = video_ids(5)
    archive = ("takeout.zip", takeout({"Kochen": ids[:3], "Musik": ids[3:]}))

    preview = (await post(idle_client, "/imports/preview", archive, groups=[1])).json()
    assert [item["youtube_id"] for item in preview["items"]] == ids[3:]
    skipped = preview["items"][0]["position"]
    answer = await post(idle_client, "/imports", archive, groups=[1], skip=[skipped])

    assert answer.json()["counts"]["new"] == 1
    assert await ids_in(idle_client, idle_client.list_id) == ids[4:]


async def test_a_new_list_is_made_once_whatever_its_spelling(idle_client: Client) -> None:
    first, second = video_ids(2)
    one = await idle_client.http.post("/imports", json={"text": first, "new_list_name": "Später"})
    two = await idle_client.http.post(
        "/imports", json={"text": f"{first}\n{second}", "new_list_name": " SPÄTER "}
    )

    assert one.status_code == two.status_code == 201
    assert two.json()["counts"]["duplicate"] == 1
    lists = await names_of_lists(idle_client)
    assert await ids_in(idle_client, lists["Später"]) == [second, first]


async def test_the_same_names_at_once_make_one_list(idle_app: RunningApp) -> None:
    client = await idle_app.sign_in()
    archive = ("takeout.zip", takeout({"Kochen": video_ids(3)}))
    answers = await asyncio.gather(
        *(post(client, "/imports", archive, split_into_lists=True) for _ in range(3))
    )

    assert sorted(answer.json()["counts"]["new"] for answer in answers) == [0, 0, 3]
    names = [one["name"] for one in (await client.http.get("/lists")).json()]
    assert names.count("Kochen") == 1


async def test_a_preview_stores_nothing_and_says_what_the_import_does(
    idle_client: Client,
) -> None:
    known, new = video_ids(2)
    await idle_client.add(known)
    text = f"{known}\nhttps://youtu.be/{new}\nhttps://youtu.be/{new}?t=3\n{PLAYLIST}\nkein Link"

    preview = (await idle_client.http.post("/imports/preview", json={"text": text})).json()

    verdicts = ["duplicate", "new", "repeated", "playlist", "rejected"]
    assert [item["verdict"] for item in preview["items"]] == verdicts
    assert [item["position"] for item in preview["items"]] == [0, 1, 2, 3, 4]
    assert (await idle_client.http.get("/imports")).json()["total"] == 1
    answer = (await idle_client.http.post("/imports", json={"text": text})).json()
    assert answer["counts"] == preview["counts"]
    assert answer["counts"] == dict.fromkeys(verdicts, 1)


async def test_several_files_are_groups_and_an_unreadable_one_says_so(
    idle_client: Client,
) -> None:
    first, second = video_ids(2)
    files = [
        ("Kochen.txt", first.encode()),
        ("Bild.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("Musik.csv", f"url;Titel\nhttps://youtu.be/{second};Lied\n".encode("utf-16")),
    ]

    answer = await post(idle_client, "/imports", *files, split_into_lists=True)

    assert answer.json()["counts"]["rejected"] == 1
    lists = await names_of_lists(idle_client)
    assert await ids_in(idle_client, lists["Kochen"]) == [first]
    assert await ids_in(idle_client, lists["Musik"]) == [second]
    assert "Bild" not in lists
    items = (await idle_client.http.get(f"/imports/{answer.json()['import_id']}/items")).json()
    assert [item["reason_code"] for item in items["items"]] == [None, "unreadable", None]


async def test_a_file_goes_into_the_list_of_its_address(idle_client: Client) -> None:
    (youtube_id,) = video_ids(1)
    path = f"/lists/{idle_client.list_id}/videos/batch"

    answer = await post(idle_client, path, ("a.txt", youtube_id.encode()))

    assert answer.status_code == 201
    assert await ids_in(idle_client, idle_client.list_id) == [youtube_id]


async def test_too_many_items_can_be_chosen_from(idle_client: Client) -> None:
    ids = video_ids(10_050)
    archive = ("takeout.zip", takeout({"Viel": ids[:10_000], "Wenig": ids[10_000:]}))

    answer = await post(idle_client, "/imports/preview", archive)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_many_items")
    assert answer.json()["groups"] == [
        {"name": "Viel", "item_count": 10_000, "video_count": 10_000},
        {"name": "Wenig", "item_count": 50, "video_count": 50},
    ]
    chosen = await post(idle_client, "/imports/preview", archive, groups=[1])
    assert chosen.json()["counts"]["new"] == 50


@pytest.mark.parametrize("path", ["/imports", "/imports/preview"])
async def test_another_persons_list_does_not_exist(idle_app: RunningApp, path: str) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    body = {"text": links(video_ids(2)), "list_id": owner.list_id}

    answer = await stranger.http.post(path, json=body)

    assert (answer.status_code, answer.json()["code"]) == (404, "list_not_found")


@pytest.mark.parametrize("path", ["/imports", "/imports/preview"])
async def test_a_file_of_no_kind_is_refused(idle_client: Client, path: str) -> None:
    answer = await post(idle_client, path, ("Bild.png", b"\x89PNG" + bytes(range(256)) * 20))

    assert (answer.status_code, answer.json()["code"]) == (422, "file_unreadable")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"text": 1}', b"[" * 100_000],
)
async def test_what_is_no_request_is_malformed(idle_client: Client, body: bytes) -> None:
    for path in ("/imports", "/imports/preview"):
        answer = await idle_client.http.post(
            path, content=body, headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_a_form_without_anything_or_with_broken_options_is_malformed(
    idle_client: Client,
) -> None:
    for data in ({"options": "{}"}, {"text": "x", "options": "{"}, {"text": "x", "options": "[]"}):
        answer = await idle_client.http.post("/imports", data=data)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    answer = await idle_client.http.post(
        "/imports", content=b"--x\r\n", headers={"Content-Type": "multipart/form-data; boundary=y"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_a_playlist_waits_to_be_read_and_its_import_runs(idle_client: Client) -> None:
    answer = await idle_client.http.post("/imports", json={"text": f"{PLAYLIST}\n{PLAYLIST}"})

    assert answer.status_code == 201
    assert answer.json()["counts"]["playlist"] == 1
    assert answer.json()["counts"]["repeated"] == 1
    shown = (await idle_client.http.get(f"/imports/{answer.json()['import_id']}")).json()
    assert shown["state"] == "running"


@pytest.mark.parametrize("is_split", [True, False])
async def test_an_import_does_exactly_what_its_preview_says(
    idle_client: Client, is_split: bool
) -> None:
    chance = random.Random(7)
    ids = video_ids(12, seed=3)
    await idle_client.batch({"urls": ids[:3]})
    await idle_client.http.post("/imports", json={"urls": ids[3:6], "new_list_name": "Kochen"})
    for _ in range(6):
        found = {name: chance.choices(ids, k=6) for name in ("Kochen", "Musik", "Reisen")}
        files = [
            (f"{name}.txt", "\n".join([*its, "kein Link", PLAYLIST]).encode())
            for name, its in found.items()
        ]
        groups = chance.choice([None, [0], [1, 2]])
        options = {"split_into_lists": is_split, "groups": groups}
        items = (await post(idle_client, "/imports/preview", *files, **options)).json()["items"]
        # Left out is what nothing else depends on, so that all other verdicts stay.
        skip = [item["position"] for item in items if item["verdict"] != "new"][::2]
        expected = [item for item in items if item["position"] not in skip]

        answer = await post(idle_client, "/imports", *files, skip=skip, **options)

        if answer.status_code == 422:
            assert {item["verdict"] for item in expected} == {"rejected"}
            continue
        path = f"/imports/{answer.json()['import_id']}/items?limit=200"
        stored = (await idle_client.http.get(path)).json()["items"]
        shown = ("line", "text", "youtube_id", "reason_code")
        assert [[item[name] for name in shown] for item in stored] == [
            [item[name] for name in shown] for item in expected
        ]
        assert sum(answer.json()["counts"].values()) == len(expected)
        came = [item["youtube_id"] for item in stored if item["verdict"] == "new"]
        assert came == [item["youtube_id"] for item in expected if item["verdict"] == "new"]
