"""What a browser is given that was let in, through whichever door."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.core import security
from app.core.database import UnitOfWork
from app.core.identifiers import new_id
from app.core.settings import Settings
from app.models import Door, RefreshToken, SignedInBrowser, User
from app.schemas.auth import TokenOut
from app.services.accounts.keys import InstallationSecrets
from app.services.accounts.proxy import is_named
from app.services.accounts.sign_in_gate import SignInGate
from app.services.accounts.visitors import Visitor


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A successful sign-in: the token for the page, and what the browser keeps in its cookies.

    Args:
        token: For the page.
        refresh_token: To renew it.
        device: Marks the browser as one of this person's; None leaves it as it is.
    """

    token: TokenOut
    refresh_token: str
    device: str | None = None


class Sessions:
    """Begins them, and hands out their tokens.

    Args:
        keys: The installation's keys.
        settings: Lifetimes.
        gate: Marks the browsers in which somebody signed in.
    """

    def __init__(self, keys: InstallationSecrets, settings: Settings, gate: SignInGate) -> None:
        self._keys = keys
        self._settings = settings
        self._gate = gate

    @property
    def stays(self) -> timedelta:
        """How long a browser stays signed in that is not used."""
        return timedelta(days=self._settings.refresh_token_days)

    async def begin(self, unit: UnitOfWork, user: User, visitor: Visitor, door: Door) -> SignedIn:
        """Let somebody in.

        Args:
            unit: A transaction.
            user: Who.
            visitor: Their browser.
            door: How they showed who they are.
        """
        if is_named(user, visitor.named_by_proxy):
            # They are the proxy's, and have just shown that the account is theirs.
            user.is_known_to_proxy = True
        now = datetime.now(UTC)
        browser = SignedInBrowser(
            id=new_id(),
            user_id=user.id,
            client=visitor.shown_client,
            address=visitor.shown_address,
            door=door,
            created_at=now,
            last_seen_at=now,
            expires_at=now + self.stays,
        )
        unit.session.add(browser)
        await unit.session.flush()
        device = self._gate.device_of(user.id)
        return self.tokens(unit, user.id, browser.id, now, device)

    def tokens(
        self,
        unit: UnitOfWork,
        user_id: str,
        session_id: str,
        now: datetime,
        device: str | None = None,
    ) -> SignedIn:
        """New tokens for a browser.

        Args:
            unit: A transaction.
            user_id: Whose.
            session_id: The browser.
            now: Time of issue (UTC).
            device: See ``SignedIn``.
        """
        refresh_token = security.new_secret()
        unit.session.add(
            RefreshToken(
                token_hash=security.hash_secret(refresh_token),
                session_id=session_id,
                expires_at=now + self.stays,
            )
        )
        lifetime = self._settings.access_token_seconds
        token = security.issue_access_token(
            user_id,
            self._keys.jwt_key,
            now=now,
            lifetime_seconds=lifetime,
            session_id=session_id,
        )
        return SignedIn(TokenOut(access_token=token, expires_in=lifetime), refresh_token, device)
