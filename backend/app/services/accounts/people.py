"""The people of an installation: the owner invites members, and can let them go again."""

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core import security
from app.core.database import UnitOfWork
from app.core.errors import ErrorCode, VideothekError, not_found
from app.core.identifiers import new_id
from app.models import Invitation, Role, User
from app.repositories import lists, shares, sign_ins, users
from app.schemas.people import InvitationOut, NewInvitationOut, PersonOut
from app.services import sharing
from app.services.accounts.browsers import Browsers
from app.services.job_queue import JobQueue
from app.services.list_service import create_list, delete_list

FIRST_LIST_NAME = "Videothek"
INVITATION_DAYS = 7
INVITATIONS_MAX = 100
USERNAME_PATTERN = r"^[^\W_][\w.@+ -]{0,58}[\w.@+-]$|^[^\W_]$"

_USERNAME = re.compile(USERNAME_PATTERN)


async def create_user(
    unit: UnitOfWork, username: str, password_hash: str | None, role: Role = Role.MEMBER
) -> User:
    """Make somebody with a first list.

    Raises:
        VideothekError: ``username_taken``, also in other letters (ANNA and anna).
    """
    # The database itself knows the very same letters only: one after the other may look and add.
    await users.hold_installation(unit.session)
    if await users.by_name(unit.session, username) is not None:
        raise VideothekError(ErrorCode.USERNAME_TAKEN, 409)
    user = User(
        id=new_id(),
        username=username,
        password_hash=password_hash,
        role=role,
        created_at=datetime.now(UTC),
    )
    try:
        async with unit.session.begin_nested():
            unit.session.add(user)
    except IntegrityError as error:
        raise VideothekError(ErrorCode.USERNAME_TAKEN, 409) from error
    await create_list(unit, user_id=user.id, name=FIRST_LIST_NAME)
    return user


def checked_name(username: str) -> str:
    """A name for an account.

    Raises:
        VideothekError: ``invalid_username``.
    """
    name = " ".join(username.split())
    if not _USERNAME.match(name):
        raise VideothekError(ErrorCode.INVALID_USERNAME, 422)
    return name


async def all_people(session: AsyncSession) -> list[PersonOut]:
    """Everybody, the owner first."""
    return [PersonOut.model_validate(user) for user in await users.all_of(session)]


async def member(session: AsyncSession, user_id: str) -> User:
    """Somebody who is not the owner.

    Raises:
        VideothekError: ``user_not_found``; ``not_allowed`` for the owner.
    """
    user = await users.by_id(session, user_id)
    if user is None:
        raise not_found(ErrorCode.USER_NOT_FOUND)
    if user.role == Role.OWNER:
        raise VideothekError(ErrorCode.NOT_ALLOWED, 403)
    return user


async def invitations(session: AsyncSession) -> list[InvitationOut]:
    """Those that are open, newest first."""
    rows = await sign_ins.invitations(session, datetime.now(UTC))
    return [InvitationOut.model_validate(row) for row in rows]


async def invite(unit: UnitOfWork, *, user_id: str, note: str) -> NewInvitationOut:
    """Make an invitation; only its hash is stored, so this is the only time its code can be shown.

    Raises:
        VideothekError: ``too_many_items``.
    """
    now = datetime.now(UTC)
    await sign_ins.remove_expired(unit.session, now)
    if await sign_ins.count_invitations(unit.session, now) >= INVITATIONS_MAX:
        raise VideothekError(ErrorCode.TOO_MANY_ITEMS, 422, limit=INVITATIONS_MAX)
    code = security.new_secret()
    row = Invitation(
        id=new_id(),
        user_id=user_id,
        code_hash=security.hash_secret(code),
        note=note,
        created_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    unit.session.add(row)
    await unit.session.flush()
    return NewInvitationOut(
        id=row.id, note=note, created_at=now, expires_at=row.expires_at, code=code
    )


async def take_back(unit: UnitOfWork, invitation_id: str) -> None:
    """Make an invitation worthless.

    Raises:
        VideothekError: ``invitation_not_found``.
    """
    if not await sign_ins.remove_invitation(unit.session, invitation_id):
        raise not_found(ErrorCode.INVITATION_NOT_FOUND)


async def remove(unit: UnitOfWork, queue: JobQueue, browsers: Browsers, user_id: str) -> None:
    """Delete a member with all their lists and videos.

    Raises:
        VideothekError: ``user_not_found``; ``not_allowed`` for the owner.
    """
    await member(unit.session, user_id)
    await browsers.end_others(unit, user_id, None)
    for list_id in await shares.shared_with(unit.session, user_id):
        await sharing.withdraw(unit, list_id, user_id)
    for list_id, _name in await lists.names_of(unit.session, user_id):
        await delete_list(unit, queue, user_id=user_id, list_id=list_id)
    await users.remove(unit.session, user_id)
