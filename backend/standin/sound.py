"""Sound as long as a video needs it, made of a few blocks per container that come round again.

A stored block (a WebM cluster, an MP4 fragment) is repeated with the time in it moved on, so
that hours of valid audio cost no memory and any range of it can be made by itself.
"""

import json
import math
import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from itertools import accumulate
from typing import Any

from standin.containers import Container, mp4_of, webm_of
from standin.talk import BLOCK_SECONDS, Wish, talk_of


@dataclass(frozen=True)
class Loop:
    """The repeated blocks of one container, and where numbers have to be put into them.

    Attributes:
        head: What comes before the first block.
        round: The blocks with their numbers still at zero, in the order in which they come round.
        block_seconds: How long each sounds.
        units_per_block: The same in the container's own unit.
        time_at: Offset and size of a block's start time.
        number_at: Offset and size of a block's running number, if it has one.
        duration_at: Offset of the whole duration in the head (a double, in milliseconds).
    """

    head: bytes
    round: tuple[bytes, ...]
    block_seconds: float
    units_per_block: int
    time_at: tuple[int, int]
    number_at: tuple[int, int] | None
    duration_at: int | None

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(accumulate(map(len, self.round)))

    def blocks(self, seconds: float) -> int:
        """Return how many blocks sound so long, give or take a tenth of a second."""
        return max(1, math.ceil(seconds / self.block_seconds - 0.02))

    def sounds_for(self, seconds: float) -> float:
        """Return how long a file made for so many seconds really sounds."""
        return self.blocks(seconds) * self.block_seconds

    def size(self, seconds: float) -> int:
        """Return the size of a whole file in bytes."""
        return len(self.head) + self._offset(self.blocks(seconds))

    def part(self, seconds: float, start: int, end: int) -> bytes:
        """Return the bytes from `start` up to, not including, `end` of a file so long."""
        before = len(self.head)
        first = self._block_at(max(0, start - before))
        last = min(self.blocks(seconds), self._block_at(max(0, end - before)) + 1)
        pieces = [self._block(index) for index in range(first, last)]
        origin = before + self._offset(first)
        if start < before:
            pieces.insert(0, self._head(seconds))
            origin = 0
        return b"".join(pieces)[start - origin : end - origin]

    def _offset(self, index: int) -> int:
        rounds, rest = divmod(index, len(self.round))
        return rounds * self._ends[-1] + (self._ends[rest - 1] if rest else 0)

    def _block_at(self, offset: int) -> int:
        rounds, rest = divmod(offset, self._ends[-1])
        return rounds * len(self.round) + bisect_right(self._ends, rest)

    def _head(self, seconds: float) -> bytes:
        if self.duration_at is None:
            return self.head
        head = bytearray(self.head)
        struct.pack_into(">d", head, self.duration_at, self.sounds_for(seconds) * 1000)
        return bytes(head)

    def _block(self, index: int) -> bytes:
        block = bytearray(self.round[index % len(self.round)])
        offset, width = self.time_at
        block[offset : offset + width] = (index * self.units_per_block).to_bytes(width, "big")
        if self.number_at:
            offset, width = self.number_at
            block[offset : offset + width] = (index + 1).to_bytes(width, "big")
        return bytes(block)


@lru_cache(maxsize=1)
def _tunes() -> dict[str, Loop]:
    assets = resources.files("standin.assets")
    described: dict[str, dict[str, Any]] = json.loads(assets.joinpath("loops.json").read_text())
    return {
        mime: Loop(
            head=assets.joinpath(raw["head"]).read_bytes(),
            round=(assets.joinpath(raw["block"]).read_bytes(),),
            block_seconds=raw["block_seconds"],
            units_per_block=raw["units_per_block"],
            time_at=(raw["time_at"][0], raw["time_at"][1]),
            number_at=(raw["number_at"][0], raw["number_at"][1]) if raw["number_at"] else None,
            duration_at=raw["duration_at"],
        )
        for mime, raw in described.items()
    }


@lru_cache(maxsize=32)
def _speech(container: str, wish: Wish) -> Loop:
    talk = talk_of(wish)
    if container == "audio/webm":
        head, duration_at = _tunes()[container].head, _tunes()[container].duration_at
        made = webm_of(talk.samples, BLOCK_SECONDS, head, duration_at)
    else:
        made = mp4_of(talk.samples, BLOCK_SECONDS)
    return _loop_from(made)


def _loop_from(made: Container) -> Loop:
    return Loop(
        head=made.head,
        round=made.blocks,
        block_seconds=BLOCK_SECONDS,
        units_per_block=made.units_per_block,
        time_at=made.time_at,
        number_at=made.number_at,
        duration_at=made.duration_at,
    )


def loop_of(mime: str, wish: Wish | None = None) -> Loop:
    """Return the loop of a media type; everything in an MP4 container shares one.

    Args:
        mime: The type.
        wish: What is said; without it there is only a tune.
    """
    container = "audio/webm" if mime.endswith("webm") else "audio/mp4"
    return _speech(container, wish) if wish else _tunes()[container]
