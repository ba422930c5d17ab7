"""The search over HTTP."""

from tests.api.test_bulk_videos import dropped
from tests.support.arranged import put
from tests.support.server import Client, RunningApp
from tests.support.spoken import Spoken, add_videos, cues_of

PARTS_OF_A_RESULT = {
    "video", "title_parts", "channel_parts", "description_parts", "hits", "hit_count",
}  # fmt: skip


async def _fill(app: RunningApp, client: Client, count: int) -> None:
    async with app.runtime.database.write() as unit:
        videos = [Spoken(f"x{n}", cues_of("hello", "a walrus")) for n in range(count)]
        await add_videos(unit, client.list_id, videos)


async def test_a_search_answers_page_by_page(idle_app: RunningApp, idle_client: Client):
    await _fill(idle_app, idle_client, 5)
    http = idle_client.http
    page = (await http.get("/search", params={"q": "walrus", "limit": 3})).json()
    assert len(page["results"]) == 3
    assert (page["total"], page["total_is_exact"], page["is_relaxed"]) == (5, True, False)
    first = page["results"][0]
    assert set(first) == PARTS_OF_A_RESULT
    assert first["hits"] == [
        {
            "start_seconds": 4.0,
            "kind": "captions",
            "parts": [{"text": "a ", "marked": False}, {"text": "walrus", "marked": True}],
        }
    ]
    rest = {"q": "walrus", "limit": 3, "cursor": page["next_cursor"]}
    last = (await http.get("/search", params=rest)).json()
    assert len(last["results"]) == 2
    assert last["next_cursor"] is None
    # More than 200 at once means 200.
    clamped = await http.get("/search", params={"q": "walrus", "limit": 10_000})
    assert len(clamped.json()["results"]) == 5


async def test_what_is_no_search_is_said_to_be_none(idle_app: RunningApp, idle_client: Client):
    await _fill(idle_app, idle_client, 1)
    http = idle_client.http
    refused = [
        ({"q": "x" * 401}, 422),
        ({"q": "walrus", "limit": 0}, 422),
        ({"q": "walrus", "sort": "best"}, 422),
        ({"q": "walrus", "cursor": "nonsense"}, 422),
        ({"q": "walrus", "published_after": "yesterday"}, 422),
        ({"q": "walrus", "min_duration_seconds": -1}, 422),
        ({"q": "walrus", "captions_source": "magic"}, 422),
        ({"q": "walrus", "list_id": "nothing"}, 404),
        ({"q": "walrus", "tag": ""}, 422),
    ]
    for params, status in refused:
        answer = await http.get("/search", params=params)
        assert answer.status_code == status, params
        assert answer.json()["code"] in ("invalid_request", "list_not_found"), params
    for query in ("", "?", '"', "-", "%00", "\x01", "🚀", "' OR 1=1 --"):
        assert (await http.get("/search", params={"q": query})).status_code == 200, query


async def test_a_removed_and_a_moved_video_are_searched_where_they_are(
    idle_app: RunningApp, idle_client: Client
):
    await _fill(idle_app, idle_client, 3)
    http = idle_client.http
    found = (await http.get("/search", params={"q": "walrus"})).json()["results"]
    gone, moved, _ = (result["video"]["id"] for result in found)
    other = (await http.post("/lists", json={"name": "Other"})).json()["id"]
    assert (await http.delete(f"/videos/{gone}")).status_code == 204
    await http.post("/videos/move", json={"video_ids": [moved], "list_id": other})
    for list_id, expected in ((None, 2), (other, 1), (idle_client.list_id, 1)):
        params = {"q": "walrus"} | ({"list_id": list_id} if list_id else {})
        assert (await http.get("/search", params=params)).json()["total"] == expected
    # A list takes its videos along.
    await http.delete(f"/lists/{other}")
    assert (await http.get("/search", params={"q": "walrus"})).json()["total"] == 1


async def test_a_note_and_a_tag_are_found_as_soon_as_they_are_written(
    idle_app: RunningApp, idle_client: Client
):
    await _fill(idle_app, idle_client, 2)
    http = idle_client.http
    found = (await http.get("/search", params={"q": "walrus"})).json()["results"]
    video_id = found[0]["video"]["id"]
    change = {"note": "Für den Pinguin", "tags": ["Ausflüge"]}
    assert (await http.patch(f"/videos/{video_id}", json=change)).status_code == 200
    for query in ("pinguin", "ausfluge", "walrus pinguin ausflüge"):
        found = (await http.get("/search", params={"q": query})).json()["results"]
        assert [result["video"]["id"] for result in found] == [video_id], query
    await http.patch(f"/videos/{video_id}", json={"note": "", "tags": []})
    assert (await http.get("/search", params={"q": "pinguin"})).json()["total"] == 0


async def test_a_note_and_a_tag_of_a_video_without_a_title_are_found(
    idle_app: RunningApp, idle_client: Client
):
    _, (video_id,) = await dropped(idle_client, 1)
    await put(idle_app, video_id, "error", error_code="video_private")
    http = idle_client.http
    change = {"note": "Zwiebelkuchen am Freitag", "tags": ["verloren"]}
    assert (await http.patch(f"/videos/{video_id}", json=change)).status_code == 200
    for asked in ({"q": "Zwiebelkuchen"}, {"q": "verloren"}, {"tag": "verloren"}, {}):
        answer = await http.get("/search", params=asked)
        assert answer.status_code == 200, answer.text
        (found,) = answer.json()["results"]
        assert (found["video"]["id"], found["video"]["title"]) == (video_id, None), asked
        assert (found["title_parts"], found["channel_parts"], found["hits"]) == ([], [], [])
    await http.patch(f"/videos/{video_id}", json={"note": "", "tags": []})
    assert (await http.get("/search", params={"q": "Zwiebelkuchen"})).json()["total"] == 0


async def test_nobody_searches_without_signing_in(idle_app: RunningApp, idle_client: Client):
    await _fill(idle_app, idle_client, 1)
    someone = await idle_app.add_user("someone")
    assert (await someone.http.get("/search", params={"q": "walrus"})).json()["total"] == 0
    assert (await someone.http.get("/search")).json()["total"] == 0
    theirs = {"q": "walrus", "list_id": idle_client.list_id}
    assert (await someone.http.get("/search", params=theirs)).status_code == 404
    del someone.http.headers["Authorization"]
    assert (await someone.http.get("/search", params={"q": "walrus"})).status_code == 401
