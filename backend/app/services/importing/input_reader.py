"""The port that large inputs are read behind, and what it is given."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from app.services.importing.items import Reading


@dataclass(frozen=True, slots=True)
class StoredInput:
    """An input on the disk.

    Args:
        body: A whole request's JSON; without files then.
        files: What each sender's file is called, and where it is.
        text: Running text that came with the files.
    """

    body: Path | None = None
    files: Sequence[tuple[str, Path]] = field(default_factory=tuple)
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ReadInput:
    """What was read of it.

    Args:
        reading: Its items.
        options: What else the request's JSON said; nothing without one.
    """

    reading: Reading
    options: dict[str, Any] = field(default_factory=dict)


class InputReader(Protocol):
    """Reads an input of any content within bounds of time and memory."""

    async def read(
        self, stored: StoredInput, max_items: int, groups: Collection[int] | None
    ) -> ReadInput:
        """Read it.

        Args:
            stored: The input.
            max_items: The most items of one import.
            groups: Only these groups are wanted; of a request's JSON those that it says itself.

        Raises:
            VideothekError: See ``read_source``; ``invalid_request`` for JSON that is none of ours,
                ``too_much_to_read`` if it took more than there is.
        """
