"""Tokens for other tools: what each may do, and that a revoked one may do nothing."""

import asyncio
import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from app.core.settings import Settings
from app.main import create_app
from app.models import ApiToken, TokenScope
from app.repositories import api_tokens
from app.services.token_service import Permission, may
from tests.api.test_batch_import import video_ids
from tests.api.test_import_life import ON_SQLITE
from tests.support.server import Client, RunningApp, progress_socket, until

OPEN = {
    ("POST", "/api/auth/token"),
    ("POST", "/api/auth/link"),
    ("POST", "/api/auth/invite"),
    ("POST", "/api/auth/invite/look"),
    ("POST", "/api/auth/refresh"),
    ("POST", "/api/auth/logout"),
    ("GET", "/api/auth/ways"),
    ("POST", "/api/auth/proxy"),
    ("POST", "/api/auth/oidc/begin"),
    ("POST", "/api/auth/oidc/finish"),
    ("GET", "/api/health"),
    ("GET", "/api/thumbnails/{youtube_id}.jpg"),
}
NEEDED = {
    "see": {
        ("GET", "/api/lists"),
        ("GET", "/api/lanes"),
        ("GET", "/api/lanes/history"),
        ("GET", "/api/transcription"),
        ("GET", "/api/imports"),
        ("GET", "/api/imports/{import_id}"),
        ("GET", "/api/imports/{import_id}/items"),
        ("GET", "/api/imports/{import_id}/report.csv"),
    },
    "read": {
        ("GET", "/api/lists/{list_id}/videos"),
        ("GET", "/api/videos/{video_id}"),
        ("GET", "/api/videos/{video_id}/enrichment"),
        ("GET", "/api/videos/{video_id}/captions.vtt"),
        ("GET", "/api/videos/{video_id}/captions.srt"),
        ("GET", "/api/videos/{video_id}/transcript.txt"),
        ("GET", "/api/videos/{video_id}/transcript.md"),
        ("GET", "/api/videos/{video_id}/transcript.json"),
        ("GET", "/api/videos/{video_id}/neighbours"),
        ("POST", "/api/videos/transcripts"),
        ("GET", "/api/search"),
        ("GET", "/api/search/choices"),
        ("GET", "/api/saved-searches"),
        ("GET", "/api/tags"),
        ("GET", "/api/export"),
    },
    "add": {
        ("POST", "/api/lists/{list_id}/videos"),
        ("POST", "/api/lists/{list_id}/videos/batch"),
        ("POST", "/api/imports"),
        ("POST", "/api/imports/preview"),
    },
    "change": {
        ("POST", "/api/lists"),
        ("PATCH", "/api/lists/{list_id}"),
        ("DELETE", "/api/lists/{list_id}"),
        ("PUT", "/api/lists/{list_id}/follow"),
        ("POST", "/api/lists/{list_id}/follow/check"),
        ("DELETE", "/api/lists/{list_id}/follow"),
        ("POST", "/api/lists/{list_id}/merge"),
        ("PATCH", "/api/videos/{video_id}"),
        ("PUT", "/api/videos/{video_id}/position"),
        ("POST", "/api/videos/tag"),
        ("POST", "/api/videos/copy"),
        ("POST", "/api/saved-searches"),
        ("PATCH", "/api/saved-searches/{search_id}"),
        ("DELETE", "/api/saved-searches/{search_id}"),
        ("DELETE", "/api/videos/{video_id}"),
        ("POST", "/api/videos/{video_id}/enrichment/retry"),
        ("POST", "/api/videos/remove"),
        ("POST", "/api/videos/retry"),
        ("POST", "/api/videos/transcribe"),
        ("POST", "/api/videos/{video_id}/transcription"),
        ("DELETE", "/api/videos/{video_id}/transcription"),
        ("POST", "/api/imports/{import_id}/transcribe"),
        ("POST", "/api/videos/move"),
        ("POST", "/api/imports/{import_id}/pause"),
        ("POST", "/api/imports/{import_id}/resume"),
        ("POST", "/api/imports/{import_id}/cancel"),
        ("POST", "/api/imports/{import_id}/retry-failed"),
        ("POST", "/api/imports/{import_id}/undo"),
    },
    "account": {
        ("GET", "/api/auth/me"),
        ("POST", "/api/auth/password"),
        ("GET", "/api/auth/sessions"),
        ("DELETE", "/api/auth/sessions"),
        ("DELETE", "/api/auth/sessions/{session_id}"),
        ("GET", "/api/auth/identities"),
        ("POST", "/api/auth/identities"),
        ("POST", "/api/auth/identities/begin"),
        ("DELETE", "/api/auth/identities/{identity_id}"),
        ("GET", "/api/users"),
        ("DELETE", "/api/users/{user_id}"),
        ("POST", "/api/users/{user_id}/link"),
        ("GET", "/api/users/invitations"),
        ("POST", "/api/users/invitations"),
        ("DELETE", "/api/users/invitations/{invitation_id}"),
        ("GET", "/api/tokens"),
        ("POST", "/api/tokens"),
        ("GET", "/api/lists/{list_id}/shares"),
        ("PUT", "/api/lists/{list_id}/shares/{with_user_id}"),
        ("DELETE", "/api/lists/{list_id}/shares/{with_user_id}"),
        ("DELETE", "/api/tokens/{token_id}"),
    },
}


