"""Reads large inputs in a child process: whatever they hold, their time and memory have an end."""

import asyncio
import json
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from app.adapters.child_process import ChildFailed, ChildProcess
from app.core.errors import ErrorCode, ReasonCode, VideothekError
from app.services.importing.input_reader import ReadInput, StoredInput
from app.services.importing.items import Group, InputItem, Reading

_CHILD = "app.adapters.input_reading_child"
# It takes a quarter of a second to start, also where all processors are busy a few.
_START_SECONDS = 10.0


class ChildInputReader:
    """Implements ``InputReader``.

    Args:
        seconds: The most processor time of one input; on the clock it may take twice as long.
        memory_bytes: The most memory.
    """

    def __init__(self, *, seconds: float, memory_bytes: int) -> None:
        self._seconds = seconds
        self._memory_bytes = memory_bytes

    async def read(
        self, stored: StoredInput, max_items: int, groups: Collection[int] | None
    ) -> ReadInput:
        """See ``InputReader``."""
        with tempfile.TemporaryDirectory(prefix="videothek-reading-") as directory:
            answer_path = Path(directory) / "answer.json"
            request = {
                "seconds": self._seconds,
                "memory_bytes": self._memory_bytes,
                "body": str(stored.body) if stored.body else None,
                "files": [[name, str(path)] for name, path in stored.files],
                "text": stored.text,
                "max_items": max_items,
                "groups": None if groups is None else sorted(groups),
                "answer": str(answer_path),
            }
            await self._ask(request)
            return await asyncio.to_thread(_answered, answer_path)

    async def _ask(self, request: dict[str, Any]) -> None:
        child = await ChildProcess.start(_CHILD)
        try:
            answer = await child.ask(request, deadline_seconds=_START_SECONDS + 2 * self._seconds)
        except ChildFailed:
            raise _too_much() from None
        finally:
            await child.kill()
        if "refused" in answer:
            raise VideothekError(ErrorCode(answer["refused"]), answer["status"], **answer["extra"])


def _answered(path: Path) -> ReadInput:
    found = json.loads(path.read_bytes())
    items = [
        InputItem(line, text, youtube_id, reason and ReasonCode(reason), source, group, position)
        for line, text, youtube_id, reason, source, group, position in found["items"]
    ]
    groups = [Group(*group) for group in found["groups"]]
    return ReadInput(Reading(items, groups, found["format"], found["label"]), found["options"])


def _too_much() -> VideothekError:
    return VideothekError(ErrorCode.TOO_MUCH_TO_READ, 413)
