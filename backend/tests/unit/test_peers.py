"""Who is connected, and who that speaks for: without a server."""

import pytest
from starlette.types import Receive, Scope, Send

from app.api.peers import DirectPeers
from app.core.settings import Settings


async def seen(peer: str, settings: Settings) -> tuple[str, str]:
    """Who is connected and who asks, as the application sees it, of a request that is forwarded."""
    found: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        found.append(scope)

    async def nothing(*_message: object) -> dict[str, object]:
        return {}

    scope = {
        "type": "http",
        "client": (peer, 4711),
        "headers": [(b"x-forwarded-for", b"198.51.100.9")],
    }
    await DirectPeers(app, settings)(scope, nothing, nothing)
    return found[0]["videothek.peer"], found[0]["client"][0]


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1"])
async def test_this_machine_may_forward_and_is_still_known_to_be_connected(peer: str) -> None:
    assert await seen(peer, Settings()) == (peer, "198.51.100.9")


async def test_a_trusted_proxy_may_forward_and_nobody_else() -> None:
    settings = Settings(trusted_proxies="10.0.0.0/24")

    assert await seen("10.0.0.7", settings) == ("10.0.0.7", "198.51.100.9")
    assert await seen("10.0.1.7", settings) == ("10.0.1.7", "10.0.1.7")
    assert await seen("10.0.0.7", Settings()) == ("10.0.0.7", "10.0.0.7")


@pytest.mark.parametrize("allowed", ["*", "203.0.113.1, 10.0.1.7"])
async def test_whoever_the_environment_names_may_forward(
    monkeypatch: pytest.MonkeyPatch, allowed: str
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", allowed)
    assert await seen("10.0.1.7", Settings()) == ("10.0.1.7", "198.51.100.9")
