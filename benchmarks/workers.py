"""One, two and four workers on PostgreSQL: how much more they do, and that they send no faster."""

import asyncio
import os
import random
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import psycopg

from benchmarks import processes
from benchmarks.installation import (
    MeasuredApp,
    MeasuredWorker,
    Upstream,
    as_links,
    measured_upstream,
    new_ids,
)
from benchmarks.processes import DatabaseServer
from benchmarks.quick import quick_directory
from benchmarks.table import Result, milliseconds, show
from tests.support.databases import PostgresTemplates
from tests.support.postgres import restartable_server
from tests.support.server import Client, sign_in

WORKERS = (1, 2, 4)
VIDEOS = 400
GOAL_OF_TWO = 1.6
GOAL_OF_SENDING = 1.1
_UNLIMITED = 100_000.0
# Slow enough that the pace decides and not the processors; an upstream that tolerates less than that.
_THROTTLED_SCALE = 20.0
_THROTTLED_VIDEOS = 60
_LIMIT = {"kinds": ["watch", "player"], "rate_per_second": 2.5, "burst": 10}
_POLL_SECONDS = 0.5
_PATIENCE_SECONDS = 900.0
# All processors are busy, as far as one can see from outside.
_BUSY_SHARE = 0.9
_WAITS = """
    SELECT wait_event_type || ' ' || wait_event FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND wait_event IS NOT NULL
"""


@dataclass
class Group:
    """An application without workers, and some workers beside it.

    Attributes:
        app: Serves.
        workers: Do the work.
        client: A signed-in person.
        url: Of their database.
        chance: For ids.
    """

    app: MeasuredApp
    workers: Sequence[MeasuredWorker]
    client: Client
    url: str
    chance: random.Random


@dataclass(frozen=True)
class Spent:
    """Processor seconds so far, by whom.

    Args:
        app: Who serves.
        workers: All of them.
        database: The whole server.
        upstream: The stand-in.
    """

    app: float
    workers: float
    database: float
    upstream: float

    @property
    def total(self) -> float:
        """Of all together."""
        return self.app + self.workers + self.database + self.upstream

    def since(self, before: "Spent") -> "Spent":
        """What was added."""
        return Spent(
            self.app - before.app,
            self.workers - before.workers,
            self.database - before.database,
            self.upstream - before.upstream,
        )


@dataclass(frozen=True)
class Run:
    """An import by some workers.

    Args:
        videos: How many.
        seconds: From the POST until all were complete.
        spent: Meanwhile.
        waits: What the database's own processes waited for, whenever somebody looked.
    """

    videos: int
    seconds: float
    spent: Spent
    waits: Counter[str]

    @property
    def rate(self) -> float:
        """Videos a second."""
        return self.videos / self.seconds

    @property
    def busy(self) -> float:
        """How many processors were busy."""
        return self.spent.total / self.seconds


@asynccontextmanager
async def _group(
    templates: PostgresTemplates, gateway: str, count: int, scale: float
) -> AsyncIterator[Group]:
    async with AsyncExitStack() as stack:
        place = tempfile.TemporaryDirectory(prefix="videothek-bench-", dir=quick_directory())
        directory = Path(stack.enter_context(place))
        url = stack.enter_context(templates.fresh(directory))
        environment = {
            "VIDEOTHEK_DATABASE_URL": url,
            "VIDEOTHEK_YOUTUBE_GATEWAY": gateway,
            "VIDEOTHEK_PACING_SCALE": str(scale),
        }
        app = stack.enter_context(MeasuredApp(directory, **environment))
        await app.start()
        workers = [
            stack.enter_context(MeasuredWorker(directory, **environment)) for _ in range(count)
        ]
        await asyncio.gather(*(worker.start() for worker in workers))
        client = await sign_in(app.url)
        stack.push_async_callback(client.http.aclose)
        yield Group(app, workers, client, url, random.Random(count))


