"""Where requests to YouTube really go."""

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

STANDIN_HOST_HEADER = "X-Standin-Host"


def route(url: str, gateway: str) -> tuple[str, Mapping[str, str]]:
    """The address to send a request to, and the headers that have to go with it.

    Args:
        url: The address at YouTube.
        gateway: Base address of the stand-in, or empty for the real thing.
    """
    if not gateway:
        return url, {}
    parts = urlsplit(url)
    base = urlsplit(gateway)
    routed = urlunsplit((base.scheme, base.netloc, parts.path or "/", parts.query, ""))
    return routed, {STANDIN_HOST_HEADER: parts.netloc}
