"""What cutting four hours of sound costs: memory, processor, bytes to send."""

import resource
import tempfile
from pathlib import Path

from app.adapters.sound_cutter import PyAvSoundCutter
from app.services.transcription.ports import CutPlan
from benchmarks.table import Result, seconds, show
from standin.sound import loop_of

_HOURS = 4
_BLOCK_BYTES = 10 * 1024 * 1024
# The webm comes last: the peak of all children so far is what the system tells.
_KINDS = {"m4a": "audio/mp4", "webm": "audio/webm"}


def _megabytes(value: float) -> str:
    return f"{value:.0f} MB"


def _write(path: Path, mime: str) -> None:
    loop = loop_of(mime)
    size = loop.size(_HOURS * 3600)
    with path.open("wb") as file:
        for start in range(0, size, _BLOCK_BYTES):
            file.write(loop.part(_HOURS * 3600, start, min(size, start + _BLOCK_BYTES)))


def _children() -> tuple[float, float]:
    """Processor seconds and peak megabytes of all that ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


async def _cut(ending: str, mime: str) -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        sound = directory / f"sound.{ending}"
        _write(sound, mime)
        before, _ = _children()
        parts = await PyAvSoundCutter().cut(sound, directory, CutPlan())
        spent, peak = _children()
        sent = sum(part.path.stat().st_size for part in parts) / 1e6
    note = f"{len(parts)} parts"
    return [
        Result(f"{ending}: memory of the child", peak, 250, _megabytes, note),
        Result(f"{ending}: processor per hour of sound", (spent - before) / _HOURS, None, seconds),
        Result(f"{ending}: to send", sent, None, _megabytes),
    ]


async def run() -> bool:
    """Measure and print; tell whether the goals were reached."""
    results = [result for kind in _KINDS.items() for result in await _cut(*kind)]
    show(f"Cutting {_HOURS} hours of sound", results)
    return all(result.goal is None or result.measured < result.goal for result in results)