async def _import(group: Group, server: DatabaseServer, upstream: Upstream, videos: int) -> Run:
    def spent() -> Spent:
        return Spent(
            group.app.cpu_seconds(),
            sum(worker.cpu_seconds() for worker in group.workers),
            server.cpu_seconds(),
            processes.cpu_seconds(upstream.pid),
        )

    waits: Counter[str] = Counter()
    before, started = spent(), perf_counter()
    text = as_links(new_ids(videos, group.chance))
    answer = await group.client.batch({"text": text})
    path = f"/imports/{answer.raise_for_status().json()['import_id']}"
    with psycopg.connect(group.url.replace("+psycopg", ""), autocommit=True) as looking:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                shown = (await group.client.http.get(path)).raise_for_status().json()
                if shown["state"] == "finished":
                    break
                waits.update(row[0] for row in looking.execute(_WAITS))
                await asyncio.sleep(_POLL_SECONDS)
    assert shown["summary"]["imported"] == videos
    return Run(videos, perf_counter() - started, spent().since(before), waits)


def _rates(runs: dict[int, Run]) -> list[Result]:
    results = []
    for count, run in runs.items():
        each = {
            "workers": run.spent.workers,
            "app": run.spent.app,
            "database": run.spent.database,
            "upstream": run.spent.upstream,
        }
        spent = ", ".join(
            f"{name} {milliseconds(value / run.videos)}" for name, value in each.items()
        )
        what = f"{count} worker{'s' if count > 1 else ''}"
        results.append(Result(what, run.rate, None, _per_second, f"processor per video: {spent}"))
    one = runs[WORKERS[0]]
    for count in WORKERS[1:]:
        goal = GOAL_OF_TWO if count == 2 else None
        ratio = runs[count].rate / one.rate
        note = _what_holds_back(one, runs[count])
        results.append(Result(f"{count} beside one", ratio, goal, _times, note, is_least=True))
    return results


def _what_holds_back(one: Run, run: Run) -> str:
    processors = os.cpu_count() or 1
    busy = f"{one.busy:.1f} of {processors} processors busy with one, {run.busy:.1f} now"
    if run.busy > _BUSY_SHARE * processors:
        return f"{busy}: more than {processors / one.busy:.1f} x there is no room for"
    waits = ", ".join(f"{name} ({count})" for name, count in run.waits.most_common(3))
    return f"{busy}; the database waited for: {waits or 'nothing'}"


async def _sending(group: Group, server: DatabaseServer, upstream: Upstream) -> dict[str, Any]:
    """What an upstream with a hidden limit was sent."""
    async with httpx.AsyncClient(base_url=f"{upstream.url}/_standin", timeout=60) as standin:
        (await standin.put("/limits", json=_LIMIT)).raise_for_status()
        (await standin.delete("/requests")).raise_for_status()
        await _import(group, server, upstream, _THROTTLED_VIDEOS)
        entries = (await standin.get("/requests")).raise_for_status().json()
        (await standin.delete("/limits")).raise_for_status()
    asked = [entry for entry in entries if entry["kind"] in _LIMIT["kinds"]]
    times = [entry["at"] for entry in asked]
    return {
        "rate": len(asked) / (max(times) - min(times)),
        "refused": sum(entry["fault"] is not None for entry in asked),
        "asked": len(asked),
    }


def _pace(sent: dict[int, dict[str, Any]]) -> Result:
    one, many = sent[WORKERS[0]], sent[WORKERS[-1]]
    said = "; ".join(
        f"{count}: {each['rate']:.2f} requests a second, {each['refused']} of {each['asked']} refused"
        for count, each in sent.items()
    )
    what = f"{WORKERS[-1]} workers send, beside one"
    return Result(what, many["rate"] / one["rate"], GOAL_OF_SENDING, _times, said)


def _per_second(value: float) -> str:
    return f"{value:.1f} videos/s"


def _times(value: float) -> str:
    return f"{value:.2f} x"


async def run() -> None:
    """Measure and print."""
    runs: dict[int, Run] = {}
    sent: dict[int, dict[str, Any]] = {}
    with ExitStack() as stack:
        upstream = stack.enter_context(measured_upstream())
        templates = PostgresTemplates(stack.enter_context(restartable_server()))
        server = DatabaseServer(templates.server.url)
        for count in WORKERS:
            async with _group(templates, upstream.url, count, _UNLIMITED) as group:
                # What is made at the first extraction is not what is compared.
                await _import(group, server, upstream, 10 * count)
                runs[count] = await _import(group, server, upstream, VIDEOS)
        for count in (WORKERS[0], WORKERS[-1]):
            async with _group(templates, upstream.url, count, _THROTTLED_SCALE) as group:
                sent[count] = await _sending(group, server, upstream)
    show(
        f"workers: {VIDEOS} videos on PostgreSQL without any pace, and an upstream with a limit",
        [*_rates(runs), _pace(sent)],
    )
