"""What nobody may take too much of: each limit ends with an answer that says which it was."""

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from app.api import limits
from app.core.settings import Settings
from app.main import create_app
from app.services.load.rates import RequestRate
from app.services.load.turns import Turns
from tests.api.test_batch_import import links, video_ids
from tests.support.server import Client, RunningApp, running_app

pytestmark = pytest.mark.any_database

JSON = {"Content-Type": "application/json"}


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def replace_load(app: RunningApp, **parts: Any) -> None:
    """Give an application that runs other bounds."""
    for name, part in parts.items():
        object.__setattr__(app.runtime.load, name, part)


async def chunks(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 100_000):
        yield body[start : start + 100_000]


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


# -- size ----------------------------------------------------------------------------------------


async def test_a_body_that_is_no_upload_ends_at_a_megabyte(idle_client: Client) -> None:
    body = json.dumps({"name": "x" * 1_000_000}).encode()
    declared = await idle_client.http.post("/lists", content=body, headers=JSON)
    streamed = await idle_client.http.post("/lists", content=chunks(body), headers=JSON)

    assert said(declared) == said(streamed) == (413, "payload_too_large")


async def test_ten_thousand_ids_are_no_body_that_is_too_large(idle_client: Client) -> None:
    ids = ["0199f0a0-0000-7000-8000-000000000000"] * 10_000
    answer = await idle_client.http.post("/videos/remove", json={"video_ids": ids})

    assert answer.status_code == 200


def test_the_addresses_that_take_files_are_those_that_say_so() -> None:
    paths = create_app(Settings(), with_workers=False).openapi()["paths"]
    taking = {
        path
        for path, methods in paths.items()
        for route in methods.values()
        if "multipart/form-data" in route.get("requestBody", {}).get("content", {})
    }

    assert taking
    assert taking == {path for path in paths if limits.UPLOADS.fullmatch(path)}


def test_whatever_takes_a_body_says_that_it_may_be_too_large_too_slow_or_too_much_at_once() -> None:
    paths = create_app(Settings(), with_workers=False).openapi()["paths"]
    taking = {
        f"{method} {path}": set(route["responses"])
        for path, methods in paths.items()
        for method, route in methods.items()
        if "requestBody" in route
    }

    assert taking
    assert [name for name, said in taking.items() if not {"408", "413", "503"} <= said] == []


