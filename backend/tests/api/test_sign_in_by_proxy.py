"""A proxy names people in a header: believed if it is the one that is meant, and nobody else ever."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from app.core.settings import Settings
from app.main import create_app
from app.repositories import users
from tests.api.test_accounts import NEW_PASSWORD, bearer, invite, said
from tests.api.test_sign_in import browser
from tests.support.server import PASSWORD, OnlyApp, RunningApp, running_app

pytestmark = pytest.mark.any_database

HEADER = "Remote-User"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"proxy_user_header": HEADER, "trusted_proxies": "127.0.0.1"})


async def knock(
    app: RunningApp, *names: str, more: Sequence[tuple[str, str]] = ()
) -> httpx.Response:
    """Come in with the header, as often as there are names."""
    named = [*((HEADER, name) for name in names), *more]
    headers = [(name.encode(), value.encode()) for name, value in named]
    return await browser(app).post("/auth/proxy", headers=headers)


async def known_member(app: RunningApp, name: str) -> None:
    """Somebody whom the proxy named when they signed in."""
    await app.add_user(name)
    async with app.runtime.database.write() as unit:
        user = await users.by_name(unit.session, name)
        assert user is not None
        user.is_known_to_proxy = True


async def name_of(app: RunningApp, answer: httpx.Response) -> str:
    me = await browser(app).get("/auth/me", headers=bearer(answer))
    return str(me.json()["username"])


async def with_settings(settings: Settings, **changes: Any) -> AsyncIterator[RunningApp]:
    changed = settings.model_copy(update=changes)
    async with running_app(changed, with_workers=False) as running:
        yield running


@pytest.fixture
async def open_house(settings: Settings) -> AsyncIterator[RunningApp]:
    async for running in with_settings(settings, proxy_creates_members=True):
        yield running


@pytest.fixture
async def owners(settings: Settings) -> AsyncIterator[RunningApp]:
    async for running in with_settings(settings, proxy_owner="chef", proxy_creates_members=True):
        yield running


@pytest.fixture
async def far_away(settings: Settings) -> AsyncIterator[RunningApp]:
    """The proxy is another machine; what the tests send comes from somebody else."""
    async for running in with_settings(
        settings, trusted_proxies="203.0.113.7, 2001:db8::/32", proxy_creates_members=True
    ):
        yield running


async def test_whom_the_proxy_names_is_signed_in(idle_app: RunningApp) -> None:
    await known_member(idle_app, "Anna")

    answer = await knock(idle_app, "anna")

    assert answer.status_code == 200
    assert await name_of(idle_app, answer) == "Anna"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert said(await knock(idle_app, "berta")) == (403, "no_account_here")
    assert said(await knock(idle_app)) == (403, "way_not_offered")


async def invited_as(
    app: RunningApp, name: str, headers: dict[str, str] | None = None
) -> httpx.Response:
    code = await invite(await app.sign_in())
    body = {"code": code, "username": name, "password": NEW_PASSWORD}
    return await browser(app).post("/auth/invite", json=body, headers=headers)


@pytest.mark.parametrize("named", [None, "mallory"])
async def test_an_invited_person_who_takes_a_name_of_the_proxys_gets_nobody_elses_visits(
    open_house: RunningApp, named: str | None
) -> None:
    made = await invited_as(open_house, "Carla", {HEADER: named} if named else None)
    assert made.status_code == 201

    assert said(await knock(open_house, "carla")) == (409, "account_not_proven")


async def test_whoever_accepts_an_invitation_through_the_proxy_by_their_name_there_comes_in_by_it(
    idle_app: RunningApp,
) -> None:
    assert (await invited_as(idle_app, "Carla", {HEADER: "carla"})).status_code == 201

    assert await name_of(idle_app, await knock(idle_app, "carla")) == "Carla"


async def test_whoever_signs_in_once_through_the_proxy_comes_in_by_it_from_then_on(
    idle_app: RunningApp,
) -> None:
    await idle_app.add_user("anna")
    form = {"username": "anna", "password": PASSWORD}
    http = browser(idle_app)
    for named in ("berta", None, "\u00e4nna"):
        headers = {HEADER: named.encode()} if named else {}
        assert (await http.post("/auth/token", data=form, headers=headers)).status_code == 200
        assert said(await knock(idle_app, "anna")) == (409, "account_not_proven")
    wrong = {"username": "anna", "password": "falsch"}
    assert (await http.post("/auth/token", data=wrong, headers={HEADER: "anna"})).status_code == 401
    assert said(await knock(idle_app, "anna")) == (409, "account_not_proven")

    right = await http.post("/auth/token", data=form, headers={HEADER: "anna"})

    assert right.status_code == 200
    assert await name_of(idle_app, await knock(idle_app, "anna")) == "anna"


async def test_the_page_is_told_whom_the_proxy_names(idle_app: RunningApp) -> None:
    http = browser(idle_app)

    named = (await http.get("/auth/ways", headers={HEADER: "anna"})).json()

    assert (named["proxy"], named["link"], named["provider"]) == ("anna", False, None)
    assert (await http.get("/auth/ways")).json()["proxy"] is None


async def test_the_owner_is_never_found_by_a_name_alone(open_house: RunningApp) -> None:
    for name in ("owner", "Owner", "OWNER"):
        assert said(await knock(open_house, name)) == (409, "username_taken")


async def test_the_settings_say_who_is_the_owner(owners: RunningApp) -> None:
    answer = await knock(owners, "chef")

    assert await name_of(owners, answer) == "owner"
    # In the very same letters.
    assert await name_of(owners, await knock(owners, "Chef")) == "Chef"


async def test_an_unknown_name_becomes_a_member_where_that_is_wanted(
    open_house: RunningApp,
) -> None:
    answers = [await knock(open_house, "Jürgen"), await knock(open_house, "Jürgen")]

    for answer in answers:
        me = (await browser(open_house).get("/auth/me", headers=bearer(answer))).json()
        assert (me["username"], me["role"], me["has_password"]) == ("Jürgen", "member", False)


@pytest.mark.parametrize("name", ["<b>", "a, b", "anna,berta", "-", "a  b", "x" * 61])
async def test_a_name_that_will_not_do_makes_no_member(open_house: RunningApp, name: str) -> None:
    assert said(await knock(open_house, name)) == (422, "invalid_username")


@pytest.mark.parametrize("name", ["", "x" * 101, "a\tb", "a\u202eb"])
async def test_a_name_that_is_none_names_nobody(open_house: RunningApp, name: str) -> None:
    assert said(await knock(open_house, name)) == (403, "way_not_offered")


async def test_letters_that_look_alike_are_another_name(open_house: RunningApp) -> None:
    await open_house.add_user("kurt")

    assert said(await knock(open_house, "\u212aurt")) == (409, "username_taken")


async def test_nobody_but_the_named_proxy_is_believed(far_away: RunningApp) -> None:
    await known_member(far_away, "anna")

    assert said(await knock(far_away, "anna")) == (403, "way_not_offered")
    ways = await browser(far_away).get("/auth/ways", headers={HEADER: "anna"})
    assert (ways.json()["proxy"], ways.json()["link"]) == (None, False)


@pytest.mark.parametrize(
    "more",
    [
        ("X-Forwarded-For", "203.0.113.7"),
        ("X-Forwarded-For", "203.0.113.7, 203.0.113.7"),
        ("X-Forwarded-For", "2001:db8::1"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("Forwarded", "for=203.0.113.7"),
        ("X-Real-IP", "203.0.113.7"),
    ],
)
async def test_whoever_says_they_come_from_the_proxy_is_not_believed_though_loopback_may_forward(
    far_away: RunningApp, more: tuple[str, str]
) -> None:
    await known_member(far_away, "anna")

    assert said(await knock(far_away, "anna", more=[more])) == (403, "way_not_offered")


async def test_all_that_may_forward_are_not_believed_either(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    async for app in with_settings(settings, trusted_proxies="203.0.113.7"):
        await known_member(app, "anna")
        answer = await knock(app, "anna", more=[("X-Forwarded-For", "203.0.113.7")])
        assert said(answer) == (403, "way_not_offered")


async def test_a_real_proxy_that_says_whom_it_forwards_for_is_believed(
    idle_app: RunningApp,
) -> None:
    await known_member(idle_app, "anna")

    answer = await knock(idle_app, "anna", more=[("X-Forwarded-For", "198.51.100.9")])

    shown = await browser(idle_app).get("/auth/sessions", headers=bearer(answer))
    assert [one["address"] for one in shown.json() if one["is_current"]] == ["198.51.100.9"]


@pytest.mark.parametrize(
    "names",
    [
        [(HEADER, "anna"), (HEADER, "owner")],
        [(HEADER, "anna"), (HEADER, "anna")],
        [(HEADER, "anna"), ("remote-user", "anna")],
        [(HEADER, "anna"), ("Remote_User", "berta")],
        [("Remote_User", "anna")],
    ],
)
async def test_a_header_that_comes_twice_or_in_another_spelling_names_nobody(
    idle_app: RunningApp, names: list[tuple[str, str]]
) -> None:
    await known_member(idle_app, "anna")

    answer = await browser(idle_app).post("/auth/proxy", headers=names)

    assert said(answer) == (403, "way_not_offered")


async def test_an_application_that_does_not_know_who_is_connected_believes_no_proxy(
    settings: Settings,
) -> None:
    """As when somebody starts it with uvicorn's own command, which rewrites the address."""
    app = create_app(settings, with_workers=False)
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://x/api") as http,
    ):
        answer = await http.post("/auth/proxy", headers={HEADER: "owner"})
    assert said(answer) == (403, "way_not_offered")
    assert uvicorn.Config(app).proxy_headers, "that is what it does unless it is told not to"


