"""Sounds made when they are needed: noise is speech enough for whoever looks for pauses."""

import random
from pathlib import Path

import av
from av.audio.frame import AudioFrame

RATE = 16_000
_SAMPLE_BYTES = 2
_ENCODINGS = {".m4a": ("mp4", "aac"), ".webm": ("webm", "libopus"), ".ogg": ("ogg", "libopus")}


def noise(seconds: float, seed: int = 1) -> bytes:
    """Loud samples."""
    return random.Random(seed).randbytes(round(seconds * RATE) * _SAMPLE_BYTES)


def silence(seconds: float) -> bytes:
    """Samples of nothing."""
    return bytes(round(seconds * RATE) * _SAMPLE_BYTES)


def talk(seconds: float, *, sentence: float = 3.0, pause: float = 0.5) -> bytes:
    """Noise with pauses."""
    spoken = noise(sentence) + silence(pause)
    count = round(seconds / (sentence + pause))
    return spoken * count


def write_sound(path: Path, *stretches: tuple[float, bytes]) -> Path:
    """Encode stretches, each of which begins at its second; between them there are gaps in time."""
    container_format, codec = _ENCODINGS[path.suffix]
    with av.open(str(path), "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=48_000, layout="mono")
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="mono", rate=48_000, frame_size=960
        )
        for start, pcm in stretches:
            frame = AudioFrame(format="s16", layout="mono", samples=len(pcm) // _SAMPLE_BYTES)
            frame.planes[0].update(pcm)
            frame.sample_rate = RATE
            at = round(start * 48_000)
            for piece in resampler.resample(frame):
                piece.pts = at
                at += piece.samples
                container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path
