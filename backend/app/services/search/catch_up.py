"""Brings the search index up to date.

A library from before there was an index, words that were analysed by another version, many videos that
were changed at once, titles of videos that wait for the rest: all that is indexed in the background, and
the words of removed videos are removed there.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Changes, Database
from app.repositories import jobs, search_index, search_texts
from app.repositories import lanes as lane_rows
from app.services.lanes import LaneName
from app.services.search.analysis import ANALYSER_VERSION
from app.services.search.indexing import index_video

_log = logging.getLogger(__name__)

_VIDEOS_AT_ONCE: Final = 10
"""In one transaction: a tenth of a second, in which nobody else writes to a SQLite library."""

# A person who writes meanwhile comes in between.
_REST_SECONDS: Final = 0.05
# At the pace that YouTube allows there are hardly ever two.
_BEHIND_JOBS: Final = 50
# Another process may have left something behind.
_LOOK_SECONDS: Final = 60.0


class SearchCatchUp:
    """Indexes in the background what is missing or stale.

    Args:
        database: Whose commits wake it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_behind = asyncio.Event()
        database.on_commit(self._on_commit)

    def _on_commit(self, changes: Changes) -> None:
        # What left a list may have left the library.
        if changes.search or changes.lists or changes.anything:
            self._is_behind.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        # What is complete was indexed with it, unless this library is older than its index.
        also_complete = True
        while True:
            self._is_behind.clear()
            try:
                await self._note_missing(also_complete=also_complete)
                also_complete = False
                await self._index_all(await self._stale())
                await self._remove_orphans()
            except SQLAlchemyError as error:
                if self._database.storage.failed(error) is None:
                    _log.exception("the search index could not be brought up to date")
            try:
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._is_behind.wait()
            except TimeoutError:
                continue

    async def _note_missing(self, *, also_complete: bool) -> None:
        async with self._database.read() as session:
            if not also_complete and await self._is_machine_behind(session):
                return
            missing = await search_texts.missing(session, also_complete=also_complete)
        if missing:
            async with self._database.write() as unit:
                await search_index.set_stale(unit.session, missing)

    @staticmethod
    async def _is_machine_behind(session: AsyncSession) -> bool:
        """Videos are found faster than they can be completed: titles alone would be work done twice."""
        now = await lane_rows.clock(session)
        return await jobs.has_more_due(session, LaneName.LOCAL, _BEHIND_JOBS, now)

    async def _stale(self) -> list[str]:
        async with self._database.read() as session:
            return await search_index.stale(session, ANALYSER_VERSION)

    async def _remove_orphans(self) -> None:
        while True:
            async with self._database.read() as session:
                orphans = await search_index.orphans(session, _VIDEOS_AT_ONCE)
            if not orphans:
                return
            async with self._database.write() as unit:
                await search_index.remove_documents(unit.session, orphans)
            await asyncio.sleep(_REST_SECONDS)

    async def _index_all(self, video_ids: Sequence[str]) -> None:
        for start in range(0, len(video_ids), _VIDEOS_AT_ONCE):
            async with self._database.write() as unit:
                # Whoever is at it finds the rest too: it looks again after every change.
                if not await search_index.is_alone(unit.session):
                    return
                chosen = video_ids[start : start + _VIDEOS_AT_ONCE]
                # Sorted: the order in which everybody locks videos.
                for video_id in await search_index.stale(unit.session, ANALYSER_VERSION, chosen):
                    await index_video(unit.session, video_id)
            await asyncio.sleep(_REST_SECONDS)


async def index_everything(database: Database, report: Callable[[int, int], None]) -> int:
    """Make the whole index anew, whatever state it is in.

    Args:
        database: Which one; others may work with it meanwhile.
        report: Told how many videos are done, and of how many.

    Returns:
        How many videos are in it.
    """
    async with database.write() as unit:
        await search_index.repair(unit.session)
    async with database.read() as session:
        total = await search_texts.count_searched(session)
    count = 0
    last = ""
    while True:
        async with database.read() as session:
            ids = await search_texts.searched_after(session, last, _VIDEOS_AT_ONCE)
        if not ids:
            return count
        async with database.write() as unit:
            for video_id in ids:
                await index_video(unit.session, video_id)
        count += len(ids)
        last = ids[-1]
        report(count, max(count, total))
