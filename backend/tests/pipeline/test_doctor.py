"""The doctor asks whoever transcribes, as the application would, and says what to put right."""

import io
import wave
from pathlib import Path

import pytest

from app.adapters.groq_http import GroqHttp
from app.core.errors import QuotaReached, UpstreamFailed
from app.services.enrichment.groq_transcriber import GroqTranscriber
from app.services.pacing.quota import QuotaName
from app.services.transcription.ports import SoundPart
from standin.provider import Lies, StandInProvider
from standin.server import StandIn
from tests.support.doctor import doctor


def two_seconds() -> bytes:
    """Of silence, which is a sound all the same."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(bytes(64_000))
    return file.getvalue()


async def test_all_is_well_with_a_key_that_is_accepted(standin: StandIn, tmp_path: Path) -> None:
    found = await doctor(
        tmp_path,
        GROQ_BASE_URL=f"{standin.url}/openai/v1",
        GROQ_API_KEY="gsk_x",
        YOUTUBE_GATEWAY=standin.url,
    )
    assert found.exit_code == 0, found.output
    assert f"whisper-large-v3-turbo at {standin.url}/openai/v1 is ready." in found.output


async def test_the_provider_that_people_sign_in_at_is_asked(
    standin: StandIn, tmp_path: Path
) -> None:
    async with StandInProvider() as provider:
        settings = {
            "YOUTUBE_GATEWAY": standin.url,
            "PUBLIC_URL": "https://videothek.example",
            "OIDC_ISSUER": provider.url,
            "OIDC_CLIENT_ID": "videothek",
        }
        found = await doctor(tmp_path, **settings)
        assert found.exit_code == 0, found.output
        assert f"Signing in at {provider.url} works." in found.output
        assert "https://videothek.example/signed-in" in found.output
        provider.lies = Lies(down=True)
        found = await doctor(tmp_path, **settings)
        assert found.exit_code == 1, found.output
        assert "Check VIDEOTHEK_OIDC_ISSUER" in found.output


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        ({"GROQ_API_KEY": "invalid"}, "Check VIDEOTHEK_GROQ_API_KEY"),
        ({"GROQ_API_KEY": "gsk_x", "GROQ_MODEL": "whisper-9"}, "Check VIDEOTHEK_GROQ_MODEL"),
        ({"GROQ_BASE_URL": "http://127.0.0.1:9/v1"}, "Check VIDEOTHEK_GROQ_BASE_URL"),
        ({"GROQ_BASE_URL": "nowhere"}, "Check VIDEOTHEK_GROQ_BASE_URL"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, "Check VIDEOTHEK_DATABASE_URL"),
        (
            {"TRANSCRIPTION_PROVIDER": "local", "WHISPER_MODEL": "/nowhere/model"},
            "Check VIDEOTHEK_WHISPER_MODEL",
        ),
    ],
)
async def test_what_is_wrong_is_told_with_advice(
    standin: StandIn, tmp_path: Path, settings: dict[str, str], advice: str
) -> None:
    base = {
        "GROQ_BASE_URL": f"{standin.url}/openai/v1",
        "GROQ_API_KEY": "gsk_x",
        "YOUTUBE_GATEWAY": standin.url,
    }
    found = await doctor(tmp_path, **base | settings)
    assert found.exit_code == 1, found.output
    assert advice in found.output


async def test_parts_go_out_as_forms_and_refusals_come_back_with_their_quota(
    standin: StandIn,
) -> None:
    http = GroqHttp(f"{standin.url}/openai/v1", "gsk_x", deadline_scale=100.0)
    transcriber = GroqTranscriber(http, "whisper-large-v3-turbo")
    part = SoundPart(two_seconds(), 2.0, 2.0, language="en", prompt="Guten Morgen")
    heard = await transcriber.transcribe(part)
    assert heard.transcript.language == "en"
    assert {level.unit for level in heard.levels} == {"requests", "audio_seconds"}

    standin.set_groq_limits(seconds_per_hour=15)
    await transcriber.transcribe(part)
    with pytest.raises(QuotaReached) as caught:
        await transcriber.transcribe(part)
    assert caught.value.limit == QuotaName.AUDIO_SECONDS_PER_HOUR
    assert caught.value.allowed == 15
    assert caught.value.retry_after_seconds is not None
    await transcriber.close()


async def test_a_server_that_is_not_there_is_a_failure_that_is_no_answer() -> None:
    http = GroqHttp("http://127.0.0.1:9", "gsk_x")
    with pytest.raises(UpstreamFailed) as caught:
        await GroqTranscriber(http, "m").transcribe(SoundPart(two_seconds(), 2.0, 2.0))
    assert not caught.value.is_answer
    await http.close()
