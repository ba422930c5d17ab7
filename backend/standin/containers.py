"""Speech in the two containers of YouTube's sound: blocks that can be repeated in a loop."""

import io
import struct
from dataclasses import dataclass
from typing import cast

import av
from av.audio.codeccontext import AudioCodecContext

from standin.voices import RATE

_ENCODED_RATE = 48_000
_BITS_PER_SECOND = 48_000
_AAC_FRAME = 1024
_OPUS_FRAME = 960
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Container:
    """The pieces of a file; see `sound.Loop`, which is made of them."""

    head: bytes
    blocks: tuple[bytes, ...]
    units_per_block: int
    time_at: tuple[int, int]
    number_at: tuple[int, int] | None
    duration_at: int | None


def webm_of(
    samples: bytes, block_seconds: float, head: bytes, duration_at: int | None
) -> Container:
    """Return speech as clusters of Opus.

    Args:
        samples: 16 bit, mono, `RATE` a second; a whole number of blocks long.
        block_seconds: Length of a block.
        head: What stands before the clusters of a mono Opus track at 48 kHz.
        duration_at: Where in the head the duration is.
    """
    frames = _encoded("libopus", samples, _OPUS_FRAME)
    per_block = round(block_seconds * _ENCODED_RATE / _OPUS_FRAME)
    blocks = tuple(
        _cluster(frames[start : start + per_block]) for start in range(0, len(frames), per_block)
    )
    # The time follows the cluster's name and size (12 bytes) and its own name and size (2).
    return Container(head, blocks, round(block_seconds * 1000), (14, 4), None, duration_at)


def mp4_of(samples: bytes, block_seconds: float) -> Container:
    """Return speech as fragments of AAC; the arguments are those of `webm_of`."""
    frames = _encoded("aac", samples, _AAC_FRAME)
    per_block = round(block_seconds * _ENCODED_RATE / _AAC_FRAME)
    blocks = tuple(
        _fragment(frames[start : start + per_block]) for start in range(0, len(frames), per_block)
    )
    time_at = blocks[0].index(b"tfdt") + 8
    number_at = blocks[0].index(b"mfhd") + 8
    units = per_block * _AAC_FRAME
    return Container(_mp4_head(), blocks, units, (time_at, 8), (number_at, 4), None)


def _encoder(name: str) -> AudioCodecContext:
    encoder = cast("AudioCodecContext", av.CodecContext.create(name, "w"))
    encoder.sample_rate = _ENCODED_RATE
    encoder.layout = "mono"
    encoder.format = "s16" if name == "libopus" else "fltp"
    encoder.bit_rate = _BITS_PER_SECOND
    return encoder


def _encoded(name: str, samples: bytes, frame_size: int) -> list[bytes]:
    """Return one packet per frame, beginning with the first that holds sound."""
    encoder = _encoder(name)
    resampler = av.AudioResampler(encoder.format, "mono", _ENCODED_RATE, frame_size)
    packets = []
    for frame in [*_frames(samples), None]:
        for part in resampler.resample(frame):
            part.pts = None
            packets += encoder.encode(part)
    packets += encoder.encode(None)
    count = len(samples) // 2 * (_ENCODED_RATE // RATE) // frame_size
    # An AAC encoder begins with a frame of nothing; without it sample n is second n/48000.
    first = 1 if name == "aac" else 0
    found = [bytes(packet) for packet in packets[first : first + count]]
    return found + found[-1:] * (count - len(found))


def _frames(samples: bytes) -> list[av.AudioFrame]:
    frames = []
    for start in range(0, len(samples), 2 * _CHUNK):
        chunk = samples[start : start + 2 * _CHUNK]
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(chunk) // 2)
        frame.planes[0].update(chunk.ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate = RATE
        frames.append(frame)
    return frames


def _cluster(frames: list[bytes]) -> bytes:
    milliseconds = _OPUS_FRAME * 1000 // _ENCODED_RATE
    content = b"\xe7\x84" + bytes(4)
    for index, frame in enumerate(frames):
        block = struct.pack(">BhB", 0x81, index * milliseconds, 0x80) + frame
        content += b"\xa3" + (len(block) | 1 << 28).to_bytes(4, "big") + block
    return b"\x1f\x43\xb6\x75" + (len(content) | 1 << 56).to_bytes(8, "big") + content


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


def _fragment(frames: list[bytes]) -> bytes:
    # Flags: the base is this fragment, its frames last 1024 samples; then one size per frame.
    header = _box(b"tfhd", struct.pack(">III", 0x020008, 1, _AAC_FRAME))
    time = _box(b"tfdt", struct.pack(">IQ", 1 << 24, 0))
    sizes = b"".join(len(frame).to_bytes(4, "big") for frame in frames)
    number = _box(b"mfhd", bytes(8))
    # Boxes before the sound: moof (8), mfhd, traf (8), tfhd, tfdt, trun (20 and sizes), mdat (8).
    before = 8 + len(number) + 8 + len(header) + len(time) + 20 + len(sizes) + 8
    run = _box(b"trun", struct.pack(">III", 0x000201, len(frames), before) + sizes)
    moof = _box(b"moof", number + _box(b"traf", header + time + run))
    return moof + _box(b"mdat", b"".join(frames))


def _mp4_head() -> bytes:
    """Return what stands before the fragments, as the library itself writes it."""
    written = io.BytesIO()
    options = {"movflags": "empty_moov+default_base_moof+frag_custom"}
    with av.open(written, "w", format="mp4", options=options) as container:
        container.add_stream("aac", rate=_ENCODED_RATE, layout="mono")
        container.start_encoding()
    data = written.getvalue()
    # An index of no fragments may follow at the file's end.
    start = data.index(b"moov") - 4
    return data[: start + int.from_bytes(data[start : start + 4], "big")]
