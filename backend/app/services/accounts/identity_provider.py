"""The port behind which a provider is that people sign in at."""

from dataclasses import dataclass
from typing import Protocol

from app.services.accounts.flows import Flow


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a provider knows, as it vouches for it.

    Args:
        issuer: The provider.
        subject: What it never gives to anybody else.
        names: What it calls them, the best first. Nobody vouches for these: they open nothing.
    """

    issuer: str
    subject: str
    names: tuple[str, ...]


class IdentityProvider(Protocol):
    """Sends people there, and finds out who came back."""

    async def address(self, flow: Flow) -> str:
        """Where the browser has to go.

        Raises:
            UpstreamFailed: The provider does not answer, or not as one.
        """

    async def person(self, code: str, flow: Flow) -> Known:
        """Who came back with this code.

        Raises:
            UpstreamFailed: The provider does not answer, or not as one.
            UpstreamRefused: It knows nothing of this code, or what it says of the person can't be
                believed.
        """

    async def close(self) -> None:
        """Close the connections."""
