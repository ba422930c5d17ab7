"""Brings a library into another database: looks at both, migrates the other one, copies, compares."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.database import Database
from app.repositories.database_state import DatabaseState, look_at
from app.services.database_copy.copying import Comparison, DatabaseCopy, Report
from app.services.database_copy.deciding import CopyProblem, CopyRefused, Plan, decide
from app.services.schema import Schema


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
    source_url: str,
    target_url: str,
    *,
    schema: Schema,
    is_in_use: Callable[[str], bool],
    report: Report,
) -> CopyOutcome:
    """Copy a library, or go on where that was interrupted.

    Args:
        source_url: Where it is; with an async driver.
        target_url: Where it is to be; likewise.
        schema: What this version makes of a database.
        is_in_use: Whether a server of this machine works on a database.
        report: Told how far it is.

    Raises:
        CopyRefused: It may not be copied, or not further.
        SQLAlchemyError: A database can't be read or written; the same call goes on.
    """
    source_state = await asyncio.to_thread(look_at, source_url)
    target_state = await asyncio.to_thread(look_at, target_url)
    plan = decide(source_state, target_state, head=schema.head, known=schema.known)
    if is_in_use(source_url):
        raise CopyRefused(CopyProblem.SOURCE_IN_USE)
    if is_in_use(target_url):
        raise CopyRefused(CopyProblem.TARGET_IN_USE)
    if plan is Plan.BEGIN:
        await asyncio.to_thread(schema.prepare, target_url)
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
