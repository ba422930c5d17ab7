"""Sound as long as a video needs it, made of one short loop per container.

A stored block (a WebM cluster, an MP4 fragment) is repeated with the time in it moved on, so
that hours of valid audio cost no memory and any range of it can be made by itself.
"""

import json
import math
import struct
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Loop:
    """The repeated block of one container, and where numbers have to be put into it.

    Attributes:
        head: What comes before the first block.
        block: The block with its numbers still at zero.
        block_seconds: How long it sounds.
        units_per_block: The same in the container's own unit.
        time_at: Offset and size of the block's start time.
        number_at: Offset and size of the block's running number, if it has one.
        duration_at: Offset of the whole duration in the head (a double, in milliseconds).
    """

    head: bytes
    block: bytes
    block_seconds: float
    units_per_block: int
    time_at: tuple[int, int]
    number_at: tuple[int, int] | None
    duration_at: int | None

    def blocks(self, seconds: float) -> int:
        """Return how many blocks sound so long, give or take a tenth of a second."""
        return max(1, math.ceil(seconds / self.block_seconds - 0.02))

    def size(self, seconds: float) -> int:
        """Return the size of a whole file in bytes."""
        return len(self.head) + self.blocks(seconds) * len(self.block)

    def part(self, seconds: float, start: int, end: int) -> bytes:
        """Return the bytes from `start` up to, not including, `end` of a file so long."""
        length, before = len(self.block), len(self.head)
        first = max(0, (start - before) // length)
        last = min(self.blocks(seconds), -(-(end - before) // length))
        pieces = [self._block(index) for index in range(first, last)]
        origin = before + first * length
        if start < before:
            pieces.insert(0, self._head(seconds))
            origin = 0
        return b"".join(pieces)[start - origin : end - origin]

    def _head(self, seconds: float) -> bytes:
        if self.duration_at is None:
            return self.head
        head = bytearray(self.head)
        milliseconds = self.blocks(seconds) * self.block_seconds * 1000
        struct.pack_into(">d", head, self.duration_at, milliseconds)
        return bytes(head)

    def _block(self, index: int) -> bytes:
        block = bytearray(self.block)
        offset, width = self.time_at
        block[offset : offset + width] = (index * self.units_per_block).to_bytes(width, "big")
        if self.number_at:
            offset, width = self.number_at
            block[offset : offset + width] = (index + 1).to_bytes(width, "big")
        return bytes(block)


@lru_cache(maxsize=1)
def _loops() -> dict[str, Loop]:
    assets = resources.files("standin.assets")
    described: dict[str, dict[str, Any]] = json.loads(assets.joinpath("loops.json").read_text())
    return {
        mime: Loop(
            head=assets.joinpath(raw["head"]).read_bytes(),
            block=assets.joinpath(raw["block"]).read_bytes(),
            block_seconds=raw["block_seconds"],
            units_per_block=raw["units_per_block"],
            time_at=(raw["time_at"][0], raw["time_at"][1]),
            number_at=(raw["number_at"][0], raw["number_at"][1]) if raw["number_at"] else None,
            duration_at=raw["duration_at"],
        )
        for mime, raw in described.items()
    }


def loop_of(mime: str) -> Loop:
    """Return the loop of a media type; everything in an MP4 container shares one."""
    return _loops()["audio/webm" if mime.endswith("webm") else "audio/mp4"]
