"""Questions about how people are let in: one-time links, invitations, signed-in browsers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import (
    Door,
    Invitation,
    RefreshToken,
    SignedInBrowser,
    SignInLink,
    SpentFlow,
    User,
)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A sign-in link that is still good.

    Args:
        user_id: Whose it is.
        has_password: They can sign in without it.
        is_for_anywhere: It is good on other machines than the server's, too.
    """

    user_id: str
    has_password: bool
    is_for_anywhere: bool


async def link(session: AsyncSession, code_hash: str, now: datetime) -> LinkRow | None:
    """A sign-in link, locked until the transaction ends; None if there is none that is still good."""
    statement = (
        select(SignInLink.user_id, User.password_hash.is_not(None), SignInLink.is_for_anywhere)
        .join(User, User.id == SignInLink.user_id)
        .where(
            SignInLink.code_hash == code_hash,
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now,
        )
        .with_for_update(of=SignInLink)
    )
    row = (await session.execute(statement)).one_or_none()
    return LinkRow(*row) if row else None


async def holder_of_link(session: AsyncSession, code_hash: str) -> str | None:
    """Whose link this is or was, whether it is still good or not."""
    user_id: str | None = await session.scalar(
        select(SignInLink.user_id).where(SignInLink.code_hash == code_hash)
    )
    return user_id


async def use_link(session: AsyncSession, code_hash: str, now: datetime) -> None:
    """Spend a sign-in link."""
    await session.execute(
        update(SignInLink).where(SignInLink.code_hash == code_hash).values(used_at=now)
    )


async def remove_links_of(session: AsyncSession, user_id: str) -> None:
    """Make all links of somebody worthless."""
    await session.execute(delete(SignInLink).where(SignInLink.user_id == user_id))


# -- browsers ----------------------------------------------------------------------------------------


async def browser(session: AsyncSession, session_id: str, now: datetime) -> str | None:
    """Whose signed-in browser this is; None if it was ended."""
    user_id: str | None = await session.scalar(
        select(SignedInBrowser.user_id).where(
            SignedInBrowser.id == session_id, SignedInBrowser.expires_at > now
        )
    )
    return user_id


async def browsers_of(session: AsyncSession, user_id: str, now: datetime) -> list[SignedInBrowser]:
    """The signed-in browsers of somebody, those that were seen last first."""
    found = (
        select(SignedInBrowser)
        .where(SignedInBrowser.user_id == user_id, SignedInBrowser.expires_at > now)
        .order_by(SignedInBrowser.last_seen_at.desc(), SignedInBrowser.id.desc())
    )
    return list(await session.scalars(found))


async def note_seen(
    session: AsyncSession, session_id: str, *, now: datetime, expires_at: datetime, address: str
) -> None:
    """A browser was here again."""
    await session.execute(
        update(SignedInBrowser)
        .where(SignedInBrowser.id == session_id)
        .values(last_seen_at=now, expires_at=expires_at, address=address)
    )


async def end_browser(session: AsyncSession, session_id: str, user_id: str | None = None) -> bool:
    """Sign a browser out.

    Args:
        session: A transaction.
        session_id: Which.
        user_id: Only if it is theirs.

    Returns:
        Whether there was such a one.
    """
    statement = delete(SignedInBrowser).where(SignedInBrowser.id == session_id)
    if user_id is not None:
        statement = statement.where(SignedInBrowser.user_id == user_id)
    result = await session.execute(statement.returning(SignedInBrowser.id))
    return result.scalar_one_or_none() is not None


async def end_browsers_of(
    session: AsyncSession, user_id: str, *, but: str | None = None, door: Door | None = None
) -> list[str]:
    """Sign somebody out everywhere; which browsers were ended.

    Args:
        session: A transaction.
        user_id: Whom.
        but: This browser stays.
        door: Only those that came in through this one.
    """
    statement = delete(SignedInBrowser).where(SignedInBrowser.user_id == user_id)
    if but is not None:
        statement = statement.where(SignedInBrowser.id != but)
    if door is not None:
        statement = statement.where(SignedInBrowser.door == door)
    return list(await session.scalars(statement.returning(SignedInBrowser.id)))


# -- what they renew their access with ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RenewalRow:
    """A token that a browser renews its access with.

    Args:
        session_id: The browser.
        user_id: Whose.
        door: Through which one they came in, if that was noted.
        used_at: When it was used first; None if it was not.
    """

    session_id: str
    user_id: str
    door: str | None
    used_at: datetime | None


async def renewal(session: AsyncSession, token_hash: str, now: datetime) -> RenewalRow | None:
    """A token, locked until the transaction ends; None if there is none or its time is over.

    Its browser is locked first, as by who signs it out: so the two never wait in a circle.
    """
    browser = (
        select(SignedInBrowser.id)
        .join(RefreshToken, RefreshToken.session_id == SignedInBrowser.id)
        .where(RefreshToken.token_hash == token_hash)
    )
    await session.execute(browser.with_for_update(of=SignedInBrowser))
    statement = (
        select(
            RefreshToken.session_id,
            SignedInBrowser.user_id,
            SignedInBrowser.door,
            RefreshToken.used_at,
        )
        .join(SignedInBrowser, SignedInBrowser.id == RefreshToken.session_id)
        .where(RefreshToken.token_hash == token_hash, RefreshToken.expires_at > now)
        .with_for_update(of=RefreshToken)
    )
    row = (await session.execute(statement)).one_or_none()
    return RenewalRow(*row) if row else None


async def note_renewal(session: AsyncSession, token_hash: str, now: datetime) -> None:
    """It was used."""
    await session.execute(
        update(RefreshToken).where(RefreshToken.token_hash == token_hash).values(used_at=now)
    )


async def remove_old_renewals(session: AsyncSession, session_id: str, before: datetime) -> None:
    """Forget what a browser used so long ago."""
    await session.execute(
        delete(RefreshToken).where(
            RefreshToken.session_id == session_id, RefreshToken.used_at < before
        )
    )


async def browser_of_token(session: AsyncSession, token_hash: str) -> str | None:
    """The browser that has this token."""
    session_id: str | None = await session.scalar(
        select(RefreshToken.session_id).where(RefreshToken.token_hash == token_hash)
    )
    return session_id


async def remove_expired(session: AsyncSession, now: datetime) -> None:
    """Forget links, invitations, tokens, browsers and flows whose time is over."""
    for model in (SignInLink, Invitation, RefreshToken, SignedInBrowser, SpentFlow):
        await session.execute(delete(model).where(model.expires_at < now))


# -- invitations -------------------------------------------------------------------------------------


async def invitations(session: AsyncSession, now: datetime) -> list[Invitation]:
    """Those that are open, newest first."""
    found = select(Invitation).where(Invitation.expires_at > now).order_by(Invitation.id.desc())
    return list(await session.scalars(found))


async def count_invitations(session: AsyncSession, now: datetime) -> int:
    """How many are open."""
    count = select(func.count()).select_from(Invitation).where(Invitation.expires_at > now)
    return await session.scalar(count) or 0


async def invitation(session: AsyncSession, code_hash: str, now: datetime) -> Invitation | None:
    """The open invitation with this code."""
    row: Invitation | None = await session.scalar(
        select(Invitation).where(Invitation.code_hash == code_hash, Invitation.expires_at > now)
    )
    return row


async def remove_invitation(session: AsyncSession, invitation_id: str) -> bool:
    """Use an invitation up, or take it back; whether there was one."""
    statement = delete(Invitation).where(Invitation.id == invitation_id).returning(Invitation.id)
    return (await session.execute(statement)).scalar_one_or_none() is not None
