"""What captions from the sound take, told before an import, in its summary and of one video."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from app.core.errors import ErrorCode
from app.core.identifiers import new_id
from app.core.settings import Settings
from app.models import Transcription, TranscriptionState, TranscriptionUsage, Video
from app.services.transcription.budget import cost_micros
from tests.support.arranged import put
from tests.support.inputs import url
from tests.support.server import Client, RunningApp


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"groq_api_key": SecretStr("gsk_test")})


def video_ids(count: int) -> list[str]:
    return [f"sound{number:05d}0" for number in range(count)]


async def _completed(app: RunningApp, client: Client, source: str, seconds: int) -> dict[str, Any]:
    """A finished video of this length, with captions of this source."""
    video: dict[str, Any] = (await client.add(url(video_ids(1)[0]))).json()
    now = datetime.now(UTC)
    await put(app, video["id"], "complete", captions_source=source, extracted_at=now)
    async with app.runtime.database.write() as unit:
        (await unit.session.get_one(Video, video["id"])).duration_seconds = seconds
    return video


async def _preview(client: Client, list_id: str, ids: list[str]) -> Any:
    body = {"urls": [url(each) for each in ids], "list_id": list_id}
    return (await client.http.post("/imports/preview", json=body)).json()["transcription"]


async def test_one_video_without_captions_says_what_they_would_take(
    idle_app: RunningApp, idle_client: Client
) -> None:
    without = await _completed(idle_app, idle_client, "none", 1_800)
    shown = (await idle_client.http.get(f"/videos/{without['id']}/enrichment")).json()
    assert shown["transcription_estimate"] == {
        "videos": 1,
        "minutes": 30,
        "cost": 0.02,
        "currency": "USD",
        "is_rough": False,
    }


async def test_a_preview_knows_known_videos_and_reckons_the_others_like_the_library(
    idle_app: RunningApp, idle_client: Client
) -> None:
    other = (await idle_client.http.post("/lists", json={"name": "Andere"})).json()["id"]
    known = await _completed(idle_app, idle_client, "none", 3_600)

    exact = await _preview(idle_client, other, [known["youtube_id"]])
    assert (exact["videos"], exact["minutes"], exact["is_rough"]) == (1, 60, False)
    assert exact["cost"] == 0.04

    rough = await _preview(idle_client, other, video_ids(100)[50:])
    # A tenth of fifty, and the one that is known makes it a little more.
    assert (rough["videos"], rough["is_rough"]) == (7, True)
    assert rough["minutes"] == pytest.approx(7 * 14.3, abs=1)


async def test_a_summary_says_what_was_made_what_is_to_come_and_what_waits_for_the_budget(
    idle_app: RunningApp, idle_client: Client
) -> None:
    made = await _completed(idle_app, idle_client, "whisper", 1_200)
    resumes_at = datetime(2030, 1, 2, tzinfo=UTC)
    async with idle_app.runtime.database.write() as unit:
        unit.session.add(
            TranscriptionUsage(
                id=new_id(),
                at=datetime.now(UTC),
                video_id=made["id"],
                import_id=made["import_id"],
                billed_ms=1_200_000,
                cost_micros=cost_micros(1_200_000, 0.04),
            )
        )
        # Asked for again: half of it is there.
        unit.session.add(
            Transcription(
                video_id=made["id"],
                state=TranscriptionState.WORDS,
                asked_at=datetime.now(UTC),
                captions_code=ErrorCode.CAPTIONS_NONE,
                reason_code=ErrorCode.TRANSCRIPTION_BUDGET,
                resumes_at=resumes_at,
                part_count=2,
                parts_done=1,
            )
        )
    shown = (await idle_client.http.get(f"/imports/{made['import_id']}")).json()
    told = shown["summary"]["transcription"]
    assert (told["made"]["videos"], told["made"]["minutes"], told["made"]["cost"]) == (
        1,
        20,
        0.0133,
    )
    assert (told["pending"]["videos"], told["pending"]["minutes"]) == (1, 10)
    assert told["over_budget"] == 1
    assert datetime.fromisoformat(told["resumes_at"]) == resumes_at

    status = (await idle_client.http.get("/transcription")).json()
    assert status["provider"] == "groq"
    assert status["day"]["used_minutes"] == 20
    assert status["waiting"]["minutes"] == 10
