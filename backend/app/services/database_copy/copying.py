"""Copies a whole library from one database into another, and compares the two.

The copy is resumable: each portion of rows and the place it ends at are one transaction of the target.
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database, UnitOfWork
from app.core.storage import first_line
from app.repositories import copy_places, late_indexes, whole_tables
from app.repositories.copy_places import CopyPlace
from app.repositories.search_index import full_text
from app.repositories.whole_tables import TABLES, Values, WholeTable
from app.services.database_copy.carrying import JOBS, carried
from app.services.database_copy.checksums import Checksum, TableDigest
from app.services.database_copy.deciding import CopyProblem, CopyRefused

# Begins the names of steps that make an index.
_INDEX: Final = "index "
# Each database numbers its jobs itself.
_OWN_COLUMNS: Final = {JOBS: ("id",)}


class CopyPhase(StrEnum):
    """What is being done."""

    COPYING = "copying"
    INDEXING = "indexing"
    COMPARING = "comparing"


Report = Callable[[CopyPhase, int, int], None]
"""Told what is being done, how many rows (or indexes) of it are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both databases hold of a table.

    Args:
        table: Its name.
        source: What is to be there.
        target: What is there.
    """

    table: str
    source: Checksum
    target: Checksum

    @property
    def is_equal(self) -> bool:
        """Whether it is the same."""
        return self.source == self.target


@dataclass(frozen=True, slots=True)
class _Step:
    """A table's rows, or what they refer to among themselves: a row may refer to a later one."""

    table: WholeTable
    refers: bool

    @property
    def name(self) -> str:
        return f"{self.table.name} {'references' if self.refers else 'rows'}"

    async def count(self, source: AsyncSession) -> int:
        count = whole_tables.count_own_references if self.refers else whole_tables.count
        return await count(source, self.table)

    def portions(self, source: AsyncSession, after: str) -> AsyncGenerator[list[Values]]:
        read = whole_tables.own_references if self.refers else whole_tables.portions
        return read(source, self.table, after)


def _steps() -> list[_Step]:
    steps = []
    for table in TABLES:
        steps.append(_Step(table, refers=False))
        if table.own_references:
            steps.append(_Step(table, refers=True))
    return steps


