"""Brings a library into another database: looks at both, migrates the other one, copies, compares."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from app.adapters.worker_locks import has_living_workers
from app.core.database import Database
from app.core.settings import Settings
from app.migrations.runner import migrate, revisions
from app.repositories.database_state import DatabaseState, look_at
from app.services.database_copy.copying import Comparison, DatabaseCopy, Report
from app.services.database_copy.deciding import CopyProblem, CopyRefused, Plan, decide

_POSTGRESQL_PORT = 5432


@dataclass(frozen=True, slots=True)
class CopyOutcome:
    """What came of it.

    Args:
        compared: Every table.
        was_there: Whether nothing had to be copied.
    """

    compared: Sequence[Comparison]
    was_there: bool

    @property
    def is_equal(self) -> bool:
        """Whether the target holds what the source does."""
        return all(each.is_equal for each in self.compared)


async def copy_database(
    source_url: str, target_url: str, settings: Settings, report: Report
) -> CopyOutcome:
    """Copy a library, or go on where that was interrupted.

    Args:
        source_url: Where it is; with an async driver.
        target_url: Where it is to be; likewise.
        settings: Of this machine's own installation, which must not be running on either.
        report: Told how far it is.

    Raises:
        CopyRefused: It may not be copied, or not further.
        SQLAlchemyError: A database can't be read or written; the same call goes on.
    """
    source_state = await asyncio.to_thread(look_at, source_url)
    target_state = await asyncio.to_thread(look_at, target_url)
    known = revisions()
    plan = decide(source_state, target_state, head=known[0], known=frozenset(known))
    _check_servers(source_url, target_url, settings)
    if plan is Plan.BEGIN:
        await migrate(target_url)
    source, target = Database(source_url), Database(target_url)
    try:
        return await _copied(DatabaseCopy(source, target, report), plan, source_state)
    finally:
        await source.close()
        await target.close()


async def _copied(copy: DatabaseCopy, plan: Plan, source: DatabaseState) -> CopyOutcome:
    if plan is Plan.COMPARE:
        return CopyOutcome(await copy.compare(), was_there=True)
    if plan is Plan.BEGIN:
        await copy.begin(source.origin or "")
    return CopyOutcome(await copy.run(), was_there=False)


def _check_servers(source_url: str, target_url: str, settings: Settings) -> None:
    for url, problem in (
        (source_url, CopyProblem.SOURCE_IN_USE),
        (target_url, CopyProblem.TARGET_IN_USE),
    ):
        if any(has_living_workers(folder) for folder in _folders(url, settings)):
            raise CopyRefused(problem)


def _folders(url: str, settings: Settings) -> list[Path]:
    """Data directories whose workers would work on this database."""
    parsed = make_url(url)
    folders = []
    if parsed.get_backend_name() == "sqlite":
        folders.append(Path(parsed.database or "").absolute().parent)
    if _place(parsed) == _place(make_url(settings.resolved_database_url)):
        folders.append(settings.data_dir)
    return folders


def _place(url: URL) -> tuple[str, ...]:
    if url.get_backend_name() == "sqlite":
        return (str(Path(url.database or "").resolve()),)
    return (url.host or "", str(url.port or _POSTGRESQL_PORT), url.database or "")
