"""The built page, signed pictures, health, lists, and what does not exist."""

import asyncio
from pathlib import Path

import httpx
import pytest

from app.core.settings import Settings
from standin.server import StandIn
from tests.support.server import Client, RunningApp, running_app

# What YouTube or a browser says is the same whatever keeps it.
pytestmark = pytest.mark.any_database

VIDEO = "dQw4w9WgXcQ"


async def test_a_picture_is_fetched_once_and_only_with_its_signature(
    idle_client: Client, idle_app: RunningApp, standin: StandIn
) -> None:
    url = idle_app.url + (await idle_client.add(VIDEO)).json()["thumbnail_url"]
    async with httpx.AsyncClient() as anybody:
        answers = await asyncio.gather(*(anybody.get(url) for _ in range(5)))
        assert {answer.status_code for answer in answers} == {200}
        assert answers[0].content.startswith(b"\xff\xd8")
        assert "immutable" in answers[0].headers["cache-control"]
        assert standin.counts()["total"] == {"thumbnail": 1}

        for wrong in (
            url.split("?")[0],
            url[:-1] + ("0" if url[-1] != "0" else "1"),
            url.replace(VIDEO, "aaaaaaaaaaa"),
            f"{idle_app.url}/api/thumbnails/..%2f..%2fetc%2fpasswd.jpg?sig=x",
        ):
            assert (await anybody.get(wrong)).status_code == 404
    assert standin.counts()["total"] == {"thumbnail": 1}


async def test_a_picture_that_cannot_be_had_now_is_asked_for_again_later(
    idle_client: Client, idle_app: RunningApp, standin: StandIn
) -> None:
    url = idle_app.url + (await idle_client.add(VIDEO)).json()["thumbnail_url"]
    standin.add_fault(kind="thumbnail", fault="status_500", count=1)
    async with httpx.AsyncClient() as anybody:
        assert (await anybody.get(url)).status_code == 404
        assert (await anybody.get(url)).status_code == 200


async def test_every_address_of_the_page_is_the_page_and_files_are_files(
    settings: Settings, tmp_path: Path
) -> None:
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>Videothek</title>")
    (page / "assets" / "main-abc.js").write_text("export {}")
    (page / "icons").mkdir()
    (page / "icons" / "icon-192.png").write_bytes(b"\x89PNG")
    (page / "manifest.webmanifest").write_text("{}")
    (tmp_path / "secret.txt").write_text("geheim")
    async with (
        running_app(settings, with_workers=False) as app,
        httpx.AsyncClient(base_url=app.url) as http,
    ):
        for path in ("/", "/videos/123", "/lists/x?t=5", "/share?text=https://youtu.be/x"):
            answer = await http.get(path)
            assert "<title>Videothek" in answer.text
            assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
            assert answer.headers["cache-control"] == "no-cache"
            head = await http.head(path)
            assert (head.status_code, head.text) == (200, "")
            assert head.headers["content-length"] == answer.headers["content-length"]
        script = await http.get("/assets/main-abc.js")
        assert script.headers["content-type"].startswith("text/javascript")
        assert "immutable" in script.headers["cache-control"]
        # Of an older build: not the page, which is no script.
        assert (await http.get("/assets/main-old.js")).status_code == 404
        manifest = await http.get("/manifest.webmanifest")
        assert manifest.headers["content-type"].startswith("application/manifest+json")
        assert manifest.headers["cache-control"] == "no-cache"
        icon = await http.get("/icons/icon-192.png")
        assert icon.headers["content-type"] == "image/png"
        assert icon.headers["cache-control"] == "public, max-age=86400"
        assert "geheim" not in (await http.get("/%2e%2e/secret.txt")).text


async def test_what_the_api_does_not_have_is_answered_as_json(idle_app: RunningApp) -> None:
    async with httpx.AsyncClient(base_url=idle_app.url) as http:
        missing = await http.get("/api/nothing/here", headers={"Accept-Language": "de"})
        assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
        assert missing.json()["message"] == "Das gibt es hier nicht."
        health = await http.get("/api/health")
        assert (health.status_code, health.json()) == (200, {"status": "ok"})


async def test_lists_are_made_renamed_and_deleted_with_their_videos(idle_client: Client) -> None:
    made = await idle_client.http.post("/lists", json={"name": "  Neue   Liste "})
    assert made.status_code == 201
    list_id = made.json()["id"]
    empty = {
        "id": list_id,
        "name": "Neue Liste",
        "video_count": 0,
        "follow": None,
        "access": "owner",
        "owner_name": None,
        "share_count": 0,
    }
    assert made.json() == empty
    await idle_client.add(VIDEO, list_id)

    renamed = await idle_client.http.patch(f"/lists/{list_id}", json={"name": "Anders"})
    assert renamed.json() == {**empty, "name": "Anders", "video_count": 1}
    assert (await idle_client.http.delete(f"/lists/{list_id}")).status_code == 204
    assert (await idle_client.http.get(f"/lists/{list_id}/videos")).status_code == 404
    assert [row["id"] for row in (await idle_client.http.get("/lists")).json()] == [
        idle_client.list_id
    ]
    for name in ("", "   ", "x" * 201, "a\x00b", "\u200b\u202e", "\u3164"):
        bad = await idle_client.http.post("/lists", json={"name": name})
        assert (bad.status_code, bad.json()["code"]) == (422, "invalid_request")
