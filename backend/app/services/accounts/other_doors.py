"""The doors beside password and link: a proxy that has let people in already, and a provider."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database, UnitOfWork
from app.core.errors import (
    ErrorCode,
    UpstreamFailed,
    UpstreamRefused,
    VideothekError,
    not_found,
)
from app.core.identifiers import new_id
from app.core.security import Identity
from app.core.settings import Settings
from app.models import Door, LinkedIdentity, Role, User
from app.repositories import identities, sign_ins, users
from app.schemas.doors import LinkedOut, WaysOut
from app.services.accounts import people
from app.services.accounts.flows import Flow, Flows, Purpose
from app.services.accounts.identity_provider import IdentityProvider, Known
from app.services.accounts.proxy import person_named
from app.services.accounts.sessions import SignedIn
from app.services.accounts.visitors import Visitor
from app.services.auth_service import AuthService

_log = logging.getLogger(__name__)

IDENTITIES_MAX = 20
_SHOWN_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Begun:
    """Somebody is about to leave for the provider.

    Args:
        address: Where to.
        kept: What their browser keeps until they are back.
    """

    address: str
    kept: str


class OtherDoors:
    """Lets people in who showed elsewhere who they are.

    Args:
        auth: The other ways, and the sessions that come of all of them.
        flows: Sign-ins at the provider that are under way.
        settings: Which doors there are, and whether they make accounts.
        database: Where people are.
        provider: Where they sign in; None if nowhere.
    """

    def __init__(
        self,
        *,
        auth: AuthService,
        flows: Flows,
        settings: Settings,
        database: Database,
        provider: IdentityProvider | None,
    ) -> None:
        self._auth = auth
        self._flows = flows
        self._settings = settings
        self._database = database
        self._provider = provider

    async def close(self) -> None:
        """Close the connections to the provider."""
        if self._provider is not None:
            await self._provider.close()

    def ways(self, visitor: Visitor) -> WaysOut:
        """How this visitor may come in."""
        return WaysOut(
            password=True,
            link=visitor.is_from_here,
            provider=self._settings.oidc_label if self._provider else None,
            proxy=visitor.named_by_proxy,
        )

    # -- the proxy -------------------------------------------------------------------------------

    async def sign_in_by_proxy(self, visitor: Visitor) -> SignedIn:
        """Let in whom a trusted proxy names.

        Raises:
            VideothekError: ``way_not_offered`` if none does; ``no_account_here``, ``username_taken``,
                ``account_not_proven``, ``invalid_username``, ``too_many_sign_ins``.
        """
        name = visitor.named_by_proxy
        if name is None:
            raise VideothekError(ErrorCode.WAY_NOT_OFFERED, 403)
        attempt = self._auth.gate.let_try_code(visitor)
        async with self._database.write() as unit:
            user = await self._held_by_name(unit, name) or await self._new_by_proxy(unit, name)
            attempt.succeeded()
            return await self._auth.sessions.begin(unit, user, visitor, Door.PROXY)

    async def _held_by_name(self, unit: UnitOfWork, name: str) -> User | None:
        found = await person_named(unit.session, name, self._settings)
        user = await users.held(unit.session, found.id) if found else None
        if user and user.role != Role.OWNER and not user.is_known_to_proxy:
            # Somebody was invited and chose this name. It may be another one than the proxy means.
            raise VideothekError(ErrorCode.ACCOUNT_NOT_PROVEN, 409)
        return user

    async def _new_by_proxy(self, unit: UnitOfWork, name: str) -> User:
        if not self._settings.proxy_creates_members:
            raise VideothekError(ErrorCode.NO_ACCOUNT_HERE, 403)
        if people.checked_name(name) != name:
            raise VideothekError(ErrorCode.INVALID_USERNAME, 422)
        return await people.create_user(unit, name, None)

    # -- the provider ----------------------------------------------------------------------------

    async def begin(self, visitor: Visitor) -> Begun:
        """Send somebody to the provider, to sign in.

        Raises:
            VideothekError: ``way_not_offered``, ``provider_down``, ``too_many_sign_ins``.
        """
        return await self._begin(visitor, Purpose.SIGN_IN)

    async def begin_linking(self, who: Identity, visitor: Visitor) -> Begun:
        """Send somebody there who is signed in here, to link their account.

        Raises:
            VideothekError: Likewise.
        """
        return await self._begin(visitor, Purpose.LINK, who.user_id)

    async def _begin(self, visitor: Visitor, purpose: Purpose, user_id: str | None = None) -> Begun:
        provider = self._offered()
        attempt = self._auth.gate.let_try_code(visitor)
        flow, kept = self._flows.begin(purpose, user_id)
        try:
            address = await provider.address(flow)
        except UpstreamFailed as error:
            raise _down(error) from error
        attempt.succeeded()
        return Begun(address, kept)

    async def finish(self, code: str, state: str, kept: str | None, visitor: Visitor) -> SignedIn:
        """Let in who came back from the provider.

        Args:
            code: What the provider gave them.
            state: What came back with it.
            kept: What their browser kept.
            visitor: Their browser.

        Raises:
            VideothekError: ``sign_in_failed``; ``no_account_here``, ``account_not_linked``,
                ``invalid_username``; ``way_not_offered``, ``provider_down``, ``too_many_sign_ins``.
        """
        flow = self._flows.returned(kept, state, Purpose.SIGN_IN)
        attempt = self._auth.gate.let_try_code(visitor)
        known = await self._known(code, flow)
        async with self._database.write() as unit:
            await _spend(unit, flow)
            user = await _held_holder(unit, known)
            if user is None:
                user = await self._new_by_provider(unit, known)
            attempt.succeeded()
            return await self._auth.sessions.begin(unit, user, visitor, Door.PROVIDER)

    async def link(
        self, who: Identity, code: str, state: str, kept: str | None, visitor: Visitor
    ) -> LinkedOut:
        """Link the account of somebody who is signed in with who they are at the provider.

        Raises:
            VideothekError: ``sign_in_failed``, also if somebody else is signed in by now;
                ``unauthenticated`` if they were signed out meanwhile; ``identity_taken``;
                ``too_many_items``; ``way_not_offered``, ``provider_down``, ``too_many_sign_ins``.
        """
        flow = self._flows.returned(kept, state, Purpose.LINK, who.user_id)
        attempt = self._auth.gate.let_try_code(visitor)
        known = await self._known(code, flow)
        async with self._database.write() as unit:
            # Whoever was put out meanwhile must not come in again by what they link now.
            user = await self._auth.browsers.held(unit, who)
            await _spend(unit, flow)
            attempt.succeeded()
            return self._told(await _linked(unit, user.id, known))

    async def _known(self, code: str, flow: Flow) -> Known:
        # No session is held meanwhile.
        try:
            return await self._offered().person(code, flow)
        except UpstreamRefused as error:
            _log.warning("a sign-in at the provider is not believed: %s", error.detail)
            raise VideothekError(ErrorCode.SIGN_IN_FAILED, 403) from error
        except UpstreamFailed as error:
            raise _down(error) from error

    def _offered(self) -> IdentityProvider:
        if self._provider is None:
            raise VideothekError(ErrorCode.WAY_NOT_OFFERED, 403)
        return self._provider

    async def _new_by_provider(self, unit: UnitOfWork, known: Known) -> User:
        if not self._settings.oidc_creates_members:
            raise VideothekError(ErrorCode.NO_ACCOUNT_HERE, 403)
        name = _first_fit(known.names)
        if name is None:
            raise VideothekError(ErrorCode.INVALID_USERNAME, 422)
        try:
            user = await people.create_user(unit, name, None)
        except VideothekError as error:
            # A name is not enough to be somebody: at the provider people may choose theirs.
            if error.code is ErrorCode.USERNAME_TAKEN:
                raise VideothekError(ErrorCode.ACCOUNT_NOT_LINKED, 409) from error
            raise
        await _linked(unit, user.id, known)
        return user

    # -- what is linked --------------------------------------------------------------------------

    async def all_linked(self, session: AsyncSession, user_id: str) -> list[LinkedOut]:
        """Who somebody is elsewhere."""
        return [self._told(row) for row in await identities.all_of(session, user_id)]

    def _told(self, identity: LinkedIdentity) -> LinkedOut:
        offered = self._settings.oidc_issuer.rstrip("/") if self._provider else None
        return LinkedOut(
            id=identity.id,
            issuer=identity.issuer,
            shown_name=identity.shown_name,
            created_at=identity.created_at,
            is_offered=identity.issuer == offered,
        )

    async def unlink(self, unit: UnitOfWork, who: Identity, identity_id: str) -> None:
        """Let somebody in through it no more; other browsers that came in so are signed out.

        Raises:
            VideothekError: ``identity_not_found``, also for somebody else's.
        """
        await users.held_alone(unit.session, who.user_id)
        if not await identities.remove(unit.session, identity_id, who.user_id):
            raise not_found(ErrorCode.IDENTITY_NOT_FOUND)
        ended = await sign_ins.end_browsers_of(
            unit.session, who.user_id, but=who.session_id, door=Door.PROVIDER
        )
        self._auth.browsers.forget(ended)


async def _held_holder(unit: UnitOfWork, known: Known) -> User | None:
    """Whom this lets in, held; who takes it away from them holds them alone."""
    found = await identities.holder(unit.session, known.issuer, known.subject)
    if found is None or await users.held(unit.session, found.id) is None:
        return None
    # It may have been taken away before they were held.
    return await identities.holder(unit.session, known.issuer, known.subject)


async def _spend(unit: UnitOfWork, flow: Flow) -> None:
    await sign_ins.remove_expired(unit.session, datetime.now(UTC))
    if not await identities.spend(unit.session, flow.state_hash, flow.expires_at):
        raise VideothekError(ErrorCode.SIGN_IN_FAILED, 403)


async def _linked(unit: UnitOfWork, user_id: str, known: Known) -> LinkedIdentity:
    mine = await identities.all_of(unit.session, user_id)
    for row in mine:
        if (row.issuer, row.subject) == (known.issuer, known.subject):
            return row
    if len(mine) >= IDENTITIES_MAX:
        raise VideothekError(ErrorCode.TOO_MANY_ITEMS, 422, limit=IDENTITIES_MAX)
    identity = LinkedIdentity(
        id=new_id(),
        user_id=user_id,
        issuer=known.issuer,
        subject=known.subject,
        shown_name=_shown(known),
        created_at=datetime.now(UTC),
    )
    if not await identities.add(unit.session, identity):
        raise VideothekError(ErrorCode.IDENTITY_TAKEN, 409)
    return identity


def _first_fit(names: tuple[str, ...]) -> str | None:
    for name in names:
        try:
            return people.checked_name(name)
        except VideothekError:
            continue
    return None


def _shown(known: Known) -> str:
    name = known.names[0] if known.names else known.subject
    return "".join(letter for letter in name if letter.isprintable())[:_SHOWN_LENGTH]


def _down(error: UpstreamFailed) -> VideothekError:
    _log.warning("the provider for signing in is not there: %s", error.detail)
    return VideothekError(ErrorCode.PROVIDER_DOWN, 503)
