"""How long a search takes in a large library, how large its index is, and what indexing costs.

Goes through the real HTTP route, over loopback, on both databases. The answer's size is the page's.
"""

import asyncio
import functools
import gc
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.search import DEFAULT_RESULTS
from app.core.identifiers import new_id
from app.core.settings import Settings
from app.models import ImportStage, Video, VideoEnrichment
from app.repositories import search_index, search_texts
from app.repositories.search_index import NewDocument
from app.repositories.search_texts import VideoTexts
from app.services.search.indexing import document_of, index_video
from benchmarks.search_corpus import Library, Questions, published
from benchmarks.table import Result, milliseconds, seconds, show
from tests.support.databases import PostgresTemplates, SqliteTemplates
from tests.support.postgres import restartable_server
from tests.support.server import PASSWORD, Client, RunningApp, running_app

VIDEOS = 10_000
LINES = 1000
GOAL_SECONDS = 0.100
# What the page asks for.
_PAGE = DEFAULT_RESULTS
_STORED_AT_ONCE = 100
_INDEXED_ALONE = 50
_INDEXED_AT_ONCE = 10
# Shadow tables of FTS5 have rows of blocks, the other tables texts.
_SQLITE_BYTES = """
    SELECT (SELECT coalesce(sum(length(block)), 0) FROM search_words_fts_data)
         + (SELECT coalesce(sum(length(block)), 0) FROM search_pieces_fts_data)
         + (SELECT coalesce(sum(length(words) + length(cue_starts)), 0) FROM search_words)
         + (SELECT coalesce(sum(length(tokens) + length(pairs)), 0) FROM search_pieces)
"""
_POSTGRESQL_BYTES = """
    SELECT pg_total_relation_size('search_documents') + pg_total_relation_size('search_words')
         + pg_total_relation_size('search_pieces')
"""


@dataclass
class Place:
    """One application on one database.

    Attributes:
        name: Of the database.
        app: It listens on loopback.
        client: A signed-in person, whose library it is.
        stored_seconds: What storing videos and index took.
    """

    name: str
    app: RunningApp
    client: Client
    stored_seconds: float = 0.0


@dataclass
class Made:
    """What the library holds.

    Attributes:
        ids: Of its videos.
        spoken_bytes: Of the caption lines' words.
        analysed_seconds: What making the tokens took.
    """

    ids: list[str] = field(default_factory=list)
    spoken_bytes: int = 0
    analysed_seconds: float = 0.0


@asynccontextmanager
async def _place(name: str, url: str, directory: Path) -> AsyncIterator[Place]:
    settings = Settings(
        data_dir=directory / f"data {name}",
        database_url=url,
        owner_password=SecretStr(PASSWORD),
        youtube_gateway="http://127.0.0.1:9",
        frontend_dir=directory / "page",
        # One person asks here as often as a thousand would.
        requests_per_minute=0,
    )
    async with running_app(settings, with_workers=False) as app:
        yield Place(name, app, await app.sign_in())


@asynccontextmanager
async def _places(directory: Path) -> AsyncIterator[list[Place]]:
    """The application on a file and on a server."""
    async with AsyncExitStack() as stack:
        sqlite = stack.enter_context(SqliteTemplates(directory).fresh(directory))
        server = stack.enter_context(restartable_server())
        postgres = stack.enter_context(PostgresTemplates(server).fresh(directory))
        yield [
            await stack.enter_async_context(_place("SQLite", sqlite, directory)),
            await stack.enter_async_context(_place("PostgreSQL", postgres, directory)),
        ]


@dataclass(frozen=True)
class Portion:
    """Some videos, as they come from the process that makes them.

    Attributes:
        first: The number of the first one.
        ids: Of the videos.
        videos: What `search_corpus.Library` makes.
        documents: What the index is told of them.
        analysed_seconds: What making those took.
    """

    first: int
    ids: list[str]
    videos: list[dict[str, Any]]
    documents: list[NewDocument]
    analysed_seconds: float


@functools.cache
def _library() -> Library:
    return Library(LINES)


def _portion(first: int, count: int) -> Portion:
    videos = [_library().video(number) for number in range(first, first + count)]
    ids = [new_id() for _ in videos]
    started = time.process_time()
    documents = [document_of(_texts(*each)) for each in zip(ids, videos, strict=True)]
    return Portion(first, ids, videos, documents, time.process_time() - started)


async def _fill(places: Sequence[Place], videos: int) -> Made:
    """Store all videos in all places, while the next ones are made in another process."""
    made = Made()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as maker:
        coming = [
            maker.submit(_portion, first, min(_STORED_AT_ONCE, videos - first))
            for first in range(0, videos, _STORED_AT_ONCE)
        ]
        coming.reverse()
        while coming:
            portion = await asyncio.wrap_future(coming.pop())
            made.analysed_seconds += portion.analysed_seconds
            made.spoken_bytes += sum(
                len(cue[2].encode()) for video in portion.videos for cue in video["cues"]
            )
            made.ids += portion.ids
            await asyncio.gather(*(_store(place, portion) for place in places))
    return made


def _texts(video_id: str, video: dict[str, Any]) -> VideoTexts:
    values = {name: video[name] for name in ("title", "channel", "description", "language")}
    return VideoTexts(
        video_id=video_id,
        # Each place has a list of its own.
        list_id="",
        is_gone=False,
        note=None,
        tags=[],
        cues=video["cues"],
        chapters=video["chapters"],
        **values,
    )


