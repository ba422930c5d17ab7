"""Every way to steer an import, in the middle of hundreds of videos, with `kill -9` in between."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.api.test_import_life import act, items, shown
from tests.support.server import AppProcess, Client, sign_in, until

pytestmark = pytest.mark.timeout(240)

VIDEOS = 500
# Each step comes so many finished videos after the one before.
FURTHER = 8


def input_text() -> str:
    """Hundreds of videos, two of them twice, and lines that are none; one of them is a formula."""
    ids = video_ids(VIDEOS)
    return f"{links(ids)}\n{links(ids[:2])}\n=HYPERLINK(1)\nkein Link"


LINES = VIDEOS + 4


async def adds_up(client: Client, import_id: str) -> dict[str, Any]:
    """See that an import's figures agree with each other and with its input."""
    job = await shown(client, import_id)
    counts, summary = job["counts"], job["summary"]
    assert counts == {"new": VIDEOS, "duplicate": 0, "repeated": 2, "rejected": 2, "playlist": 0}
    gone = sum(summary["unavailable"].values())
    assert summary["imported"] + gone + summary["waiting"] == summary["total"]
    assert summary["stopped"] + summary["later"] <= summary["waiting"]
    assert summary["without_captions"] <= summary["imported"]
    outcomes = (await items(client, import_id, limit=1))["outcomes"]
    assert sum(outcomes.values()) == LINES
    assert outcomes["repeated"] == outcomes["rejected"] == 2
    assert VIDEOS - outcomes["removed"] == summary["total"]
    return job


async def report_adds_up(client: Client, import_id: str) -> None:
    answer = await client.http.get(f"/imports/{import_id}/report.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == LINES + 1
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]


@dataclass
class Steered:
    """An import into an application that is killed again and again.

    Args:
        process: The application.
        client: Signed in at it.
        import_id: The import.
    """

    process: AppProcess
    client: Client
    import_id: str = ""

    async def over(self) -> int:
        """How many videos are at their end."""
        summary = (await shown(self.client, self.import_id))["summary"]
        over: int = summary["total"] - summary["waiting"]
        return over

    async def further(self) -> None:
        """Until some more videos are at their end."""
        wanted = await self.over() + FURTHER

        async def reached() -> bool | None:
            return await self.over() >= wanted or None

        await until(reached, 60)

    async def kill(self) -> None:
        """End the process as a power cut would, and start it again."""
        await self.client.http.aclose()
        self.process.kill()
        await self.process.start()
        self.client = await sign_in(self.process.url)

    async def adds_up(self) -> dict[str, Any]:
        """See ``adds_up``."""
        return await adds_up(self.client, self.import_id)


# On SQLite the same is done from the terminal (test_command.py).
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_hundreds_of_videos_are_paused_resumed_cancelled_retried_and_undone_between_kills(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    with AppProcess(
        tmp_path,
        VIDEOTHEK_DATABASE_URL=database_url,
        VIDEOTHEK_YOUTUBE_GATEWAY=standin.url,
        VIDEOTHEK_PACING_SCALE="500",
    ) as process:
        await process.start()
        steered = Steered(process, await sign_in(process.url))
        accepted = (await steered.client.batch({"text": input_text()})).json()
        steered.import_id = accepted["import_id"]
        await steered.further()
        await pause_and_resume(steered)
        await cancel_and_go_on(steered)
        await undo(steered)
        await steered.client.http.aclose()
    log = (tmp_path / "app.log").read_text()
    assert "Traceback" not in log, log[-3000:]


async def pause_and_resume(steered: Steered) -> None:
    paused = await act(steered.client, steered.import_id, "pause")
    assert paused.json()["state"] == "paused"
    over = await steered.over()
    await steered.adds_up()
    await steered.kill()
    job = await steered.adds_up()
    assert (job["state"], job["summary"]["total"]) == ("paused", VIDEOS)
    # What was in flight may have ended between the pause and the kill.
    assert over <= await steered.over() < over + 25
    resumed = await act(steered.client, steered.import_id, "resume")
    assert resumed.json()["state"] == "running"
    await steered.further()


async def cancel_and_go_on(steered: Steered) -> None:
    await steered.kill()
    await steered.further()
    cancelled = await act(steered.client, steered.import_id, "cancel", remaining="keep")
    summary = cancelled.json()["summary"]
    left = summary["stopped"]
    assert cancelled.json()["state"] == "cancelled"
    assert 0 < left == summary["waiting"] < VIDEOS
    await steered.adds_up()
    await steered.kill()
    job = await steered.adds_up()
    assert (job["state"], job["summary"]["stopped"]) == ("cancelled", left)
    assert len(await steered.client.videos()) == VIDEOS
    retried = await act(steered.client, steered.import_id, "retry-failed", outcome="stopped")
    assert retried.json() == {"retried": left}
    await steered.further()
    job = await steered.adds_up()
    assert (job["state"], job["summary"]["stopped"]) == ("running", 0)
    assert len({video["youtube_id"] for video in await steered.client.videos()}) == VIDEOS
    await report_adds_up(steered.client, steered.import_id)


async def undo(steered: Steered) -> None:
    undone = await act(steered.client, steered.import_id, "undo")
    assert (undone.status_code, undone.json()["state"]) == (200, "undone")
    await steered.adds_up()
    await steered.kill()
    job = await steered.adds_up()
    assert (job["state"], job["summary"]["total"]) == ("undone", 0)
    client, import_id = steered.client, steered.import_id
    assert (await items(client, import_id, limit=1))["outcomes"]["removed"] == VIDEOS
    assert await client.videos() == []
    lanes = (await client.http.get("/lanes")).json()
    assert {lane["name"]: lane["waiting"] for lane in lanes if lane["waiting"]} == {}
    await report_adds_up(client, import_id)
    assert (await act(client, import_id, "resume")).json()["code"] == "import_is_over"
