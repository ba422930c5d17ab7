"""Several people do everything at once while workers work: nobody gets in anybody's way."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.server import Client, RunningApp, until

_SECONDS = 5.0
IDS = video_ids(40)


async def whatever(client: Client, rng: random.Random) -> httpx.Response:
    """One thing that a person may do."""
    http = client.http
    lists = [one["id"] for one in (await http.get("/lists")).json()]
    imports = [one["id"] for one in (await http.get("/imports")).json()["items"]]
    list_id = rng.choice(lists)
    page = (await http.get(f"/lists/{list_id}/videos")).json().get("items", [])
    some = [video["id"] for video in rng.sample(page, min(len(page), rng.choice([1, 3, 12])))]

    def post(path: str, **body: Any) -> Callable[[], Awaitable[httpx.Response]]:
        return lambda: http.post(path, json=body or None)

    acts = [
        post(f"/lists/{list_id}/videos/batch", text=links(rng.sample(IDS, 15))),
        post("/videos/retry", video_ids=some),
        post("/videos/remove", video_ids=some),
        post("/videos/move", video_ids=some, list_id=rng.choice(lists)),
        post("/lists", name="Noch eine"),
    ]
    if imports:
        path = f"/imports/{rng.choice(imports)}"
        acts += [
            *(post(f"{path}/{what}") for what in ("pause", "resume", "cancel", "retry-failed")),
            post(f"{path}/cancel", remaining="remove"),
            post(f"{path}/retry-failed", outcome=rng.choice(["waiting", "stopped"])),
        ]
    if len(lists) > 3:
        acts.append(lambda: http.delete(f"/lists/{lists[-1]}"))
    return await rng.choice(acts)()


# SQLite has one writer: nothing ever meets there.
@pytest.mark.timeout(120)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_everything_that_is_begun_ends_and_nothing_fails(
    app: RunningApp, standin: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    for video_id in IDS[:5]:
        standin.set_scenario(video_id, availability="upcoming")
    for video_id in IDS[5:10]:
        standin.set_scenario(video_id, availability="private")
    people = [await app.sign_in(), await app.add_user("andere")]
    end = asyncio.get_running_loop().time() + _SECONDS

    async def be_busy(client: Client, seed: int) -> None:
        rng = random.Random(seed)
        while asyncio.get_running_loop().time() < end:
            answer = await whatever(client, rng)
            assert answer.status_code < 500, answer.text

    await asyncio.gather(*(be_busy(people[seed % 2], seed) for seed in range(5)))

    for client in people:
        for shown in (await client.http.get("/imports?limit=200")).json()["items"]:
            await client.http.post(f"/imports/{shown['id']}/resume")
    await until(lambda: nothing_left(people), 60)
    assert [record.getMessage() for record in caplog.records] == []


async def nothing_left(people: list[Client]) -> bool | None:
    for client in people:
        for one in (await client.http.get("/imports?limit=200")).json()["items"]:
            if one["state"] not in ("finished", "cancelled"):
                return None
            if one["summary"]["waiting"] > one["summary"]["later"]:
                return None
    return True
