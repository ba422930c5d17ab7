"""A person's own words for videos: tags, notes, where they stopped, searches that are kept."""

import asyncio
from typing import Any

import httpx
from sqlalchemy import update

from app.models import Video
from tests.api.test_bulk_videos import NOBODYS, dropped, new_list
from tests.api.test_import_life import ON_SQLITE
from tests.support.arranged import put
from tests.support.server import Client, RunningApp


async def change(client: Client, video_id: str, **body: Any) -> httpx.Response:
    return await client.http.patch(f"/videos/{video_id}", json=body)


async def video(client: Client, video_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.http.get(f"/videos/{video_id}")).json()
    return found


async def tag(client: Client, ids: list[str], **body: list[str]) -> dict[str, Any]:
    answer = await client.http.post("/videos/tag", json={"video_ids": ids, **body})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def tags_of(client: Client, *ids: str) -> list[list[str]]:
    return [(await video(client, video_id))["tags"] for video_id in ids]


async def all_tags(client: Client) -> dict[str, int]:
    return {one["name"]: one["video_count"] for one in (await client.http.get("/tags")).json()}


async def test_a_note_keeps_its_lines_and_what_is_left_out_stays(idle_client: Client) -> None:
    _, (video_id,) = await dropped(idle_client, 1)

    answer = await change(idle_client, video_id, note=" Erste\r\nZweite\x00\x07\rDritte\n\n")
    assert (answer.status_code, answer.json()["note"]) == (200, "Erste\nZweite\nDritte")
    assert (await change(idle_client, video_id, tags=["b", "A"])).json()["tags"] == ["A", "b"]
    kept = await video(idle_client, video_id)
    assert (kept["note"], kept["tags"]) == ("Erste\nZweite\nDritte", ["A", "b"])
    assert (await change(idle_client, video_id)).json() == kept
    assert (await change(idle_client, video_id, note="", tags=[])).json() == kept | {
        "note": None,
        "tags": [],
    }


async def test_tags_that_differ_only_in_case_are_the_same_as_they_were_written_first(
    idle_client: Client,
) -> None:
    _, (one, two, three) = await dropped(idle_client, 3)
    await change(idle_client, one, tags=["#Küche", "KÜCHE", "straße"])

    assert await tag(idle_client, [two, three, two, NOBODYS], add=["küche", "ＳＴＲＡＳＳＥ"]) == {
        "tagged": 2
    }

    assert await tags_of(idle_client, one, two) == [["Küche", "straße"]] * 2
    assert await all_tags(idle_client) == {"Küche": 3, "straße": 3}
    await tag(idle_client, [one, two], remove=["KüCHE"], add=["neu"])
    assert await tags_of(idle_client, one, two, three) == [
        ["neu", "straße"],
        ["neu", "straße"],
        ["Küche", "straße"],
    ]


async def test_a_video_has_at_most_fifty_tags(idle_client: Client) -> None:
    _, (one, two) = await dropped(idle_client, 2)
    many = [f"tag {number:02}" for number in range(50)]
    await change(idle_client, one, tags=many)

    await tag(idle_client, [one, two], add=["ein anderes", "noch eins"])
    assert await tags_of(idle_client, one, two) == [many, ["ein anderes", "noch eins"]]
    await tag(idle_client, [one], add=["ein anderes", "noch eins"], remove=["tag 00"])
    assert await tags_of(idle_client, one) == [["ein anderes", *many[1:]]]


async def test_a_list_can_be_narrowed_to_a_tag(idle_client: Client) -> None:
    _, ids = await dropped(idle_client, 5)
    await tag(idle_client, ids[1:4], add=["Später"])

    async def page(**query: Any) -> dict[str, Any]:
        path = f"/lists/{idle_client.list_id}/videos"
        found: dict[str, Any] = (await idle_client.http.get(path, params=query)).json()
        return found

    first = await page(tag="#SPÄTER", limit=2)
    assert ([one["id"] for one in first["items"]], first["total"]) == (ids[1:3], 3)
    rest = await page(tag="später", limit=2, cursor=first["next_cursor"])
    assert ([one["id"] for one in rest["items"]], rest["next_cursor"]) == ([ids[3]], None)
    assert (await page(tag="nie"))["total"] == 0


