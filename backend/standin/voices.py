"""Spoken sentences: made by the program `flite` where it is there, else recordings made with it."""

import json
import re
import shutil
import subprocess
import tempfile
import wave
from array import array
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import IO, TypeAlias

import av

VOICES = ("slt", "rms", "awb", "kal16")
RATE = 16_000
# Python 3.11 can't subscribe the class itself.
Samples: TypeAlias = "array[int]"
_FLITE_SECONDS = 20
_FRAME = RATE // 100
# flite puts a tenth of a second and more of near silence around what it says.
_SILENT_BELOW = 260
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class SpeechError(ValueError):
    """A sentence was asked for that nobody here can say."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded sentence.

    Attributes:
        text: What is said.
        start_seconds: Where it begins in the recording of its voice.
        end_seconds: Where it ends.
    """

    text: str
    start_seconds: float
    end_seconds: float


def has_flite() -> bool:
    """Tell whether the program is there."""
    return shutil.which("flite") is not None


def sentences_in(text: str) -> tuple[str, ...]:
    """Split a text into its sentences."""
    return tuple(part for part in _SENTENCE_END.split(text.strip()) if part)


@lru_cache(maxsize=1)
def recordings() -> dict[str, tuple[Recording, ...]]:
    """Return what every voice has recorded."""
    described = json.loads(_asset("speech.json"))
    return {
        voice: tuple(Recording(one["text"], one["start"], one["end"]) for one in said)
        for voice, said in described.items()
    }


def story_of(voice: str) -> tuple[str, ...]:
    """Return the sentences that a voice says when it is given no text."""
    return tuple(recording.text for recording in recordings()[voice])


@lru_cache(maxsize=512)
def spoken(voice: str, sentence: str) -> Samples:
    """Return a sentence as samples, 16 bit and `RATE` a second, without silence around it.

    Raises:
        SpeechError: If there is no flite and nobody recorded it in this voice.
    """
    return trimmed(_synthesised(voice, sentence) if has_flite() else recorded(voice, sentence))


def recorded(voice: str, sentence: str) -> Samples:
    """Cut a sentence out of its voice's recording.

    Raises:
        SpeechError: If it was not recorded.
    """
    for one in recordings()[voice]:
        if one.text == sentence:
            begin, end = round(one.start_seconds * RATE), round(one.end_seconds * RATE)
            return _recording(voice)[begin:end]
    raise SpeechError(f"without the program flite, {voice} can't say {sentence!r}")


def trimmed(samples: Samples) -> Samples:
    """Cut the silence off both ends."""
    starts = range(0, len(samples), _FRAME)
    loud = [at for at in starts if max(map(abs, samples[at : at + _FRAME])) > _SILENT_BELOW]
    return samples[loud[0] : loud[-1] + _FRAME] if loud else samples


def _synthesised(voice: str, sentence: str) -> Samples:
    with tempfile.TemporaryDirectory(prefix="standin-") as directory:
        path = Path(directory) / "said.wav"
        command = ["flite", "-voice", voice, "-t", sentence, "-o", str(path)]
        subprocess.run(  # noqa: S603 - our own arguments, no shell
            command, check=True, capture_output=True, timeout=_FLITE_SECONDS
        )
        with wave.open(str(path), "rb") as sound:
            if (sound.getframerate(), sound.getnchannels()) != (RATE, 1):
                raise SpeechError(f"flite's voice {voice} does not sound as expected")
            return array("h", sound.readframes(sound.getnframes()))


@lru_cache(maxsize=len(VOICES))
def _recording(voice: str) -> Samples:
    name = resources.files("standin.assets").joinpath(f"speech_{voice}.ogg")
    with resources.as_file(name) as path:
        return samples_of(str(path))


def samples_of(path: str | IO[bytes]) -> Samples:
    """Decode a file to 16 bit and `RATE` samples a second, all channels mixed into one."""
    samples = array("h")
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(path, "r") as container:
        for frame in [*container.decode(audio=0), None]:
            for part in resampler.resample(frame):
                samples.frombytes(bytes(part.planes[0])[: part.samples * 2])
    return samples


def _asset(name: str) -> str:
    return resources.files("standin.assets").joinpath(name).read_text()
