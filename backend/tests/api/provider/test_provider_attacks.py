"""Everything that somebody could try with a sign-in at a provider, and a provider that lies."""

import base64
import hashlib
import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from app.services.accounts import flows
from standin.provider import CLIENT_ID, CLIENT_SECRET, Lies, StandInProvider
from tests.api.test_accounts import said
from tests.api.test_sign_in import browser
from tests.support.provider import (
    FLOW_COOKIE,
    RETURN_ADDRESS,
    Returned,
    come_in,
    finish,
    leave,
)
from tests.support.server import Client, RunningApp

pytestmark = pytest.mark.any_database


async def test_a_forged_state_is_refused_before_the_provider_is_asked(
    open_house: RunningApp, provider: StandInProvider
) -> None:
    http = browser(open_house)
    returned = await leave(http)
    asked = len(provider.paths)

    for state in ("x", "in.x", f"link.{returned.state[3:]}", returned.state[:-1], "in." + "0" * 64):
        forged = Returned(returned.code, state)
        assert said(await finish(http, forged)) == (403, "sign_in_failed")
    assert said(await finish(browser(open_house), returned)) == (403, "sign_in_failed")
    assert len(provider.paths) == asked
    assert (
        await http.post("/auth/oidc/finish", json={"code": "x", "state": "ä"})
    ).status_code == 422


async def test_what_a_stranger_came_back_with_signs_nobody_else_in(open_house: RunningApp) -> None:
    attacker, victim = browser(open_house), browser(open_house)
    theirs = await leave(attacker)
    await leave(victim)

    assert said(await finish(victim, theirs)) == (403, "sign_in_failed")
    assert (await finish(attacker, theirs)).status_code == 200


async def test_a_code_of_somebody_else_is_worth_nothing_with_ones_own_state(
    open_house: RunningApp,
) -> None:
    attacker, victim = browser(open_house), browser(open_house)
    stolen, own = await leave(victim), await leave(attacker)

    injected = Returned(stolen.code, own.state)
    assert said(await finish(attacker, injected)) == (403, "sign_in_failed")


async def test_what_somebody_came_back_with_is_good_once(
    open_house: RunningApp, provider: StandInProvider
) -> None:
    http = browser(open_house)
    returned = await leave(http)
    kept = http.cookies[FLOW_COOKIE]
    assert (await finish(http, returned)).status_code == 200
    assert FLOW_COOKIE not in http.cookies

    again = browser(open_house)
    again.cookies.set(FLOW_COOKIE, kept)
    assert said(await finish(again, returned)) == (403, "sign_in_failed")
    # Not even with a fresh code for the same state.
    code = await fresh_code(provider, returned.state, kept)
    assert said(await finish(again, Returned(code, returned.state))) == (403, "sign_in_failed")


async def fresh_code(provider: StandInProvider, state: str, kept: str) -> str:
    secret, expires, _ = kept.split(".")
    flow = flows._flow(secret, flows.Purpose.SIGN_IN, int(expires))
    assert flow.state == state
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(
            f"{provider.url}/authorize",
            params={
                "client_id": CLIENT_ID,
                "response_type": "code",
                "redirect_uri": RETURN_ADDRESS,
                "state": state,
                "nonce": flow.nonce,
                "code_challenge": challenge_of(flow.verifier),
                "code_challenge_method": "S256",
            },
        )
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


def challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


async def test_linking_is_for_the_person_who_began_it(
    idle_app: RunningApp, idle_client: Client
) -> None:
    berta = await idle_app.add_user("berta")
    returned = await leave(idle_client.http, "/auth/identities/begin")
    kept = idle_client.http.cookies[FLOW_COOKIE]

    berta.http.cookies.set(FLOW_COOKIE, kept)
    answer = await berta.http.post("/auth/identities", json=returned.body)
    assert said(answer) == (403, "sign_in_failed")
    # What was begun to link does not sign in, and the other way round.
    assert said(await finish(idle_client.http, returned)) == (403, "sign_in_failed")
    begun = await leave(idle_client.http)
    answer = await idle_client.http.post("/auth/identities", json=begun.body)
    assert said(answer) == (403, "sign_in_failed")


