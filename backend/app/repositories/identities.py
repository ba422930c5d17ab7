"""Questions about who people are at a provider, and which sign-ins there came to their end here."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import LinkedIdentity, SpentFlow, User
from app.repositories.dialects import insert_for, table_of


async def holder(session: AsyncSession, issuer: str, subject: str) -> User | None:
    """Whom a provider's name lets in."""
    found = (
        select(User)
        .join(LinkedIdentity, LinkedIdentity.user_id == User.id)
        .where(LinkedIdentity.issuer == issuer, LinkedIdentity.subject == subject)
    )
    user: User | None = await session.scalar(found)
    return user


async def add(session: AsyncSession, identity: LinkedIdentity) -> bool:
    """Link one; whether nobody else has it already."""
    statement = (
        insert_for(session, table_of(LinkedIdentity))
        .values(
            id=identity.id,
            user_id=identity.user_id,
            issuer=identity.issuer,
            subject=identity.subject,
            shown_name=identity.shown_name,
            created_at=identity.created_at,
        )
        .on_conflict_do_nothing(index_elements=["issuer", "subject"])
        .returning(table_of(LinkedIdentity).c.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def all_of(session: AsyncSession, user_id: str) -> list[LinkedIdentity]:
    """Those of somebody, the oldest first."""
    found = (
        select(LinkedIdentity)
        .where(LinkedIdentity.user_id == user_id)
        .order_by(LinkedIdentity.created_at, LinkedIdentity.id)
    )
    return list(await session.scalars(found))


async def remove(session: AsyncSession, identity_id: str, user_id: str) -> bool:
    """Take one away from somebody; whether they had it."""
    statement = (
        delete(LinkedIdentity)
        .where(LinkedIdentity.id == identity_id, LinkedIdentity.user_id == user_id)
        .returning(LinkedIdentity.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def remove_of(session: AsyncSession, user_id: str) -> None:
    """Take all away from somebody."""
    await session.execute(delete(LinkedIdentity).where(LinkedIdentity.user_id == user_id))


async def spend(session: AsyncSession, state_hash: str, expires_at: datetime) -> bool:
    """Use a flow up; whether it was not used up before."""
    statement = (
        insert_for(session, table_of(SpentFlow))
        .values(state_hash=state_hash, expires_at=expires_at)
        .on_conflict_do_nothing(index_elements=["state_hash"])
        .returning(table_of(SpentFlow).c.state_hash)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None
