"""The child process that cuts sounds, a few seconds of them in memory at any time."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import av.logging
from av.audio.frame import AudioFrame

from app.adapters.child_side import serve
from app.adapters.sound_decoding import SAMPLE_BYTES, SAMPLE_RATE, UnreadableError, pcm_of
from app.services.transcription.pauses import FRAME_MS, Cut, choose_cut, level_db, voiced_frames

_FRAME_SAMPLES = SAMPLE_RATE * FRAME_MS // 1000
_FRAME_BYTES = _FRAME_SAMPLES * SAMPLE_BYTES
# At 24 kbit/s Whisper hears as well as in a lossless file, at 16 worse; less effort does not harm it.
_HALVES_OVERLAP_FRAMES = 4_000 // FRAME_MS
_OPUS = {"b": "24000", "compression_level": "0"}


@dataclass(frozen=True, slots=True)
class Measures:
    """How to cut, in frames.

    Args:
        part: About how long a part is.
        window: How far from there a pause is looked for.
        last: A last part shorter than this joins the one before.
        overlap: Of parts between which there was no pause.
        parts: How many there may be at most, if that is limited.
    """

    part: int
    window: int
    last: int
    overlap: int
    parts: int | None = None


def _halves(frames: int) -> Measures:
    """How to cut so many frames in two."""
    half = max(1, frames // 2)
    shortest = max(1, half // 4)
    return Measures(
        part=half,
        window=half // 2,
        last=shortest,
        overlap=min(_HALVES_OVERLAP_FRAMES, shortest),
        parts=2,
    )


class _Encoder:
    """Writes one part as Ogg/Opus. The ending of its name is what upstreams know the type by."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._container = av.open(str(path), "w", format="ogg")
        self._stream = self._container.add_stream("libopus", rate=SAMPLE_RATE, layout="mono")
        self._stream.codec_context.options = _OPUS
        self._frames = 0

    def write(self, pcm: memoryview) -> None:
        """Write whole frames."""
        for offset in range(0, len(pcm), _FRAME_BYTES):
            frame = AudioFrame(format="s16", layout="mono", samples=_FRAME_SAMPLES)
            frame.planes[0].update(bytes(pcm[offset : offset + _FRAME_BYTES]))
            frame.sample_rate = SAMPLE_RATE
            frame.pts = self._frames * _FRAME_SAMPLES
            self._frames += 1
            self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        """Write the end."""
        self._container.mux(self._stream.encode(None))
        self._container.close()


class Cutter:
    """Takes samples as they come and writes parts.

    Args:
        directory: Where to.
        measures: How to cut.
    """

    def __init__(self, directory: Path, measures: Measures) -> None:
        self._directory = directory
        self._measures = measures
        self.parts: list[dict[str, Any]] = []
        # Samples that are not written yet, the first of them those of frame `_written`.
        self._pcm = bytearray()
        self._written = 0
        # Of all frames of the part that has begun.
        self._levels: list[int] = []
        self._start = 0
        self._tail = b""
        self._encoder: _Encoder | None = None

    def add(self, pcm: bytes) -> None:
        """Take some samples."""
        pcm = self._tail + pcm
        whole = len(pcm) // _FRAME_BYTES * _FRAME_BYTES
        self._tail = pcm[whole:]
        for offset in range(0, whole, _FRAME_BYTES):
            self._levels.append(level_db(array("h", pcm[offset : offset + _FRAME_BYTES])))
        self._pcm += pcm[:whole]
        measures = self._measures
        while self._may_cut and len(self._levels) >= (
            measures.part + measures.window + measures.last
        ):
            self._cut()
        self._write(self._start + min(len(self._levels), measures.part - measures.window))

    def end(self) -> None:
        """Take the end."""
        if self._tail:
            self.add(bytes(_FRAME_BYTES - len(self._tail)))
        while self._may_cut and len(self._levels) >= self._measures.part + self._measures.last:
            self._cut()
        self._finish_part(len(self._levels))

    @property
    def _may_cut(self) -> bool:
        return self._measures.parts is None or len(self.parts) + 1 < self._measures.parts

    def _cut(self) -> None:
        measures = self._measures
        cut = choose_cut(
            self._levels,
            first=measures.part - measures.window,
            last=min(measures.part + measures.window, len(self._levels) - measures.last),
            mark=measures.part,
        )
        reach = 0 if cut.is_pause else measures.overlap // 2
        self._finish_part(min(cut.frame + reach, len(self._levels)))
        self._begin_part(cut, reach)

    def _begin_part(self, cut: Cut, reach: int) -> None:
        kept_from = cut.frame - reach
        self._levels = self._levels[kept_from:]
        del self._pcm[: (self._start + kept_from - self._written) * _FRAME_BYTES]
        self._start += kept_from
        self._written = self._start

    def _finish_part(self, frames: int) -> None:
        """End the part after so many frames; samples that the next one shares stay."""
        kept = bytes(self._pcm), self._written
        self._write(self._start + frames)
        if self._encoder is None:
            return
        self._encoder.close()
        path, self._encoder = self._encoder.path, None
        self._pcm, self._written = bytearray(kept[0]), kept[1]
        self.parts.append(
            {
                "start_ms": self._start * FRAME_MS,
                "end_ms": (self._start + frames) * FRAME_MS,
                "voiced_ms": voiced_frames(self._levels[:frames]) * FRAME_MS,
                "path": str(path),
            }
        )

    def _write(self, until: int) -> None:
        """Write up to a frame of the sound."""
        size = (until - self._written) * _FRAME_BYTES
        if size <= 0:
            return
        if self._encoder is None:
            self._encoder = _Encoder(self._directory / f"part-{len(self.parts):04d}.ogg")
        with memoryview(self._pcm) as pcm:
            self._encoder.write(pcm[:size])
        del self._pcm[:size]
        self._written = until


def cut_into_parts(
    blocks: Iterable[bytes], directory: Path, measures: Measures
) -> list[dict[str, Any]]:
    """Cut a sound.

    Args:
        blocks: Its samples.
        directory: Where the parts are written.
        measures: How to cut.
    """
    cutter = Cutter(directory, measures)
    for block in blocks:
        cutter.add(block)
    cutter.end()
    return cutter.parts


def _handle(request: dict[str, Any], _payload: bytes) -> dict[str, Any]:
    directory = Path(request["directory"])
    try:
        blocks = pcm_of(Path(request["sound"]))
        if "measures" in request:
            return {"parts": cut_into_parts(blocks, directory, Measures(**request["measures"]))}
        # A part: eleven minutes at most, 20 MB.
        pcm = b"".join(blocks)
        return {"parts": cut_into_parts([pcm], directory, _halves(len(pcm) // _FRAME_BYTES))}
    except UnreadableError as error:
        return {"unreadable": str(error)}


if __name__ == "__main__":
    # FFmpeg complains about every damaged packet.
    av.logging.set_level(av.logging.PANIC)
    serve(_handle)
