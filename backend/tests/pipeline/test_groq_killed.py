"""`kill -9` while captions are made: nothing is lost, and at most one part is paid for twice."""

import asyncio
from pathlib import Path

import pytest

from app.core.database import Database
from standin.server import StandIn
from tests.support.server import AppProcess, sign_in, until
from tests.support.whisper import (
    billed_seconds,
    captions_of,
    groq_environment,
    leftovers,
    make_silent,
    spent_seconds,
    times_sent,
    until_source,
)

pytestmark = pytest.mark.timeout(180)
NAME = "killedvideo"
SECONDS = 300


def environment(standin: StandIn, database_url: str) -> dict[str, str]:
    return groq_environment(
        standin,
        VIDEOTHEK_DATABASE_URL=database_url,
        VIDEOTHEK_PACING_SCALE="200",
        VIDEOTHEK_TRANSCRIPTION_PART_SECONDS="30",
    )


async def test_killed_at_the_seventh_of_ten_parts_at_most_one_is_sent_again(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    make_silent(standin, NAME, seconds=SECONDS)
    standin.set_latency(0.3, ["groq"])

    async def seventh_part() -> bool | None:
        return True if len(standin.uploads) >= 7 else None

    with AppProcess(tmp_path, **environment(standin, database_url)) as process:
        await process.start()
        client = await sign_in(process.url)
        await client.add(f"https://youtu.be/{NAME}")
        await until(seventh_part, 60)
        process.kill()
        await client.http.aclose()
        before = len(standin.uploads)
        await process.start()
        client = await sign_in(process.url)
        (video,) = await until_source(client, seconds=60)
        found = await captions_of(client, video["id"])
        await client.http.aclose()

    sent = times_sent(standin)
    assert before <= 8
    assert len(sent) >= 9
    assert sum(times - 1 for times in sent.values()) <= 1
    assert standin.counts()["videos"][NAME].get("player") == 1
    assert found["cues"][-1]["end_seconds"] > SECONDS - 20
    database = Database(database_url)
    # The part in flight was written down, whatever became of it.
    spent = await spent_seconds(database)
    await database.close()
    assert spent == pytest.approx(billed_seconds(standin), abs=1.0)
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_killed_while_it_fetches_the_sound_it_leaves_nothing_behind(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    make_silent(standin, NAME, seconds=40)
    standin.set_latency(1.0, ["media"])

    async def fetching() -> bool | None:
        return True if standin.counts()["total"].get("media") else None

    with AppProcess(tmp_path, **environment(standin, database_url)) as process:
        await process.start()
        client = await sign_in(process.url)
        await client.add(f"https://youtu.be/{NAME}")
        await until(fetching, 30)
        await asyncio.sleep(0.2)
        process.kill()
        await client.http.aclose()
        standin.set_latency(0.0)
        folders = set((tmp_path / "sound").iterdir())
        assert folders
        await process.start()
        assert not folders & set((tmp_path / "sound").iterdir())
        client = await sign_in(process.url)
        await until_source(client, seconds=60)
        await client.http.aclose()

    assert set(times_sent(standin).values()) == {1}
    assert leftovers(tmp_path) == []
