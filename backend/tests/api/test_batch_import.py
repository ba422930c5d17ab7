"""Many links at once: every line is accounted for, every new video is a tile at once."""

import asyncio
import json
import random
import string
from typing import Any

import httpx
import pytest

from standin.server import StandIn
from tests.support.server import Client, RunningApp, until


def video_ids(count: int, seed: int = 1) -> list[str]:
    rng = random.Random(seed)
    alphabet = string.ascii_letters + string.digits + "-_"
    return ["V" + "".join(rng.choices(alphabet, k=9)) + "8" for _ in range(count)]


def links(ids: list[str]) -> str:
    return "\n".join(f"https://www.youtube.com/watch?v={video_id}" for video_id in ids)


async def test_every_line_has_a_verdict_and_counts_add_up(idle_client: Client) -> None:
    known, new_a, new_b = video_ids(3)
    await idle_client.add(known)
    text = "\n".join(
        [
            f"https://youtu.be/{new_a}",
            "",
            f"Zuerst {new_b} ohne Link",
            f"siehe https://www.youtube.com/watch?v={new_b}&t=3 und https://youtu.be/{new_a}",
            f"https://youtu.be/{known}",
            "https://www.youtube.com/playlist?list=PLUl4u3cNGP61hsJNdULdudlRL493b-XZf",
            "https://vimeo.com/76979871",
        ]
    )

    answer = await idle_client.batch({"text": text})

    assert answer.status_code == 201
    body = answer.json()
    assert body["counts"] == {
        "new": 2,
        "duplicate": 1,
        "repeated": 1,
        "rejected": 2,
        "playlist": 1,
    }
    assert [video["youtube_id"] for video in body["videos"]] == [new_a, new_b]
    items = (await idle_client.http.get(f"/imports/{body['import_id']}/items")).json()
    assert items["total"] == len(items["items"]) == sum(body["counts"].values())
    assert [(item["line"], item["verdict"], item["reason_code"]) for item in items["items"]] == [
        (1, "new", None),
        (3, "rejected", "no_link"),
        (4, "new", None),
        (4, "repeated", None),
        (5, "duplicate", None),
        (6, "playlist", "playlist"),
        (7, "rejected", "foreign_host"),
    ]
    assert all(
        (item["video_id"] is not None) == (item["youtube_id"] is not None)
        for item in items["items"]
    )


async def test_a_thousand_links_are_all_in_the_list_in_the_order_of_the_input(
    idle_client: Client, standin: StandIn
) -> None:
    ids = video_ids(1000)

    answer = await idle_client.batch({"text": links(ids)})

    assert answer.json()["counts"]["new"] == 1000
    assert len(answer.json()["videos"]) == 200
    listed = await idle_client.videos()
    assert [video["youtube_id"] for video in listed] == ids
    assert len({video["id"] for video in listed}) == 1000
    assert standin.requests == []
    page = await idle_client.http.get(f"/lists/{idle_client.list_id}/videos")
    assert page.json()["total"] == 1000


async def test_a_later_drop_is_above_an_earlier_one(idle_client: Client) -> None:
    first, second = video_ids(3), video_ids(3, seed=2)
    await idle_client.batch({"urls": first})
    await idle_client.batch({"urls": second})

    assert [video["youtube_id"] for video in await idle_client.videos()] == second + first


async def test_urls_give_exactly_one_item_per_element(idle_client: Client) -> None:
    one = video_ids(1)[0]
    answer = await idle_client.batch({"urls": [f"https://youtu.be/{one}", "", "nichts", one]})

    assert answer.json()["counts"] == {
        "new": 1,
        "duplicate": 0,
        "repeated": 1,
        "rejected": 2,
        "playlist": 0,
    }


