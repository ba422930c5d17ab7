"""Every way to steer an import, in the middle of a thousand videos, with `kill -9` in between."""

import csv
import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.api.test_import_life import act, items, shown
from tests.support.server import AppProcess, Client, sign_in, until

pytestmark = pytest.mark.timeout(240)

VIDEOS = 1000
# Each step comes so many finished videos after the one before.
FURTHER = 12


def input_text() -> str:
    """A thousand videos, two of them twice, and lines that are none; one of them is a formula."""
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


def finished(client: Client, import_id: str, at_least: int) -> Callable[[], Awaitable[int | None]]:
    async def check() -> int | None:
        summary = (await shown(client, import_id))["summary"]
        over: int = summary["total"] - summary["waiting"]
        return over if over >= at_least else None

    return check


async def test_a_thousand_videos_are_paused_resumed_cancelled_retried_and_undone_between_kills(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    with AppProcess(
        tmp_path,
        VIDEOTHEK_DATABASE_URL=database_url,
        VIDEOTHEK_YOUTUBE_GATEWAY=standin.url,
        VIDEOTHEK_PACING_SCALE="500",
    ) as process:
        await process.start()
        client = await sign_in(process.url)

        async def further() -> int:
            so_far = await finished(client, import_id, 0)() or 0
            over: int = await until(finished(client, import_id, so_far + FURTHER), 60)
            return over

        async def kill() -> Client:
            await client.http.aclose()
            process.kill()
            await process.start()
            return await sign_in(process.url)

        accepted = (await client.batch({"text": input_text()})).json()
        import_id: str = accepted["import_id"]
        await further()
        assert (await act(client, import_id, "pause")).json()["state"] == "paused"
        over = await finished(client, import_id, 0)()
        await adds_up(client, import_id)

        client = await kill()
        job = await adds_up(client, import_id)
        assert (job["state"], job["summary"]["total"]) == ("paused", VIDEOS)
        assert await finished(client, import_id, 0)() in range(over or 0, (over or 0) + 25)
        assert (await act(client, import_id, "resume")).json()["state"] == "running"
        await further()

        client = await kill()
        await further()
        stopped = (await act(client, import_id, "cancel", remaining="keep")).json()
        assert stopped["state"] == "cancelled"
        left = stopped["summary"]["stopped"]
        assert 0 < left == stopped["summary"]["waiting"] < VIDEOS
        await adds_up(client, import_id)

        client = await kill()
        job = await adds_up(client, import_id)
        assert (job["state"], job["summary"]["stopped"]) == ("cancelled", left)
        assert len(await client.videos()) == VIDEOS
        retried = await act(client, import_id, "retry-failed", outcome="stopped")
        assert retried.json() == {"retried": left}
        await further()
        job = await adds_up(client, import_id)
        assert (job["state"], job["summary"]["stopped"]) == ("running", 0)
        assert len({video["youtube_id"] for video in await client.videos()}) == VIDEOS
        await report_adds_up(client, import_id)

        undone = await act(client, import_id, "undo")
        assert (undone.status_code, undone.json()["state"]) == (200, "undone")
        await adds_up(client, import_id)

        client = await kill()
        job = await adds_up(client, import_id)
        assert (job["state"], job["summary"]["total"]) == ("undone", 0)
        assert (await items(client, import_id, limit=1))["outcomes"]["removed"] == VIDEOS
        assert await client.videos() == []
        lanes = (await client.http.get("/lanes")).json()
        assert {lane["name"]: lane["waiting"] for lane in lanes if lane["waiting"]} == {}
        await report_adds_up(client, import_id)
        assert (await act(client, import_id, "resume")).json()["code"] == "import_is_over"
        await client.http.aclose()
    log = (tmp_path / "app.log").read_text()
    assert "Traceback" not in log, log[-3000:]
