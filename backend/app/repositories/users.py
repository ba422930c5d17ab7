"""Questions about users and the installation's secrets."""

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.names import folded
from app.models import InstallationSecret, Role, User
from app.repositories.dialects import insert_for, locked, table_of


async def by_id(session: AsyncSession, user_id: str) -> User | None:
    """The user with this id."""
    return await session.get(User, user_id)


async def by_name(session: AsyncSession, username: str) -> User | None:
    """The user with this name, however it is written; of several the very one, or the nearest.

    There are several only from before ``folded`` said which names are the same.
    """
    wanted = folded(username)
    known = await session.execute(select(User.username, User.id))
    # Compared here: SQLite knows the small letters of ASCII only, and PostgreSQL those of its locale.
    same = [
        (name != username, name.lower() != username.lower(), id_)
        for name, id_ in known
        if folded(name) == wanted
    ]
    return await session.get(User, min(same)[-1]) if same else None


async def hold(session: AsyncSession, user_id: str) -> None:
    """Let nobody else who asks for this go on until the transaction ends; sign-ins are not held up."""
    await session.execute(locked(select(User.id).where(User.id == user_id)))


async def held(session: AsyncSession, user_id: str) -> User | None:
    """Somebody as they are now; until the transaction ends they stay, and let in by what does so now.

    For whoever is about to let them in. Any number may hold them so, and none waits for ``hold``.
    """
    held_row = select(User.id).where(User.id == user_id)
    await session.execute(held_row.with_for_update(read=True, key_share=True))
    return await _as_they_are_now(session, user_id)


async def held_alone(session: AsyncSession, user_id: str) -> User | None:
    """Likewise, while nobody else holds them in any way: for what changes by what they are let in."""
    await session.execute(select(User.id).where(User.id == user_id).with_for_update())
    return await _as_they_are_now(session, user_id)


async def _as_they_are_now(session: AsyncSession, user_id: str) -> User | None:
    # A statement of its own: the one that locks may have begun before somebody else's changes ended.
    return await session.get(User, user_id, populate_existing=True)


async def owner(session: AsyncSession) -> User | None:
    """The owner of the installation, once there is one."""
    user: User | None = await session.scalar(select(User).where(User.role == Role.OWNER))
    return user


async def all_of(session: AsyncSession) -> list[User]:
    """Everybody, the owner first."""
    found = select(User).order_by(User.role != Role.OWNER, User.created_at, User.id)
    return list(await session.scalars(found))


async def set_password(session: AsyncSession, user_id: str, password_hash: str | None) -> None:
    """Give somebody another password, or none."""
    await session.execute(
        update(User).where(User.id == user_id).values(password_hash=password_hash)
    )


async def remove(session: AsyncSession, user_id: str) -> None:
    """Delete somebody with everything that is theirs."""
    await session.execute(delete(User).where(User.id == user_id))


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
