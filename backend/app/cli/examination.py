"""``videothek doctor``: what is wrong with this installation, and what to do about it."""

import asyncio
import importlib.util
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from app.adapters.groq_http import GroqHttp
from app.cli.failures import ExitCode, give_up
from app.cli.local import load_settings
from app.cli.words import plain, say, terminal_language
from app.core.database import Database
from app.core.errors import ErrorCode, TranscriberNotReady, UpstreamError
from app.core.messages import message_for
from app.core.settings import Settings
from app.migrations.runner import migrate
from app.services.enrichment.groq_transcriber import GroqTranscriber
from app.services.search.catch_up import index_everything


class _State(Enum):
    GOOD = "✓"
    OFF = "–"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class _Finding:
    """What was looked at, how it is, and what to do if it is not well."""

    state: _State
    what: str
    advice: str = ""


def examine() -> None:
    """Look at everything in turn; ends with 1 if something has to be put right."""
    settings = load_settings()
    states = asyncio.run(_show_all(settings))
    if _State.BAD in states:
        raise typer.Exit(ExitCode.FAILED)
    typer.echo(say("doctor_well"))


def reindex() -> None:
    """Make the whole search index anew, whatever state it is in."""
    settings = load_settings()
    with _progress() as bar:
        count = asyncio.run(_reindex(settings, bar))
    typer.echo(say("doctor_reindexed", count=count))


async def _reindex(settings: Settings, bar: Progress) -> int:
    url = settings.resolved_database_url
    if _is_to_be_made(url):
        return 0
    await migrate(url)
    database = Database(url)
    task = bar.add_task(say("doctor_reindexing"), total=None)
    try:
        return await index_everything(
            database, lambda done, total: bar.update(task, completed=done, total=total)
        )
    except SQLAlchemyError as error:
        give_up(say("no_database", reason=plain(_reason(error))))
    finally:
        await database.close()


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), transient=True
    )


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


async def _show_all(settings: Settings) -> list[_State]:
    states = []
    async for finding in _findings(settings):
        typer.echo(f"{finding.state.value} {finding.what}")
        if finding.advice:
            typer.echo(f"  {finding.advice}")
        states.append(finding.state)
    return states


async def _findings(settings: Settings) -> AsyncIterator[_Finding]:
    yield _Finding(_State.GOOD, say("doctor_settings"))
    yield _folder(settings.data_dir)
    yield await _database(settings)
    yield await _transcriber(settings)


def _folder(folder: Path) -> _Finding:
    # Before the first start it is not there; then it is its parent that has to let it be made.
    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK):
        return _Finding(_State.GOOD, say("doctor_folder", name=folder))
    return _Finding(_State.BAD, say("doctor_folder_bad", name=folder), say("doctor_folder_advice"))


async def _database(settings: Settings) -> _Finding:
    url = settings.resolved_database_url
    try:
        if _is_to_be_made(url):
            return _Finding(_State.OFF, say("doctor_database_new"))
        database = Database(url)
        try:
            await database.ping()
        finally:
            await database.close()
    except (SQLAlchemyError, OSError, ImportError) as error:
        sentence = say("no_database", reason=plain(_reason(error)))
        return _Finding(_State.BAD, sentence, say("doctor_database_advice"))
    return _Finding(_State.GOOD, say("doctor_database"))


def _is_to_be_made(url: str) -> bool:
    """Whether it is a file that is not there yet: whoever connected to it would make it."""
    database = make_url(url)
    return database.get_backend_name() == "sqlite" and not Path(database.database or "").is_file()


async def _transcriber(settings: Settings) -> _Finding:
    if settings.transcriber == "off":
        return _Finding(
            _State.OFF,
            message_for(ErrorCode.TRANSCRIPTION_OFF, terminal_language()),
            say("doctor_off_advice"),
        )
    if settings.transcriber == "local":
        return _at_home(settings.whisper_model)
    return await _in_the_cloud(settings)


def _at_home(model: str) -> _Finding:
    if importlib.util.find_spec("faster_whisper") is None:
        return _Finding(_State.BAD, say("doctor_no_whisper"), say("doctor_no_whisper_advice"))
    is_path = os.sep in model
    if is_path and not Path(model).expanduser().is_dir():
        sentence = message_for(ErrorCode.TRANSCRIPTION_MODEL_MISSING, terminal_language())
        return _Finding(_State.BAD, sentence, say("doctor_model_path_advice", name=model))
    return _Finding(_State.GOOD, say("doctor_home", model=Path(model).name))


async def _in_the_cloud(settings: Settings) -> _Finding:
    key = settings.groq_api_key.get_secret_value() if settings.groq_api_key else ""
    transcriber = GroqTranscriber(GroqHttp(settings.groq_base_url, key), settings.groq_model)
    where = settings.groq_base_url
    try:
        await transcriber.check()
    except TranscriberNotReady as wrong:
        sentence = message_for(wrong.code, terminal_language())
        advice = (
            say("doctor_key_advice", url=where)
            if wrong.code is ErrorCode.TRANSCRIPTION_KEY_INVALID
            else say("doctor_model_advice", model=settings.groq_model, url=where)
        )
        return _Finding(_State.BAD, sentence, advice)
    except UpstreamError as failed:
        sentence = say("doctor_no_answer", url=where, reason=plain(failed.detail))
        return _Finding(_State.BAD, sentence, say("doctor_no_answer_advice"))
    finally:
        await transcriber.close()
    return _Finding(_State.GOOD, say("doctor_cloud", model=settings.groq_model, url=where))
