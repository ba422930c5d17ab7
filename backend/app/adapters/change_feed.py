"""What other processes changed: ids that travel by PostgreSQL's LISTEN and NOTIFY."""

import asyncio
import json
import logging
import math
import secrets
import time
from collections.abc import Iterator
from typing import Any

import psycopg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Changes, Database
from app.core.storage import first_line

_CHANNEL = "videothek_changes"
_NOTIFY = text("SELECT pg_notify(:channel, :payload)")
# PostgreSQL takes 8000 bytes. An id has 36 and, with its quotes and comma, 39; a list comes with its
# owner's.
_IDS_PER_MESSAGE = 90
_RECONNECT_SECONDS = 1.0
# As often as it is said of the database itself (core.storage).
_TELL_SECONDS = 60.0
# A connection that was cut without a word is noticed by asking.
_LOOK_SECONDS = 20.0

_log = logging.getLogger(__name__)


class ChangeFeed:
    """Tells other processes what this one changes, and listens to them.

    The message leaves with the commit that it is about. It says what changed, never what it became, so
    that it can be late, or come twice, without harm.

    Args:
        database: On PostgreSQL.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._origin = secrets.token_hex(6)
        self._told_away_at = -math.inf
        database.before_commit(self._announce)

    async def run(self) -> None:
        """Listen until cancelled."""
        is_first = True
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(f"LISTEN {_CHANNEL}")
                    if not is_first:
                        _log.info("listening to the other processes again")
                    # What came in between is known by nobody.
                    self._database.tell(Changes(anything=True))
                    is_first = False
                    await self._listen(connection)
            except psycopg.Error as error:
                self._tell_away(error)
            await asyncio.sleep(_RECONNECT_SECONDS)

    def _tell_away(self, error: psycopg.Error) -> None:
        if time.monotonic() > self._told_away_at + _TELL_SECONDS:
            self._told_away_at = time.monotonic()
            _log.warning("not listening to the other processes: %s", first_line(error))

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        url = self._database.url.set(drivername="postgresql")
        return await psycopg.AsyncConnection.connect(
            url.render_as_string(hide_password=False), autocommit=True
        )

    async def _listen(self, connection: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for message in connection.notifies(timeout=_LOOK_SECONDS):
                said = json.loads(message.payload)
                if said.pop("from") != self._origin:
                    self._database.tell(_changes(said))
            await connection.execute("SELECT 1")

    async def _announce(self, session: AsyncSession, changes: Changes) -> None:
        for part in _parts(changes):
            payload = json.dumps({"from": self._origin, **part}, separators=(",", ":"))
            await session.execute(_NOTIFY, {"channel": _CHANNEL, "payload": payload})


def _parts(changes: Changes) -> Iterator[dict[str, Any]]:
    """What changed, in messages that are short enough: nearly always one."""
    ids: list[tuple[str, Any]] = [
        *(("videos", video_id) for video_id in sorted(changes.videos)),
        *(("imports", import_id) for import_id in sorted(changes.imports)),
        *(("lists", list(pair)) for pair in sorted(changes.lists)),
    ]
    for start in range(0, max(len(ids), 1), _IDS_PER_MESSAGE):
        part: dict[str, Any] = {} if start else _flags(changes)
        for name, one in ids[start : start + _IDS_PER_MESSAGE]:
            part.setdefault(name, []).append(one)
        yield part


def _flags(changes: Changes) -> dict[str, Any]:
    said = {
        "lanes": sorted(changes.lanes),
        "jobs": sorted(changes.jobs_for_lanes),
        "search": changes.search,
        "anything": changes.anything,
    }
    return {name: value for name, value in said.items() if value}


def _changes(said: dict[str, Any]) -> Changes:
    return Changes(
        videos=set(said.get("videos", ())),
        imports=set(said.get("imports", ())),
        lanes=set(said.get("lanes", ())),
        jobs_for_lanes=set(said.get("jobs", ())),
        lists={(user_id, list_id) for user_id, list_id in said.get("lists", ())},
        search=said.get("search", False),
        anything=said.get("anything", False),
        is_remote=True,
    )
