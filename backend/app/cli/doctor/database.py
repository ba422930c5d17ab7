"""Is the database there, whole, of the right version, and can it be written?"""

import time
from collections.abc import AsyncIterator
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.adapters.examined_database import examined, examining
from app.cli.doctor.clock import clock
from app.cli.doctor.disk import database_file, size_text
from app.cli.doctor.findings import Finding, State
from app.cli.words import plain, say
from app.core.errors import ErrorCode
from app.core.settings import Settings
from app.core.storage import first_line, is_damage, is_locked, storage_error
from app.migrations.condition import SchemaCondition, condition_of, newest_revision
from app.repositories import lanes, storage

_KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_MANY_CONNECTIONS = 0.8


async def database(settings: Settings) -> AsyncIterator[Finding]:
    """Look at it from the outside in; what can't be looked at is not looked at further."""
    file = database_file(settings)
    if file is not None and not file.is_file():
        yield Finding(State.OFF, say("doctor_database_new"))
        return
    try:
        async with examined(settings.resolved_database_url) as engine:
            async for finding in _all_about(engine, settings, file):
                yield finding
    except (SQLAlchemyError, OSError, ImportError) as error:
        yield _unusable(error, file)


async def _all_about(
    engine: AsyncEngine, settings: Settings, file: Path | None
) -> AsyncIterator[Finding]:
    async with examining(engine) as session:
        yield await _answers(session, settings)
        yield _schema(await storage.schema_revision(session))
        if unfinished := await _unfinished(session):
            yield unfinished
        if file is not None:
            yield await _whole(session, file)
        else:
            yield await _connections(session)
            yield await _server_clock(session)
        if await storage.is_read_only(session):
            yield _read_only(file)
        if file is not None:
            await storage.begin_to_write(session)


async def _answers(session: AsyncSession, settings: Settings) -> Finding:
    kind = make_url(settings.resolved_database_url).get_backend_name()
    sentence = say(
        "doctor_database",
        kind=_KINDS[kind],
        version=await storage.version(session),
        size=size_text(await storage.size_bytes(session)),
    )
    return Finding(State.GOOD, sentence)


def _schema(revision: str | None) -> Finding:
    head = newest_revision()
    match condition_of(revision):
        case SchemaCondition.MISSING:
            return Finding(State.OFF, say("doctor_schema_none"))
        case SchemaCondition.CURRENT:
            return Finding(State.GOOD, say("doctor_schema", revision=head))
        case SchemaCondition.OLDER:
            older = say("doctor_schema_older", revision=revision, head=head)
            return Finding(State.WARNING, older, say("doctor_schema_older_advice"))
        case SchemaCondition.NEWER:
            newer = say("doctor_schema_newer", revision=plain(str(revision)))
            return Finding(State.BAD, newer, say("doctor_schema_newer_advice", head=head))


async def _unfinished(session: AsyncSession) -> Finding | None:
    if not await storage.is_unfinished_copy(session):
        return None
    return Finding(State.BAD, say("doctor_unfinished"), say("doctor_unfinished_advice"))


async def _whole(session: AsyncSession, file: Path) -> Finding:
    found = await storage.problems(session)
    return _damaged(found[0], file) if found else Finding(State.GOOD, say("doctor_sound"))


async def _connections(session: AsyncSession) -> Finding:
    used, most = await storage.connections(session)
    sentence = say("doctor_connections", used=used, most=most)
    if used < _MANY_CONNECTIONS * most:
        return Finding(State.GOOD, sentence)
    return Finding(State.WARNING, sentence, say("doctor_connections_advice"))


async def _server_clock(session: AsyncSession) -> Finding:
    before = time.time()
    there = await lanes.clock(session)
    middle = (before + time.time()) / 2
    return clock(middle - there, say("doctor_clock_database"))


def _unusable(error: Exception, file: Path | None) -> Finding:
    if is_locked(error):
        return Finding(State.BAD, say("doctor_locked"), say("doctor_locked_advice", name=file))
    if file is not None and is_damage(error):
        return _damaged(first_line(error), file)
    trouble = storage_error(error, file)
    if trouble is not None and trouble.code is ErrorCode.STORAGE_FULL:
        return Finding(State.BAD, say("doctor_full"), say("doctor_disk_advice"))
    if trouble is not None and trouble.code is ErrorCode.STORAGE_READ_ONLY:
        return _read_only(file)
    sentence = say("no_database", reason=plain(first_line(error)))
    return Finding(State.BAD, sentence, say("doctor_database_advice"))


def _damaged(reason: str, file: Path) -> Finding:
    sentence = say("doctor_damaged", reason=plain(reason))
    return Finding(State.BAD, sentence, say("doctor_damaged_advice", name=file))


def _read_only(file: Path | None) -> Finding:
    advice = (
        say("doctor_read_only_server") if file is None else say("doctor_read_only_file", name=file)
    )
    return Finding(State.BAD, say("doctor_read_only"), advice)
