"""Collects everything that is there at the end."""

import asyncio
import contextlib
import csv
import io
import time
from collections.abc import Mapping, Sequence
from typing import Any

from tests.crash.databases import CrashDatabase, ask
from tests.crash.drops import truth_of
from tests.crash.person import Person
from tests.crash.verdict import DatabaseFacts, Ending, FoundImport, Watched
from tests.crash.watching import EventLog, Watcher
from tests.support.server import until

_POLL_SECONDS = 0.5
# A job whose result could not be stored is done again when its lease ends, after a minute.
_STUCK_SECONDS = 120.0
# Frames come every tenth of a second, those with imports every half.
_TOLD_SECONDS = 5.0
_JOBS = "SELECT v.youtube_id, j.kind FROM jobs j LEFT JOIN videos v ON v.id = j.video_id"
# Every row is one too many.
_COMPLAINTS: Mapping[str, str] = {
    "a video twice in a list": (
        "SELECT list_id, youtube_id, count(*) FROM videos GROUP BY list_id, youtube_id"
        " HAVING count(*) > 1"
    ),
    "not one enrichment": (
        "SELECT v.youtube_id, count(e.video_id) FROM videos v LEFT JOIN video_enrichments e"
        " ON e.video_id = v.id GROUP BY v.id, v.youtube_id HAVING count(e.video_id) <> 1"
    ),
    "an enrichment of nothing": (
        "SELECT e.video_id FROM video_enrichments e LEFT JOIN videos v ON v.id = e.video_id"
        " WHERE v.id IS NULL"
    ),
    "captions without words": (
        "SELECT v.youtube_id FROM videos v JOIN video_enrichments e ON e.video_id = v.id"
        " WHERE v.import_stage = 'complete' AND e.captions_source <> 'none' AND e.cues IS NULL"
    ),
    "not in the search": (
        "SELECT v.youtube_id FROM videos v LEFT JOIN search_documents d ON d.video_id = v.id"
        " LEFT JOIN search_words w ON w.document = d.number"
        " WHERE v.import_stage = 'complete' AND w.document IS NULL"
    ),
    "a playlist that is still to be read": (
        "SELECT source, state FROM playlist_reads WHERE state <> 'done' OR locked_by IS NOT NULL"
    ),
    "an item without its video": (
        "SELECT text, verdict FROM import_items WHERE youtube_id IS NOT NULL AND video_id IS NULL"
    ),
}


async def until_over(person: Person, watcher: Watcher) -> bool:
    """Wait until nothing is under way any more.

    Returns:
        False if nothing has happened for so long that nothing will.
    """
    moved_at, before = time.monotonic(), -1
    while time.monotonic() < moved_at + _STUCK_SECONDS:
        if watcher.over_count != before:
            moved_at, before = time.monotonic(), watcher.over_count
        if await _is_over(person):
            return True
        await asyncio.sleep(_POLL_SECONDS)
    return False


async def _is_over(person: Person) -> bool:
    async for page in person.pages("/imports"):
        if any(one["state"] != "finished" for one in page["items"]):
            return False
    return all(
        not video["captions_pending"]
        and (
            video["import_stage"] in ("complete", "error")
            or not truth_of(video["youtube_id"]).is_over
        )
        for video in await _videos(person)
    )


async def gather(
    person: Person, database: CrashDatabase, watchers: Sequence[Watcher], log: EventLog
) -> Ending:
    """Ask everybody for everything."""
    videos = await _videos(person)
    imports = [await _import(person, one) for one in await _imports(person)]
    await _until_told(watchers, {one["youtube_id"]: one for one in videos})
    first = await person.get(f"/lists/{person.list_id}/videos", limit=1)
    lists = await person.get("/lists")
    return Ending(
        videos=videos,
        list_total=first["total"],
        list_count=next(one["video_count"] for one in lists if one["id"] == person.list_id),
        imports=imports,
        watched=[Watched(one.name, dict(one.shown), dict(one.imports)) for one in watchers],
        sightings=list(log.sightings),
        database=await _facts(database),
    )


async def _videos(person: Person) -> list[dict[str, Any]]:
    path = f"/lists/{person.list_id}/videos"
    return [row async for page in person.pages(path) for row in page["items"]]


async def _imports(person: Person) -> list[dict[str, Any]]:
    return [row async for page in person.pages("/imports") for row in page["items"]]


async def _import(person: Person, shown: dict[str, Any]) -> FoundImport:
    path = f"/imports/{shown['id']}"
    pages = [page async for page in person.pages(f"{path}/items")]
    report = csv.reader(io.StringIO((await person.text(f"{path}/report.csv")).lstrip("\ufeff")))
    return FoundImport(
        shown=shown,
        items=[item for page in pages for item in page["items"]],
        outcomes=pages[-1]["outcomes"],
        total=pages[-1]["total"],
        report=list(report)[1:],
    )


async def _until_told(watchers: Sequence[Watcher], videos: Mapping[str, Any]) -> None:
    """The last frames may be on their way; what is not told soon was not told at all."""
    there = {key: (row["import_stage"], row["import_progress"]) for key, row in videos.items()}

    async def is_told() -> bool | None:
        return all(one.shown == there for one in watchers) or None

    # Imports are told less often than videos, and nobody can tell that none will come.
    await asyncio.sleep(1.0)
    with contextlib.suppress(TimeoutError):
        await until(is_told, _TOLD_SECONDS)


async def _facts(database: CrashDatabase) -> DatabaseFacts:
    jobs = [(row[0], str(row[1])) for row in await ask(database, _JOBS)]
    complaints = {what: await ask(database, sql) for what, sql in _COMPLAINTS.items()}
    return DatabaseFacts(jobs, complaints)
