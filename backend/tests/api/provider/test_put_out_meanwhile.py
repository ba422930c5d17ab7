"""Whoever is at the provider while their account is taken back from them."""

from collections.abc import Awaitable, Callable

import pytest

from app.services.accounts.flows import Flow
from app.services.accounts.identity_provider import Known
from app.services.accounts.other_doors import OtherDoors
from tests.api.test_accounts import said
from tests.api.test_let_in_meanwhile import id_of, sessions_of
from tests.support.provider import come_in, link
from tests.support.server import Client, RunningApp


def while_the_provider_is_asked(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[], Awaitable[None]]
) -> None:
    """Let something happen once the provider has said who it is."""
    ask = OtherDoors._known

    async def slow(self: OtherDoors, code: str, flow: Flow) -> Known:
        known = await ask(self, code, flow)
        await work()
        return known

    monkeypatch.setattr(OtherDoors, "_known", slow)


async def test_who_was_put_out_while_they_linked_an_identity_has_linked_none(
    idle_app: RunningApp, idle_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    thief = await idle_app.add_user("berta")
    berta_id = await id_of(thief)

    async def reset() -> None:
        (await idle_client.http.post(f"/users/{berta_id}/link")).raise_for_status()

    while_the_provider_is_asked(monkeypatch, reset)
    assert said(await link(thief)) == (401, "unauthenticated")
    monkeypatch.undo()

    assert said(await come_in(idle_app)) == (403, "no_account_here")


async def test_who_is_removed_while_they_link_an_identity_is_told_so(
    idle_app: RunningApp, idle_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    berta = await idle_app.add_user("berta")
    berta_id = await id_of(berta)

    async def remove() -> None:
        (await idle_client.http.delete(f"/users/{berta_id}")).raise_for_status()

    while_the_provider_is_asked(monkeypatch, remove)

    assert said(await link(berta)) == (401, "unauthenticated")


async def test_an_identity_that_was_taken_away_meanwhile_lets_nobody_in(
    idle_app: RunningApp, idle_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    berta = await idle_app.add_user("berta")
    berta_id = await id_of(berta)
    assert (await link(berta)).status_code == 201

    async def reset() -> None:
        (await idle_client.http.post(f"/users/{berta_id}/link")).raise_for_status()

    while_the_provider_is_asked(monkeypatch, reset)

    assert said(await come_in(idle_app)) == (403, "no_account_here")
    assert await sessions_of(idle_app, berta_id) == 0
