"""What somebody would try by hand: other people's ids, forged tokens, addresses, sites and files."""

import asyncio
import base64
import hashlib
import hmac
import json
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect

from app.core.settings import Settings
from tests.api.test_batch_import import links, video_ids
from tests.support.server import PASSWORD, Client, ProgressSocket, RunningApp, running_app

# All that is tried is refused before the database is asked, or is one of the rules it knows by heart.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
UNAUTHENTICATED = 4401


def part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def claims_of(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims


def signed_with(key: str, claims: dict[str, Any]) -> str:
    text = f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}"
    mac = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


@ON_SQLITE
async def test_a_token_that_was_changed_or_made_elsewhere_names_nobody(
    idle_app: RunningApp, idle_client: Client
) -> None:
    stranger = await idle_app.add_user("fremd")
    claims = claims_of(stranger.token)
    owner = {**claims, "sub": claims_of(idle_client.token)["sub"]}
    head, _, signature = stranger.token.split(".")
    forged = [
        f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(owner)}.",
        f"{part({'alg': 'nOnE', 'typ': 'JWT'})}.{part(owner)}.{signature}",
        f"{part({'alg': 'RS256', 'typ': 'JWT'})}.{part(owner)}.{signature}",
        f"{part({'alg': 'HS256', 'kid': '../../dev/null', 'typ': 'JWT'})}.{part(owner)}.{signature}",
        f"{head}.{part(owner)}.{signature}",
        f"{head}.{part({**claims, 'exp': claims['exp'] + 10**6})}.{signature}",
        signed_with("", owner),
        signed_with("secret", owner),
        base64.urlsafe_b64encode(b"[" * 18_000).decode() + ".e30.x",
    ]

    for token in forged:
        answer = await idle_client.http.get("/lists", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), token[:80]


@ON_SQLITE
async def test_a_page_of_another_site_gets_nothing_from_the_socket_nor_by_the_cookie(
    idle_app: RunningApp,
) -> None:
    """Browsers send cookies along with sockets of any site: ours proves nothing there."""
    async with httpx.AsyncClient(base_url=f"{idle_app.url}/api") as http:
        form = {"username": "owner", "password": PASSWORD}
        signed_in = await http.post("/auth/token", data=form)
        cookies = "; ".join(f"{name}={value}" for name, value in signed_in.cookies.items())
        assert "samesite=strict" in signed_in.headers["set-cookie"].lower()
        for path in ("/lists", "/auth/me", "/export"):
            headers = {"Cookie": cookies, "Origin": "https://evil.example"}
            assert (await http.get(path, headers=headers)).status_code == 401
        asked = await http.options(
            "/lists",
            headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
        )
        assert "access-control-allow-origin" not in asked.headers
    address = idle_app.url.replace("http://", "ws://") + "/api/ws/progress"
    headers = {"Cookie": cookies, "Origin": "https://evil.example"}
    async with connect(address, additional_headers=headers, proxy=None) as socket:
        await socket.send(json.dumps({"type": "auth", "token": ""}))
        assert await ProgressSocket(socket).closing_code() == UNAUTHENTICATED


@ON_SQLITE
@pytest.mark.parametrize("host", ["evil.example", "[", "[::1", "a b", "x@127.0.0.1", "", "\xff"])
async def test_what_a_request_calls_us_is_never_repeated_and_breaks_nothing(
    idle_app: RunningApp, host: str
) -> None:
    for path, expected in (("/metrics", {200, 400, 403}), ("/api/lists", {400, 401})):
        status, answer = await raw_request(idle_app, path, host)
        assert status in expected, (path, status)
        assert b"evil" not in answer


async def raw_request(app: RunningApp, path: str, host: str) -> tuple[int, bytes]:
    name, port = app.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(name, int(port))
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    writer.write(request.encode("latin-1"))
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return int(answer.split(b" ", 2)[1]), answer


@ON_SQLITE
@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/icons/%2fetc%2fpasswd",
        "//etc/passwd",
        "/link.txt",
        "/folder/secret.txt",
    ],
)
async def test_no_address_and_no_link_in_the_page_leads_out_of_it(
    settings: Settings, path: str
) -> None:
    page = settings.frontend_dir
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<title>Videothek")
    (page.parent / "secret.txt").write_text("geheim")
    async with running_app(settings, with_workers=False) as app:
        # What is put there later is not served either: the files are listed once, at the start.
        (page / "link.txt").symlink_to(page.parent / "secret.txt")
        (page / "folder").symlink_to(page.parent)
        name, port = app.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(name, int(port))
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
    assert b"geheim" not in answer
    assert b"root:" not in answer


