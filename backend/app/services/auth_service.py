"""Who is there: passwords, one-time links, refresh tokens, access tokens."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.core import security
from app.core.database import Database, UnitOfWork
from app.core.errors import ErrorCode, VideothekError
from app.core.identifiers import new_id
from app.core.settings import Settings
from app.models import RefreshToken, SignInLink, User
from app.repositories import users
from app.schemas.auth import TokenOut, UserOut
from app.services.list_service import create_list

OWNER = "owner"
FIRST_LIST_NAME = "Videothek"
LINK_MINUTES = 15

# A page that is reloaded while its renewal is under way, and a second tab, still come with the old one.
_ROTATION_GRACE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class InstallationSecrets:
    """Keys made at the first start; they live in the database."""

    jwt_key: str
    thumbnail_key: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A successful sign-in: the token for the page and the one for the cookie."""

    token: TokenOut
    refresh_token: str


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
        owner = await users.by_name(session, OWNER) or await users.first(session)
    if key is None or owner is None:
        return None
    now = datetime.now(UTC)
    return security.issue_access_token(owner.id, key, now=now, lifetime_seconds=lifetime_seconds)


async def _owner(unit: UnitOfWork) -> User | None:
    return await users.by_name(unit.session, OWNER) or await users.first(unit.session)


class AuthService:
    """Signs people in.

    Args:
        keys: The installation's keys.
        settings: Lifetimes, and the owner's password if it comes from the environment.
    """

    def __init__(self, keys: InstallationSecrets, settings: Settings) -> None:
        self._keys = keys
        self._settings = settings

    async def ensure_owner(self, unit: UnitOfWork) -> User:
        """The owner of the installation, made now if there is nobody yet.

        A password from the environment is only for a new owner; it never changes one.
        """
        owner = await _owner(unit)
        if owner is None:
            # Of processes that begin together one makes it, and the others wait and find it.
            await users.hold_installation(unit.session)
            owner = await _owner(unit)
        if owner is not None:
            return owner
        password = self._settings.owner_password
        hashed = security.hash_password(password.get_secret_value()) if password else None
        return await self.create_user(unit, OWNER, hashed)

    @staticmethod
    async def create_user(unit: UnitOfWork, username: str, password_hash: str | None) -> User:
        """Make a user with a first list."""
        user = User(
            id=new_id(),
            username=username,
            password_hash=password_hash,
            created_at=datetime.now(UTC),
        )
        unit.session.add(user)
        await unit.session.flush()
        await create_list(unit, user_id=user.id, name=FIRST_LIST_NAME)
        return user

    @staticmethod
    async def create_link(unit: UnitOfWork, user_id: str) -> str:
        """A new one-time sign-in code, valid for a quarter of an hour; only its hash is stored."""
        now = datetime.now(UTC)
        await users.remove_expired(unit.session, now)
        code = security.new_secret()
        unit.session.add(
            SignInLink(
                code_hash=security.hash_secret(code),
                user_id=user_id,
                expires_at=now + timedelta(minutes=LINK_MINUTES),
            )
        )
        return code

    async def sign_in_with_password(
        self, unit: UnitOfWork, username: str, password: str
    ) -> SignedIn:
        """Sign in with a name and a password.

        Raises:
            VideothekError: ``wrong_credentials``.
        """
        user = await users.by_name(unit.session, username)
        if not security.verify_password(password, user.password_hash if user else None) or not user:
            raise VideothekError(ErrorCode.WRONG_CREDENTIALS, 401)
        return self._signed_in(unit, user.id)

    async def sign_in_with_link(self, unit: UnitOfWork, code: str) -> SignedIn:
        """Sign in with the code of a one-time link.

        Raises:
            VideothekError: ``link_expired``, also for one that never existed.
        """
        user_id = await users.use_link(unit.session, security.hash_secret(code), datetime.now(UTC))
        if user_id is None:
            raise VideothekError(ErrorCode.LINK_EXPIRED, 401)
        return self._signed_in(unit, user_id)

    async def refresh(self, unit: UnitOfWork, refresh_token: str | None) -> SignedIn:
        """Exchange a refresh token for a new access token and a new refresh token.

        Raises:
            VideothekError: ``unauthenticated``.
        """
        user_id = None
        if refresh_token:
            now = datetime.now(UTC)
            user_id = await users.rotate_refresh_token(
                unit.session, security.hash_secret(refresh_token), now, now + _ROTATION_GRACE
            )
        if user_id is None:
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        return self._signed_in(unit, user_id)

    @staticmethod
    async def sign_out(unit: UnitOfWork, refresh_token: str | None) -> None:
        """Forget a refresh token."""
        if refresh_token:
            await users.remove_refresh_token(unit.session, security.hash_secret(refresh_token))

    def authenticate(self, token: str) -> tuple[str, datetime]:
        """The user id and the expiry of an access token.

        Raises:
            VideothekError: ``unauthenticated``.
        """
        claims = security.read_access_token(token, self._keys.jwt_key)
        if claims is None:
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        return claims

    @staticmethod
    async def me(session: AsyncSession, user_id: str) -> UserOut:
        """The person who is signed in.

        Raises:
            VideothekError: ``unauthenticated`` if the account is gone.
        """
        user = await users.by_id(session, user_id)
        if user is None:
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        return UserOut(id=user.id, username=user.username, has_password=bool(user.password_hash))

    def _signed_in(self, unit: UnitOfWork, user_id: str) -> SignedIn:
        now = datetime.now(UTC)
        refresh_token = security.new_secret()
        unit.session.add(
            RefreshToken(
                token_hash=security.hash_secret(refresh_token),
                user_id=user_id,
                expires_at=now + timedelta(days=self._settings.refresh_token_days),
            )
        )
        lifetime = self._settings.access_token_seconds
        token = security.issue_access_token(
            user_id, self._keys.jwt_key, now=now, lifetime_seconds=lifetime
        )
        return SignedIn(TokenOut(access_token=token, expires_in=lifetime), refresh_token)
