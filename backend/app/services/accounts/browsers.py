"""Browsers that are signed in: seen, ended, and known to be ended."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database, UnitOfWork
from app.core.errors import ErrorCode, VideothekError, not_found
from app.core.security import Identity
from app.models import User
from app.repositories import sign_ins, users
from app.schemas.auth import BrowserOut

# For so long another process may still let in whoever was signed out here: one look into the database
# per request would cost a third of what most requests cost.
KNOWN_SECONDS = 5.0
_KNOWN_MAX = 10_000


class Browsers:
    """Knows which browsers are signed in.

    Args:
        database: Where they are.
        clock: Seconds.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[str, tuple[str, float]] = {}

    async def check(self, session_id: str, user_id: str) -> None:
        """Let a browser in that is still signed in.

        Raises:
            VideothekError: ``unauthenticated``.
        """
        known = self._known.get(session_id)
        if known is not None and known[0] == user_id and self._clock() < known[1]:
            return
        async with self._database.read() as session:
            found = await sign_ins.browser(session, session_id, datetime.now(UTC))
        if found != user_id:
            self._known.pop(session_id, None)
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        if len(self._known) >= _KNOWN_MAX:
            self._known.clear()
        self._known[session_id] = (user_id, self._clock() + KNOWN_SECONDS)

    @staticmethod
    async def held(unit: UnitOfWork, who: Identity, *, alone: bool = False) -> User:
        """Who asks, if they are still signed in; nobody signs them out until the transaction ends.

        What lets somebody in later on has to ask this: ``check`` was a while ago, and remembers.

        Args:
            unit: A transaction.
            who: Who asks.
            alone: Nobody lets them in meanwhile, either.

        Raises:
            VideothekError: ``unauthenticated``.
        """
        hold = users.held_alone if alone else users.held
        user = await hold(unit.session, who.user_id)
        found = user.id if user else None
        if user and who.session_id is not None:
            found = await sign_ins.browser(unit.session, who.session_id, datetime.now(UTC))
        if user is None or found != user.id:
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        return user

    @staticmethod
    async def all_of(session: AsyncSession, user_id: str, current: str | None) -> list[BrowserOut]:
        """Where somebody is signed in, last seen first."""
        rows = await sign_ins.browsers_of(session, user_id, datetime.now(UTC))
        return [
            BrowserOut(
                id=row.id,
                client=row.client,
                address=row.address,
                created_at=row.created_at,
                last_seen_at=row.last_seen_at,
                is_current=row.id == current,
            )
            for row in rows
        ]

    async def end(self, unit: UnitOfWork, user_id: str, session_id: str) -> None:
        """Sign one browser out.

        Raises:
            VideothekError: ``session_not_found``, also for somebody else's.
        """
        if not await sign_ins.end_browser(unit.session, session_id, user_id):
            raise not_found(ErrorCode.SESSION_NOT_FOUND)
        self.forget([session_id])

    async def end_others(self, unit: UnitOfWork, user_id: str, current: str | None) -> None:
        """Sign somebody out in all browsers but this one."""
        self.forget(await sign_ins.end_browsers_of(unit.session, user_id, but=current))

    def forget(self, session_ids: Iterable[str]) -> None:
        """Look again next time."""
        for session_id in session_ids:
            self._known.pop(session_id, None)
