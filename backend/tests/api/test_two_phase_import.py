"""One link: stored at once, enriched afterwards (DESIGN, sections 4 to 7)."""

import pytest

from standin.server import StandIn
from tests.support.server import Client, RunningApp, until

pytestmark = pytest.mark.any_database

VIDEO = "dQw4w9WgXcQ"


async def test_a_link_is_stored_before_the_answer_and_nothing_asks_the_network(
    idle_client: Client, standin: StandIn
) -> None:
    answer = await idle_client.add(f"https://youtu.be/{VIDEO}?t=4")

    assert answer.status_code == 201
    video = answer.json()
    shown = (await idle_client.http.get(f"/imports/{video['import_id']}")).json()
    assert shown["counts"] == {
        "new": 1,
        "duplicate": 0,
        "repeated": 0,
        "rejected": 0,
        "playlist": 0,
    }
    assert video["youtube_id"] == VIDEO
    assert (video["import_stage"], video["import_progress"]) == ("created", 0)
    assert video["title"] is None
    stored = (await idle_client.http.get(f"/videos/{video['id']}")).json()
    assert stored == {**video, "note": None}
    assert standin.requests == []


async def test_a_video_becomes_complete_with_captions_and_chapters(
    client: Client, standin: StandIn
) -> None:
    standin.set_scenario(VIDEO, captions="manual", chapters="markers", duration_seconds=600)
    added = (await client.add(f"https://www.youtube.com/watch?v={VIDEO}")).json()

    (video,) = await client.until_settled()

    assert (video["import_stage"], video["import_progress"]) == ("complete", 100)
    assert video["title"] == standin.video(VIDEO).title
    assert video["channel"]
    assert video["duration_seconds"] == 600
    assert video["captions_source"] == "youtube_manual"
    assert video["error_code"] is None
    found = (await client.http.get(f"/videos/{added['id']}/enrichment")).json()
    assert found["stage"] == "complete"
    assert len(found["captions"]["cues"]) > 20
    assert found["chapters_source"] == "youtube"
    assert found["chapters"][0]["start_seconds"] == 0


async def test_a_video_costs_one_oembed_two_player_and_one_caption_request(
    client: Client, standin: StandIn
) -> None:
    standin.set_scenario(VIDEO, captions="auto")
    await client.add(VIDEO)
    await client.until_settled()

    assert standin.counts()["total"] == {"oembed": 1, "watch": 1, "player": 1, "timedtext": 1}


async def test_a_video_without_captions_is_complete_all_the_same(
    client: Client, standin: StandIn
) -> None:
    standin.set_scenario(VIDEO, captions="none")
    await client.add(VIDEO)

    (video,) = await client.until_settled()

    assert video["import_stage"] == "complete"
    assert video["captions_source"] == "none"
    assert video["error_code"] is None
    assert "timedtext" not in standin.counts()["total"]


@pytest.mark.parametrize(
    ("availability", "code"),
    [("private", "video_private"), ("deleted", "video_deleted")],
)
async def test_a_video_that_cannot_be_had_ends_in_error_with_its_reason(
    client: Client, standin: StandIn, availability: str, code: str
) -> None:
    standin.set_scenario(VIDEO, availability=availability)
    await client.add(VIDEO)

    (video,) = await client.until_settled()

    assert video["import_stage"] == "error"
    assert video["error_code"] == code


async def test_an_oembed_refusal_never_ends_a_video(client: Client, standin: StandIn) -> None:
    standin.set_scenario(VIDEO, embeddable=False)
    await client.add(VIDEO)

    (video,) = await client.until_settled()

    assert video["import_stage"] == "complete"
    assert video["title"] == standin.video(VIDEO).title


async def test_the_same_link_twice_is_told_with_the_id_that_is_there(idle_client: Client) -> None:
    first = (await idle_client.add(f"https://youtu.be/{VIDEO}")).json()
    second = await idle_client.add(f"https://m.youtube.com/watch?v={VIDEO}&list=WL")

    assert second.status_code == 409
    assert second.json()["code"] == "video_already_in_list"
    assert second.json()["video_id"] == first["id"]
    assert len(await idle_client.videos()) == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("no link at all", "no_link"),
        ("https://www.youtube.com/playlist?list=PLUl4u3cNGP61hsJNdULdudlRL493b-XZf", "playlist"),
        ("https://www.youtube.com/@somebody", "channel"),
        ("https://youtu.be.evil.example/dQw4w9WgXcQ", "foreign_host"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQQ", "bad_id"),
        ("", "no_link"),
    ],
)
async def test_what_is_no_video_is_refused_with_a_reason(
    idle_client: Client, url: str, reason: str
) -> None:
    answer = await idle_client.add(url)

    assert answer.status_code == 422
    assert answer.json()["code"] == "not_a_video"
    assert answer.json()["reason_code"] == reason
    assert await idle_client.videos() == []


async def test_a_playlist_as_a_single_video_is_told_how_it_comes_in_both_languages(
    idle_client: Client,
) -> None:
    url = "https://www.youtube.com/playlist?list=PLUl4u3cNGP61hsJNdULdudlRL493b-XZf"
    path = f"/lists/{idle_client.list_id}/videos"
    german = await idle_client.http.post(path, json={"url": url}, headers={"Accept-Language": "de"})
    english = await idle_client.http.post(path, json={"url": url})

    assert "nicht ein einzelnes Video" in german.json()["message"]
    assert "As an import" in english.json()["message"]


