"""Whoever is let in while their account changes: what let them in has to be good at the end, too."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from sqlalchemy import text

from app.repositories import users
from app.services.accounts.passwords import Passwords
from tests.api.test_accounts import NEW_PASSWORD, bearer, said
from tests.api.test_sign_in import browser
from tests.support.databases import somebody_waits
from tests.support.server import PASSWORD, Client, RunningApp, until

_ANNA = {"username": "anna", "password": PASSWORD}


def while_a_password_is_checked(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[], Awaitable[None]]
) -> None:
    """Let something happen once a password was found to fit, and before anybody is let in for it."""
    fits = Passwords.fits

    async def slow(self: Passwords, password: str, password_hash: str | None) -> bool:
        found = await fits(self, password, password_hash)
        monkeypatch.setattr(Passwords, "fits", fits)
        await work()
        return found

    monkeypatch.setattr(Passwords, "fits", slow)


async def id_of(client: Client) -> str:
    return str((await client.http.get("/auth/me")).json()["id"])


async def sessions_of(app: RunningApp, user_id: str) -> int:
    async with app.runtime.database.read() as session:
        counted = text("SELECT count(*) FROM sessions WHERE user_id = :id")
        return int((await session.execute(counted, {"id": user_id})).scalar_one())


async def test_an_old_password_lets_nobody_in_who_was_waiting_when_it_was_changed(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await idle_app.add_user("anna")

    async def change() -> None:
        body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
        assert (await anna.http.post("/auth/password", json=body)).status_code == 204

    while_a_password_is_checked(monkeypatch, change)

    answer = await browser(idle_app).post("/auth/token", data=_ANNA)

    assert said(answer) == (401, "wrong_credentials")
    assert await sessions_of(idle_app, await id_of(anna)) == 1


async def test_a_forgotten_password_lets_nobody_in_who_was_waiting_when_the_owner_took_it_away(
    idle_app: RunningApp, idle_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna_id = await id_of(await idle_app.add_user("anna"))

    async def reset() -> None:
        (await idle_client.http.post(f"/users/{anna_id}/link")).raise_for_status()

    while_a_password_is_checked(monkeypatch, reset)

    answer = await browser(idle_app).post("/auth/token", data=_ANNA)

    assert said(answer) == (401, "wrong_credentials")
    assert await sessions_of(idle_app, anna_id) == 0


async def test_who_is_removed_while_they_sign_in_is_told_what_everybody_is_told(
    idle_app: RunningApp, idle_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna_id = await id_of(await idle_app.add_user("anna"))

    async def remove() -> None:
        (await idle_client.http.delete(f"/users/{anna_id}")).raise_for_status()

    while_a_password_is_checked(monkeypatch, remove)

    answer = await browser(idle_app).post("/auth/token", data=_ANNA)

    assert said(answer) == (401, "wrong_credentials")


async def test_who_was_put_out_while_they_changed_the_password_has_not_changed_it(
    idle_app: RunningApp, idle_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    thief = await idle_app.add_user("anna")
    anna_id = await id_of(thief)

    async def reset() -> None:
        (await idle_client.http.post(f"/users/{anna_id}/link")).raise_for_status()

    while_a_password_is_checked(monkeypatch, reset)

    body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    answer = await thief.http.post("/auth/password", json=body)

    assert said(answer) == (401, "unauthenticated")
    old = await browser(idle_app).post("/auth/token", data={**_ANNA, "password": NEW_PASSWORD})
    assert said(old) == (401, "wrong_credentials")


async def test_a_process_that_does_not_know_yet_who_was_put_out_gives_them_no_password(
    idle_app: RunningApp,
) -> None:
    thief = await idle_app.add_user("anna")
    anna_id = await id_of(thief)
    # Another process did it: this one remembers for some seconds that the browser is signed in.
    async with idle_app.runtime.database.write() as unit:
        await unit.session.execute(
            text("UPDATE users SET password_hash = NULL WHERE id = :id"), {"id": anna_id}
        )
        await unit.session.execute(
            text("DELETE FROM sessions WHERE user_id = :id"), {"id": anna_id}
        )
    assert (await thief.http.get("/auth/me")).status_code == 200, "it does remember"

    for path, body in (
        ("/auth/password", {"new_password": NEW_PASSWORD}),
        ("/tokens", {"name": "t", "scope": "full"}),
    ):
        assert said(await thief.http.post(path, json=body)) == (401, "unauthenticated")


# SQLite has one writer, who is alone.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("door", ["password", "link"])
async def test_who_is_let_in_waits_for_a_change_of_what_lets_them_in(
    idle_app: RunningApp, door: str
) -> None:
    anna_id = await id_of(await idle_app.add_user("anna"))
    auth, database = idle_app.runtime.auth, idle_app.runtime.database
    code = ""
    if door == "link":
        async with database.write() as unit:
            await auth.link_for_member(unit, anna_id)
            code = await auth.create_link(unit, anna_id)

    def knock() -> Awaitable[httpx.Response]:
        if door == "link":
            return browser(idle_app).post("/auth/link", json={"code": code})
        return browser(idle_app).post("/auth/token", data=_ANNA)

    async with database.write() as unit:
        await auth.link_for_member(unit, anna_id)
        await unit.session.flush()
        knocking = asyncio.ensure_future(knock())
        await until(lambda: somebody_waits(database))

    expected = "link_expired" if door == "link" else "wrong_credentials"
    assert said(await knocking) == (401, expected)
    assert await sessions_of(idle_app, anna_id) == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_an_import_that_takes_its_time_does_not_hold_up_who_signs_in(
    idle_app: RunningApp,
) -> None:
    anna_id = await id_of(await idle_app.add_user("anna"))
    async with idle_app.runtime.database.write() as unit:
        await users.hold(unit.session, anna_id)
        async with asyncio.timeout(10):
            answer = await browser(idle_app).post("/auth/token", data=_ANNA)
    assert answer.status_code == 200
    assert bearer(answer)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_who_renews_waits_for_who_signs_them_out_and_holds_nothing_meanwhile(
    idle_app: RunningApp,
) -> None:
    await idle_app.add_user("anna")
    page = browser(idle_app)
    (await page.post("/auth/token", data=_ANNA)).raise_for_status()
    token = "SELECT 1 FROM refresh_tokens WHERE session_id = :id FOR UPDATE NOWAIT"

    async with idle_app.runtime.database.write() as unit:
        last = text("SELECT id FROM sessions ORDER BY created_at DESC LIMIT 1 FOR UPDATE")
        session_id = (await unit.session.execute(last)).scalar_one()
        renewing = asyncio.create_task(page.post("/auth/refresh"))
        await until(lambda: somebody_waits(idle_app.runtime.database))
        assert (await unit.session.execute(text(token), {"id": session_id})).scalar_one() == 1

    assert (await renewing).status_code == 200
