"""Whose account it is that a proxy names."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.settings import Settings
from app.models import Role, User
from app.repositories import users


async def person_named(session: AsyncSession, name: str | None, settings: Settings) -> User | None:
    """Who comes in under a name that a trusted proxy gives.

    Names of members are the proxy's own. The owner is never found by a name alone, for whoever may
    choose theirs at the proxy could choose that: the settings say which one it is.

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
    if user is None or user.role == Role.OWNER or not is_same_name(user.username, name):
        return None
    return user


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals.

    Only those of ASCII: elsewhere letters that look alike, such as the Kelvin sign, become the same.
    """
    return _in_small_letters(one) == _in_small_letters(other)


def _in_small_letters(name: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)