async def _store(place: Place, portion: Portion) -> None:
    started = time.perf_counter()
    numbered = list(enumerate(zip(portion.ids, portion.videos, strict=True), portion.first))
    videos = [
        {
            "id": video_id,
            "list_id": place.client.list_id,
            "youtube_id": f"{number:011d}",
            "created_at": published(number),
            "published_at": published(number),
            "duration_seconds": 3200,
            "import_progress": 100,
            "import_stage": ImportStage.COMPLETE.value,
            **{name: video[name] for name in ("title", "channel", "description", "language")},
        }
        for number, (video_id, video) in numbered
    ]
    enrichments = [
        {
            "video_id": video_id,
            "stage": ImportStage.COMPLETE.value,
            "captions_source": "youtube_auto",
            **{name: video[name] for name in ("language", "cues", "chapters")},
        }
        for _, (video_id, video) in numbered
    ]
    async with place.app.runtime.database.write() as unit:
        await unit.session.execute(insert(Video), videos)
        await unit.session.execute(insert(VideoEnrichment), enrichments)
        for document in portion.documents:
            of_list = replace(document, list_id=place.client.list_id)
            await search_index.store(unit.session, of_list)
    place.stored_seconds += time.perf_counter() - started


@dataclass(frozen=True)
class Took:
    """What one question took.

    Attributes:
        seconds: From the request to the whole answer.
        processor_seconds: Of this process, which is application and client, without the database's own.
    """

    seconds: float
    processor_seconds: float


async def _ask(place: Place, query: str) -> Took:
    started, processor = time.perf_counter(), time.process_time()
    answer = await place.client.http.get("/search", params={"q": query, "limit": _PAGE})
    took = Took(time.perf_counter() - started, time.process_time() - processor)
    answer.raise_for_status()
    return took


def _part(values: Sequence[float], part: float) -> float:
    return sorted(values)[round(part * (len(values) - 1))]


async def _asked(place: Place, questions: Questions) -> list[Result]:
    await _ask(place, "")
    results = []
    for kind, queries in questions.kinds.items():
        took = [await _ask(place, query) for query in queries]
        waited = [each.seconds for each in took]
        worked = [each.processor_seconds for each in took]
        note = (
            f"p50 {milliseconds(_part(waited, 0.5))}, p99 {milliseconds(_part(waited, 0.99))}, "
            f"processor p50 {milliseconds(_part(worked, 0.5))}, "
            f"p95 {milliseconds(_part(worked, 0.95))}, {len(queries)} questions"
        )
        results.append(Result(kind, _part(waited, 0.95), GOAL_SECONDS, milliseconds, note))
    return results


async def _settle(place: Place) -> None:
    """What the server does by itself within minutes."""
    if place.app.runtime.database.is_sqlite:
        return
    async with place.app.runtime.database.engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await outside.execute(text("VACUUM ANALYZE"))
        await outside.execute(text("CHECKPOINT"))


async def _costs(place: Place, made: Made) -> list[Result]:
    """The size of the index, and what it takes to index a video that is there, and all of them."""
    database = place.app.runtime.database
    async with database.read() as session:
        size = await session.scalar(
            text(_SQLITE_BYTES if database.is_sqlite else _POSTGRESQL_BYTES)
        )
        assert size
        analysed = await _analysed_alone(session, made.ids[:_INDEXED_ALONE])
    step = max(1, len(made.ids) // _INDEXED_ALONE)
    took = []
    for video_id in made.ids[::step][:_INDEXED_ALONE]:
        started = time.perf_counter()
        async with database.write() as unit:
            await index_video(unit.session, video_id)
        took.append(time.perf_counter() - started)
    started = time.perf_counter()
    portion = made.ids[-_INDEXED_ALONE:]
    for start in range(0, len(portion), _INDEXED_AT_ONCE):
        async with database.write() as unit:
            for video_id in portion[start : start + _INDEXED_AT_ONCE]:
                await index_video(unit.session, video_id)
    each = (time.perf_counter() - started) / len(portion)
    count = len(made.ids)
    ratio = size / made.spoken_bytes
    return [
        Result(
            "index, per video", size / count, None, _kilobytes,
            f"{ratio:.1f} x the spoken words, {size / 1e6:.0f} MB in all",
        ),
        Result(
            "to index one video again", statistics.median(took), None, milliseconds,
            f"of it {milliseconds(analysed)} reading and analysing; longest {milliseconds(max(took))}",
        ),
        Result(f"to index all {count} again", each * count, None, seconds, "ten at once, projected"),
        Result(
            "to store them first", place.stored_seconds, None, seconds,
            f"both databases at once; analysing took {seconds(made.analysed_seconds)}",
        ),
    ]  # fmt: skip


async def _analysed_alone(session: AsyncSession, ids: Sequence[str]) -> float:
    started = time.perf_counter()
    for video_id in ids:
        texts = await search_texts.of_video(session, video_id)
        assert texts is not None
        document_of(texts)
    return (time.perf_counter() - started) / len(ids)


def _kilobytes(value: float) -> str:
    return f"{value / 1e3:.0f} kB"


async def run(videos: int = VIDEOS) -> bool:
    """Measure on both databases and print; tell whether the goals were reached.

    Args:
        videos: How many there are.
    """
    questions = Questions(_library())
    with tempfile.TemporaryDirectory(prefix="videothek-search-", dir="/tmp") as name:
        async with _places(Path(name)) as places:
            made = await _fill(places, videos)
            # As the real process does at its start; what this one holds besides is larger.
            gc.collect()
            gc.freeze()
            is_reached = True
            for place in places:
                await _settle(place)
                results = await _asked(place, questions)
                is_reached &= all(result.measured < GOAL_SECONDS for result in results)
                show(f"search: p95 of {videos} videos of {LINES} lines, {place.name}", results)
                show(f"what the index costs, {place.name}", await _costs(place, made))
    return is_reached
