"""Whose account it is that a proxy names."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.settings import Settings
from app.models import Role, User
from app.repositories import users


async def person_named(session: AsyncSession, name: str | None, settings: Settings) -> User | None:
    """Whom a name means that a trusted proxy gives.

    It need not be theirs yet: whoever was invited chose their name. The owner is never found by a
    name alone, for whoever may choose theirs at the proxy could choose that: the settings say which
    one it is.

    Args:
        session: For reading.
        name: As the proxy gives it, or None.
        settings: Which name is the owner's.
    """
    if not name:
        return None
    if settings.proxy_owner and name == settings.proxy_owner:
        return await users.owner(session)
    user = await users.by_name(session, name)
    return user if user is not None and is_named(user, name) else None


def is_named(user: User, name: str | None) -> bool:
    """Whether a name that a proxy gives is this member's; never the owner's."""
    return bool(name) and user.role != Role.OWNER and is_same_name(user.username, name or "")


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals.

    Only those of ASCII: elsewhere letters that look alike, such as the Kelvin sign, become the same.
    """
    return _in_small_letters(one) == _in_small_letters(other)


def _in_small_letters(name: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)