async def test_where_a_person_stopped_is_kept_until_the_end_is_seen(
    idle_client: Client, idle_app: RunningApp
) -> None:
    _, (long, short, unknown) = await dropped(idle_client, 3)
    async with idle_app.runtime.database.write() as unit:
        for video_id, seconds in ((long, 3600), (short, 30)):
            await unit.session.execute(
                update(Video).where(Video.id == video_id).values(duration_seconds=seconds)
            )

    async def after(video_id: str, seconds: float | None) -> float | None:
        answer = await idle_client.http.put(
            f"/videos/{video_id}/position", json={"position_seconds": seconds}
        )
        assert answer.status_code == 204, answer.text
        kept: float | None = (await video(idle_client, video_id))["position_seconds"]
        return kept

    assert [await after(long, seconds) for seconds in (12.5, 3491.9, 3492, None, 0.4)] == [
        12.5,
        3491.9,
        None,
        None,
        None,
    ]
    assert [await after(short, seconds) for seconds in (19.9, 20)] == [19.9, None]
    assert await after(unknown, 9_000_000) == 9_000_000
    listed = {one["id"]: one["position_seconds"] for one in await idle_client.videos()}
    assert listed == {long: None, short: None, unknown: 9_000_000}


async def test_the_videos_beside_one_are_those_of_its_list(idle_client: Client) -> None:
    second = await new_list(idle_client)
    _, ids = await dropped(idle_client, 3)
    await dropped(idle_client, 1, seed=2, list_id=second)

    beside = []
    for video_id in ids:
        found = (await idle_client.http.get(f"/videos/{video_id}/neighbours")).json()
        beside.append(tuple((found[side] or {}).get("id") for side in ("previous", "next")))

    assert beside == [(None, ids[1]), (ids[0], ids[2]), (ids[1], None)]


async def test_what_a_search_can_be_narrowed_to_is_counted_in_the_library_or_a_list(
    idle_client: Client, idle_app: RunningApp
) -> None:
    second = await new_list(idle_client)
    _, ids = await dropped(idle_client, 4)
    _, (other,) = await dropped(idle_client, 1, seed=2, list_id=second)
    languages = ("de", "de-AT", "en_US", None)
    for video_id, language in zip(ids, languages, strict=True):
        cues = {"captions_source": "youtube_auto", "cues": [[0, 1, "Wort"]]} if language else {}
        await put(idle_app, video_id, "complete", language=language, **cues)
    await put(idle_app, other, "complete", language="fr", captions_source="none")
    async with idle_app.runtime.database.write() as unit:
        for channel, chosen in (("Zwei", ids[:2]), ("eins", ids[2:3]), ("Drei", [other])):
            await unit.session.execute(
                update(Video).where(Video.id.in_(chosen)).values(channel=channel)
            )
    await tag(idle_client, ids[:1], add=["a"])
    await tag(idle_client, [*ids[1:3], other], add=["b"])

    async def choices(**query: str) -> dict[str, list[tuple[str, int]]]:
        found = (await idle_client.http.get("/search/choices", params=query)).json()
        return {
            kind: [(one["value"], one["video_count"]) for one in counted]
            for kind, counted in found.items()
        }

    assert await choices() == {
        "channels": [("Zwei", 2), ("Drei", 1), ("eins", 1)],
        "languages": [("de", 2), ("en", 1)],
        "captions_sources": [("youtube_auto", 3), ("none", 1)],
        "tags": [("b", 3), ("a", 1)],
    }
    assert await choices(list_id=second) == {
        "channels": [("Drei", 1)],
        "languages": [],
        "captions_sources": [("none", 1)],
        "tags": [("b", 1)],
    }