class DatabaseCopy:
    """Copies a library.

    Args:
        source: Where it is; only read.
        target: Where it is to be; migrated, and without a row of its own (`deciding.decide`).
        report: Told how far it is.
    """

    def __init__(self, source: Database, target: Database, report: Report) -> None:
        self._source = source
        self._target = target
        self._report = report
        self._done = 0
        self._total = 0

    async def begin(self, origin: str) -> None:
        """Note in the target that this library is being copied there.

        Raises:
            CopyRefused: Somebody else was quicker.
        """
        steps = {step.name: "" for step in _steps()}
        async with self._target.write() as unit:
            if await copy_places.is_begun(unit.session):
                raise CopyRefused(CopyProblem.ANOTHER_COPIES)
            for name, definition in (await late_indexes.put_off(unit.session)).items():
                steps[_INDEX + name] = definition
            await copy_places.begin(unit.session, origin, steps)

    async def run(self) -> list[Comparison]:
        """Copy what is not there yet, then compare everything.

        Only if all is equal the library is whole and can be served.

        Raises:
            CopyRefused: The target does not take a row, or somebody else copies into it.
        """
        async with self._source.snapshot() as source:
            await self._copy(source)
            compared = await self._compare(source)
            if all(each.is_equal for each in compared):
                await self._end(source)
        return compared

    async def compare(self) -> list[Comparison]:
        """Compare everything, and copy nothing."""
        async with self._source.snapshot() as source:
            return await self._compare(source)

    async def _copy(self, source: AsyncSession) -> None:
        async with self._target.read() as session:
            places = await copy_places.places(session)
        self._done = sum(place.row_count for place in places.values())
        self._total = sum([await step.count(source) for step in _steps()])
        for step in _steps():
            if not places[step.name].is_done:
                await self._do(step, source, places[step.name])
        await self._index({name: each for name, each in places.items() if name.startswith(_INDEX)})

    async def _index(self, places: Mapping[str, CopyPlace]) -> None:
        for done, (name, place) in enumerate(places.items()):
            self._report(CopyPhase.INDEXING, done, len(places))
            if place.is_done:
                continue
            async with self._target.write() as unit:
                await _move(unit, name, place, replace(place, is_done=True))
                await late_indexes.make(unit.session, place.place)

    async def _do(self, step: _Step, source: AsyncSession, reached: CopyPlace) -> None:
        async with aclosing(step.portions(source, reached.place)) as portions:
            async for rows in portions:
                last = whole_tables.place_of(step.table, rows[-1])
                place = CopyPlace(last, reached.row_count + len(rows))
                await self._write(step, rows, reached, place)
                reached = place
                self._advance(CopyPhase.COPYING, len(rows))
        await self._write(step, [], reached, replace(reached, is_done=True))

    async def _write(
        self, step: _Step, rows: Sequence[Values], before: CopyPlace, after: CopyPlace
    ) -> None:
        try:
            async with self._target.write() as unit:
                await _move(unit, step.name, before, after)
                if rows:
                    await _add(unit, step, rows)
        except (DataError, IntegrityError) as error:
            reason = first_line(error)
            raise CopyRefused(CopyProblem.ROW_REFUSED, reason, step.table.name) from error

    async def _compare(self, source: AsyncSession) -> list[Comparison]:
        async with self._target.snapshot() as target:
            self._done = 0
            self._total = 0
            for session in (source, target):
                self._total += sum([await whole_tables.count(session, each) for each in TABLES])
            return [
                Comparison(
                    table.name,
                    await self._sum(source, table, wants_pairs=full_text(target).wants_pairs),
                    await self._sum(target, table),
                )
                for table in TABLES
            ]

    async def _sum(
        self, session: AsyncSession, table: WholeTable, *, wants_pairs: bool | None = None
    ) -> Checksum:
        """Of a table's rows, as they are, or as a target is to hold them."""
        digest = TableDigest(table, without=_OWN_COLUMNS.get(table.name, ()))
        async with aclosing(whole_tables.portions(session, table)) as portions:
            async for rows in portions:
                if wants_pairs is None:
                    digest.add(rows)
                else:
                    digest.add(carried(table, rows, wants_pairs=wants_pairs))
                self._advance(CopyPhase.COMPARING, len(rows))
        return digest.checksum

    def _advance(self, phase: CopyPhase, rows: int) -> None:
        self._done += rows
        self._report(phase, self._done, max(self._done, self._total))

    async def _end(self, source: AsyncSession) -> None:
        counted = [each for each in TABLES if each.number and each.name != JOBS]
        numbers = {table: await whole_tables.last_number(source, table) for table in counted}
        async with self._target.write() as unit:
            for table, last in numbers.items():
                await whole_tables.go_on_counting(unit.session, table, last)
            await whole_tables.note_sizes(unit.session)
            await copy_places.end(unit.session)


async def _move(unit: UnitOfWork, step: str, before: CopyPlace, after: CopyPlace) -> None:
    if not await copy_places.move(unit.session, step, before, after):
        raise CopyRefused(CopyProblem.ANOTHER_COPIES)


async def _add(unit: UnitOfWork, step: _Step, rows: Sequence[Values]) -> None:
    if step.refers:
        await whole_tables.refer(unit.session, step.table, rows)
        return
    kept = carried(step.table, rows, wants_pairs=full_text(unit.session).wants_pairs)
    if step.table.name == JOBS:
        await whole_tables.add_jobs(unit.session, kept)
    else:
        await whole_tables.add(unit.session, step.table, kept)
