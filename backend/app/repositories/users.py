"""Questions about users, their sign-ins, and the installation's secrets."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import InstallationSecret, RefreshToken, SignInLink, User
from app.repositories.dialects import insert_for, locked, table_of


async def by_id(session: AsyncSession, user_id: str) -> User | None:
    """The user with this id."""
    return await session.get(User, user_id)


async def by_name(session: AsyncSession, username: str) -> User | None:
    """The user with this name."""
    user: User | None = await session.scalar(select(User).where(User.username == username))
    return user


async def hold(session: AsyncSession, user_id: str) -> None:
    """Let nobody else who asks for this go on until the transaction ends; sign-ins are not held up."""
    await session.execute(locked(select(User.id).where(User.id == user_id)))


async def first(session: AsyncSession) -> User | None:
    """The user who was there first: the owner."""
    user: User | None = await session.scalar(select(User).order_by(User.created_at).limit(1))
    return user


async def use_link(session: AsyncSession, code_hash: str, now: datetime) -> str | None:
    """Spend a sign-in link.

    Returns:
        Whose it is, or None if there is none, it was used, or its time is over.
    """
    user_id: str | None = await session.scalar(
        update(SignInLink)
        .where(
            SignInLink.code_hash == code_hash,
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(SignInLink.user_id)
    )
    return user_id


async def rotate_refresh_token(
    session: AsyncSession, token_hash: str, now: datetime, last_use: datetime
) -> str | None:
    """Use a refresh token, which is good until ``last_use`` from now on.

    Returns:
        Whose it is, or None if there is none or its time is over.
    """
    row = await session.scalar(
        select(RefreshToken)
        .where(RefreshToken.token_hash == token_hash, RefreshToken.expires_at > now)
        .with_for_update()
    )
    if row is None:
        return None
    row.expires_at = min(row.expires_at, last_use)
    return row.user_id


async def remove_refresh_token(session: AsyncSession, token_hash: str) -> None:
    """Forget a refresh token."""
    await session.execute(delete(RefreshToken).where(RefreshToken.token_hash == token_hash))


async def remove_expired(session: AsyncSession, now: datetime) -> None:
    """Forget links and tokens whose time is over."""
    await session.execute(delete(SignInLink).where(SignInLink.expires_at < now))
    await session.execute(delete(RefreshToken).where(RefreshToken.expires_at < now))


async def secret(session: AsyncSession, name: str, value_if_missing: str) -> str:
    """A secret of this installation, made now if there is none yet."""
    await session.execute(
        insert_for(session, table_of(InstallationSecret))
        .values(name=name, value=value_if_missing)
        .on_conflict_do_nothing(index_elements=["name"])
    )
    value: str = (
        await session.scalars(
            select(InstallationSecret.value).where(InstallationSecret.name == name)
        )
    ).one()
    return value


async def hold_installation(session: AsyncSession) -> None:
    """Let nobody else who asks for this go on until the transaction ends; its secrets are there."""
    await session.execute(select(InstallationSecret.name).with_for_update())


async def known_secret(session: AsyncSession, name: str) -> str | None:
    """A secret of this installation, if it was made already."""
    value: str | None = await session.scalar(
        select(InstallationSecret.value).where(InstallationSecret.name == name)
    )
    return value