async def test_searches_are_kept_by_name_renamed_and_forgotten(idle_client: Client) -> None:
    http = idle_client.http
    filters = {"list_id": idle_client.list_id, "tag": "Später", "published_after": "2024-02-29"}
    made = await http.post(
        "/saved-searches",
        json={"name": "zuerst", "query": '"guten Tag" -nie', "filters": filters, "sort": "newest"},
    )
    assert made.status_code == 201, made.text
    plain = (await http.post("/saved-searches", json={"name": "Alles", "query": ""})).json()

    kept = (await http.get("/saved-searches")).json()
    assert kept == [plain, made.json()]
    assert {name: value for name, value in kept[1]["filters"].items() if value} == filters
    assert (kept[1]["query"], kept[1]["sort"]) == ('"guten Tag" -nie', "newest")
    path = f"/saved-searches/{plain['id']}"
    renamed = await http.patch(path, json={"name": "zzz"})
    assert renamed.json() == plain | {"name": "zzz"}
    assert [one["name"] for one in (await http.get("/saved-searches")).json()] == ["zuerst", "zzz"]
    assert (await http.delete(path)).status_code == 204
    for again in (await http.delete(path), await http.patch(path, json={"name": "x"})):
        assert (again.status_code, again.json()["code"]) == (404, "not_found")


async def test_at_most_two_hundred_searches_are_kept(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")

    async def save(client: Client) -> httpx.Response:
        return await client.http.post("/saved-searches", json={"name": "a", "query": "b"})

    made = [await save(owner) for _ in range(199)]
    last = await asyncio.gather(*(save(owner) for _ in range(4)))
    assert {answer.status_code for answer in made} == {201}
    assert sorted(answer.status_code for answer in last) == [201, 409, 409, 409]
    assert (await save(owner)).json() == {
        "code": "too_many_searches",
        "message": "More than 200 searches can’t be kept. Please delete one first.",
        "limit": 200,
    }
    assert (await save(stranger)).status_code == 201
    await owner.http.delete(f"/saved-searches/{made[0].json()['id']}")
    assert (await save(owner)).status_code == 201
    assert len((await owner.http.get("/saved-searches")).json()) == 200


async def test_other_peoples_words_can_be_neither_seen_nor_changed(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    _, (own,) = await dropped(owner, 1)
    await change(owner, own, tags=["Geheim"], note="Privat")
    search = (await owner.http.post("/saved-searches", json={"name": "a", "query": "b"})).json()

    http = stranger.http
    for answer in (
        await change(stranger, own, note="x"),
        await http.put(f"/videos/{own}/position", json={"position_seconds": 5}),
        await http.get(f"/videos/{own}/neighbours"),
        await http.delete(f"/saved-searches/{search['id']}"),
        await http.patch(f"/saved-searches/{search['id']}", json={"name": "x"}),
        await http.get("/search/choices", params={"list_id": owner.list_id}),
    ):
        assert answer.status_code == 404, answer.text
    assert await tag(stranger, [own], add=["x"], remove=["Geheim"]) == {"tagged": 0}
    assert await all_tags(stranger) == {}
    assert (await http.get("/saved-searches")).json() == []
    assert (await http.get("/search/choices")).json()["tags"] == []
    mine = await video(owner, own)
    assert (mine["tags"], mine["note"], mine["position_seconds"]) == (["Geheim"], "Privat", None)
    # How others write a tag is theirs, too.
    _, (theirs,) = await dropped(stranger, 1)
    await change(stranger, theirs, tags=["geheim"])
    assert await all_tags(stranger) == {"geheim": 1}


@ON_SQLITE
async def test_words_and_places_that_are_none_are_malformed_requests(idle_client: Client) -> None:
    _, (video_id,) = await dropped(idle_client, 1)
    bodies = [
        *({"note": note} for note in ("x" * 20_001, 5)),
        *({"tags": tags} for tags in (["x" * 61], [""], ["#"], ["a\x00b"], ["a"] * 51, "a")),
        # Nobody would see it in the page.
        *({"tags": [unseen]} for unseen in ("\u200b", "#\u2060", "\u3164 \u202e", "\ufe0f")),
    ]
    answers = [await change(idle_client, video_id, **body) for body in bodies]
    for seconds in ("-1", "1e9", "NaN", "Infinity", '"x"'):
        place = f'{{"position_seconds": {seconds}}}'
        path, json_type = f"/videos/{video_id}/position", {"Content-Type": "application/json"}
        answers.append(await idle_client.http.put(path, content=place, headers=json_type))
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
