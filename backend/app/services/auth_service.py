"""Who is there: passwords, one-time links, invitations, and what browsers renew their access with."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.core import security
from app.core.database import Database, UnitOfWork
from app.core.errors import ErrorCode, VideothekError
from app.core.security import Identity
from app.core.settings import Settings
from app.models import Door, Role, SignInLink, User
from app.repositories import api_tokens, identities, sign_ins, users
from app.schemas.auth import InvitedOut, UserOut
from app.schemas.people import NewLinkOut
from app.services.accounts import people
from app.services.accounts.browsers import Browsers
from app.services.accounts.keys import InstallationSecrets
from app.services.accounts.passwords import Passwords
from app.services.accounts.proxy import person_named
from app.services.accounts.sessions import Sessions, SignedIn
from app.services.accounts.sign_in_gate import SignInGate
from app.services.accounts.visitors import Visitor

OWNER = "owner"
LINK_MINUTES = 15

# A page that is reloaded while its renewal is under way, and a second tab, still come with the old one.
_ROTATION_GRACE = timedelta(seconds=30)
# Whoever comes with a token that was used long ago is signed out; for so long it is remembered which.
_USED_TOKENS_KEPT = timedelta(days=2)


class AuthService:
    """Signs people in.

    Args:
        keys: The installation's keys.
        settings: Lifetimes, and the owner's password if it comes from the environment.
        database: Where people and their browsers are.
    """

    def __init__(self, keys: InstallationSecrets, settings: Settings, database: Database) -> None:
        self._keys = keys
        self._settings = settings
        self._database = database
        self.gate = SignInGate(keys.jwt_key)
        self.sessions = Sessions(keys, settings, self.gate)
        self._passwords = Passwords()
        self.browsers = Browsers(database)

    async def ensure_owner(self, unit: UnitOfWork) -> User:
        """The owner of the installation, made now if there is nobody yet.

        A password from the environment is only for a new owner; it never changes one.
        """
        owner = await users.owner(unit.session)
        if owner is None:
            # Of processes that begin together one makes it, and the others wait and find it.
            await users.hold_installation(unit.session)
            owner = await users.owner(unit.session)
        if owner is not None:
            return owner
        password = self._settings.owner_password
        hashed = security.hash_password(password.get_secret_value()) if password else None
        return await people.create_user(unit, OWNER, hashed, Role.OWNER)

    @staticmethod
    async def create_link(unit: UnitOfWork, user_id: str, *, is_for_anywhere: bool = False) -> str:
        """A new one-time sign-in code, valid for a quarter of an hour; only its hash is stored.

        Args:
            unit: A transaction.
            user_id: Whose.
            is_for_anywhere: It is good on other machines than the server's own, too.
        """
        now = datetime.now(UTC)
        await sign_ins.remove_expired(unit.session, now)
        code = security.new_secret()
        unit.session.add(
            SignInLink(
                code_hash=security.hash_secret(code),
                user_id=user_id,
                expires_at=now + timedelta(minutes=LINK_MINUTES),
                is_for_anywhere=is_for_anywhere,
            )
        )
        return code

    async def link_for_member(self, unit: UnitOfWork, user_id: str) -> NewLinkOut:
        """A one-time link for somebody who has forgotten their password.

        The password is gone from now on, and what they linked at a provider, and their tools' tokens:
        whoever was in their account is out of it.

        Raises:
            VideothekError: ``user_not_found``; ``not_allowed`` for the owner, who has the terminal.
        """
        await people.member(unit.session, user_id)
        await self._take_back(unit, user_id, None)
        code = await self.create_link(unit, user_id, is_for_anywhere=True)
        return NewLinkOut(code=code, expires_at=datetime.now(UTC) + timedelta(minutes=LINK_MINUTES))

    # -- letting in ------------------------------------------------------------------------------

    async def sign_in_with_password(
        self, username: str, password: str, visitor: Visitor
    ) -> SignedIn:
        """Sign in with a name and a password.

        Raises:
            VideothekError: ``wrong_credentials``, ``too_many_sign_ins``.
        """
        async with self._database.read() as session:
            user = await users.by_name(session, username)
        attempt = self.gate.let_try(username, user.id if user else None, visitor)
        # No session is held meanwhile: it takes its time.
        checked = user.password_hash if user else None
        if not await self._passwords.fits(password, checked) or user is None:
            raise VideothekError(ErrorCode.WRONG_CREDENTIALS, 401)
        async with self._database.write() as unit:
            user = await users.held(unit.session, user.id)
            # Meanwhile they may have got another one, to keep out whoever knows this one.
            if user is None or user.password_hash != checked:
                raise VideothekError(ErrorCode.WRONG_CREDENTIALS, 401)
            attempt.succeeded()
            return await self.sessions.begin(unit, user, visitor, Door.PASSWORD)

    async def sign_in_with_link(self, code: str, visitor: Visitor) -> SignedIn:
        """Sign in with the code of a one-time link.

        Raises:
            VideothekError: ``link_expired``, also for one that never existed or is not needed any more;
                ``link_only_here``; ``too_many_sign_ins``.
        """
        attempt = self.gate.let_try_code(visitor)
        hashed, now = security.hash_secret(code), datetime.now(UTC)
        async with self._database.write() as unit:
            # Whoever makes it worthless holds the account first, too.
            user_id = await sign_ins.holder_of_link(unit.session, hashed)
            user = await users.held(unit.session, user_id) if user_id else None
            link = await sign_ins.link(unit.session, hashed, now)
            if user is None or link is None or link.has_password:
                raise VideothekError(ErrorCode.LINK_EXPIRED, 401)
            if not (link.is_for_anywhere or visitor.is_from_here):
                raise VideothekError(ErrorCode.LINK_ONLY_HERE, 403)
            attempt.succeeded()
            await sign_ins.use_link(unit.session, hashed, now)
            return await self.sessions.begin(unit, user, visitor, Door.LINK)

    async def invited(self, code: str, visitor: Visitor) -> InvitedOut:
        """Who invites.

        Raises:
            VideothekError: ``invitation_expired``, ``too_many_sign_ins``.
        """
        attempt = self.gate.let_try_code(visitor)
        async with self._database.read() as session:
            invitation = await sign_ins.invitation(
                session, security.hash_secret(code), datetime.now(UTC)
            )
            host = await users.by_id(session, invitation.user_id) if invitation else None
        if host is None:
            raise VideothekError(ErrorCode.INVITATION_EXPIRED, 401)
        attempt.succeeded()
        return InvitedOut(invited_by=host.username)

    async def accept_invitation(
        self, code: str, username: str, password: str, visitor: Visitor
    ) -> SignedIn:
        """Make an account with an invitation, which is used up, and sign in.

        Raises:
            VideothekError: ``invitation_expired``, ``invalid_username``, ``username_taken``,
                ``password_too_weak``, ``too_many_sign_ins``.
        """
        # Before the password is looked at, which takes its time.
        await self.invited(code, visitor)
        name = people.checked_name(username)
        hashed = await self._passwords.hashed(password, name)
        async with self._database.write() as unit:
            invitation = await sign_ins.invitation(
                unit.session, security.hash_secret(code), datetime.now(UTC)
            )
            # Of two who come at the same time one takes it away.
            if invitation is None or not await sign_ins.remove_invitation(
                unit.session, invitation.id
            ):
                raise VideothekError(ErrorCode.INVITATION_EXPIRED, 401)
            user = await people.create_user(unit, name, hashed)
            return await self.sessions.begin(unit, user, visitor, Door.INVITATION)

    # -- staying in ------------------------------------------------------------------------------

    async def refresh(self, refresh_token: str | None, visitor: Visitor) -> SignedIn:
        """Exchange a refresh token for a new access token and a new refresh token.

        Raises:
            VideothekError: ``unauthenticated``.
        """
        signed_in = None
        if refresh_token:
            async with self._database.write() as unit:
                signed_in = await self._renewed(unit, security.hash_secret(refresh_token), visitor)
        if signed_in is None:
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        return signed_in

    async def _renewed(
        self, unit: UnitOfWork, token_hash: str, visitor: Visitor
    ) -> SignedIn | None:
        now = datetime.now(UTC)
        row = await sign_ins.renewal(unit.session, token_hash, now)
        if row is None:
            return None
        # Two have it: one of them is not who signed in, and nobody can tell which.
        is_copied = row.used_at is not None and now - row.used_at > _ROTATION_GRACE
        if is_copied or not await self._is_still_named(unit.session, row, visitor):
            await sign_ins.end_browser(unit.session, row.session_id)
            self.browsers.forget([row.session_id])
            return None
        if row.used_at is None:
            await sign_ins.note_renewal(unit.session, token_hash, now)
        await sign_ins.remove_old_renewals(unit.session, row.session_id, now - _USED_TOKENS_KEPT)
        await sign_ins.note_seen(
            unit.session,
            row.session_id,
            now=now,
            expires_at=now + self.sessions.stays,
            address=visitor.shown_address,
        )
        return self.sessions.tokens(unit, row.user_id, row.session_id, now)

    async def _is_still_named(
        self, session: AsyncSession, row: sign_ins.RenewalRow, visitor: Visitor
    ) -> bool:
        """Whom the proxy let in it has to name again: somebody else may sit at this browser now."""
        if row.door != Door.PROXY:
            return True
        user = await person_named(session, visitor.named_by_proxy, self._settings)
        return user is not None and user.id == row.user_id

    async def sign_out(self, unit: UnitOfWork, refresh_token: str | None) -> None:
        """Forget a browser."""
        if not refresh_token:
            return
        hashed = security.hash_secret(refresh_token)
        session_id = await sign_ins.browser_of_token(unit.session, hashed)
        if session_id is not None:
            await sign_ins.end_browser(unit.session, session_id)
            self.browsers.forget([session_id])

    async def identify(self, token: str) -> Identity:
        """Who an access token names, if their browser is still signed in.

        Raises:
            VideothekError: ``unauthenticated``.
        """
        who = security.read_access_token(token, self._keys.jwt_key)
        if who is None:
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        await self.check(who)
        return who

    async def check(self, who: Identity) -> None:
        """Let whoever was signed in go on, unless they were signed out meanwhile.

        Raises:
            VideothekError: ``unauthenticated``.
        """
        if who.session_id is not None:
            await self.browsers.check(who.session_id, who.user_id)

    async def check_owner(self, user_id: str) -> None:
        """Let nobody but the owner go on.

        Raises:
            VideothekError: ``not_allowed``.
        """
        async with self._database.read() as session:
            owner = await users.owner(session)
        if owner is None or owner.id != user_id:
            raise VideothekError(ErrorCode.NOT_ALLOWED, 403)

    # -- the account -----------------------------------------------------------------------------

    @staticmethod
    async def me(session: AsyncSession, user_id: str) -> UserOut:
        """The person who is signed in.

        Raises:
            VideothekError: ``unauthenticated`` if the account is gone.
        """
        user = await users.by_id(session, user_id)
        if user is None:
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        return UserOut(
            id=user.id,
            username=user.username,
            role=Role(user.role),
            has_password=bool(user.password_hash),
        )

    async def change_password(
        self, who: Identity, current: str | None, new: str, visitor: Visitor
    ) -> None:
        """Give somebody another password; all their other browsers are signed out.

        Tools keep their tokens: to change one's password now and then should not break them.

        Raises:
            VideothekError: ``wrong_credentials``, ``password_too_weak``, ``too_many_sign_ins``;
                ``unauthenticated`` if they were signed out meanwhile.
        """
        async with self._database.read() as session:
            user = await users.by_id(session, who.user_id)
        if user is None:
            raise VideothekError(ErrorCode.UNAUTHENTICATED, 401)
        checked = user.password_hash
        if checked is not None:
            attempt = self.gate.let_try(user.username, user.id, visitor)
            if not await self._passwords.fits(current or "", checked):
                # Not 401: the browser is signed in, and the page would sign in anew.
                raise VideothekError(ErrorCode.WRONG_CREDENTIALS, 403)
            attempt.succeeded()
        hashed = await self._passwords.hashed(new, user.username)
        async with self._database.write() as unit:
            user = await self.browsers.held(unit, who, alone=True)
            if user.password_hash != checked:
                raise VideothekError(ErrorCode.WRONG_CREDENTIALS, 403)
            await self._replace_password(unit, user.id, hashed, but=who.session_id)

    async def set_password(self, unit: UnitOfWork, user: User, new: str) -> None:
        """Likewise from the terminal of the server's machine, without the one before.

        What was linked at a provider is gone, too, and tools' tokens: this is how somebody gets their
        account back.

        Raises:
            VideothekError: ``password_too_weak``.
        """
        await self._take_back(unit, user.id, await self._passwords.hashed(new, user.username))

    async def _take_back(self, unit: UnitOfWork, user_id: str, hashed: str | None) -> None:
        """Nothing that let anybody into an account does so any more; only the new password."""
        # First of all: who is letting somebody in now has ended by then, and is undone.
        await users.held_alone(unit.session, user_id)
        await identities.remove_of(unit.session, user_id)
        await api_tokens.remove_of(unit.session, user_id)
        await self._replace_password(unit, user_id, hashed)

    async def _replace_password(
        self, unit: UnitOfWork, user_id: str, hashed: str | None, *, but: str | None = None
    ) -> None:
        """Passwords, links and browsers from before let in no more, except one browser."""
        await users.set_password(unit.session, user_id, hashed)
        await sign_ins.remove_links_of(unit.session, user_id)
        await self.browsers.end_others(unit, user_id, but)
