"""The keys of an installation, and what whoever can read them may do."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.core import security
from app.core.database import Database
from app.repositories import users


@dataclass(frozen=True, slots=True)
class InstallationSecrets:
    """Keys made at the first start; they live in the database."""

    jwt_key: str
    thumbnail_key: str


async def load_secrets(database: Database) -> InstallationSecrets:
    """The installation's keys, made now if this is its first start."""
    async with database.write() as unit:
        return InstallationSecrets(
            jwt_key=await users.secret(unit.session, "jwt_key", security.new_secret()),
            thumbnail_key=await users.secret(unit.session, "thumbnail_key", security.new_secret()),
        )


async def owners_access_token(database: Database, *, lifetime_seconds: int) -> str | None:
    """An access token for whoever may read the installation's keys: the owner, on its own machine.

    Args:
        database: The installation's; only read.
        lifetime_seconds: Until it expires.

    Returns:
        None while the installation has no keys or no owner yet.
    """
    async with database.read() as session:
        key = await users.known_secret(session, "jwt_key")
        owner = await users.owner(session)
    if key is None or owner is None:
        return None
    now = datetime.now(UTC)
    return security.issue_access_token(owner.id, key, now=now, lifetime_seconds=lifetime_seconds)
