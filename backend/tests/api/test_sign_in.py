"""Signing in: passwords, one-time links, the refresh cookie."""

import asyncio
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import httpx
import pytest

from app.core.errors import VideothekError
from app.core.identifiers import new_id
from app.core.security import hash_password
from app.core.settings import Settings
from app.models import User
from app.repositories import users
from app.services import auth_service
from app.services.accounts import people
from tests.support.server import PASSWORD, RunningApp


class InAMinute(datetime):
    """A clock that is a minute fast."""

    seconds = 60

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) + timedelta(seconds=cls.seconds)


def browser(app: RunningApp) -> httpx.AsyncClient:
    client = httpx.AsyncClient(base_url=f"{app.url}/api", trust_env=False)
    app.clients.append(client)
    return client


async def test_a_password_gives_a_token_that_opens_the_library(idle_app: RunningApp) -> None:
    http = browser(idle_app)
    answer = await http.post("/auth/token", data={"username": "owner", "password": PASSWORD})

    assert answer.status_code == 200
    assert answer.json()["token_type"] == "bearer"
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    me = (await http.get("/auth/me", headers=headers)).json()
    assert (me["username"], me["has_password"]) == ("owner", True)
    assert len((await http.get("/lists", headers=headers)).json()) == 1


async def test_a_name_that_begins_with_an_umlaut_is_found_again(idle_app: RunningApp) -> None:
    await idle_app.add_user("Özlem")

    for written in ("Özlem", "özlem", "ÖZLEM"):
        await idle_app.sign_in(written)
    with pytest.raises(VideothekError, match="username_taken"):
        await idle_app.add_user("öZLEM")


@pytest.mark.parametrize("other", ["\u017fammy", "\uff33ammy", "SAMMY", "\U0001d412ammy"])
async def test_a_name_that_comes_down_to_somebody_elses_is_taken(
    idle_app: RunningApp, other: str
) -> None:
    await idle_app.add_user("Sammy")

    with pytest.raises(VideothekError, match="username_taken"):
        await idle_app.add_user(other)


async def test_two_from_before_names_were_compared_so_come_in_each_to_their_own(
    idle_app: RunningApp,
) -> None:
    for name in ("Sammy", "\u017fammy"):
        async with idle_app.runtime.database.write() as unit:
            row = User(
                id=new_id(),
                username=name,
                password_hash=hash_password(f"the secret of {name}"),
                created_at=datetime.now(UTC),
            )
            unit.session.add(row)

    http = browser(idle_app)
    for name, written in (("Sammy", "sammy"), ("Sammy", "Sammy"), ("\u017fammy", "\u017fammy")):
        form = {"username": written, "password": f"the secret of {name}"}
        assert (await http.post("/auth/token", data=form)).status_code == 200


# SQLite has one writer, who is alone.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_of_two_who_take_a_name_at_once_in_other_letters_one_gets_it(
    idle_app: RunningApp,
) -> None:
    async def take(name: str) -> bool:
        async with idle_app.runtime.database.write() as unit:
            try:
                await people.create_user(unit, name, None)
            except VideothekError:
                return False
            await asyncio.sleep(0.3)
            return True

    names = ("Änne", "ÄNNE", "änne")
    assert sorted(await asyncio.gather(*map(take, names))) == [False, False, True]


@pytest.mark.parametrize(("name", "password"), [("owner", "falsch"), ("niemand", PASSWORD)])
async def test_a_wrong_name_or_password_is_refused_with_the_same_words(
    idle_app: RunningApp, name: str, password: str
) -> None:
    answer = await browser(idle_app).post(
        "/auth/token", data={"username": name, "password": password}
    )

    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")


async def new_link(app: RunningApp, *, anywhere: bool = False, with_password: bool = False) -> str:
    """A sign-in code for the owner, who has no password unless told otherwise."""
    async with app.runtime.database.write() as unit:
        owner = await app.runtime.auth.ensure_owner(unit)
        if not with_password:
            await users.set_password(unit.session, owner.id, None)
        return await app.runtime.auth.create_link(unit, owner.id, is_for_anywhere=anywhere)


async def test_a_one_time_link_works_once(idle_app: RunningApp) -> None:
    code = await new_link(idle_app)
    http = browser(idle_app)

    assert (await http.post("/auth/link", json={"code": code})).status_code == 200
    second = await http.post("/auth/link", json={"code": code})
    assert (second.status_code, second.json()["code"]) == (401, "link_expired")


