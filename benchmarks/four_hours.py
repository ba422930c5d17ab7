"""Captions made from four hours of speech, on the real application: memory, words, seams, cost."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import httpx

from benchmarks.installation import MeasuredProcess, installation, upstream
from benchmarks.table import Result, seconds, show
from standin.talk import Said
from tests.support.whisper import BASE_PATH, Comparison, compare, until_source

_ID = "TALK_4hours"
_SECONDS = 4 * 3600
_PARTS = 24
# What is said so near to a cut is looked at by itself.
_NEAR_SECONDS = 20.0
_PIECE_SECONDS = 300
_PATIENCE_SECONDS = 1200.0
_GOAL_MEGABYTES = 250.0
_LOOK_EVERY_SECONDS = 0.1
_MILLION = 1e6


async def run() -> None:
    """Measure and print."""
    with upstream() as gateway:
        groq = {
            "VIDEOTHEK_GROQ_BASE_URL": f"{gateway}{BASE_PATH}",
            "VIDEOTHEK_GROQ_API_KEY": "gsk_bench",
        }
        async with (
            httpx.AsyncClient(base_url=f"{gateway}/_standin", timeout=60) as standin,
            installation(gateway, pacing_scale=20, more=groq) as running,
        ):
            scenario = {"captions": "none", "speech": "slt", "duration_seconds": _SECONDS}
            (await standin.put(f"/scenario/{_ID}", json=scenario)).raise_for_status()
            before = running.app.memory_bytes()
            peaks = {"app": 0.0, "child": 0.0}
            watching = asyncio.create_task(_watch(running.app, peaks))
            await running.client.add(f"https://youtu.be/{_ID}")
            (video,) = await until_source(running.client, seconds=_PATIENCE_SECONDS)
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
            spent = running.app.cpu_seconds()
            answer = await running.client.http.get(f"/videos/{video['id']}/enrichment")
            said = [Said(**one) for one in (await standin.get(f"/spoken/{_ID}")).json()]
            uploads = (await standin.get("/uploads")).json()
    cues = answer.json()["captions"]["cues"]
    memory = [
        Result("memory: the application at its peak", peaks["app"], _GOAL_MEGABYTES, _megabytes,
               f"{before / _MILLION:.0f} MB before"),
        Result("memory: the child at its peak", peaks["child"], _GOAL_MEGABYTES, _megabytes),
    ]  # fmt: skip
    work = Result("processor: the application, without its children", spent, None, seconds)
    results = [*memory, work, *_words(said, cues, uploads)]
    show("captions from four hours of speech", results)


def _words(
    said: list[Said], cues: list[dict[str, Any]], uploads: list[dict[str, Any]]
) -> list[Result]:
    # Piece by piece, for finding the best alignment takes the square of the number of words.
    pieces = [
        _between(said, cues, float(start), start + _PIECE_SECONDS)
        for start in range(0, _SECONDS, _PIECE_SECONDS)
    ]
    cuts, at = [], 0.0
    for upload in uploads[:-1]:
        at += upload["duration_seconds"]
        cuts.append(at)
    seams = [_between(said, cues, cut - _NEAR_SECONDS, cut + _NEAR_SECONDS) for cut in cuts]
    starts = sorted(error for piece in pieces for error in piece.start_errors)
    wrong = sum(piece.word_error for piece in pieces) / len(pieces)
    return [
        Result("parts that were sent", len(uploads), _PARTS + 1, _number),
        Result("wrong words", wrong * 100, 10, _percent, f"of {_count(said)}"),
        Result("seams: most words lost or twice in a row",
               max(seam.longest_slip for seam in seams), 3, _number,
               f"{len(seams)} seams"),
        Result("anywhere: the same", max(piece.longest_slip for piece in pieces), 3, _number),
        Result("sentences begin late or early, p95", starts[int(len(starts) * 0.95)], 1, seconds),
        Result("the same at most", starts[-1], 1, seconds),
    ]  # fmt: skip


def _between(said: list[Said], cues: list[dict[str, Any]], start: float, end: float) -> Comparison:
    """The sentences between two moments, and what was heard there and a little around."""
    inside = [one for one in said if start <= one.start_seconds and one.end_seconds <= end]
    first, last = inside[0].start_seconds, inside[-1].end_seconds
    around = [cue for cue in cues if cue["end_seconds"] > first and cue["start_seconds"] < last]
    return compare(inside, around)


async def _watch(app: MeasuredProcess, peaks: dict[str, float]) -> None:
    while True:
        peaks["app"] = max(peaks["app"], app.memory_bytes() / _MILLION)
        children = [_resident(child) for child in app.children()]
        peaks["child"] = max(peaks["child"], *children, 0.0)
        await asyncio.sleep(_LOOK_EVERY_SECONDS)


def _resident(pid: int) -> float:
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        line = next(line for line in lines if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / _MILLION
    return 0.0


def _count(said: list[Said]) -> str:
    return f"{sum(len(one.text.split()) for one in said):,} words"


def _number(value: float) -> str:
    return f"{value:.0f}"


def _megabytes(value: float) -> str:
    return f"{value:.0f} MB"


def _percent(value: float) -> str:
    return f"{value:.1f} %"