@ON_SQLITE
async def test_nobody_is_asked_but_youtube_whatever_the_link_says(
    client: Client,
) -> None:
    """Of a link only the id goes on; the hosts are the program's own."""
    (youtube_id,) = video_ids(1)
    listening = await asyncio.start_server(lambda *_: pytest.fail("was asked"), "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    inside = f"http://127.0.0.1:{port}"
    text = "\n".join(
        [
            f"{inside}/watch?v={youtube_id}",
            f"http://www.youtube.com@127.0.0.1:{port}/watch?v={youtube_id}",
            f"http://169.254.169.254/latest/meta-data?x=youtube.com/watch?v={youtube_id}",
            f"file:///etc/passwd?youtu.be/{youtube_id}",
            f"https://www.youtube.com/redirect?q={inside}/{youtube_id}",
            f"https://www.youtube.com/oembed?url={inside}/",
            f"https://youtu.be/{youtube_id}?next={inside}",
        ]
    )

    accepted = await client.batch({"text": text})
    follow = await client.http.put(f"/lists/{client.list_id}/follow", json={"url": inside})
    await client.until_settled()
    listening.close()
    await listening.wait_closed()

    assert accepted.json()["counts"]["new"] == 1
    assert follow.status_code == 422
    assert {video["youtube_id"] for video in await client.videos()} == {youtube_id}


@ON_SQLITE
async def test_ids_and_cursors_of_somebody_else_open_nothing(idle_app: RunningApp) -> None:
    owner = await idle_app.sign_in()
    stranger = await idle_app.add_user("fremd")
    imported = (await owner.batch({"text": links(video_ids(6))})).json()
    theirs = [video["id"] for video in await owner.videos()]
    page = {"limit": 2}
    of_videos = (await owner.http.get(f"/lists/{owner.list_id}/videos", params=page)).json()
    of_items = (await owner.http.get(f"/imports/{imported['import_id']}/items", params=page)).json()

    cursor = {"cursor": of_videos["next_cursor"]}
    own = await stranger.http.get(f"/lists/{stranger.list_id}/videos", params=cursor)
    assert (own.status_code, own.json()["items"]) == (200, [])
    cursor = {"cursor": of_items["next_cursor"]}
    items = await stranger.http.get(f"/imports/{imported['import_id']}/items", params=cursor)
    assert items.status_code == 404
    for path, body in (
        ("/videos/move", {"video_ids": theirs, "list_id": stranger.list_id}),
        ("/videos/copy", {"video_ids": theirs, "list_id": stranger.list_id}),
        ("/videos/remove", {"video_ids": theirs}),
        ("/videos/tag", {"video_ids": theirs, "add": ["mein"]}),
        ("/videos/retry", {"video_ids": theirs}),
        ("/imports", {"text": links(video_ids(1)), "list_id": owner.list_id}),
        (f"/lists/{stranger.list_id}/merge", {"into_list_id": owner.list_id}),
        (f"/lists/{owner.list_id}/merge", {"into_list_id": stranger.list_id}),
    ):
        answer = await stranger.http.post(path, json=body)
        said = set(answer.json().values()) if answer.is_success else {0}
        assert answer.is_success or answer.status_code == 404, (path, answer.status_code)
        assert said <= {0}, (path, answer.json())
    assert [video["id"] for video in await owner.videos()] == theirs
    assert await stranger.videos() == []


@ON_SQLITE
async def test_a_name_with_line_breaks_stays_within_its_header(idle_client: Client) -> None:
    created = await idle_client.http.post(
        "/lists", json={"name": "a\r\nSet-Cookie: x=1\r\n\r\n<script>\u2028"}
    )
    list_id = created.json()["id"]

    answer = await idle_client.http.get("/export", params={"list_id": list_id, "format": "csv"})

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "\n" not in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@ON_SQLITE
async def test_no_token_is_taken_from_an_address(idle_app: RunningApp, idle_client: Client) -> None:
    """Addresses stand in histories and in logs of proxies."""
    made = await idle_client.http.post("/tokens", json={"name": "t", "scope": "read"})
    async with httpx.AsyncClient(base_url=f"{idle_app.url}/api") as http:
        for token in (idle_client.token, made.json()["token"]):
            for name in ("token", "access_token", "bearer", "Authorization", "api_key"):
                answer = await http.get("/lists", params={name: token})
                assert answer.status_code == 401, name