async def test_an_import_runs_to_its_end_and_its_summary_is_true(
    client: Client, standin: StandIn
) -> None:
    ids = video_ids(12)
    for video_id in ids:
        standin.set_scenario(video_id, captions="auto")
    standin.set_scenario(ids[0], availability="private")
    standin.set_scenario(ids[1], availability="deleted")
    standin.set_scenario(ids[2], captions="none")

    import_id = (await client.batch({"text": links(ids)})).json()["import_id"]
    await client.until_settled()

    async def finished() -> dict[str, Any] | None:
        found: dict[str, Any] = (await client.http.get(f"/imports/{import_id}")).json()
        return found if found["state"] == "finished" else None

    shown = await until(finished)
    assert shown["summary"] == {
        "total": 12,
        "imported": 10,
        "without_captions": 1,
        "unavailable": {"video_private": 1, "video_deleted": 1},
        "waiting": 0,
        "later": 0,
        "stopped": 0,
        "playlists": dict.fromkeys(
            ("read", "waiting", "unavailable", "stopped", "found", "expected"), 0
        ),
        "transcription": None,
    }
    assert shown["progress_percent"] == 100
    assert shown["eta_seconds"] is None
    assert shown["finished_at"] is not None
    (listed,) = (await client.http.get("/imports")).json()["items"]
    assert listed == shown


async def test_an_import_whose_list_is_deleted_is_over(idle_client: Client) -> None:
    list_id = (await idle_client.http.post("/lists", json={"name": "Weg"})).json()["id"]
    body = (await idle_client.batch({"urls": video_ids(3)}, list_id)).json()

    await idle_client.http.delete(f"/lists/{list_id}")

    shown = (await idle_client.http.get(f"/imports/{body['import_id']}")).json()
    assert (shown["state"], shown["list_id"]) == ("finished", None)
    assert shown["counts"]["new"] == 3


async def test_no_request_is_sent_twice_in_a_batch(client: Client, standin: StandIn) -> None:
    ids = video_ids(30)
    for video_id in ids:
        standin.set_scenario(video_id, captions="auto")
    await client.batch({"text": links(ids)})
    await client.until_settled()

    asked = standin.counts()["videos"]
    assert set(asked) == set(ids)
    # Where the extraction was quicker it has brought the title.
    titles = [requests.pop("oembed", 0) for requests in asked.values()]
    assert max(titles) == 1
    once = {"watch": 1, "player": 1, "timedtext": 1}
    assert [requests for requests in asked.values() if requests != once] == []


