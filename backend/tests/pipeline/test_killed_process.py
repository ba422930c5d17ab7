"""`kill -9` in the middle of an import loses nothing and doubles nothing."""

import asyncio
from pathlib import Path

import pytest

from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.server import AppProcess, sign_in

pytestmark = pytest.mark.timeout(180)


async def test_a_hundred_videos_survive_being_killed_in_the_middle(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    ids = video_ids(100)
    with AppProcess(
        tmp_path,
        VIDEOTHEK_DATABASE_URL=database_url,
        VIDEOTHEK_YOUTUBE_GATEWAY=standin.url,
        VIDEOTHEK_PACING_SCALE="500",
    ) as process:
        await process.start()
        client = await sign_in(process.url)
        import_id = (await client.batch({"text": links(ids)})).json()["import_id"]
        highest: dict[str, int] = {}
        for finished in (10, 30, 55):
            while sum(1 for percent in highest.values() if percent == 100) < finished:
                for video in await client.videos():
                    percent = video["import_progress"]
                    assert percent >= highest.get(video["id"], 0)
                    highest[video["id"]] = percent
                await asyncio.sleep(0.05)
            await client.http.aclose()
            process.kill()
            await process.start()
            client = await sign_in(process.url)
        videos = await client.until_settled(120)
        shown = (await client.http.get(f"/imports/{import_id}")).json()
        await client.http.aclose()

    assert [video["youtube_id"] for video in videos] == ids
    assert {video["import_stage"] for video in videos} == {"complete"}
    assert shown["state"] == "finished"
    assert shown["summary"]["imported"] == 100
    # What was in flight when the process died is asked again, nothing else.
    asked = standin.counts()["videos"]
    repeated = sum(sum(kinds.values()) - 4 for kinds in asked.values() if sum(kinds.values()) > 4)
    assert repeated <= 3 * 20


async def test_a_process_that_is_asked_to_stop_hands_its_work_back(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    standin.set_latency(0.3)
    with AppProcess(
        tmp_path,
        VIDEOTHEK_DATABASE_URL=database_url,
        VIDEOTHEK_YOUTUBE_GATEWAY=standin.url,
        VIDEOTHEK_PACING_SCALE="500",
    ) as process:
        await process.start()
        client = await sign_in(process.url)
        await client.batch({"text": links(video_ids(12))})
        await asyncio.sleep(0.5)
        await client.http.aclose()
        loop = asyncio.get_running_loop()
        code = await asyncio.wait_for(loop.run_in_executor(None, process.stop), 12)
        assert code in (0, -15)
        await process.start()
        client = await sign_in(process.url)
        videos = await client.until_settled(60)
        await client.http.aclose()

    assert {video["import_stage"] for video in videos} == {"complete"}
    asked = standin.counts()["videos"]
    assert all(sum(kinds.values()) <= 4 for kinds in asked.values())
