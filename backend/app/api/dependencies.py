"""What routes are given: the runtime, a session, and who is asking."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Query, Request, Security
from fastapi.security import OAuth2PasswordBearer, SecurityScopes
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError
from app.core.security import Identity
from app.runtime import Runtime
from app.schemas.common import MAX_PAGE_SIZE
from app.services.token_service import PERMISSIONS, TOKEN_PREFIX, Permission, may

DEFAULT_PAGE_SIZE = 50

_bearer = OAuth2PasswordBearer(
    tokenUrl="/api/auth/token",
    auto_error=False,
    scopes={permission.value: words for permission, words in PERMISSIONS.items()},
)


def get_runtime(request: Request) -> Runtime:
    """The parts of this process; not there while it starts."""
    runtime: Runtime | None = getattr(request.app.state, "runtime", None)
    if runtime is None:
        raise VideothekError(ErrorCode.NOT_READY, 503)
    return runtime


RuntimeDep = Annotated[Runtime, Depends(get_runtime)]


async def get_session(runtime: RuntimeDep) -> AsyncIterator[AsyncSession]:
    """A session for reading."""
    async with runtime.database.read() as session:
        yield session


async def get_unit(runtime: RuntimeDep) -> AsyncIterator[UnitOfWork]:
    """A unit of work that is committed before the answer goes out."""
    async with runtime.database.write() as unit:
        yield unit


async def get_identity(
    needed: SecurityScopes, runtime: RuntimeDep, token: Annotated[str | None, Depends(_bearer)]
) -> Identity:
    """Who is asking, if they may do what the route needs.

    A person who is signed in may do everything; a token of another tool what its scope says.
    """
    if not token:
        raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
    if not token.startswith(TOKEN_PREFIX):
        return await runtime.auth.identify(token)
    holder = await runtime.tokens.identify(token)
    # A route that says nothing of what it needs is for people.
    permissions = needed.scopes or [Permission.ACCOUNT]
    if not all(may(holder.scope, Permission(permission)) for permission in permissions):
        raise VideothekError(ErrorCode.NOT_ALLOWED, 403)
    return Identity(holder.user_id, None, datetime.max.replace(tzinfo=UTC))


def get_user_id(identity: Annotated[Identity, Depends(get_identity)]) -> str:
    """Their id alone, which is what nearly all routes need."""
    return identity.user_id


async def get_owner_id(
    runtime: RuntimeDep, identity: Annotated[Identity, Depends(get_identity)]
) -> str:
    """Their id, if they are the owner of the installation."""
    await runtime.auth.check_owner(identity.user_id)
    return identity.user_id


def get_limit(
    limit: Annotated[int, Query(ge=1, description="Page size; more than 200 means 200.")] = (
        DEFAULT_PAGE_SIZE
    ),
) -> int:
    """The page size, clamped."""
    return min(limit, MAX_PAGE_SIZE)


# Function scope: the transaction ends before the answer is sent, not after (FastAPI's default).
UnitDep = Annotated[UnitOfWork, Depends(get_unit, scope="function")]
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]
# Who is asking, by what the route needs; every route says one of them.
SeeDep = Annotated[str, Security(get_user_id, scopes=[Permission.SEE])]
ReadDep = Annotated[str, Security(get_user_id, scopes=[Permission.READ])]
AddDep = Annotated[str, Security(get_user_id, scopes=[Permission.ADD])]
ChangeDep = Annotated[str, Security(get_user_id, scopes=[Permission.CHANGE])]
AccountDep = Annotated[str, Security(get_user_id, scopes=[Permission.ACCOUNT])]
PersonDep = Annotated[Identity, Security(get_identity, scopes=[Permission.ACCOUNT])]
OwnerDep = Annotated[str, Security(get_owner_id, scopes=[Permission.ACCOUNT])]
LimitDep = Annotated[int, Depends(get_limit)]
CursorQuery = Annotated[str | None, Query(max_length=500)]
