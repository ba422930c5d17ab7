"""Signing in at an OpenID Connect provider."""

import asyncio
from urllib.parse import parse_qs, urlsplit

import pytest

from standin.provider import StandInProvider
from tests.api.test_accounts import NEW_PASSWORD, bearer, said
from tests.api.test_sign_in import browser
from tests.support.provider import come_in, link, name_of
from tests.support.server import PASSWORD, Client, RunningApp

pytestmark = pytest.mark.any_database


async def test_the_owner_links_their_account_and_comes_in_by_it(
    idle_app: RunningApp, idle_client: Client
) -> None:
    assert said(await come_in(idle_app)) == (403, "no_account_here")

    linked = await link(idle_client)

    assert linked.status_code == 201
    shown = (await idle_client.http.get("/auth/identities")).json()
    assert [(one["shown_name"], one["issuer"], one["is_offered"]) for one in shown] == [
        ("anna", idle_app.settings.oidc_issuer, True)
    ]
    assert "4711" not in str(shown)
    answer = await come_in(idle_app)
    assert answer.status_code == 200
    assert "SameSite=strict" in str(answer.headers)
    assert await name_of(idle_app, answer) == "owner"
    assert (await link(idle_client)).status_code == 201, "once more changes nothing"
    assert len((await idle_client.http.get("/auth/identities")).json()) == 1


async def test_the_ways_are_told_before_anybody_is_signed_in(idle_app: RunningApp) -> None:
    ways = (await browser(idle_app).get("/auth/ways")).json()

    assert ways == {"password": True, "link": True, "provider": "Vereinskonto", "proxy": None}


async def test_what_the_browser_keeps_meanwhile_is_out_of_reach_for_pages_and_short_lived(
    idle_app: RunningApp, provider: StandInProvider
) -> None:
    answer = await browser(idle_app).post("/auth/oidc/begin")

    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=lax", "Path=/api/auth", "Max-Age=600"):
        assert part in cookie
    asked = parse_qs(urlsplit(answer.json()["address"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/signed-in"]
    kept = cookie.split(";")[0].partition("=")[2]
    assert not any(value[0] in kept for name, value in asked.items() if name != "client_id")
    assert answer.json()["address"].startswith(f"{provider.url}/authorize?")


async def test_a_name_at_the_provider_never_opens_somebody_elses_account(
    open_house: RunningApp, provider: StandInProvider
) -> None:
    await open_house.add_user("anna")
    for number, name in enumerate(["owner", "OWNER", "anna", "Anna"]):
        provider.person = {
            "sub": f"mallory-{number}",
            "preferred_username": name,
            "email": "owner@videothek.example",
            "email_verified": True,
        }
        assert said(await come_in(open_house)) == (409, "account_not_linked")


async def test_whoever_the_provider_knows_becomes_a_member_where_that_is_wanted(
    open_house: RunningApp, provider: StandInProvider
) -> None:
    answers = [await come_in(open_house), await come_in(open_house)]

    assert [await name_of(open_house, answer) for answer in answers] == ["anna", "anna"]
    me = (await browser(open_house).get("/auth/me", headers=bearer(answers[0]))).json()
    assert (me["role"], me["has_password"]) == ("member", False)
    # Another name at the provider, the same person.
    provider.person["preferred_username"] = "berta"
    assert await name_of(open_house, await come_in(open_house)) == "anna"
    provider.person = {"sub": "4712", "preferred_username": "<b>", "name": "Carl Öhlund"}
    assert await name_of(open_house, await come_in(open_house)) == "Carl Öhlund"
    provider.person = {"sub": "4713"}
    assert said(await come_in(open_house)) == (422, "invalid_username")


async def test_of_two_who_come_for_the_first_time_at_once_one_account_is_made(
    open_house: RunningApp,
) -> None:
    answers = await asyncio.gather(*(come_in(open_house) for _ in range(3)))

    assert {answer.status_code for answer in answers} <= {200, 409}
    owner = await open_house.sign_in()
    assert len((await owner.http.get("/users")).json()) == 2


async def test_one_name_at_the_provider_belongs_to_one_account(
    idle_app: RunningApp, idle_client: Client
) -> None:
    berta = await idle_app.add_user("berta")
    assert (await link(berta)).status_code == 201

    assert said(await link(idle_client)) == (409, "identity_taken")


async def test_what_is_linked_can_be_let_go_and_whoever_came_in_by_it_is_signed_out(
    idle_app: RunningApp, idle_client: Client
) -> None:
    identity = (await link(idle_client)).json()
    other = await come_in(idle_app)
    stranger = await idle_app.add_user("berta")
    address = f"/auth/identities/{identity['id']}"

    assert said(await stranger.http.delete(address)) == (404, "identity_not_found")
    assert (await idle_client.http.delete(address)).status_code == 204

    assert said(await come_in(idle_app)) == (403, "no_account_here")
    lists = await browser(idle_app).get("/lists", headers=bearer(other))
    assert lists.status_code == 401
    assert (await idle_client.http.get("/lists")).status_code == 200
    assert said(await idle_client.http.delete(address)) == (404, "identity_not_found")


async def test_a_link_from_the_owner_closes_what_a_member_had_linked(
    idle_app: RunningApp, idle_client: Client
) -> None:
    berta = await idle_app.add_user("berta")
    await link(berta)
    berta_id = (await berta.http.get("/auth/me")).json()["id"]

    assert (await idle_client.http.post(f"/users/{berta_id}/link")).status_code == 201

    assert said(await come_in(idle_app)) == (403, "no_account_here")


async def test_passwords_and_the_provider_go_together(
    idle_app: RunningApp, idle_client: Client
) -> None:
    await link(idle_client)
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert (await idle_client.http.post("/auth/password", json=change)).status_code == 204

    assert (await come_in(idle_app)).status_code == 200
    await idle_app.sign_in(password=NEW_PASSWORD)
