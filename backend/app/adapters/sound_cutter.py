"""Cuts sounds in a child process: what comes from outside is decoded where it can do no harm."""

import asyncio
from pathlib import Path
from typing import Any

from app.adapters.child_process import ChildFailed, ChildProcess
from app.core.errors import SoundUnavailable
from app.services.transcription.pauses import FRAME_MS
from app.services.transcription.ports import CutPart, CutPlan

_CHILD = "app.adapters.sound_cutting"
# Four hours take two minutes where nothing else runs.
_CUT_SECONDS = 3600.0
_HALVE_SECONDS = 300.0
# A pause is looked for so far from where a part should end.
_WINDOW_SECONDS = 30.0
_SHORTEST_LAST_SECONDS = 30.0


class PyAvSoundCutter:
    """Implements ``SoundCutter``."""

    async def cut(self, sound: Path, directory: Path, plan: CutPlan) -> list[CutPart]:
        """See ``SoundCutter``."""
        # So that short parts (in tests) leave room for their windows.
        window = min(_WINDOW_SECONDS, plan.part_seconds / 4)
        measures = {
            "part": _frames(plan.part_seconds),
            "window": _frames(window),
            "last": _frames(min(_SHORTEST_LAST_SECONDS, plan.part_seconds / 4)),
            "overlap": _frames(min(plan.overlap_seconds, window)),
        }
        return await _cut(sound, directory, {"measures": measures}, _CUT_SECONDS)

    async def halve(self, sound: bytes, directory: Path) -> list[CutPart]:
        """See ``SoundCutter``."""
        whole = directory / "whole.ogg"
        await asyncio.to_thread(whole.write_bytes, sound)
        return await _cut(whole, directory, {}, _HALVE_SECONDS)


def _frames(seconds: float) -> int:
    return max(1, round(seconds * 1000 / FRAME_MS))


async def _cut(
    sound: Path, directory: Path, how: dict[str, Any], deadline_seconds: float
) -> list[CutPart]:
    child = await ChildProcess.start(_CHILD)
    try:
        request = {"sound": str(sound), "directory": str(directory), **how}
        answer = await child.ask(request, deadline_seconds=deadline_seconds)
    finally:
        await child.kill()
    if "unreadable" in answer:
        raise SoundUnavailable(answer["unreadable"])
    if "parts" not in answer:
        raise ChildFailed("no parts")
    return [_part(each) for each in answer["parts"]]


def _part(each: dict[str, Any]) -> CutPart:
    return CutPart(
        start_ms=each["start_ms"],
        end_ms=each["end_ms"],
        voiced_ms=each["voiced_ms"],
        path=Path(each["path"]),
    )
