"""A video that is in another list already, and is not finished there."""

from typing import Any

from standin.server import StandIn
from tests.api.test_batch_import import video_ids
from tests.support.server import Client, until


async def other_list(client: Client) -> str:
    answer = await client.http.post("/lists", json={"name": "Zweite"})
    return str(answer.json()["id"])


async def only_video(client: Client, list_id: str) -> dict[str, Any]:
    (video,) = await client.videos(list_id)
    return video


async def test_captions_that_follow_later_reach_its_copy_too(
    client: Client, standin: StandIn
) -> None:
    (video_id,) = video_ids(1)
    standin.set_scenario(video_id, captions="auto")
    standin.add_fault(kind="timedtext", fault="status_500")
    await client.add(video_id)
    await client.until_settled()
    second = await other_list(client)
    await client.add(video_id, second)
    (copy,) = await client.until_settled(list_id=second)
    assert (copy["captions_source"], copy["captions_pending"]) == ("none", True)
    standin.clear_faults()

    async def followed() -> bool | None:
        video = await only_video(client, second)
        return True if video["captions_source"] == "youtube_auto" else None

    await until(followed, 30)
    assert (await only_video(client, second))["captions_pending"] is False
    # One extraction for both of them.
    assert standin.counts()["total"]["player"] == 1


async def test_a_copy_of_a_premiere_waits_for_it_and_holds_no_import_up(
    client: Client, standin: StandIn
) -> None:
    (video_id,) = video_ids(1)
    standin.set_scenario(video_id, availability="upcoming")
    await client.add(video_id)

    async def waiting(list_id: str) -> bool | None:
        video = await only_video(client, list_id)
        return True if video["error_code"] == "video_upcoming" else None

    await until(lambda: waiting(client.list_id))
    second = await other_list(client)
    await client.add(video_id, second)
    await until(lambda: waiting(second))
    imports = (await client.http.get("/imports")).json()["items"]
    assert [shown["state"] for shown in imports] == ["finished", "finished"]

    standin.set_scenario(video_id, availability="ok", captions="auto")
    first = await only_video(client, client.list_id)
    await client.http.post(f"/videos/{first['id']}/enrichment/retry")
    (copy,) = await client.until_settled(list_id=second)
    assert (copy["import_stage"], copy["captions_source"]) == ("complete", "youtube_auto")
    assert (copy["error_code"], copy["waiting_until"]) == (None, None)


async def test_trying_a_copy_again_asks_for_the_video_it_waits_for(
    client: Client, standin: StandIn
) -> None:
    (video_id,) = video_ids(1)
    standin.set_scenario(video_id, availability="upcoming")
    await client.add(video_id)
    second = await other_list(client)

    async def waiting(list_id: str) -> bool | None:
        videos = await client.videos(list_id)
        return True if videos and videos[0]["error_code"] == "video_upcoming" else None

    await until(lambda: waiting(client.list_id))
    await client.add(video_id, second)
    await until(lambda: waiting(second))
    standin.set_scenario(video_id, availability="ok", captions="auto")

    copy = await only_video(client, second)
    await client.http.post(f"/videos/{copy['id']}/enrichment/retry")

    (copy,) = await client.until_settled(list_id=second, seconds=15)
    assert copy["import_stage"] == "complete"


async def test_deleting_the_list_that_a_copy_waits_for_makes_it_go_on_by_itself(
    client: Client, standin: StandIn
) -> None:
    (video_id,) = video_ids(1)
    standin.set_scenario(video_id, availability="upcoming")
    second = await other_list(client)
    await client.add(video_id, second)

    async def waiting(list_id: str) -> bool | None:
        video = await only_video(client, list_id)
        return True if video["error_code"] == "video_upcoming" else None

    await until(lambda: waiting(second))
    await client.add(video_id)
    await until(lambda: waiting(client.list_id))
    standin.set_scenario(video_id, availability="ok", captions="auto")

    await client.http.delete(f"/lists/{second}")

    (copy,) = await client.until_settled(seconds=15)
    assert copy["import_stage"] == "complete"
