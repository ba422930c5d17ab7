"""What monitoring reads, from whichever process it asks."""

import asyncio

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from app.core.settings import Settings
from app.models import ImportState
from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.arranged import put
from tests.support.scraping import Scraped, scrape
from tests.support.server import Client, RunningApp, progress_socket, running_app, until

NAMES = {
    "videothek_build",
    "videothek_database_up",
    "videothek_imports",
    "videothek_lane_rate_per_minute",
    "videothek_lane_state",
    "videothek_queue_jobs",
    "videothek_queue_oldest_job_age_seconds",
    "videothek_stage_duration_seconds",
    "videothek_step_duration_seconds",
    "videothek_steps",
    "videothek_upstream_requests",
    "videothek_videos",
    "videothek_videos_error",
    "videothek_websocket_clients",
}


async def test_an_import_is_seen_from_its_jobs_to_its_last_stage(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    ids = video_ids(6)
    for video_id in ids:
        standin.set_scenario(video_id, availability="ok", captions="auto")
    standin.set_scenario(ids[0], availability="private")
    await client.batch({"text": links(ids)})
    await client.until_settled()

    seen = await scrape(app)

    assert {name.removesuffix("_info") for name in seen.families} >= NAMES
    assert seen.all_of("videothek_videos", "stage") == {
        "created": 0, "metadata": 0, "captions": 0, "chapters": 0, "complete": 5, "error": 1
    }  # fmt: skip
    assert seen.all_of("videothek_videos_error", "code") == {"video_private": 1}
    assert seen.value("videothek_imports", state="finished") == 1
    assert seen.value("videothek_steps_total", kind="extract", outcome="ok") == 5
    assert seen.value("videothek_steps_total", kind="extract", outcome="video_private") == 1
    assert seen.value("videothek_step_duration_seconds_count", kind="finish") == 5
    assert seen.value("videothek_stage_duration_seconds_count", stage="complete") == 5
    assert seen.value("videothek_stage_duration_seconds_bucket", stage="complete", le="+Inf") == 5
    asked = seen.value("videothek_upstream_requests_total", lane="player", outcome="ok")
    assert asked == standin.counts()["total"]["watch"] + standin.counts()["total"]["player"]
    assert (seen.value("process_resident_memory_bytes") or 0) > 10_000_000
    assert (seen.value("process_open_fds") or 0) > 3


async def test_the_queue_is_seen_by_lane_and_state(
    idle_app: RunningApp, idle_client: Client
) -> None:
    accepted = (await idle_client.batch({"text": links(video_ids(7))})).json()
    await idle_client.add(video_ids(1, seed=2)[0])

    waiting = await scrape(idle_app)
    await idle_client.http.post(f"/imports/{accepted['import_id']}/pause")
    paused = await scrape(idle_app)

    assert waiting.value("videothek_queue_jobs", lane="player", state="waiting") == 8
    age = waiting.value("videothek_queue_oldest_job_age_seconds", lane="player")
    assert age is not None
    assert 0 < age < 60
    assert paused.value("videothek_queue_jobs", lane="player", state="held") == 7
    assert paused.value("videothek_queue_jobs", lane="player", state="waiting") == 1
    assert paused.value("videothek_queue_jobs", lane="local", state="waiting") == 0
    assert paused.value("videothek_imports", state=ImportState.PAUSED.value) == 1
    assert paused.value("videothek_lane_state", lane="player", state="open") == 1
    assert paused.value("videothek_lane_state", lane="player", state="paused") == 0


async def test_a_lane_that_is_throttled_says_so(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    standin.add_fault(
        kind="timedtext", fault="status_429_retry_after", retry_after_seconds=3600, count=1
    )
    (video_id,) = video_ids(1)
    standin.set_scenario(video_id, captions="auto")
    await client.add(video_id)

    async def paused() -> Scraped | None:
        seen = await scrape(app)
        refused = seen.value("videothek_steps_total", kind="captions", outcome="upstream_throttled")
        return seen if refused else None

    seen = await until(paused)
    assert seen.value("videothek_lane_state", lane="timedtext", state="paused") == 1
    assert seen.value("videothek_queue_jobs", lane="timedtext", state="waiting") == 1
    assert seen.value(
        "videothek_upstream_requests_total", lane="timedtext", outcome="upstream_throttled"
    )


async def test_what_one_process_did_is_seen_at_every_other_and_never_falls(
    app: RunningApp, client: Client, settings: Settings
) -> None:
    await client.add(video_ids(1)[0])
    await client.until_settled()
    async with running_app(settings, with_workers=False) as other:
        await app.runtime.metrics.totals.write()
        there = await scrape(other)
        # What is not written down yet is shown by nobody.
        app.runtime.metrics.meter.count_step("title", "ok", 0.1)
        app.runtime.metrics.installation.forget()
        async with httpx.AsyncClient() as http:
            here = Scraped((await http.get(f"{app.url}/metrics")).text)
    for seen in (there, here):
        assert seen.value("videothek_steps_total", kind="title", outcome="ok") == 1


async def test_what_two_processes_count_at_once_adds_up(
    idle_app: RunningApp, settings: Settings
) -> None:
    async with running_app(settings, with_workers=False) as other:
        for _ in range(10):
            for app in (idle_app, other):
                for kind in ("title", "extract", "captions"):
                    app.runtime.metrics.meter.count_step(kind, "ok", 1.0)
            await asyncio.gather(
                idle_app.runtime.metrics.totals.write(), other.runtime.metrics.totals.write()
            )
        seen = await scrape(other)
    assert seen.all_of("videothek_steps_total", "kind") == {
        "title": 20, "extract": 20, "captions": 20
    }  # fmt: skip
    assert seen.value("videothek_step_duration_seconds_sum", kind="title") == 20


async def test_pages_that_watch_are_counted(idle_app: RunningApp, idle_client: Client) -> None:
    async with progress_socket(idle_app.url, idle_client.token) as socket:
        await socket.next()
        await socket.next()
        assert (await scrape(idle_app)).value("videothek_websocket_clients") == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"X-Forwarded-For": "203.0.113.9"}, 403),
        ({"X-Forwarded-For": "127.0.0.1"}, 403),
        ({"Forwarded": "for=127.0.0.1"}, 403),
        ({"X-Real-IP": "127.0.0.1"}, 403),
        ({"Via": "1.1 proxy"}, 403),
        ({"Host": "library.example"}, 403),
    ],
)
async def test_who_is_not_on_this_machine_gets_no_metrics(
    idle_app: RunningApp, headers: dict[str, str], status: int
) -> None:
    async with httpx.AsyncClient(base_url=idle_app.url) as http:
        for path in ("/metrics", "/api/metrics"):
            answer = await http.get(path, headers={**headers, "Accept-Language": "de"})
            assert answer.status_code == status
            if status == 403:
                assert "videothek_" not in answer.text
                assert "nur auf diesem Rechner" in answer.json()["message"]


