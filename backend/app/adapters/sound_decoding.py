"""Reads a sound file as 16 kHz mono in which sample n is second n/16000. Runs in a child process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import av.error
from av.audio.frame import AudioFrame

SAMPLE_RATE = 16_000
SAMPLE_BYTES = 2

# By the file's extension, never by what is in it: some formats name other files to be opened.
_FORMATS = {".m4a": "mov", ".webm": "matroska", ".ogg": "ogg"}
# Times of frames are rounded to milliseconds, and codecs count a little from before the beginning.
_TOLERANCE_SECONDS = 0.05
# Longer gaps are broken times, not silence.
_LONGEST_GAP_SECONDS = 600.0
# Nothing longer is on YouTube but streams that never end.
_LONGEST_SECONDS = 24 * 3600
_BLOCK_SAMPLES = SAMPLE_RATE
# So many damaged packets are passed over in any case, and more if they are few of all there are.
_DAMAGED_PACKETS_ALLOWED = 50
_DAMAGED_SHARE_ALLOWED = 0.2


class UnreadableError(Exception):
    """There is no sound in the file, or most of it is damaged."""


def pcm_of(path: Path) -> Iterator[bytes]:
    """The samples of a file, in small blocks; gaps are silent, what overlaps comes once.

    Args:
        path: ``.m4a``, ``.webm`` or ``.ogg``.

    Raises:
        UnreadableError: Nothing can be made of it.
    """
    try:
        container = av.open(str(path), format=_FORMATS[path.suffix], metadata_errors="ignore")
    except (av.error.FFmpegError, ValueError) as error:
        raise UnreadableError(f"{type(error).__name__}: {error}") from error
    timeline = _Timeline()
    with container:
        for frame in _frames(container):
            yield from timeline.add(frame)
        yield from timeline.end()
    if timeline.samples == 0:
        raise UnreadableError("no sound in it")


def _frames(container: Any) -> Iterator[AudioFrame]:
    """Decoded frames; damaged packets are left out."""
    stream = next(iter(container.streams.audio), None)
    if stream is None:
        raise UnreadableError("no sound in it")
    # One processor at most, and no frames held back for others.
    stream.thread_type = "NONE"
    packets, damaged = 0, 0
    demuxing = container.demux(stream)
    while True:
        if damaged > max(_DAMAGED_PACKETS_ALLOWED, packets * _DAMAGED_SHARE_ALLOWED):
            raise UnreadableError(f"{damaged} of {packets} packets are damaged")
        try:
            packet = next(demuxing, None)
            if packet is None:
                return
            packets += 1
            yield from packet.decode()
        except av.error.EOFError:
            return
        except av.error.FFmpegError:
            damaged += 1
            # The one before ended with its error.
            demuxing = container.demux(stream)


class _Timeline:
    """Resamples, and keeps every sample at its time."""

    def __init__(self) -> None:
        self.samples = 0
        self._resampler: Any = None
        self._shape: tuple[str, str, int] | None = None
        # Where the stretch without gaps began, and how much of it came.
        self._began_at = 0.0
        self._came_seconds = 0.0
        self._to_skip = 0

    def add(self, frame: AudioFrame) -> Iterator[bytes]:
        """Take the next frame."""
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        expected = self._began_at + self._came_seconds
        at = expected if frame.time is None else float(frame.time)
        off = at - expected
        is_continued = abs(off) <= _TOLERANCE_SECONDS or abs(off) > _LONGEST_GAP_SECONDS
        if shape != self._shape or not is_continued:
            yield from self._begin_stretch(shape, expected if is_continued else at)
        self._came_seconds += frame.samples / frame.sample_rate
        # The resampler would check our times against its own.
        frame.pts = None
        yield from self._emit(self._resampler.resample(frame))

    def end(self) -> Iterator[bytes]:
        """Take what is still on its way."""
        if self._resampler is not None:
            yield from self._emit(self._resampler.resample(None))

    def _begin_stretch(self, shape: tuple[str, str, int], at_seconds: float) -> Iterator[bytes]:
        yield from self.end()
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        self._shape = shape
        self._began_at = at_seconds
        self._came_seconds = 0.0
        missing = round(at_seconds * SAMPLE_RATE) - self.samples
        # Codecs begin before zero with what nobody is meant to hear.
        self._to_skip = max(0, -missing)
        while missing > 0:
            silent = min(missing, _BLOCK_SAMPLES)
            missing -= silent
            yield from self._count(bytes(silent * SAMPLE_BYTES))

    def _emit(self, frames: list[AudioFrame]) -> Iterator[bytes]:
        for frame in frames:
            pcm = bytes(frame.planes[0])[: frame.samples * SAMPLE_BYTES]
            skipped = min(self._to_skip, frame.samples)
            self._to_skip -= skipped
            if skipped < frame.samples:
                yield from self._count(pcm[skipped * SAMPLE_BYTES :])

    def _count(self, pcm: bytes) -> Iterator[bytes]:
        self.samples += len(pcm) // SAMPLE_BYTES
        if self.samples > _LONGEST_SECONDS * SAMPLE_RATE:
            raise UnreadableError("it never ends")
        yield pcm
