"""``videothek doctor``: what is wrong with this installation, and what to do about it."""

import asyncio
from collections.abc import AsyncIterator, Iterable

import typer
from pydantic import ValidationError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.exc import SQLAlchemyError

from app.cli.doctor.database import database
from app.cli.doctor.disk import database_file, disk
from app.cli.doctor.findings import Finding, State
from app.cli.doctor.provider import provider
from app.cli.doctor.settings import odd_settings, wrong_settings
from app.cli.doctor.transcriber import transcriber
from app.cli.doctor.upstream import upstream
from app.cli.doctor.work import work
from app.cli.failures import ExitCode, give_up
from app.cli.local import load_settings
from app.cli.log_setup import log_nothing, secrets_of
from app.cli.terminal import enough_said
from app.cli.words import plain, say
from app.core.database import Database
from app.core.logs import Redactor
from app.core.settings import Settings
from app.core.storage import first_line
from app.migrations.runner import migrate
from app.services.search.catch_up import index_everything


def examine() -> None:
    """Look at everything in turn; ends with 1 if something has to be put right."""
    with enough_said():
        _examine()


def _examine() -> None:
    # All of it is said here, in plain words.
    log_nothing()
    try:
        settings = Settings()
    except ValidationError as error:
        _show(wrong_settings(error), Redactor())
        raise typer.Exit(ExitCode.FAILED) from None
    states = asyncio.run(_show_all(settings))
    if State.BAD in states:
        raise typer.Exit(ExitCode.FAILED)
    typer.echo(say("doctor_mostly_well" if State.WARNING in states else "doctor_well"))


async def _show_all(settings: Settings) -> set[State]:
    redact = Redactor(secrets_of(settings))
    return {state async for finding in _findings(settings) for state in _show([finding], redact)}


def _show(findings: Iterable[Finding], redact: Redactor) -> list[State]:
    states = []
    for finding in findings:
        typer.echo(redact(f"{finding.state.value} {finding.what}"))
        if finding.advice:
            typer.echo(redact(f"  {finding.advice}"))
        states.append(finding.state)
    return states


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    for finding in (*odd_settings(settings), *disk(settings)):
        yield finding
    is_usable = True
    async for finding in database(settings):
        yield finding
        is_usable &= finding.state is not State.BAD
    async for finding in upstream(settings):
        yield finding
    yield await transcriber(settings)
    async for finding in provider(settings):
        yield finding
    file = database_file(settings)
    if is_usable and (file is None or file.is_file()):
        try:
            for finding in await work(settings):
                yield finding
        except (SQLAlchemyError, OSError) as error:
            sentence = say("doctor_unknown", reason=plain(first_line(error)))
            yield Finding(State.BAD, sentence, say("doctor_database_advice"))


def reindex() -> None:
    """Make the whole search index anew, whatever state it is in."""
    settings = load_settings()
    with _progress() as bar:
        count = asyncio.run(_reindex(settings, bar))
    typer.echo(say("doctor_reindexed", count=count))


async def _reindex(settings: Settings, bar: Progress) -> int:
    file = database_file(settings)
    if file is not None and not file.is_file():
        return 0
    url = settings.resolved_database_url
    await migrate(url)
    indexed = Database(url)
    task = bar.add_task(say("doctor_reindexing"), total=None)
    try:
        return await index_everything(
            indexed, lambda done, total: bar.update(task, completed=done, total=total)
        )
    except SQLAlchemyError as error:
        give_up(say("no_database", reason=plain(first_line(error))))
    finally:
        await indexed.close()


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), transient=True
    )