async def test_a_sign_in_that_takes_too_long_has_to_begin_anew(
    open_house: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = browser(open_house)
    returned = await leave(http)
    kept = open_house.runtime.doors._flows
    monkeypatch.setattr(kept, "_clock", lambda: 1e10 - 1)

    assert said(await finish(http, returned)) == (403, "sign_in_failed")


@pytest.mark.parametrize(
    "lies",
    [
        Lies(claims={"nonce": "another"}),
        Lies(claims={"nonce": None}),
        Lies(claims={"aud": "another-client"}),
        Lies(claims={"aud": ["another-client", CLIENT_ID]}),
        Lies(claims={"aud": None}),
        Lies(claims={"azp": "another-client"}),
        Lies(claims={"iss": "https://accounts.evil.example"}),
        Lies(claims={"iss": None}),
        Lies(claims={"exp": 1_000_000_000}),
        Lies(claims={"exp": None}),
        Lies(claims={"exp": "soon"}),
        Lies(claims={"nbf": 9_999_999_999}),
        Lies(claims={"iat": 9_999_999_999}),
        Lies(claims={"sub": None}),
        Lies(claims={"sub": 4711}),
        Lies(claims={"sub": ""}),
        Lies(claims={"sub": "x" * 256}),
        Lies(claims={"at_hash": "of-another-token"}),
        Lies(algorithm="none"),
        Lies(algorithm="HS256"),
        Lies(algorithm="stranger"),
        Lies(kid="nobodys"),
    ],
    ids=str,
)
async def test_a_token_that_is_not_right_in_everything_lets_nobody_in(
    open_house: RunningApp, provider: StandInProvider, lies: Lies
) -> None:
    assert (await come_in(open_house)).status_code == 200
    provider.lies = lies

    assert said(await come_in(open_house)) == (403, "sign_in_failed")


async def test_a_provider_may_change_its_key(
    open_house: RunningApp, provider: StandInProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await come_in(open_house)).status_code == 200
    provider.change_key()
    assert said(await come_in(open_house)) == (403, "sign_in_failed"), "not asked again so soon"
    at_provider: Any = open_house.runtime.doors._provider
    monkeypatch.setattr(at_provider, "_keys", (at_provider._keys[0] - 61, at_provider._keys[1]))

    assert (await come_in(open_house)).status_code == 200


async def test_a_key_that_the_provider_never_had_is_asked_for_and_refused(
    open_house: RunningApp, provider: StandInProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await come_in(open_house)).status_code == 200
    at_provider: Any = open_house.runtime.doors._provider
    monkeypatch.setattr(at_provider, "_keys", (at_provider._keys[0] - 61, at_provider._keys[1]))
    provider.lies = Lies(kid="nobodys")

    assert said(await come_in(open_house)) == (403, "sign_in_failed")
    assert provider.paths.count("/keys") == 2


async def test_a_provider_that_does_not_name_its_keys_is_understood(
    open_house: RunningApp, provider: StandInProvider
) -> None:
    provider.lies = Lies(nameless_keys=True)
    assert (await come_in(open_house)).status_code == 200
    provider.lies = Lies(nameless_keys=True, algorithm="stranger")
    assert said(await come_in(open_house)) == (403, "sign_in_failed")


async def test_what_a_provider_says_of_itself_is_asked_for_once(
    open_house: RunningApp, provider: StandInProvider
) -> None:
    for _ in range(3):
        assert (await come_in(open_house)).status_code == 200

    assert provider.paths.count("/.well-known/openid-configuration") == 1
    assert provider.paths.count("/keys") == 1


@pytest.mark.parametrize(
    "lies",
    [
        Lies(down=True),
        Lies(body=b"<html>"),
        Lies(body=b"[]"),
        Lies(body=b"{" * 100_000),
        Lies(body=b"x" * 600_000),
        Lies(configuration={"issuer": "https://accounts.evil.example"}),
        Lies(configuration={"token_endpoint": "http://accounts.evil.example/token"}),
        Lies(configuration={"authorization_endpoint": "javascript:alert(1)"}),
        Lies(configuration={"authorization_endpoint": "https://id.example/?ä"}),
        Lies(configuration={"token_endpoint": "https://id exa\u0000mple/"}),
        Lies(configuration={"jwks_uri": None}),
    ],
    ids=lambda lies: str(lies.configuration or lies.body or "down")[:60],
)
async def test_a_provider_that_is_down_or_talks_nonsense_is_said_plainly_and_passwords_go_on(
    idle_app: RunningApp, provider: StandInProvider, lies: Lies
) -> None:
    provider.lies = lies

    answer = await browser(idle_app).post("/auth/oidc/begin", headers={"Accept-Language": "de"})

    assert said(answer) == (503, "provider_down")
    assert "Passwort" in answer.json()["message"]
    await idle_app.sign_in()
    # Many at once do not all wait for it.
    for _ in range(5):
        await browser(idle_app).post("/auth/oidc/begin")
    assert len(provider.paths) == 1


async def test_a_provider_that_goes_away_in_the_middle_is_said_plainly(
    open_house: RunningApp, provider: StandInProvider
) -> None:
    http = browser(open_house)
    returned = await leave(http)
    provider.lies = Lies(down=True)

    assert said(await finish(http, returned)) == (503, "provider_down")


async def test_no_secret_of_a_sign_in_stands_in_the_log(
    idle_app: RunningApp, caplog: pytest.LogCaptureFixture, provider: StandInProvider
) -> None:
    provider.lies = Lies(claims={"nonce": "another"})
    http = browser(idle_app)
    with caplog.at_level(logging.DEBUG, "app"):
        returned = await leave(http)
        kept = http.cookies[FLOW_COOKIE]
        await finish(http, returned)

    logged = "\n".join(record.getMessage() for record in caplog.records if "app" in record.name)
    assert "is not believed" in logged
    for secret in (returned.code, returned.state, kept.split(".")[0], CLIENT_SECRET):
        assert secret not in logged


async def test_another_site_can_begin_and_finish_nothing(open_house: RunningApp) -> None:
    http = browser(open_house)
    returned = await leave(http)

    for path in ("/auth/oidc/begin", "/auth/oidc/finish", "/auth/proxy"):
        answer = await http.post(path, json=returned.body, headers={"Sec-Fetch-Site": "cross-site"})
        assert said(answer) == (403, "not_allowed")


async def test_a_return_address_of_somebody_elses_choosing_is_ignored(
    open_house: RunningApp,
) -> None:
    http = browser(open_house)
    for more in (
        {"params": {"redirect_uri": "https://evil.example", "next": "https://evil.example"}},
        {"headers": {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}},
    ):
        address = (await http.post("/auth/oidc/begin", **more)).json()["address"]
        assert "evil" not in address
    answer = await finish(http, await leave(http))
    assert (answer.status_code, set(answer.json())) == (
        200,
        {"access_token", "token_type", "expires_in"},
    )


async def test_who_tries_again_and_again_is_slowed_down(idle_app: RunningApp) -> None:
    http = browser(idle_app)
    returned = await leave(http)

    answers = [await finish(http, Returned(f"x{n}", returned.state)) for n in range(35)]

    assert said(answers[0]) == (403, "sign_in_failed")
    assert said(answers[-1]) == (429, "too_many_sign_ins")