async def test_an_import_under_way_has_an_honest_estimate(idle_client: Client) -> None:
    body = (await idle_client.batch({"text": links(video_ids(100))})).json()

    shown = (await idle_client.http.get(f"/imports/{body['import_id']}")).json()

    assert shown["state"] == "running"
    assert shown["progress_percent"] == 0
    # Two player requests each, 5.5 s apart, 200 times as fast as real.
    assert shown["eta_seconds"] == pytest.approx(100 * 2 * 5.5 / 200, rel=0.01)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "no_links_found"),
        ({"text": "   \n\n"}, 422, "no_links_found"),
        ({"text": "nur Text\nohne Links"}, 422, "no_links_found"),
        ({"urls": []}, 422, "no_links_found"),
        ({}, 422, "invalid_request"),
        ({"text": "a", "urls": ["b"]}, 422, "invalid_request"),
        ({"urls": "kein Array"}, 422, "invalid_request"),
        ({"text": 5}, 422, "invalid_request"),
    ],
)
async def test_a_drop_without_any_video_is_refused_with_a_code(
    idle_client: Client, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await idle_client.batch(body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await idle_client.http.get("/imports")).json()["total"] == 0


async def test_ten_thousand_links_are_accepted_and_one_more_is_not(idle_client: Client) -> None:
    ids = video_ids(10_001)

    too_many = await idle_client.batch({"text": links(ids)})
    assert (too_many.status_code, too_many.json()["code"]) == (413, "too_many_items")
    assert await idle_client.videos() == []

    accepted = await idle_client.batch({"text": links(ids[:-1])})
    assert accepted.status_code == 201
    assert accepted.json()["counts"]["new"] == 10_000
    first = await idle_client.http.get(f"/lists/{idle_client.list_id}/videos?limit=1000")
    assert first.json()["total"] == 10_000
    assert len(first.json()["items"]) == 200


async def test_five_megabytes_of_text_with_one_link_per_long_line_are_read(
    idle_client: Client,
) -> None:
    ids = video_ids(500)
    line = "Lorem ipsum dolor sit amet, " * 360
    text = "\n".join(f"{line} https://youtu.be/{video_id} {line}"[:11_000] for video_id in ids)
    assert len(text) > 5_000_000

    answer = await idle_client.batch({"text": text})

    assert answer.status_code == 201
    assert answer.json()["counts"]["new"] == 500


async def test_five_megabytes_of_prose_are_refused_with_a_code(idle_client: Client) -> None:
    answer = await idle_client.batch({"text": "Kein Link in dieser Zeile.\n" * 200_000})

    assert answer.status_code in (413, 422)
    assert answer.json()["code"] in ("too_many_items", "no_links_found")


async def test_a_body_over_the_limit_is_refused_before_it_is_read_whole(
    idle_client: Client,
) -> None:
    body = json.dumps({"text": "x" * 20_000_001})

    async def chunks() -> Any:
        for start in range(0, len(body), 1_000_000):
            yield body[start : start + 1_000_000].encode()

    headers = {"Content-Type": "application/json"}
    path = f"/lists/{idle_client.list_id}/videos/batch"
    declared = await idle_client.http.post(path, content=body, headers=headers)
    assert (declared.status_code, declared.json()["code"]) == (413, "payload_too_large")
    try:
        streamed = await idle_client.http.post(path, content=chunks(), headers=headers)
        assert streamed.status_code == 413
    except httpx.TransportError:
        # The server hung up while we were still sending, which is as good.
        pass
    assert await idle_client.videos() == []


async def test_two_drops_of_the_same_links_at_once_make_no_doubles(idle_client: Client) -> None:
    text = links(video_ids(200))
    answers = await asyncio.gather(*(idle_client.batch({"text": text}) for _ in range(4)))

    assert sorted(answer.json()["counts"]["new"] for answer in answers) == [0, 0, 0, 200]
    assert len(await idle_client.videos()) == 200


async def test_lists_are_paged_by_cursor_without_gaps_while_new_videos_arrive(
    idle_client: Client,
) -> None:
    ids = video_ids(25)
    await idle_client.batch({"urls": ids})
    path = f"/lists/{idle_client.list_id}/videos"
    first = (await idle_client.http.get(path, params={"limit": 10})).json()
    await idle_client.add("https://youtu.be/zzzzzzzzzz8")
    rest: list[str] = []
    cursor = first["next_cursor"]
    while cursor:
        page = (await idle_client.http.get(path, params={"limit": 10, "cursor": cursor})).json()
        rest += [video["youtube_id"] for video in page["items"]]
        cursor = page["next_cursor"]

    assert [video["youtube_id"] for video in first["items"]] + rest == ids


@pytest.mark.parametrize("cursor", ["x", "eyJ9", "W10", "WzFd", "%00", "WyJhIiwiYiJd"])
async def test_a_cursor_that_is_not_ours_is_a_malformed_request(
    idle_client: Client, cursor: str
) -> None:
    for path in (f"/lists/{idle_client.list_id}/videos", "/imports"):
        answer = await idle_client.http.get(path, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_another_persons_import_does_not_exist(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    import_id = (await owner.batch({"urls": video_ids(2)})).json()["import_id"]

    assert (await stranger.http.get(f"/imports/{import_id}")).status_code == 404
    assert (await stranger.http.get(f"/imports/{import_id}/items")).status_code == 404
    assert (await stranger.http.get("/imports")).json()["items"] == []