async def test_a_link_is_good_for_a_quarter_of_an_hour(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = await new_link(idle_app)
    monkeypatch.setattr(InAMinute, "seconds", 15 * 60 + 1)
    monkeypatch.setattr(auth_service, "datetime", InAMinute)

    answer = await browser(idle_app).post("/auth/link", json={"code": code})

    assert (answer.status_code, answer.json()["code"]) == (401, "link_expired")


async def test_a_link_is_nothing_beside_a_password(idle_app: RunningApp) -> None:
    code = await new_link(idle_app, with_password=True, anywhere=True)

    answer = await browser(idle_app).post("/auth/link", json={"code": code})

    assert (answer.status_code, answer.json()["code"]) == (401, "link_expired")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "198.51.100.7"},
        {"Forwarded": "for=198.51.100.7"},
        {"Via": "1.1 somewhere"},
        {"Host": "videothek.example"},
    ],
)
async def test_a_link_lets_in_from_this_machine_only_unless_asked_otherwise(
    idle_app: RunningApp, headers: dict[str, str]
) -> None:
    here, anywhere = await new_link(idle_app), await new_link(idle_app, anywhere=True)
    http = browser(idle_app)

    refused = await http.post("/auth/link", json={"code": here}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "link_only_here")
    assert (
        await http.post("/auth/link", json={"code": anywhere}, headers=headers)
    ).status_code == 200
    # It was not used up.
    assert (await http.post("/auth/link", json={"code": here})).status_code == 200


async def test_a_reload_stays_signed_in_through_a_cookie_that_changes_each_time(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = browser(idle_app)
    signed_in = await http.post("/auth/token", data={"username": "owner", "password": PASSWORD})
    cookie = signed_in.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/api/auth" in cookie
    first = http.cookies["videothek_refresh"]

    assert (await http.post("/auth/refresh")).status_code == 200
    assert http.cookies["videothek_refresh"] != first
    old = browser(idle_app)
    old.cookies.set("videothek_refresh", first)
    assert (await old.post("/auth/refresh")).status_code == 200, "a second tab was as quick"
    stale = browser(idle_app)
    stale.cookies.set("videothek_refresh", first)
    monkeypatch.setattr(auth_service, "datetime", InAMinute)
    assert (await stale.post("/auth/refresh")).status_code == 401
    monkeypatch.undo()

    assert (await http.post("/auth/logout")).status_code == 204
    assert (await http.post("/auth/refresh")).status_code == 401


async def test_nothing_but_what_is_open_answers_without_a_token(idle_app: RunningApp) -> None:
    http = browser(idle_app)
    document = (await http.get("/openapi.json")).json()
    is_open = {
        "/api/health",
        "/api/auth/token",
        "/api/auth/link",
        "/api/auth/refresh",
        "/api/auth/logout",
        "/api/auth/invite",
        "/api/auth/invite/look",
        "/api/auth/ways",
        "/api/auth/proxy",
        "/api/auth/oidc/begin",
        "/api/auth/oidc/finish",
    }
    for path, methods in document["paths"].items():
        for method in methods:
            if path in is_open or path.startswith("/api/thumbnails/"):
                continue
            url = idle_app.url + re.sub(r"{\w+}", "x", path)
            answer = await http.request(method, url, json={})
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), path


async def test_a_token_of_another_installation_is_refused(idle_app: RunningApp) -> None:
    forged = (
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ4IiwiZXhwIjo5OTk5OTk5OTk5fQ."
        "c2lnbmF0dXJlLW9mLXNvbWVib2R5LWVsc2UtZW50aXJlbHk"
    )
    answer = await browser(idle_app).get("/lists", headers={"Authorization": f"Bearer {forged}"})

    assert answer.status_code == 401


def test_the_command_prints_a_link_that_was_not_there_before(
    database_url: str, tmp_path: Path
) -> None:
    def link() -> str:
        return subprocess.run(
            [sys.executable, "-m", "app.cli", "users", "link"],
            env={
                "VIDEOTHEK_DATABASE_URL": database_url,
                "VIDEOTHEK_DATA_DIR": str(tmp_path),
                "VIDEOTHEK_PUBLIC_URL": "https://videothek.example/",
            },
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    first, second = link(), link()
    assert re.fullmatch(r"https://videothek\.example/#code=[\w-]{40,}", first)
    assert first != second


def test_a_host_may_hand_out_the_plain_form_of_a_database_address() -> None:
    for url in ("postgresql://u@h/db", "postgres://u@h/db"):
        assert Settings(database_url=url).resolved_database_url == "postgresql+psycopg://u@h/db"
    assert (
        Settings(database_url="sqlite:///x.db").resolved_database_url == "sqlite+aiosqlite:///x.db"
    )
