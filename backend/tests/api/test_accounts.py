"""Members, invitations, passwords, and the browsers in which somebody is signed in."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.services import auth_service
from app.services.accounts import browsers
from tests.api.test_sign_in import InAMinute, browser
from tests.support.server import PASSWORD, Client, RunningApp, progress_socket

NEW_PASSWORD = "vier kleine Wörter hier"


async def invite(owner: Client, note: str = "") -> str:
    answer = await owner.http.post("/users/invitations", json={"note": note})
    return str(answer.raise_for_status().json()["code"])


async def accept(
    app: RunningApp, code: str, username: str = "Anna", password: str = NEW_PASSWORD
) -> httpx.Response:
    body = {"code": code, "username": username, "password": password}
    return await browser(app).post("/auth/invite", json=body)


def bearer(answer: httpx.Response) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_an_invitation_makes_one_account_with_a_library_of_its_own(
    idle_app: RunningApp, idle_client: Client
) -> None:
    code = await invite(idle_client, "Anna aus dem Chor")
    shown = (await idle_client.http.get("/users/invitations")).json()
    assert [one["note"] for one in shown] == ["Anna aus dem Chor"]
    assert code not in str(shown)
    looked = await browser(idle_app).post("/auth/invite/look", json={"code": code})
    assert looked.json() == {"invited_by": "owner"}

    accepted = await accept(idle_app, code)

    assert accepted.status_code == 201
    http = browser(idle_app)
    me = (await http.get("/auth/me", headers=bearer(accepted))).json()
    assert (me["username"], me["role"], me["has_password"]) == ("Anna", "member", True)
    theirs = (await http.get("/lists", headers=bearer(accepted))).json()
    assert [one["name"] for one in theirs] == ["Videothek"]
    assert theirs[0]["id"] != idle_client.list_id
    assert said(await accept(idle_app, code, "Berta")) == (401, "invitation_expired")
    assert (await idle_client.http.get("/users/invitations")).json() == []
    people = (await idle_client.http.get("/users")).json()
    assert [(one["username"], one["role"]) for one in people] == [
        ("owner", "owner"),
        ("Anna", "member"),
    ]


async def test_of_two_who_come_with_the_same_invitation_one_gets_in(
    idle_app: RunningApp, idle_client: Client
) -> None:
    code = await invite(idle_client)

    answers = await asyncio.gather(*(accept(idle_app, code, f"Gast {n}") for n in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 401, 401, 401]
    assert len((await idle_client.http.get("/users")).json()) == 2


@pytest.mark.parametrize(
    ("username", "password", "expected"),
    [
        ("OWNER", NEW_PASSWORD, (409, "username_taken")),
        ("   ", NEW_PASSWORD, (422, "invalid_username")),
        ("a\u202eb", NEW_PASSWORD, (422, "invalid_username")),
        ("<b>Anna</b>", NEW_PASSWORD, (422, "invalid_username")),
        ("a" * 61, NEW_PASSWORD, (422, "invalid_username")),
        ("Anna", "kurz", (422, "password_too_weak")),
        ("Anna", "aaaaaaaaaaaaaaaa", (422, "password_too_weak")),
        ("Annalena99", "annalena99", (422, "password_too_weak")),
        ("Anna", "x" * 1001, (422, "invalid_request")),
    ],
)
async def test_an_invitation_outlasts_a_name_or_password_that_will_not_do(
    idle_app: RunningApp,
    idle_client: Client,
    username: str,
    password: str,
    expected: tuple[int, str],
) -> None:
    code = await invite(idle_client)

    assert said(await accept(idle_app, code, username, password)) == expected
    assert (await accept(idle_app, code, "Doch")).status_code == 201


async def test_an_invitation_that_was_taken_back_lets_nobody_in(
    idle_app: RunningApp, idle_client: Client
) -> None:
    code = await invite(idle_client)
    (open_one,) = (await idle_client.http.get("/users/invitations")).json()
    address = f"/users/invitations/{open_one['id']}"

    assert (await idle_client.http.delete(address)).status_code == 204

    assert said(await idle_client.http.delete(address)) == (404, "invitation_not_found")
    assert said(await accept(idle_app, code)) == (401, "invitation_expired")


async def test_a_member_can_do_nothing_with_other_people(
    idle_app: RunningApp, idle_client: Client
) -> None:
    anna = await idle_app.add_user("anna")
    owner_id = (await idle_client.http.get("/auth/me")).json()["id"]

    for method, path, body in (
        ("GET", "/users", None),
        ("GET", "/users/invitations", None),
        ("POST", "/users/invitations", {"note": ""}),
        ("DELETE", "/users/invitations/x", None),
        ("POST", f"/users/{owner_id}/link", None),
        ("DELETE", f"/users/{owner_id}", None),
    ):
        assert said(await anna.http.request(method, path, json=body)) == (403, "not_allowed"), path


async def test_the_owner_removes_a_member_with_all_that_was_theirs(
    idle_app: RunningApp, idle_client: Client
) -> None:
    anna = await idle_app.add_user("anna")
    anna_id = (await anna.http.get("/auth/me")).json()["id"]
    await anna.batch({"urls": ["dQw4w9WgXcQ"]})
    other = await idle_client.add("https://youtu.be/dQw4w9WgXcQ")

    assert (await idle_client.http.delete(f"/users/{anna_id}")).status_code == 204

    assert said(await anna.http.get("/lists")) == (401, "unauthenticated")
    assert said(await idle_client.http.delete(f"/users/{anna_id}")) == (404, "user_not_found")
    kept = [video["id"] for video in await idle_client.videos()]
    assert kept == [other.json()["id"]]
    owner_id = (await idle_client.http.get("/auth/me")).json()["id"]
    assert said(await idle_client.http.delete(f"/users/{owner_id}")) == (403, "not_allowed")


async def test_a_member_who_forgot_their_password_comes_back_by_a_link_from_the_owner(
    idle_app: RunningApp, idle_client: Client
) -> None:
    anna = await idle_app.add_user("anna")
    anna_id = (await anna.http.get("/auth/me")).json()["id"]

    link = (await idle_client.http.post(f"/users/{anna_id}/link")).raise_for_status().json()

    assert said(await anna.http.get("/lists")) == (401, "unauthenticated")
    http = browser(idle_app)
    old = await http.post("/auth/token", data={"username": "anna", "password": PASSWORD})
    assert said(old) == (401, "wrong_credentials")
    back = await http.post(
        "/auth/link", json={"code": link["code"]}, headers={"X-Forwarded-For": "198.51.100.7"}
    )
    new = {"new_password": NEW_PASSWORD}
    changed = await http.post("/auth/password", json=new, headers=bearer(back))
    assert changed.status_code == 204
    assert (
        await http.post("/auth/token", data={"username": "anna", "password": NEW_PASSWORD})
    ).status_code == 200


async def test_a_new_password_signs_out_everywhere_but_here(
    idle_app: RunningApp, idle_client: Client
) -> None:
    other = await idle_app.sign_in()
    wrong = {"current_password": "falsch", "new_password": NEW_PASSWORD}
    assert said(await idle_client.http.post("/auth/password", json=wrong)) == (
        403,
        "wrong_credentials",
    )
    missing = {"new_password": NEW_PASSWORD}
    assert (await idle_client.http.post("/auth/password", json=missing)).status_code == 403
    assert (await other.http.get("/lists")).status_code == 200

    body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert (await idle_client.http.post("/auth/password", json=body)).status_code == 204

    assert (await idle_client.http.get("/lists")).status_code == 200
    assert (await other.http.get("/lists")).status_code == 401
    assert (await other.http.post("/auth/refresh")).status_code == 401
    await idle_app.sign_in(password=NEW_PASSWORD)


async def test_signed_in_browsers_can_be_seen_and_ended(
    idle_app: RunningApp, idle_client: Client
) -> None:
    phone = browser(idle_app)
    phone.headers["User-Agent"] = "Ein Telefon"
    signed_in = await phone.post("/auth/token", data={"username": "owner", "password": PASSWORD})
    phone.headers.update(bearer(signed_in))
    stranger = await idle_app.add_user("anna")

    shown = (await idle_client.http.get("/auth/sessions")).json()

    assert (shown[0]["client"], shown[0]["is_current"]) == ("Ein Telefon", False)
    assert [one["is_current"] for one in shown].count(True) == 1
    assert all(one["address"] == "127.0.0.1" for one in shown)
    address = f"/auth/sessions/{shown[0]['id']}"
    assert said(await stranger.http.delete(address)) == (404, "session_not_found")
    assert (await phone.get("/lists")).status_code == 200
    assert (await idle_client.http.delete(address)).status_code == 204
    assert (await phone.get("/lists")).status_code == 401
    assert (await phone.post("/auth/refresh")).status_code == 401
    assert (await idle_client.http.delete(address)).status_code == 404

    others = [await idle_app.sign_in(), await idle_app.sign_in()]
    assert (await idle_client.http.delete("/auth/sessions")).status_code == 204
    assert [(await other.http.get("/lists")).status_code for other in others] == [401, 401]
    assert len((await idle_client.http.get("/auth/sessions")).json()) == 1
    assert (await stranger.http.get("/lists")).status_code == 200


async def test_signing_out_ends_the_access_at_once(idle_app: RunningApp) -> None:
    http = browser(idle_app)
    answer = await http.post("/auth/token", data={"username": "owner", "password": PASSWORD})

    assert (await http.post("/auth/logout")).status_code == 204

    assert (await http.get("/lists", headers=bearer(answer))).status_code == 401


async def test_another_process_notices_within_seconds_that_somebody_was_signed_out(
    idle_app: RunningApp, idle_client: Client
) -> None:
    other = browsers.Browsers(idle_app.runtime.database, clock=lambda: clock)
    clock = 100.0
    who = await idle_app.runtime.auth.identify(idle_client.token)
    assert who.session_id is not None
    await other.check(who.session_id, who.user_id)
    await idle_client.http.post("/auth/logout")

    await other.check(who.session_id, who.user_id)
    clock += browsers.KNOWN_SECONDS
    with pytest.raises(Exception, match="unauthenticated"):
        await other.check(who.session_id, who.user_id)


async def test_a_socket_closes_when_its_browser_is_signed_out(
    idle_app: RunningApp, idle_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.websocket.KNOWN_SECONDS", 0.2)
    async with progress_socket(idle_app.url, idle_client.token) as socket:
        await socket.next()
        await idle_client.http.post("/auth/logout")
        assert await socket.closing_code() == 4401


async def test_a_renewal_that_comes_a_second_time_much_later_signs_both_out(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = browser(idle_app)
    await http.post("/auth/token", data={"username": "owner", "password": PASSWORD})
    stolen = http.cookies["videothek_refresh"]
    renewed = await http.post("/auth/refresh")
    assert renewed.status_code == 200

    thief = browser(idle_app)
    thief.cookies.set("videothek_refresh", stolen)
    monkeypatch.setattr(auth_service, "datetime", InAMinute)
    assert (await thief.post("/auth/refresh")).status_code == 401
    monkeypatch.undo()

    assert (await http.post("/auth/refresh")).status_code == 401
    assert (await http.get("/lists", headers=bearer(renewed))).status_code == 401


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_can_neither_renew_nor_sign_out(idle_app: RunningApp, site: str) -> None:
    http = browser(idle_app)
    await http.post("/auth/token", data={"username": "owner", "password": PASSWORD})

    for path in ("/auth/refresh", "/auth/logout"):
        answer = await http.post(path, headers={"Sec-Fetch-Site": site})
        assert said(answer) == (403, "not_allowed")
    ours = await http.post("/auth/refresh", headers={"Sec-Fetch-Site": "same-origin"})
    assert ours.status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_can_sign_nobody_in(
    idle_app: RunningApp, idle_client: Client, site: str
) -> None:
    """A form of theirs would put a visitor into an account of theirs, who would not notice."""
    code = await invite(idle_client)
    http = browser(idle_app)

    async def send(headers: dict[str, str]) -> list[httpx.Response]:
        new = {"code": code, "username": "Anna", "password": NEW_PASSWORD}
        return [
            await http.post(
                "/auth/token", data={"username": "owner", "password": PASSWORD}, headers=headers
            ),
            await http.post("/auth/link", json={"code": "x"}, headers=headers),
            await http.post("/auth/invite/look", json={"code": code}, headers=headers),
            await http.post("/auth/invite", json=new, headers=headers),
        ]

    foreign = await send({"Sec-Fetch-Site": site})

    assert [said(answer) for answer in foreign] == [(403, "not_allowed")] * 4
    assert not any("set-cookie" in answer.headers for answer in foreign)
    ours = await send({"Sec-Fetch-Site": "same-origin"})
    assert [answer.status_code for answer in ours] == [200, 401, 200, 201]


async def wrong(http: httpx.AsyncClient, username: str = "owner", **more: Any) -> httpx.Response:
    form = {"username": username, "password": "falsch"}
    return await http.post("/auth/token", data=form, **more)


async def test_who_guesses_is_slowed_down_and_told_for_how_long(idle_app: RunningApp) -> None:
    http = browser(idle_app)

    answers = [await wrong(http) for _ in range(12)]

    assert [answer.status_code for answer in answers].count(401) == 10
    assert said(answers[-1]) == (429, "too_many_sign_ins")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    # Whoever knows the password has to wait as well, or a guesser would see that it was right.
    right = await http.post("/auth/token", data={"username": "owner", "password": PASSWORD})
    assert right.status_code == 429


async def test_guessers_with_many_addresses_do_not_lock_out_a_browser_that_was_let_in_before(
    idle_app: RunningApp,
) -> None:
    home = browser(idle_app)
    form = {"username": "owner", "password": PASSWORD}
    assert (await home.post("/auth/token", data=form)).status_code == 200

    for number in range(40):
        await wrong(browser(idle_app), headers={"X-Forwarded-For": f"198.51.100.{number}"})

    elsewhere = {"X-Forwarded-For": "198.51.100.200"}
    strange = await browser(idle_app).post("/auth/token", data=form, headers=elsewhere)
    assert said(strange) == (429, "too_many_sign_ins")
    assert (await home.post("/auth/token", data=form)).status_code == 200
    # Its mark is good for one person only.
    await idle_app.runtime.auth.identify((await home.post("/auth/refresh")).json()["access_token"])
    forged = browser(idle_app)
    forged.cookies.set("videothek_device", "x.y")
    answer = await forged.post("/auth/token", data=form, headers=elsewhere)
    assert answer.status_code == 429


async def test_wrong_codes_are_counted_too(idle_app: RunningApp) -> None:
    http = browser(idle_app)

    answers = [await http.post("/auth/link", json={"code": f"x{n}"}) for n in range(40)]

    assert {answer.status_code for answer in answers} == {401, 429}


def test_the_terminal_gives_somebody_a_new_password(database_url: str, tmp_path: Path) -> None:
    def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "app.cli", "users", *arguments],
            env={"VIDEOTHEK_DATABASE_URL": database_url, "VIDEOTHEK_DATA_DIR": str(tmp_path)},
            input=given,
            check=False,
            capture_output=True,
            text=True,
        )

    assert run("list").stdout.strip() == "owner  (owner)"
    weak = run("password", "--stdin", given="kurz\n")
    assert (weak.returncode, weak.stdout) == (1, "")
    assert "too easy to guess" in weak.stderr
    assert run("password", "--stdin", given=f"{NEW_PASSWORD}\n").returncode == 0
    link = run("link")
    assert link.returncode == 1
    assert "videothek users password owner" in link.stderr
    assert "no user" in run("password", "nobody", "--stdin", given="x\n").stderr
