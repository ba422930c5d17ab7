"""Who knocks at the door, before anybody knows who they are."""

import ipaddress
from dataclasses import dataclass

_CLIENT_LENGTH = 300
_ADDRESS_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request comes from.

    Args:
        address: The machine's, as far as it can be known; empty if not.
        client: What the browser calls itself.
        is_from_here: A program on the server's own machine asks for itself.
        device: What a browser was given when somebody signed in there, if it has that.
        named_by_proxy: Whom a trusted proxy says that they are.
    """

    address: str
    client: str
    is_from_here: bool
    device: str | None = None
    named_by_proxy: str | None = None

    @property
    def network(self) -> str:
        """What attempts are counted by: who has IPv6 has more addresses than anybody can count."""
        try:
            address = ipaddress.ip_address(self.address)
        except ValueError:
            return self.address
        if isinstance(address, ipaddress.IPv4Address):
            return str(address)
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))

    @property
    def shown_client(self) -> str:
        """As it is stored."""
        return "".join(letter for letter in self.client if letter.isprintable())[:_CLIENT_LENGTH]

    @property
    def shown_address(self) -> str:
        """Likewise."""
        return self.address[:_ADDRESS_LENGTH]