async def test_what_was_found_is_reused_in_another_list_without_any_request(
    client: Client, standin: StandIn
) -> None:
    standin.set_scenario(VIDEO, captions="auto", chapters="markers")
    await client.add(VIDEO)
    (first,) = await client.until_settled()
    standin.clear_requests()
    other = (await client.http.post("/lists", json={"name": "Zweite"})).json()["id"]

    await client.add(VIDEO, other)
    (second,) = await client.until_settled(list_id=other)

    assert standin.requests == []
    assert second["title"] == first["title"]
    assert second["captions_source"] == "youtube_auto"
    enrichments = [
        (await client.http.get(f"/videos/{video['id']}/enrichment")).json()
        for video in (first, second)
    ]
    assert enrichments[0] == enrichments[1]


async def test_the_same_video_in_two_lists_at_once_is_fetched_once(
    client: Client, standin: StandIn
) -> None:
    standin.set_scenario(VIDEO, captions="auto")
    standin.set_latency(0.2)
    other = (await client.http.post("/lists", json={"name": "Zweite"})).json()["id"]
    await client.add(VIDEO)
    await client.add(VIDEO, other)

    (first,) = await client.until_settled()
    (second,) = await client.until_settled(list_id=other)

    assert first["title"] == second["title"]
    assert standin.counts()["total"] == {"oembed": 1, "watch": 1, "player": 1, "timedtext": 1}


async def test_a_retry_of_a_complete_video_keeps_it_complete(
    client: Client, standin: StandIn
) -> None:
    standin.set_scenario(VIDEO, captions="none")
    await client.add(VIDEO)
    (video,) = await client.until_settled()
    standin.set_scenario(VIDEO, captions="manual")

    retried = await client.http.post(f"/videos/{video['id']}/enrichment/retry")
    assert retried.status_code == 202
    now = (await client.http.get(f"/videos/{video['id']}")).json()
    assert (now["import_stage"], now["import_progress"]) == ("complete", 100)

    async def has_captions() -> bool | None:
        found = (await client.http.get(f"/videos/{video['id']}")).json()
        assert (found["import_stage"], found["import_progress"]) == ("complete", 100)
        return found["captions_source"] == "youtube_manual" or None

    assert await until(has_captions)


async def test_a_retry_of_a_video_in_error_goes_on_from_the_last_stage(
    client: Client, standin: StandIn
) -> None:
    standin.set_scenario(VIDEO, availability="private")
    await client.add(VIDEO)
    (video,) = await client.until_settled()
    standin.set_scenario(VIDEO, availability="ok")

    await client.http.post(f"/videos/{video['id']}/enrichment/retry")
    (again,) = await client.until_settled()

    assert again["import_stage"] == "complete"
    assert again["error_code"] is None


async def test_captions_are_given_as_webvtt_and_as_plain_text(
    client: Client, standin: StandIn
) -> None:
    standin.set_scenario(VIDEO, captions="manual")
    await client.add(VIDEO)
    (video,) = await client.until_settled()

    vtt = await client.http.get(f"/videos/{video['id']}/captions.vtt")
    text = await client.http.get(f"/videos/{video['id']}/transcript.txt")

    assert vtt.headers["content-type"].startswith("text/vtt")
    assert vtt.text.startswith("WEBVTT\n\n")
    assert " --> " in vtt.text
    assert len(text.text.split()) > 100


async def test_another_persons_list_and_video_do_not_exist(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    video = (await owner.add(VIDEO)).json()

    for method, path in [
        ("GET", f"/lists/{owner.list_id}/videos"),
        ("POST", f"/lists/{owner.list_id}/videos"),
        ("POST", f"/lists/{owner.list_id}/videos/batch"),
        ("PATCH", f"/lists/{owner.list_id}"),
        ("DELETE", f"/lists/{owner.list_id}"),
        ("GET", f"/videos/{video['id']}"),
        ("DELETE", f"/videos/{video['id']}"),
        ("GET", f"/videos/{video['id']}/enrichment"),
        ("GET", f"/videos/{video['id']}/captions.vtt"),
        ("POST", f"/videos/{video['id']}/enrichment/retry"),
    ]:
        body = {"url": VIDEO, "text": VIDEO, "name": "x"} if method in ("POST", "PATCH") else None
        answer = await stranger.http.request(method, path, json=body)
        assert answer.status_code == 404, (method, path)
    assert len(await owner.videos()) == 1


async def test_an_unknown_list_is_not_found(idle_client: Client) -> None:
    answer = await idle_client.add(VIDEO, "no-such-list")

    assert answer.status_code == 404
    assert answer.json()["code"] == "list_not_found"


async def test_a_deleted_video_is_gone_and_can_be_added_again(client: Client) -> None:
    video = (await client.add(VIDEO)).json()

    assert (await client.http.delete(f"/videos/{video['id']}")).status_code == 204
    assert await client.videos() == []
    assert (await client.add(VIDEO)).status_code == 201
    (again,) = await client.until_settled()
    assert again["import_stage"] == "complete"