async def make(client: Client, scope: str = "add", name: str = "Werkzeug") -> dict[str, Any]:
    answer = await client.http.post("/tokens", json={"name": name, "scope": scope})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def tool(app: RunningApp, token: str) -> httpx.AsyncClient:
    """Another program that knows nothing but a token."""
    headers = {"Authorization": f"Bearer {token}"}
    http = httpx.AsyncClient(base_url=f"{app.url}/api", headers=headers, trust_env=False)
    app.clients.append(http)
    return http


def documented_needs(document: dict[str, Any]) -> dict[tuple[str, str], str | None]:
    """What each route says that it needs."""
    needs: dict[tuple[str, str], str | None] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            scopes = [
                scope
                for security in operation.get("security", [])
                for names in security.values()
                for scope in names
            ]
            assert len(scopes) <= 1, (method, path)
            needs[method.upper(), path] = scopes[0] if scopes else None
    return needs


def test_every_route_says_what_it_needs() -> None:
    document = create_app(Settings(), with_workers=False).openapi()

    expected = dict.fromkeys(OPEN) | {
        route: need for need, routes in NEEDED.items() for route in routes
    }
    assert documented_needs(document) == expected
    flows = document["components"]["securitySchemes"]["OAuth2PasswordBearer"]["flows"]
    assert set(flows["password"]["scopes"]) == set(Permission)


@pytest.mark.parametrize(
    ("scope", "granted"),
    [
        ("add", {"see", "add"}),
        ("read", {"see", "read"}),
        ("full", {"see", "read", "add", "change"}),
    ],
)
@ON_SQLITE
async def test_a_token_may_do_what_its_scope_says_and_nothing_else(
    idle_client: Client, idle_app: RunningApp, scope: str, granted: set[str]
) -> None:
    http = tool(idle_app, (await make(idle_client, scope))["token"])
    for need, routes in NEEDED.items():
        assert may(TokenScope(scope), Permission(need)) == (need in granted)
        for method, path in routes:
            url = idle_app.url + re.sub(r"{\w+}", "x", path)
            answer = await http.request(method, url, json={} if method != "GET" else None)
            if need in granted:
                assert answer.status_code not in (401, 403), (method, path)
            else:
                assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), path
                assert answer.json()["message"] == "This token may not do that."


async def test_a_token_adds_videos_until_it_is_revoked(
    idle_client: Client, idle_app: RunningApp
) -> None:
    made = await make(idle_client, name="Lesezeichen")
    assert made["token"].startswith("vt_")
    assert len(made["token"]) > 40
    http = tool(idle_app, made["token"])
    first, second = video_ids(2)

    added = await http.post(f"/lists/{idle_client.list_id}/videos", json={"url": first})
    assert added.status_code == 201
    assert [video["youtube_id"] for video in await idle_client.videos()] == [first]

    assert (await idle_client.http.delete(f"/tokens/{made['id']}")).status_code == 204
    refused = await http.post(f"/lists/{idle_client.list_id}/videos", json={"url": second})
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")
    again = await idle_client.http.delete(f"/tokens/{made['id']}")
    assert (again.status_code, again.json()["code"]) == (404, "token_not_found")