async def test_without_the_setting_the_header_means_nothing(settings: Settings) -> None:
    async for app in with_settings(settings, proxy_user_header=""):
        await known_member(app, "anna")
        assert said(await knock(app, "anna")) == (403, "way_not_offered")


async def test_a_browser_stays_in_as_long_as_the_proxy_names_the_same_person(
    idle_app: RunningApp,
) -> None:
    for name in ("anna", "berta"):
        await known_member(idle_app, name)
    as_anna = {HEADER: "anna"}
    http = browser(idle_app)
    assert (await http.post("/auth/proxy", headers=as_anna)).status_code == 200
    renewed = await http.post("/auth/refresh", headers=as_anna)
    assert renewed.status_code == 200

    # Somebody else sits down at it, and is let in by the proxy.
    assert (await http.post("/auth/refresh", headers={HEADER: "berta"})).status_code == 401

    assert (await http.post("/auth/refresh", headers=as_anna)).status_code == 401
    assert (await http.get("/lists", headers=bearer(renewed))).status_code == 401
    assert (await http.post("/auth/proxy", headers=as_anna)).status_code == 200
    assert (await http.post("/auth/refresh")).status_code == 401, "around the proxy"


async def test_whoever_came_in_with_a_password_stays_in_whatever_the_proxy_says(
    idle_app: RunningApp,
) -> None:
    client = await idle_app.sign_in()

    answer = await client.http.post("/auth/refresh", headers={HEADER: "anna"})

    assert answer.status_code == 200


async def test_a_link_for_this_machine_is_not_good_through_the_proxy(
    idle_app: RunningApp,
) -> None:
    async with idle_app.runtime.database.write() as unit:
        user = await idle_app.runtime.auth.ensure_owner(unit)
        user.password_hash = None
        code = await idle_app.runtime.auth.create_link(unit, user.id)

    answer = await browser(idle_app).post(
        "/auth/link", json={"code": code}, headers={HEADER: "anna"}
    )

    assert said(answer) == (403, "link_only_here")


@pytest.mark.parametrize(
    ("trusted", "expected"),
    [("203.0.113.7", (403, "way_not_offered")), ("127.0.0.1", (403, "no_account_here"))],
)
async def test_the_server_that_people_start_looks_at_who_is_really_connected(
    tmp_path: Path, trusted: str, expected: tuple[int, str]
) -> None:
    process = OnlyApp(
        tmp_path, VIDEOTHEK_PROXY_USER_HEADER=HEADER, VIDEOTHEK_TRUSTED_PROXIES=trusted
    )
    headers = {HEADER: "anna", "X-Forwarded-For": "203.0.113.7"}
    with process:
        await process.start()
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.post(f"{process.url}/api/auth/proxy", headers=headers)
    assert said(answer) == expected