async def test_bodies_of_all_together_hold_only_so_much(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_HELD_BYTES", 100_000)
    client = await idle_app.sign_in()
    body = json.dumps({"name": "x" * 150_000}).encode()
    small = {"name": "x" * 10_000}

    refused = await client.http.post("/lists", content=body, headers=JSON)
    assert said(refused) == (503, "too_busy")
    assert refused.headers["retry-after"] == "5"
    # Small ones always go through, and what was refused holds nothing any more.
    assert said(await client.http.post("/lists", json=small)) == (422, "invalid_request")
    again = {"name": "x" * 50_000}
    for _ in range(4):
        assert said(await client.http.post("/lists", json=again)) == (422, "invalid_request")


# -- time ----------------------------------------------------------------------------------------


async def test_a_body_that_trickles_is_ended_with_a_code(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_GRACE_SECONDS", 0.3)
    client = await idle_app.sign_in()
    form = "application/x-www-form-urlencoded"
    for path in ("/api/lists", "/api/imports", "/api/auth/token"):
        kind = form if path.endswith("token") else JSON["Content-Type"]
        reader, writer = await asyncio.open_connection(
            *idle_app.url.removeprefix("http://").split(":")
        )
        head = (
            f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\n"
            f"Authorization: Bearer {client.token}\r\nContent-Length: 90000\r\n\r\n"
        )
        writer.write(head.encode() + b'{"text": "')
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        assert answer.startswith(b"HTTP/1.1 408 "), path
        assert b'"request_too_slow"' in answer, path


async def test_a_slow_body_that_keeps_coming_is_taken(
    idle_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_GRACE_SECONDS", 0.3)
    body = json.dumps({"text": links(video_ids(1)) + "\n" + " " * 20_000}).encode()

    async def slowly() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 2000):
            yield body[start : start + 2000]
            await asyncio.sleep(0.1)

    answer = await idle_client.http.post("/imports", content=slowly(), headers=JSON)

    assert answer.status_code == 201


# -- uploads -------------------------------------------------------------------------------------


async def test_an_upload_that_finds_no_turn_is_told_so_and_was_not_read(
    idle_app: RunningApp,
) -> None:
    client = await idle_app.sign_in()
    busy = Turns(capacity=10, per_person=10, wait_seconds=0.2)
    replace_load(idle_app, large_uploads=busy)
    content = b"https://youtu.be/abcdefghij8\n" * 100_000
    async with busy.turn("somebody else", 10):
        refused = await client.http.post("/imports/preview", files={"file": ("a", content)})
        small = await client.http.post("/imports/preview", json={"text": links(video_ids(3))})

    assert said(refused) == (503, "too_busy")
    assert refused.headers["retry-after"] == "1"
    assert small.status_code == 200
    assert busy.used == 0


async def test_a_large_text_is_read_like_a_small_one(idle_client: Client) -> None:
    ids = video_ids(50)
    row = "Ein langer Text: " * 2000
    text = "\n".join(f"{row} \ud83d https://youtu.be/{video_id}" for video_id in ids)
    body = json.dumps({"text": text, "new_list_name": "Neu", "skip": [0]})
    assert len(body) > 1_000_000

    answer = await idle_client.http.post("/imports", content=body, headers=JSON)

    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert found["counts"]["new"] == 49
    assert [video["youtube_id"] for video in found["videos"]] == ids[1:]
    lists = (await idle_client.http.get("/lists")).json()
    assert found["videos"][0]["list_id"] in [each["id"] for each in lists if each["name"] == "Neu"]


@pytest.mark.parametrize(
    "body",
    [
        '{"text": 1, "x": "%s"}',
        '{"urls": [1], "x": "%s"}',
        '{"x": "%s"}',
        '["%s"]',
        '{"text": "%s"',
        '{"text": "youtu.be/abcdefghij8", "groups": ["a"], "x": "%s"}',
        '{"text": "a", "urls": [], "x": "%s"}',
    ],
    ids=lambda body: body[:30],
)
async def test_a_large_body_that_is_none_of_ours_is_malformed(
    idle_client: Client, body: str
) -> None:
    sent = body % ("x" * 1_000_001)
    answer = await idle_client.http.post("/imports", content=sent, headers=JSON)

    assert said(answer) == (422, "invalid_request")


async def test_too_many_lines_of_a_large_archive_come_with_their_groups(
    idle_client: Client,
) -> None:
    ids = video_ids(12_000)
    archive = zipped(
        {"Eins.txt": links(ids[:6000]).encode(), "Zwei.txt": links(ids[6000:]).encode()}
    )
    form = {"file": ("alles.zip", archive)}

    refused = await idle_client.http.post("/imports/preview", files=form)
    assert said(refused) == (413, "too_many_items")
    assert [group["name"] for group in refused.json()["groups"]] == ["Eins", "Zwei"]
    assert "10,000" in refused.json()["message"]

    chosen = await idle_client.http.post(
        "/imports/preview", files=form, data={"options": json.dumps({"groups": [1]})}
    )
    assert chosen.status_code == 200
    assert [item["youtube_id"] for item in chosen.json()["items"]] == ids[6000:]
    assert chosen.json()["format"] == "archive"


async def test_a_bomb_is_refused_and_one_within_an_archive_stays_closed(
    idle_client: Client,
) -> None:
    bomb = zipped({"a.txt": b"0" * 60_000_000})
    flat = await idle_client.http.post("/imports/preview", files={"file": ("a.zip", bomb)})
    within = {"file": ("a.zip", zipped({"b.zip": bomb, "c.txt": links(video_ids(1)).encode()}))}
    nested = await idle_client.http.post("/imports/preview", files=within)

    assert said(flat) == (413, "archive_too_large")
    assert [item["reason_code"] for item in nested.json()["items"]] == ["unreadable", None]


async def test_what_takes_too_much_memory_or_time_is_refused_and_the_process_is_gone(
    settings: Settings,
) -> None:
    content = ("😀 https://youtu.be/abcdefghij8\n" * 500_000).encode()
    limited = settings.model_copy(update={"import_max_memory_bytes": 80_000_000})
    async with running_app(limited, with_workers=False) as app:
        client = await app.sign_in()
        answer = await client.http.post("/imports/preview", files={"file": ("a", content)})
        assert said(answer) == (413, "too_much_to_read")
        again = await client.http.post("/imports/preview", json={"text": links(video_ids(3))})
        assert again.status_code == 200
        assert app.runtime.load.reads.used == app.runtime.load.large_uploads.used == 0


# -- requests per minute -------------------------------------------------------------------------


async def test_costly_requests_of_one_person_are_counted_and_of_another_are_not(
    idle_app: RunningApp,
) -> None:
    client, other = await idle_app.sign_in(), await idle_app.add_user("fremd")
    made = await client.http.post("/tokens", json={"name": "Werkzeug", "scope": "add"})
    tool = {"Authorization": f"Bearer {made.json()['token']}"}
    import_id = (await client.batch({"urls": video_ids(1)})).json()["import_id"]
    costly = (
        ("GET", "/search?q=a", None),
        ("GET", "/search/choices", None),
        ("GET", "/export", None),
        ("GET", f"/imports/{import_id}/report.csv", None),
        ("POST", "/videos/transcripts", {"video_ids": [], "format": "txt"}),
        ("POST", "/imports/preview", {"urls": video_ids(1)}),
        ("POST", "/imports", {"urls": video_ids(1)}),
        ("POST", f"/lists/{client.list_id}/videos/batch", {"urls": video_ids(1)}),
    )
    for method, path, body in costly:
        replace_load(idle_app, rate=RequestRate(1, lambda: 0.0))
        first = await client.http.request(method, path, json=body)
        assert first.status_code != 429, path
        second = await client.http.request(method, path, json=body)
        assert said(second) == (429, "too_many_requests"), path
        assert second.headers["retry-after"] == "60"
        assert (await other.http.get("/search?q=a")).status_code == 200
        # A tool's token is its person.
        tooled = await client.http.post("/imports", json={"urls": []}, headers=tool)
        assert said(tooled) == (429, "too_many_requests")
    assert (await client.add(video_ids(1, seed=3)[0])).status_code == 201


async def test_what_is_counted_still_needs_the_right_token(idle_app: RunningApp) -> None:
    client = await idle_app.sign_in()
    made = await client.http.post("/tokens", json={"name": "Werkzeug", "scope": "add"})
    tool = {"Authorization": f"Bearer {made.json()['token']}"}

    for path in ("/search?q=a", "/export"):
        assert said(await client.http.get(path, headers=tool)) == (403, "not_allowed")
    nobody = {"Authorization": ""}
    for path in ("/imports", "/imports/preview"):
        answer = await client.http.post(path, json={"urls": []}, headers=nobody)
        assert said(answer) == (401, "unauthenticated")


# -- files that are sent -------------------------------------------------------------------------


async def test_exports_that_nobody_reads_hold_only_that_persons_turns(
    idle_app: RunningApp,
) -> None:
    client = await idle_app.sign_in()
    replace_load(idle_app, files=Turns(capacity=2, per_person=1, wait_seconds=0.2))
    other = await idle_app.add_user("fremd")
    async with idle_app.runtime.load.files.turn((await client.http.get("/auth/me")).json()["id"]):
        refused = await client.http.get("/export")
        assert said(refused) == (503, "too_busy")
        assert (await other.http.get("/export")).status_code == 200
    assert (await client.http.get("/export")).status_code == 200


async def test_the_turn_of_an_export_ends_with_its_last_byte(idle_app: RunningApp) -> None:
    client = await idle_app.sign_in()
    async with client.http.stream("GET", "/export") as answer:
        await answer.aread()
    await asyncio.sleep(0.05)

    assert idle_app.runtime.load.files.used == 0


async def test_one_persons_searches_wait_for_each_other_and_keep_nobody_else(
    idle_app: RunningApp,
) -> None:
    client, other = await idle_app.sign_in(), await idle_app.add_user("fremd")
    replace_load(idle_app, searches=Turns(capacity=2, per_person=1, wait_seconds=0.2))
    me = (await client.http.get("/auth/me")).json()["id"]
    async with idle_app.runtime.load.searches.turn(me):
        assert said(await client.http.get("/search?q=a")) == (503, "too_busy")
        assert (await other.http.get("/search?q=a")).status_code == 200
    assert (await client.http.get("/search?q=a")).status_code == 200
    assert idle_app.runtime.load.searches.used == 0