async def test_the_secret_is_shown_once_and_stored_only_as_a_hash(
    idle_client: Client, idle_app: RunningApp
) -> None:
    made = [await make(idle_client, scope, name=f"Nr. {scope}") for scope in ("add", "read")]

    listed = (await idle_client.http.get("/tokens")).json()

    newest_first = [{k: v for k, v in one.items() if k != "token"} for one in reversed(made)]
    assert listed == newest_first
    async with idle_app.runtime.database.read() as session:
        rows = (await session.scalars(select(ApiToken))).all()
    for row in rows:
        stored = {str(getattr(row, column.name)) for column in ApiToken.__table__.columns}
        assert not any(one["token"] in value for one in made for value in stored)


async def test_tokens_of_others_can_be_neither_seen_nor_revoked(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    made = await make(owner, "full")

    assert (await stranger.http.get("/tokens")).json() == []
    answer = await stranger.http.delete(f"/tokens/{made['id']}")
    assert (answer.status_code, answer.json()["code"]) == (404, "token_not_found")
    theirs = tool(idle_app, made["token"])
    assert [row["id"] for row in (await theirs.get("/lists")).json()] == [owner.list_id]


async def test_when_a_token_was_used_last_is_noted_once_a_minute_beside_the_request(
    idle_client: Client, idle_app: RunningApp
) -> None:
    made = await make(idle_client)
    http = tool(idle_app, made["token"])

    async def last_used() -> datetime | None:
        (row,) = (await idle_client.http.get("/tokens")).json()
        return datetime.fromisoformat(row["last_used_at"]) if row["last_used_at"] else None

    assert await last_used() is None
    await asyncio.gather(*(http.get("/lists") for _ in range(5)))
    first = await until(last_used)
    assert abs(datetime.now(UTC) - first) < timedelta(seconds=20)
    await http.get("/lists")
    await idle_app.runtime.tokens.close()
    assert await last_used() == first
    async with idle_app.runtime.database.write() as unit:
        await unit.session.execute(
            update(ApiToken).values(last_used_at=first - timedelta(minutes=2))
        )
    await http.get("/lists")

    async def noted_again() -> bool | None:
        at = await last_used()
        return (at is not None and at >= first) or None

    assert await until(noted_again)


@ON_SQLITE
async def test_a_request_does_not_fail_when_its_tokens_use_can_not_be_noted(
    idle_client: Client,
    idle_app: RunningApp,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(*_arguments: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    monkeypatch.setattr(api_tokens, "note_use", broken)
    http = tool(idle_app, (await make(idle_client))["token"])

    with caplog.at_level(logging.WARNING):
        assert (await http.get("/lists")).status_code == 200
        await idle_app.runtime.tokens.close()
    assert "could not be noted" in caplog.text


@ON_SQLITE
async def test_the_progress_socket_takes_sign_ins_only(
    idle_client: Client, idle_app: RunningApp
) -> None:
    made = await make(idle_client, "full")
    async with progress_socket(idle_app.url, made["token"]) as socket:
        await socket._socket.wait_closed()
        assert socket._socket.close_code == 4401


@ON_SQLITE
async def test_what_only_looks_like_a_token_is_nobodys(
    idle_client: Client, idle_app: RunningApp
) -> None:
    made = await make(idle_client, "full")
    for token in ("vt_", "vt_x", made["token"][:-1], made["token"] + "x", made["token"][3:]):
        answer = await tool(idle_app, token).get("/lists")
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), token
    for body in ({"name": ""}, {"name": "x" * 101}, {"name": "a\x00"}, {"name": "x", "scope": "?"}):
        answer = await idle_client.http.post("/tokens", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
