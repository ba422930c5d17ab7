"""Tokens for other tools: what each may do, who has which, and when one was used last."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database, UnitOfWork
from app.core.errors import ErrorCode, VideothekError, not_found
from app.core.identifiers import new_id
from app.core.security import hash_secret, new_secret
from app.models import ApiToken, TokenScope
from app.repositories import api_tokens
from app.schemas.tokens import ApiTokenOut, NewTokenOut

TOKEN_PREFIX = "vt_"  # noqa: S105 - what tells a token from a sign-in, no secret

# When it was used last is for people, who read minutes.
_NOTE_USE_EVERY = timedelta(minutes=1)

_log = logging.getLogger(__name__)


class Permission(StrEnum):
    """What a route needs; a person who is signed in has all of them."""

    SEE = "see"
    READ = "read"
    ADD = "add"
    CHANGE = "change"
    ACCOUNT = "account"


PERMISSIONS: Mapping[Permission, str] = {
    Permission.SEE: "See lists, imports and how fast they go.",
    Permission.READ: "Read the whole library.",
    Permission.ADD: "Preview and add videos.",
    Permission.CHANGE: "Change and remove lists, videos and imports.",
    Permission.ACCOUNT: "Tokens and the account; only for people who are signed in.",
}
"""Every permission in words, for the OpenAPI document."""

_GRANTED: Mapping[TokenScope, frozenset[Permission]] = {
    TokenScope.ADD: frozenset({Permission.SEE, Permission.ADD}),
    TokenScope.READ: frozenset({Permission.SEE, Permission.READ}),
    TokenScope.FULL: frozenset(
        {Permission.SEE, Permission.READ, Permission.ADD, Permission.CHANGE}
    ),
}


def may(scope: TokenScope, permission: Permission) -> bool:
    """Whether a token of this scope has a permission."""
    return permission in _GRANTED[scope]


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """Who sent a token, and what it may do."""

    user_id: str
    scope: TokenScope


class TokenService:
    """Makes, checks and revokes tokens.

    Args:
        database: Where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._notes: dict[str, asyncio.Task[None]] = {}

    @staticmethod
    async def all_of(session: AsyncSession, user_id: str) -> list[ApiTokenOut]:
        """A user's tokens, newest first."""
        rows = await api_tokens.all_of(session, user_id)
        return [ApiTokenOut.model_validate(row) for row in rows]

    @staticmethod
    async def create(
        unit: UnitOfWork, *, user_id: str, name: str, scope: TokenScope
    ) -> NewTokenOut:
        """Make a token; only its hash is stored, so this is the only time it can be shown."""
        token = TOKEN_PREFIX + new_secret()
        row = ApiToken(
            id=new_id(),
            user_id=user_id,
            name=name,
            token_hash=hash_secret(token),
            scope=scope,
            created_at=datetime.now(UTC),
        )
        unit.session.add(row)
        await unit.session.flush()
        return NewTokenOut(
            id=row.id,
            name=name,
            scope=scope,
            created_at=row.created_at,
            last_used_at=None,
            token=token,
        )

    @staticmethod
    async def revoke(unit: UnitOfWork, *, user_id: str, token_id: str) -> None:
        """Delete a token.

        Raises:
            VideothekError: ``token_not_found``, also for somebody else's.
        """
        if not await api_tokens.remove(unit.session, token_id, user_id):
            raise not_found(ErrorCode.TOKEN_NOT_FOUND)

    async def identify(self, token: str) -> TokenHolder:
        """Who sent this token.

        Looked up each time, so that a revoked one is worthless at once.

        Raises:
            VideothekError: ``unauthenticated``.
        """
        async with self._database.read() as session:
            row = await api_tokens.by_hash(session, hash_secret(token))
        if row is None:
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        self._note_use(row)
        return TokenHolder(row.user_id, TokenScope(row.scope))

    async def close(self) -> None:
        """Wait for what is just being noted."""
        await asyncio.gather(*self._notes.values(), return_exceptions=True)

    def _note_use(self, row: ApiToken) -> None:
        """Note in a task of its own, so that no request waits for it or fails with it."""
        is_recent = row.last_used_at and datetime.now(UTC) - row.last_used_at < _NOTE_USE_EVERY
        if is_recent or row.id in self._notes:
            return
        task = asyncio.create_task(self._store_use(row.id), name="token use")
        self._notes[row.id] = task
        task.add_done_callback(lambda _: self._notes.pop(row.id, None))

    async def _store_use(self, token_id: str) -> None:
        now = datetime.now(UTC)
        try:
            async with self._database.write() as unit:
                await api_tokens.note_use(unit.session, token_id, now, now - _NOTE_USE_EVERY)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not worth more than a line
            if self._database.storage.failed(error) is None:
                _log.warning("the use of a token could not be noted", exc_info=True)