async def test_they_can_be_opened_for_others(settings: Settings) -> None:
    settings.metrics_open = True
    async with running_app(settings, with_workers=False) as app, httpx.AsyncClient() as http:
        answer = await http.get(f"{app.url}/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
        assert answer.status_code == 200
        assert "videothek_database_up 1.0" in answer.text


async def test_who_prefers_openmetrics_gets_it(idle_app: RunningApp) -> None:
    idle_app.runtime.metrics.meter.count_step("title", "ok", 0.1)
    await idle_app.runtime.metrics.totals.write()
    async with httpx.AsyncClient() as http:
        accept = {"Accept": "application/openmetrics-text; version=1.0.0"}
        answer = await http.get(f"{idle_app.url}/metrics", headers=accept)
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    names = {family.name for family in text_string_to_metric_families(answer.text)}
    assert names >= NAMES


async def test_without_a_database_the_process_still_tells_how_it_is(idle_app: RunningApp) -> None:
    async def away() -> None:
        raise OSError("the database is away")

    idle_app.runtime.metrics.installation._read = away
    async with httpx.AsyncClient() as http:
        seen = Scraped((await http.get(f"{idle_app.url}/metrics")).text)
    assert seen.value("videothek_database_up") == 0
    assert "process_resident_memory_bytes" in seen.families
    assert "videothek_videos" not in seen.families


async def test_a_second_scrape_within_seconds_asks_the_database_nothing(
    idle_app: RunningApp, idle_client: Client
) -> None:
    async with httpx.AsyncClient() as http:
        await http.get(f"{idle_app.url}/metrics")
        await put(idle_app, (await idle_client.add(video_ids(1)[0])).json()["id"], "complete")
        seen = Scraped((await http.get(f"{idle_app.url}/metrics")).text)
    assert seen.value("videothek_videos", stage="complete") == 0
    assert (await scrape(idle_app)).value("videothek_videos", stage="complete") == 1
