"""A paused or cancelled import sends nothing more, and goes on where it was."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.server import AppProcess, Client, RunningApp, sign_in, until

pytestmark = [
    pytest.mark.timeout(120),
    # The rules of the queue are tested on both databases; what follows from them knows none.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def dropped(client: Client, ids: list[str], list_id: str | None = None) -> str:
    answer = await client.batch({"text": links(ids)}, list_id)
    return str(answer.json()["import_id"])


async def act(client: Client, import_id: str, what: str, **body: Any) -> dict[str, Any]:
    answer = await client.http.post(f"/imports/{import_id}/{what}", json=body or None)
    assert answer.is_success, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def until_imported(client: Client, import_id: str, number: int) -> dict[str, Any]:
    async def enough() -> dict[str, Any] | None:
        shown: dict[str, Any] = (await client.http.get(f"/imports/{import_id}")).json()
        return shown if shown["summary"]["imported"] >= number else None

    found: dict[str, Any] = await until(enough, 40)
    return found


async def until_state(client: Client, import_id: str, state: str) -> dict[str, Any]:
    async def there() -> dict[str, Any] | None:
        shown: dict[str, Any] = (await client.http.get(f"/imports/{import_id}")).json()
        return shown if shown["state"] == state else None

    found: dict[str, Any] = await until(there, 40)
    return found


def sent_for(standin: StandIn, ids: list[str]) -> int:
    asked = standin.counts()["videos"]
    return sum(sum(asked.get(video_id, {}).values()) for video_id in ids)


async def until_silent(standin: StandIn, ids: list[str]) -> int:
    """Let what is in flight end; how many requests there were by then."""
    before = -1
    while (now := sent_for(standin, ids)) != before:
        before = now
        await asyncio.sleep(0.5)
    return now


async def test_a_paused_import_sends_nothing_while_another_one_runs_and_then_completes(
    client: Client, standin: StandIn
) -> None:
    ids, others = video_ids(20), video_ids(6, seed=2)
    second = (await client.http.post("/lists", json={"name": "Zweite"})).json()["id"]
    import_id = await dropped(client, ids)
    await until_imported(client, import_id, 3)

    await act(client, import_id, "pause")
    sent = await until_silent(standin, ids)
    other_id = await dropped(client, others, second)
    await until_state(client, other_id, "finished")

    assert sent_for(standin, ids) == sent < 4 * len(ids)
    (paused,) = [one for one in await imports(client) if one["id"] == import_id]
    assert (paused["state"], paused["eta_seconds"]) == ("paused", None)
    before = {video["id"]: video["import_progress"] for video in await client.videos()}

    await act(client, import_id, "resume")
    done = await until_state(client, import_id, "finished")

    assert done["summary"]["imported"] == len(ids)
    after = {video["id"]: video["import_progress"] for video in await client.videos()}
    assert all(after[video_id] >= percent for video_id, percent in before.items())
    # Nothing that was known before the pause was asked for again.
    asked = standin.counts()["videos"]
    assert all(max(asked[video_id].values()) == 1 for video_id in ids)


async def imports(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.http.get("/imports")).json()["items"]
    return found


async def test_a_small_import_that_goes_before_batches_can_be_paused_too(
    client: Client, standin: StandIn
) -> None:
    ids = video_ids(3)
    standin.set_latency(0.4, ["player"])
    import_id = await dropped(client, ids)

    await act(client, import_id, "pause")
    sent = await until_silent(standin, ids)
    await asyncio.sleep(0.5)

    assert sent_for(standin, ids) == sent
    assert standin.counts()["total"].get("timedtext", 0) == 0
    await act(client, import_id, "resume")
    await until_state(client, import_id, "finished")


async def test_what_a_person_tries_again_in_a_paused_import_goes_to_its_end_alone(
    client: Client, standin: StandIn
) -> None:
    ids = video_ids(12)
    import_id = await dropped(client, ids)
    await act(client, import_id, "pause")
    await until_silent(standin, ids)
    waiting = [v for v in await client.videos() if v["import_stage"] not in ("complete", "error")]
    chosen = waiting[-1]

    await client.http.post(f"/videos/{chosen['id']}/enrichment/retry")

    async def complete() -> bool | None:
        video = (await client.http.get(f"/videos/{chosen['id']}")).json()
        return True if video["import_stage"] == "complete" else None

    await until(complete)
    left = [v for v in await client.videos() if v["import_stage"] not in ("complete", "error")]
    assert len(left) == len(waiting) - 1
    assert (await client.http.get(f"/imports/{import_id}")).json()["state"] == "paused"


async def test_a_pause_survives_a_killed_process_and_a_restart(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    ids = video_ids(16)
    with AppProcess(
        tmp_path,
        VIDEOTHEK_DATABASE_URL=database_url,
        VIDEOTHEK_YOUTUBE_GATEWAY=standin.url,
        VIDEOTHEK_PACING_SCALE="500",
    ) as process:
        await process.start()
        client = await sign_in(process.url)
        import_id = await dropped(client, ids)
        await until_imported(client, import_id, 3)
        await act(client, import_id, "pause")
        await client.http.aclose()
        # In the middle of the steps that were in flight.
        process.kill()
        # What it had sent may be read only now.
        sent = await until_silent(standin, ids)
        await process.start()
        client = await sign_in(process.url)
        await asyncio.sleep(1.0)

        assert sent_for(standin, ids) == sent
        assert (await client.http.get(f"/imports/{import_id}")).json()["state"] == "paused"
        await act(client, import_id, "resume")
        done = await until_state(client, import_id, "finished")
        await client.http.aclose()
    assert done["summary"]["imported"] == len(ids)


async def test_a_cancelled_import_stops_in_the_middle_and_can_be_taken_up_again(
    client: Client, standin: StandIn
) -> None:
    ids = video_ids(20)
    import_id = await dropped(client, ids)
    await until_imported(client, import_id, 3)

    cancelled = await act(client, import_id, "cancel")
    stopped = {
        video["id"]: video["import_progress"]
        for video in await client.videos()
        if video["error_code"] == "import_cancelled"
    }
    sent = await until_silent(standin, ids)
    await asyncio.sleep(0.5)

    assert cancelled["state"] == "cancelled"
    assert sent_for(standin, ids) == sent
    later = {video["id"]: video for video in await client.videos()}
    # What was in flight came too late: each keeps the progress it had reached.
    assert {v: later[v]["import_progress"] for v in stopped} == stopped
    assert {later[v]["error_code"] for v in stopped} == {"import_cancelled"}
    shown = (await client.http.get(f"/imports/{import_id}")).json()
    assert shown["summary"]["stopped"] == len(stopped) == shown["summary"]["waiting"]

    chosen = next(iter(stopped))
    await client.http.post(f"/videos/{chosen}/enrichment/retry")
    await until_imported(client, import_id, shown["summary"]["imported"] + 1)
    alone = (await client.http.get(f"/imports/{import_id}")).json()
    assert (alone["state"], alone["summary"]["stopped"]) == ("cancelled", len(stopped) - 1)

    await act(client, import_id, "resume")
    done = await until_state(client, import_id, "finished")
    assert done["summary"]["imported"] == len(ids)


async def test_what_was_not_available_is_tried_again_as_a_group(
    client: Client, standin: StandIn
) -> None:
    ids = video_ids(8)
    for video_id in ids[:6]:
        standin.set_scenario(video_id, availability="private")
    import_id = await dropped(client, ids)
    ended = await until_state(client, import_id, "finished")
    assert ended["summary"]["unavailable"] == {"video_private": 6}
    for video_id in ids[1:6]:
        standin.set_scenario(video_id, availability="ok")

    assert await act(client, import_id, "retry-failed") == {"retried": 6}
    await until_imported(client, import_id, 7)
    ended = await until_state(client, import_id, "finished")

    assert ended["summary"]["unavailable"] == {"video_private": 1}


async def test_nobody_waits_for_the_same_video_in_somebody_elses_paused_or_cancelled_import(
    app: RunningApp, standin: StandIn
) -> None:
    owner, other = await app.sign_in(), await app.add_user("andere")
    ids = video_ids(8)
    for what, videos in (("pause", ids[:6]), ("cancel", ids[6:])):
        import_id = await dropped(owner, videos)
        await act(owner, import_id, what)
        await until_silent(standin, videos)
    other_id = await dropped(other, ids)

    done = await until_state(other, other_id, "finished")

    assert done["summary"]["imported"] == len(ids)
    own = [video["import_stage"] for video in await owner.videos()]
    assert len([stage for stage in own if stage != "complete"]) > 0
