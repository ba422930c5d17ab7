"""Copying videos into another list, and making one list of two."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from app.models import Follow, PlaylistRead, Video, VideoEnrichment
from app.repositories import search_index
from app.services.search.analysis import ANALYSER_VERSION
from tests.api.test_batch_import import links, video_ids
from tests.api.test_bulk_videos import NOBODYS, do, dropped, new_list, shown
from tests.api.test_import_life import ON_SQLITE
from tests.api.test_own_words import change, tags_of, video
from tests.support.arranged import job_count, jobs_of, put
from tests.support.server import Client, RunningApp

CUES = [[0.0, 2.5, "Guten Tag"], [2.5, 4.0, "bis <morgen>"]]


async def merge(client: Client, list_id: str, into: str) -> httpx.Response:
    return await client.http.post(f"/lists/{list_id}/merge", json={"into_list_id": into})


async def finish(app: RunningApp, video_id: str, title: str = "Fertig", **found: Any) -> None:
    """A video that was completed long ago."""
    given = {
        "captions_source": "youtube_manual",
        "language": "de",
        "cues": CUES,
        "chapters": [[0, None, "Anfang"]],
        "chapters_source": "youtube",
        "stage": "complete",
        "extracted_at": datetime.now(UTC) - timedelta(days=400),
    }
    await put(app, video_id, "complete", title=title, **given | found)


async def ids_in(client: Client, list_id: str) -> list[str]:
    return [one["id"] for one in await client.videos(list_id)]


async def test_a_copy_of_a_finished_video_has_all_that_was_found_whatever_its_age(
    idle_client: Client, idle_app: RunningApp
) -> None:
    _, (one, gone) = await dropped(idle_client, 2)
    await finish(idle_app, one)
    await put(idle_app, gone, "error", title="Weg", error_code="video_private")
    async with idle_app.runtime.database.write() as unit:
        await unit.session.execute(
            update(Video)
            .where(Video.id == one)
            .values(channel="Kanal", description="Text", duration_seconds=60, position_seconds=9.5)
        )
    await change(idle_client, one, tags=["Später"], note="Gut")
    second = await new_list(idle_client)

    answer = await do(idle_client, "copy", [one, gone, one, NOBODYS], list_id=second)

    assert (answer.status_code, answer.json()) == (200, {"copied": 2, "already_there": 0})
    copies = await idle_client.videos(second)
    originals = [await video(idle_client, video_id) for video_id in (one, gone)]
    for copy, original in zip(copies, originals, strict=True):
        assert copy["id"] != original["id"]
        own = ("id", "created_at")
        same = {name: value for name, value in original.items() if name not in (*own, "note")}
        assert copy == same | {name: copy[name] for name in own} | {
            "list_id": second,
            "import_id": None,
            "position_seconds": None,
        }
    assert (await video(idle_client, copies[0]["id"]))["note"] == "Gut"
    found = [
        (await idle_client.http.get(f"/videos/{video_id}/enrichment")).json()
        for video_id in (copies[0]["id"], one)
    ]
    assert found[0] == found[1]
    assert found[0]["captions"]["cues"][1]["text"] == "bis <morgen>"
    assert await job_count(idle_app) == 0
    # They are rows of their own.
    await do(idle_client, "remove", [one])
    vtt = await idle_client.http.get(f"/videos/{copies[0]['id']}/captions.vtt")
    assert "Guten Tag" in vtt.text


async def test_a_copy_of_a_video_under_way_waits_for_it(
    idle_client: Client, idle_app: RunningApp
) -> None:
    _, (titled, new, pending) = await dropped(idle_client, 3)
    await put(idle_app, titled, "metadata", title="Halb")
    await finish(idle_app, pending, captions_source="none", cues=None, captions_pending=True)
    await change(idle_client, new, tags=["Neu"], note="Notiz")
    second = await new_list(idle_client)

    answer = await do(idle_client, "copy", [titled, new, pending], list_id=second)

    assert answer.json() == {"copied": 3, "already_there": 0}
    copies = await idle_client.videos(second)
    assert [(one["import_stage"], one["import_progress"]) for one in copies] == [
        ("created", 0),
        ("created", 0),
        ("complete", 100),
    ]
    assert await jobs_of(idle_app, *(one["id"] for one in copies)) == [("reuse", 0)] * 3
    copied = await video(idle_client, copies[1]["id"])
    assert (copied["tags"], copied["note"]) == (["Neu"], "Notiz")


async def test_what_the_other_list_has_is_not_copied_again(
    idle_client: Client, idle_app: RunningApp
) -> None:
    second, third = await new_list(idle_client), await new_list(idle_client, "Dritte")
    _, ids = await dropped(idle_client, 3)
    _, there = await dropped(idle_client, 1, list_id=second)
    _, twins = await dropped(idle_client, 3, list_id=third)
    await finish(idle_app, twins[1], title="Am weitesten")
    await change(idle_client, ids[0], tags=["nicht mit"])
    await change(idle_client, ids[1], tags=["a"], note="eins")
    await change(idle_client, twins[1], tags=["A", "b"], note="zwei")

    answer = await do(idle_client, "copy", [*ids[:2], twins[1], *there], list_id=second)

    assert answer.json() == {"copied": 1, "already_there": 3}
    (copied,) = [one for one in await idle_client.videos(second) if one["id"] not in there]
    assert (copied["title"], copied["tags"]) == ("Am weitesten", ["a", "b"])
    note = (await video(idle_client, copied["id"]))["note"]
    assert sorted(note.split("\n\n")) == ["eins", "zwei"]
    assert await tags_of(idle_client, *there) == [[]]
    assert len(await idle_client.videos()) == len(await idle_client.videos(third)) == 3


async def test_copies_and_own_words_are_found_by_the_search(
    idle_client: Client, idle_app: RunningApp
) -> None:
    second = await new_list(idle_client)
    _, ids = await dropped(idle_client, 30)
    for video_id in ids:
        await finish(idle_app, video_id)

    async def found(query: str, **filters: str) -> set[str]:
        asked = {"q": query} | filters
        answer = await idle_client.http.get("/search", params=asked)
        assert answer.status_code == 200, answer.text
        return {one["video"]["id"] for one in answer.json()["results"]}

    await change(idle_client, ids[0], tags=["Urlaubsplanung"], note="Leuchtturm ansehen")
    assert await found("urlaubsplanung") == await found("leuchtturm") == {ids[0]}
    await change(idle_client, ids[0], tags=[])
    assert await found("urlaubsplanung") == set()
    await do(idle_client, "copy", ids[:1], list_id=second)
    (copied,) = await ids_in(idle_client, second)
    assert await found("leuchtturm", list_id=second) == {copied}
    assert await found("morgen", list_id=second) == {copied}
    # Many are indexed in the background: the request that copies them does not wait for it.
    await do(idle_client, "copy", ids, list_id=second)
    async with idle_app.runtime.database.read() as session:
        stale = await search_index.stale(session, ANALYSER_VERSION)
    assert set(stale) == set(await ids_in(idle_client, second)) - {copied}


async def test_undoing_an_import_does_not_take_copies(
    idle_client: Client, idle_app: RunningApp
) -> None:
    import_id, ids = await dropped(idle_client, 2)
    await finish(idle_app, ids[0])
    second = await new_list(idle_client)
    await do(idle_client, "copy", ids, list_id=second)

    assert (await idle_client.http.post(f"/imports/{import_id}/undo")).status_code == 200

    assert await idle_client.videos() == []
    assert len(await idle_client.videos(second)) == 2


@ON_SQLITE
async def test_ten_thousand_videos_are_copied_and_their_lists_made_one(
    idle_client: Client, idle_app: RunningApp
) -> None:
    await idle_client.batch({"text": links(video_ids(10_000))})
    async with idle_app.runtime.database.write() as unit:
        await unit.session.execute(update(Video).values(import_stage="complete", title="Titel"))
        await unit.session.execute(update(VideoEnrichment).values(cues=CUES))
    ids = [one["id"] for one in await idle_client.videos()]
    second = await new_list(idle_client)

    assert (await do(idle_client, "copy", ids, list_id=second)).json()["copied"] == 10_000
    tagged = await idle_client.http.post("/videos/tag", json={"video_ids": ids, "add": ["alle"]})
    assert tagged.json() == {"tagged": 10_000}
    merged = await merge(idle_client, idle_client.list_id, second)
    assert merged.json() == {"moved": 0, "already_there": 10_000}
    (tag,) = (await idle_client.http.get("/tags")).json()
    assert tag == {"name": "alle", "video_count": 10_000}


async def test_moving_unites_tags_and_notes_with_what_is_there_already(
    idle_client: Client,
) -> None:
    second = await new_list(idle_client)
    _, ids = await dropped(idle_client, 3)
    _, there = await dropped(idle_client, 3, list_id=second)
    await change(idle_client, ids[0], tags=["Küche", "neu"], note="unten")
    await change(idle_client, there[0], tags=["küche"], note="oben")
    await change(idle_client, ids[1], note="gleich")
    await change(idle_client, there[1], note="schon gleich")

    answer = await do(idle_client, "move", ids, list_id=second)

    assert answer.json() == {"moved": 0, "already_there": 3}
    kept = [await video(idle_client, video_id) for video_id in there]
    assert [one["tags"] for one in kept] == [["Küche", "neu"], [], []]
    assert [one["note"] for one in kept] == ["oben\n\nunten", "schon gleich", None]


async def test_merging_moves_all_videos_and_deletes_the_list(
    idle_client: Client, idle_app: RunningApp
) -> None:
    second = await new_list(idle_client)
    import_id, ids = await dropped(idle_client, 3)
    _, there = await dropped(idle_client, 1, list_id=second)
    await finish(idle_app, ids[1])
    await change(idle_client, ids[0], tags=["bleibt"])

    answer = await merge(idle_client, idle_client.list_id, second)

    assert (answer.status_code, answer.json()) == (200, {"moved": 2, "already_there": 1})
    assert set(await ids_in(idle_client, second)) == {*there, *ids[1:]}
    lists = (await idle_client.http.get("/lists")).json()
    assert [(one["id"], one["video_count"]) for one in lists] == [(second, 3)]
    assert await tags_of(idle_client, *there) == [["bleibt"]]
    now = await shown(idle_client, import_id)
    assert (now["list_id"], now["summary"]["total"]) == (second, 2)


async def test_merging_takes_along_what_is_still_to_be_read_and_followed(
    idle_client: Client, idle_app: RunningApp
) -> None:
    """Accepted playlists are not lost with the list they were dropped into."""
    http, first = idle_client.http, idle_client.list_id
    second, third = await new_list(idle_client), await new_list(idle_client, "Dritte")
    playlist = f"https://www.youtube.com/playlist?list=PL{'a' * 32}"
    for list_id, letter in ((first, "b"), (third, "c")):
        url = playlist.replace("a" * 32, letter * 32)
        followed = await http.put(f"/lists/{list_id}/follow", json={"url": url})
        assert followed.status_code == 200, followed.text
    accepted = await http.post("/imports", json={"text": playlist, "list_id": first})
    assert accepted.status_code == 201, accepted.text

    await merge(idle_client, first, second)
    await merge(idle_client, second, third)

    async with idle_app.runtime.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Follow)) == 1
        reads = (await session.execute(select(PlaylistRead.source, PlaylistRead.list_id))).all()
    assert sorted(reads) == [(f"playlist:PL{letter * 32}", third) for letter in ("a", "c")]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_nobody_waits_in_a_circle_for_the_same_videos(idle_client: Client) -> None:
    """SQLite has one writer, who is alone."""
    second, third = await new_list(idle_client), await new_list(idle_client, "Dritte")
    _, ids = await dropped(idle_client, 40)
    backwards = ids[::-1]
    await do(idle_client, "copy", ids[:20], list_id=second)

    async def tagged(chosen: list[str], name: str) -> httpx.Response:
        body = {"video_ids": chosen, "add": [name]}
        return await idle_client.http.post("/videos/tag", json=body)

    for _ in range(3):
        answers = await asyncio.gather(
            tagged(ids, "a"),
            tagged(backwards, "b"),
            do(idle_client, "move", backwards[5:30], list_id=second),
            do(idle_client, "copy", ids[10:], list_id=third),
            do(idle_client, "move", ids, list_id=idle_client.list_id),
            tagged(backwards, "a"),
        )
        assert [answer.status_code for answer in answers] == [200] * len(answers)
    rest = await asyncio.gather(
        tagged(backwards, "c"),
        merge(idle_client, second, idle_client.list_id),
        merge(idle_client, idle_client.list_id, third),
        idle_client.http.delete(f"/lists/{third}"),
        tagged(ids, "d"),
    )
    assert all(answer.status_code in (200, 204, 404) for answer in rest)


async def test_a_list_can_not_be_merged_into_itself_or_another_persons(
    idle_app: RunningApp,
) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    await dropped(owner, 1)

    itself = await merge(owner, owner.list_id, owner.list_id)
    assert (itself.status_code, itself.json()["code"]) == (422, "invalid_request")
    for client, source, target in (
        (owner, owner.list_id, stranger.list_id),
        (stranger, owner.list_id, stranger.list_id),
        (owner, owner.list_id, NOBODYS),
    ):
        answer = await merge(client, source, target)
        assert (answer.status_code, answer.json()["code"]) == (404, "list_not_found")
    assert len(await owner.videos()) == 1
