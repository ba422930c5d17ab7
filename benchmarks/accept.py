"""How long many links take from the POST to the committed answer, and to a preview."""

import json
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.installation import Installation, as_links, installation, new_ids, upstream
from benchmarks.table import Result, milliseconds, show
from tests.support.databases import PostgresTemplates, SqliteTemplates
from tests.support.postgres import restartable_server

ROUNDS = {100: 20, 1000: 20, 10_000: 5}
GOAL_SECONDS = {
    ("SQLite", 1000): 0.150,
    ("SQLite", 10_000): 1.5,
    ("PostgreSQL", 10_000): 1.5,
}
PREVIEW_GOAL_SECONDS = 2.0
PREVIEW_ROUNDS = 5
# What the same request may add to the server's memory when it is sent again and again.
REPEATED = 20
GOAL_GROWTH_BYTES = 20_000_000
# What a drop writes.
_TABLES = ("videos", "video_enrichments", "import_items", "jobs")


@dataclass
class Times:
    """Of the rounds with one number of links."""

    answers: list[float] = field(default_factory=list)
    baselines: list[float] = field(default_factory=list)


class Baseline:
    """The least that it could cost: the same rows, inserted by `sqlite3` itself in one commit."""

    def __init__(self, directory: Path) -> None:
        self._templates = SqliteTemplates(directory)
        self._directory = directory

    def measure(self, library: Path, import_id: str) -> float:
        """Return the seconds for the rows of one import.

        Args:
            library: The application's SQLite file.
            import_id: Whose rows.
        """
        copy = self._directory / "round"
        copy.mkdir()
        try:
            with self._templates.fresh(copy) as url:
                return _insert(Path(url.partition("///")[2]), _rows_of(library, import_id))
        finally:
            shutil.rmtree(copy)


def _rows_of(library: Path, import_id: str) -> dict[str, list[tuple[object, ...]]]:
    of_videos = "WHERE video_id IN (SELECT id FROM videos WHERE import_id = ?)"
    where = {
        "videos": "WHERE import_id = ?",
        "video_enrichments": of_videos,
        "import_items": "WHERE import_id = ?",
        "jobs": of_videos,
    }
    with closing(sqlite3.connect(f"file:{library}?mode=ro", uri=True)) as connection:
        return {
            table: connection.execute(
                f"SELECT * FROM {table} {where[table]}", (import_id,)
            ).fetchall()
            for table in _TABLES
        }


def _insert(path: Path, rows: dict[str, list[tuple[object, ...]]]) -> float:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        connection.execute("COMMIT")
        return time.perf_counter() - started


async def _post(running: Installation, ids: list[str]) -> tuple[float, str]:
    started = time.perf_counter()
    answer = await running.client.batch({"text": as_links(ids)})
    took = time.perf_counter() - started
    body = answer.raise_for_status().json()
    assert body["counts"]["new"] == len(ids)
    return took, body["import_id"]


async def _measure(gateway: str, baseline: Baseline, database_url: str = "") -> dict[int, Times]:
    chance = random.Random(1)
    found: dict[int, Times] = {}
    async with installation(gateway, database_url=database_url) as running:
        # The first request pays for what is made once.
        await _post(running, new_ids(10, chance))
        for links, rounds in ROUNDS.items():
            times = found[links] = Times()
            for _ in range(rounds):
                took, import_id = await _post(running, new_ids(links, chance))
                times.answers.append(took)
                if not database_url:
                    library = running.directory / "videothek.db"
                    times.baselines.append(baseline.measure(library, import_id))
    return found


def _results(name: str, found: dict[int, Times], plain: dict[int, float]) -> list[Result]:
    results = []
    for links, times in found.items():
        median = statistics.median(times.answers)
        p95 = sorted(times.answers)[round(0.95 * (len(times.answers) - 1))]
        note = (
            f"p95 {milliseconds(p95)}, {median / links * 1e6:.0f} µs per link, "
            f"{median / plain[links]:.1f} x plain inserts ({milliseconds(plain[links])})"
        )
        goal = GOAL_SECONDS.get((name, links))
        results.append(Result(f"{name}, {links} links", median, goal, milliseconds, note))
    return results


def _documents(ids: list[str]) -> dict[str, str]:
    """The same videos in formats that people have."""
    titled = [
        f'{place},"Title, {place}",{link}' for place, link in enumerate(as_links(ids).split())
    ]
    records = [{"titleUrl": link, "title": "Watched"} for link in as_links(ids).split()]
    anchors = [f'<DT><A HREF="{link}">Title</A>' for link in as_links(ids).split()]
    return {
        "text": as_links(ids),
        "CSV": "\n".join(["id,title,url", *titled]),
        "watch history": json.dumps(records),
        "bookmarks": "\n".join(["<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>", *anchors, "</DL>"]),
    }


async def _previews(running: Installation, documents: dict[str, str]) -> list[Result]:
    results = []
    for name, document in documents.items():
        took = []
        for _ in range(PREVIEW_ROUNDS):
            files = {"file": (name, document.encode())}
            started = time.perf_counter()
            answer = await running.client.http.post("/imports/preview", files=files)
            took.append(time.perf_counter() - started)
            assert answer.raise_for_status().json()["counts"]["new"] == 10_000
        what = f"preview of 10,000 lines, {name}"
        note = f"{len(document) / 1e6:.1f} MB in, {len(answer.content) / 1e6:.1f} MB out"
        median = statistics.median(took)
        results.append(Result(what, median, PREVIEW_GOAL_SECONDS, milliseconds, note))
    return results


def _megabytes(value: float) -> str:
    return f"{value / 1e6:.0f} MB"


async def _growth(running: Installation, text: str) -> list[Result]:
    """Memory that stays taken: the first requests warm up what is made once."""
    results = []
    body = {"text": text}
    paths = {"previews": "/imports/preview", "imports": "/imports"}
    for name, path in paths.items():
        for _ in range(2):
            (await running.client.http.post(path, json=body)).raise_for_status()
        before = running.app.memory_bytes()
        for _ in range(REPEATED):
            (await running.client.http.post(path, json=body)).raise_for_status()
        after = running.app.memory_bytes()
        what = f"memory after {REPEATED} more {name} of 10,000 lines"
        note = f"{_megabytes(before)} before, {_megabytes(after)} after"
        growth = max(0.0, after - before)
        results.append(Result(what, growth, GOAL_GROWTH_BYTES, _megabytes, note))
    return results


async def _measure_previews(gateway: str) -> list[Result]:
    ids = new_ids(10_000, random.Random(2))
    async with installation(gateway) as running:
        results = await _previews(running, _documents(ids))
        return results + await _growth(running, as_links(ids))


async def run() -> None:
    """Measure on both databases and print."""
    with upstream() as gateway, tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        baseline = Baseline(directory)
        sqlite = await _measure(gateway, baseline)
        plain = {links: statistics.median(times.baselines) for links, times in sqlite.items()}
        with restartable_server() as server, PostgresTemplates(server).fresh(directory) as url:
            postgres = await _measure(gateway, baseline, url)
        previews = await _measure_previews(gateway)
    show(
        "accept: POST of many links to the committed answer, workers running (median)",
        _results("SQLite", sqlite, plain) + _results("PostgreSQL", postgres, plain),
    )
    show("preview: POST of a file to the answer (median), and what stays in memory", previews)
