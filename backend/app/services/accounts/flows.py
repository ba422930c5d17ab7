"""A sign-in at a provider, between leaving and coming back: what binds it to one browser.

Nothing is stored meanwhile: the browser keeps one secret, from which all else follows, and which
nobody else has. Pure: keys and the clock come in.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from app.core import security
from app.core.errors import ErrorCode, VideothekError

FLOW_SECONDS = 600


class Purpose(StrEnum):
    """What somebody goes there for. The state says it, so that the page knows when they are back."""

    SIGN_IN = "in"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Flow:
    """One of them.

    Args:
        secret: Only this browser has it.
        purpose: What it is good for.
        expires_at: Until when.
    """

    secret: str
    purpose: Purpose
    expires_at: datetime

    @property
    def state(self) -> str:
        """Comes back in the address: shows that whoever comes back is who left."""
        return f"{self.purpose}.{security.derive('state', self.secret)}"

    @property
    def nonce(self) -> str:
        """Comes back in the token: shows that it was made for this sign-in."""
        return security.derive("nonce", self.secret)

    @property
    def verifier(self) -> str:
        """Shows the provider that whoever brings the code is who asked for it (PKCE)."""
        return security.derive("verifier", self.secret)

    @property
    def state_hash(self) -> str:
        """By which it is known that it came to its end."""
        return security.hash_secret(self.state)


class Flows:
    """Begins them, and knows their own again.

    Args:
        key: The installation's.
        clock: Seconds since 1970.
    """

    def __init__(self, key: str, clock: Callable[[], float] = time.time) -> None:
        self._key = key
        self._clock = clock

    def begin(self, purpose: Purpose, user_id: str | None = None) -> tuple[Flow, str]:
        """A new one, and what the browser keeps of it.

        Args:
            purpose: What it is for.
            user_id: Who is signed in, if it is to link their account.
        """
        secret = security.new_secret()
        expires = int(self._clock()) + FLOW_SECONDS
        signature = self._signature(secret, expires, purpose, user_id)
        return _flow(secret, purpose, expires), f"{secret}.{expires}.{signature}"

    def returned(
        self, kept: str | None, state: str, purpose: Purpose, user_id: str | None = None
    ) -> Flow:
        """The one that came back.

        Args:
            kept: What the browser kept.
            state: What came back in the address.
            purpose: What it is used for.
            user_id: Who is signed in now, if it is to link their account.

        Raises:
            VideothekError: ``sign_in_failed`` unless this very browser left for this very purpose,
                for the same person, and not long ago.
        """
        secret, _, rest = (kept or "").partition(".")
        expires, _, signature = rest.partition(".")
        if not (expires.isascii() and expires.isdigit() and len(expires) <= len("9999999999")):
            raise _failed()
        known = self._signature(secret, int(expires), purpose, user_id)
        flow = _flow(secret, purpose, int(expires))
        is_ours = security.is_same(signature, known) and security.is_same(state, flow.state)
        if not is_ours or self._clock() >= int(expires):
            raise _failed()
        return flow

    def _signature(self, secret: str, expires: int, purpose: Purpose, user_id: str | None) -> str:
        return security.sign(f"flow:{secret}:{expires}:{purpose}:{user_id or ''}", self._key)


def _flow(secret: str, purpose: Purpose, expires: int) -> Flow:
    return Flow(secret, purpose, datetime.fromtimestamp(expires, UTC))


def _failed() -> VideothekError:
    return VideothekError(ErrorCode.SIGN_IN_FAILED, 403)
