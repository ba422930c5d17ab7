"""Two databases, and a library that is copied from one into the other."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from app.cli.own_library import is_in_use, own_schema
from app.core.database import Database
from app.core.settings import Settings
from app.services.database_copy.copying import CopyPhase, Report
from app.services.database_copy.whole_copy import CopyOutcome, copy_database
from tests.support.databases import PostgresTemplates, SqliteTemplates
from tests.support.full_library import engine_of, fill


@contextmanager
def fresh(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """A migrated database, in a folder of its own if it is a file."""
    folder.mkdir()
    templates: SqliteTemplates | PostgresTemplates = request.getfixturevalue(
        {"sqlite": "sqlite_templates", "postgresql": "postgres_templates"}[kind]
    )
    with templates.fresh(folder) as url:
        yield url


@asynccontextmanager
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    try:
        yield opened
    finally:
        await opened.close()


async def filled(url: str, rows: int = 8) -> str:
    async with database(url) as library:
        await fill(library, rows)
    return url


async def copied(
    source: str, target: str, settings: Settings, report: Report = lambda *_progress: None
) -> CopyOutcome:
    return await copy_database(
        source,
        target,
        schema=own_schema(),
        is_in_use=lambda url: is_in_use(url, settings),
        report=report,
    )


def different(outcome: CopyOutcome) -> list[str]:
    return [each.table for each in outcome.compared if not each.is_equal]


def execute(url: str, *statements: str) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def names(url: str) -> set[str]:
    engine = engine_of(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


class Interrupted(Exception):
    """Something that comes between."""


async def interrupted(source: str, target: str, settings: Settings, *, after: int) -> None:
    """Copy until more than so many rows have arrived."""

    def report(phase: CopyPhase, done: int, _total: int) -> None:
        if phase is CopyPhase.COPYING and done > after:
            raise Interrupted

    with pytest.raises(Interrupted):
        await copied(source, target, settings, report)
