"""Both databases give the same answer: the same videos, seconds, words and marks, in the same order."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.spoken import Shelf, opened

QUESTIONS = [
    question
    for question, *_ in json.loads((Path(__file__).parent / "questions.json").read_text("utf-8"))
]
OF_THE_LIBRARY: list[dict[str, Any]] = [
    *({"query": query} for query in QUESTIONS),
    {"query": ""},
    {"query": "", "sort": "oldest", "limit": 7},
    {"query": "", "sort": "longest", "language": "en"},
    {"query": "the"},
    {"query": "und", "limit": 5},
    {"query": "the water", "sort": "newest"},
    {"query": '"in the"'},
    {"query": '"it was a"'},
    {"query": '"and then"', "sort": "shortest"},
    {"query": "kett*"},
    {"query": "w* wa*"},
    {"query": "wärme"},
    {"query": "wärme -wärmepumpe"},
    {"query": 'teig -"frisches brot"'},
    {"query": "-kaffee -coffee", "limit": 11},
    {"query": "kaffee"},
    {"query": "black holes hawking"},
    {"query": "schwarze löcher"},
    {"query": "sleep caffeine evening"},
    {"query": "ofen grad stunden"},
    {"query": "スープ"},
    {"query": "の"},
    {"query": "القهوة"},
    {"query": "лёд вода"},
    {"query": "nichts davon gibt es hier wirklich"},
    {"query": "chisel", "channel": "The Quiet Bench", "sort": "oldest"},
    {"query": "zehn minuten", "captions_source": "youtube_auto"},
    {"query": "a", "published_after": "2023-01-01", "max_duration_seconds": 170},
    {"query": "e", "language": "de"},
]  # fmt: skip


@pytest.fixture
async def both(sqlite_library: str, postgres_library: str) -> AsyncIterator[tuple[Shelf, Shelf]]:
    """The fixed library in both databases."""
    async with (
        opened(sqlite_library, "reader", "library") as sqlite,
        opened(postgres_library, "reader", "library") as postgres,
    ):
        yield sqlite, postgres


async def _all_pages(shelf: Shelf, **asked: Any) -> list[dict[str, Any]]:
    """What is answered, page by page, as it goes over the wire."""
    pages: list[dict[str, Any]] = []
    cursor: str | None = None
    for _ in range(4):
        page = await shelf.find(cursor=cursor, **asked)
        pages.append(page.model_dump(mode="json"))
        cursor = page.next_cursor
        if cursor is None:
            break
    return pages


async def test_both_databases_answer_alike(both: tuple[Shelf, Shelf]):
    assert len(OF_THE_LIBRARY) >= 60
    wrong = []
    for asked in OF_THE_LIBRARY:
        # What is in no order of its own is asked for in the order of both.
        sqlite, postgres = [await _all_pages(shelf, **{"limit": 20} | asked) for shelf in both]
        if sqlite != postgres:
            wrong.append(asked)
    assert wrong == []


async def test_both_databases_answer_alike_while_somebody_types(both: tuple[Shelf, Shelf]):
    wrong = []
    for whole in ("wie warm muss der sauerteig", "espresso tastes sour", "東京 新幹線"):
        for length in range(1, len(whole) + 1, 3):
            sqlite, postgres = [await shelf.find(whole[:length], limit=5) for shelf in both]
            if sqlite != postgres:
                wrong.append(whole[:length])
    assert wrong == []
