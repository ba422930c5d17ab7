"""Videos whose words are known, put in place by hand, and questions to the search over them."""

import json
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app.core.database import Database, UnitOfWork
from app.models import ImportStage, User, Video, VideoEnrichment, VideoList, VideoTag
from app.schemas.search import (
    SearchFilters,
    SearchOut,
    SearchResultOut,
    SearchSort,
    TextPart,
)
from app.services.presenting import VideoPresenter
from app.services.search import search_service
from app.services.search.indexing import index_video

LIBRARY_FOLDER = Path(__file__).parent.parent / "search" / "library"
ADDED = datetime(2026, 1, 1, 12, tzinfo=UTC)
_IDS = uuid.UUID("6f1c1f5e-6a0c-4b52-9c2c-2f0f5a3a7d11")


def made_id(name: str) -> str:
    """An id that is the same in every database."""
    return str(uuid.uuid5(_IDS, name))


def cues_of(*lines: str, seconds: float = 4.0) -> list[list[Any]]:
    """Lines that follow each other, each as long as the others."""
    return [[place * seconds, (place + 1) * seconds, line] for place, line in enumerate(lines)]


@dataclass(frozen=True)
class Spoken:
    """A video, and all the words that it has."""

    name: str
    cues: Sequence[Sequence[Any]] = ()
    title: str = ""
    channel: str = "Kanal"
    description: str | None = None
    language: str = "en"
    captions_source: str = "youtube_auto"
    chapters: Sequence[Sequence[Any]] = ()
    published_at: str | None = "2024-01-01"
    duration_seconds: int | None = 600
    tags: Sequence[str] = ()
    note: str | None = None

    def rows(self, list_id: str, place: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """Its video and its enrichment."""
        published = self.published_at and datetime.combine(
            date.fromisoformat(self.published_at), datetime.min.time(), UTC
        )
        video_id = made_id(f"{list_id}/{self.name}")
        video = {
            "id": video_id,
            "list_id": list_id,
            "youtube_id": made_id(self.name).replace("-", "")[:11],
            "title": self.title or self.name,
            "channel": self.channel,
            "description": self.description,
            "duration_seconds": self.duration_seconds,
            "published_at": published,
            "language": self.language,
            "created_at": ADDED + timedelta(seconds=place),
            "import_progress": 100,
            "import_stage": ImportStage.COMPLETE.value,
            "note": self.note,
        }
        enrichment = {
            "video_id": video_id,
            "stage": ImportStage.COMPLETE.value,
            "captions_source": self.captions_source,
            "language": self.language,
            "cues": [list(cue) for cue in self.cues] or None,
            "chapters": [list(chapter) for chapter in self.chapters] or None,
        }
        return video, enrichment


def the_library() -> list[Spoken]:
    """The fixed library: videos of neighbouring topics in several languages."""
    found = []
    for path in sorted(LIBRARY_FOLDER.glob("*.json")):
        values = json.loads(path.read_text("utf-8"))
        found.append(Spoken(name=values.pop("id"), **values))
    return found


@dataclass
class Shelf:
    """A database with a person's lists, and what the search says of them."""

    database: Database
    user_id: str
    list_id: str
    presenter: VideoPresenter = field(default_factory=lambda: VideoPresenter("key", ""))

    async def add(self, *videos: Spoken, list_id: str | None = None, first: int = 0) -> list[str]:
        """Put videos in place, the last one being the newest, and index them."""
        async with self.database.write() as unit:
            return await add_videos(unit, list_id or self.list_id, videos, first=first)

    async def find(
        self,
        query: str = "",
        *,
        sort: SearchSort = SearchSort.RELEVANCE,
        limit: int = 50,
        cursor: str | None = None,
        user_id: str | None = None,
        **filters: Any,
    ) -> SearchOut:
        """Ask the search."""
        async with self.database.read() as session:
            return await search_service.find(
                session,
                self.presenter,
                user_id=user_id or self.user_id,
                query=query,
                filters=SearchFilters(**filters),
                sort=sort,
                limit=limit,
                cursor=cursor,
            )

    async def names(self, query: str = "", **more: Any) -> list[str]:
        """The titles of what is found."""
        return titles(await self.find(query, **more))

    async def pages(
        self,
        query: str,
        *,
        limit: int,
        on_page: Callable[[SearchOut], None] | None = None,
        **more: Any,
    ) -> list[str]:
        """The titles of everything that is found, page by page."""
        found: list[str] = []
        cursor: str | None = None
        while True:
            page = await self.find(query, limit=limit, cursor=cursor, **more)
            if on_page:
                on_page(page)
            assert len(page.results) <= limit
            found += titles(page)
            cursor = page.next_cursor
            if cursor is None:
                return found


async def add_person(unit: UnitOfWork, name: str, *lists: str) -> list[str]:
    """Add a person with lists; return the ids: the person's, then the lists'."""
    ids = [made_id(name), *(made_id(f"{name}/{one}") for one in lists)]
    unit.session.add(User(id=ids[0], username=name, created_at=ADDED))
    await unit.session.flush()
    for list_id, list_name in zip(ids[1:], lists, strict=True):
        unit.session.add(VideoList(id=list_id, user_id=ids[0], name=list_name, created_at=ADDED))
    await unit.session.flush()
    return ids


async def add_videos(
    unit: UnitOfWork, list_id: str, videos: Sequence[Spoken], *, first: int = 0
) -> list[str]:
    """Put videos in place and index them; return their ids."""
    rows = [video.rows(list_id, first + place) for place, video in enumerate(videos)]
    await unit.session.execute(insert(Video), [video for video, _ in rows])
    await unit.session.execute(insert(VideoEnrichment), [enrichment for _, enrichment in rows])
    tags = [
        {"video_id": row["id"], "key": tag.casefold(), "name": tag}
        for video, (row, _) in zip(videos, rows, strict=True)
        for tag in video.tags
    ]
    if tags:
        await unit.session.execute(insert(VideoTag), tags)
    ids = [str(row["id"]) for row, _ in rows]
    for video_id in ids:
        await index_video(unit.session, video_id)
    return ids


@asynccontextmanager
async def opened(url: str, name: str, list_name: str) -> AsyncIterator[Shelf]:
    """The shelf of a person who is there already."""
    database = Database(url)
    try:
        yield Shelf(database, made_id(name), made_id(f"{name}/{list_name}"))
    finally:
        await database.close()


def titles(found: SearchOut) -> list[str]:
    return [result.video.title or "" for result in found.results]


def text_of(parts: Sequence[TextPart] | None) -> str:
    """What parts say, lines and spaces being the same."""
    return " ".join("".join(part.text for part in parts or ()).split())


def marked(parts: Sequence[TextPart] | None) -> list[str]:
    """What is marked, in order."""
    return [part.text for part in parts or () if part.marked]


def only(found: SearchOut) -> SearchResultOut:
    """The one video that was found."""
    assert len(found.results) == 1, titles(found)
    return found.results[0]


def starts(found: SearchOut) -> list[float]:
    """The seconds of the moments of the one video that was found, the best first."""
    return [hit.start_seconds for hit in only(found).hits]
