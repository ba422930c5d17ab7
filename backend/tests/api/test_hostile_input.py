"""What no form sends: NUL, halves of characters, nonsense. Never a 5xx."""

import base64
import json

import pytest

from tests.api.test_batch_import import video_ids
from tests.support.server import Client

NUL = "%00"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/lists/{NUL}/videos"),
        ("POST", f"/lists/{NUL}/videos"),
        ("POST", f"/lists/{NUL}/videos/batch"),
        ("PATCH", f"/lists/{NUL}"),
        ("DELETE", f"/lists/{NUL}"),
        ("GET", f"/videos/{NUL}"),
        ("DELETE", f"/videos/a{NUL}"),
        ("POST", f"/videos/{NUL}/enrichment/retry"),
        ("GET", f"/imports/{NUL}/items"),
    ],
)
async def test_an_address_with_nul_names_nothing(
    idle_client: Client, method: str, path: str
) -> None:
    answer = await idle_client.http.request(
        method, path, json={"name": "x", "url": "x", "text": "x"} if method != "GET" else None
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_question_with_nul_is_a_malformed_request(idle_client: Client) -> None:
    for path in ("/imports?cursor=", "/search?q=", "/search?tag="):
        answer = await idle_client.http.get(f"{path}{NUL}")
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), path


async def test_a_user_name_with_nul_is_a_malformed_request(idle_client: Client) -> None:
    answer = await idle_client.http.post("/auth/token", data={"username": "a\x00", "password": "x"})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_halves_of_characters_do_not_cost_the_link_beside_them(idle_client: Client) -> None:
    (video_id,) = video_ids(1)
    for field, value in (("text", None), ("urls", [])):
        row = f"\ud83d https://youtu.be/{video_id} \udc00"
        body = json.dumps({field: row if value is None else [row]})
        answer = await idle_client.http.post(
            f"/lists/{idle_client.list_id}/videos/batch",
            content=body,
            headers={"Content-Type": "application/json"},
        )
        assert answer.status_code == 201
    assert [video["youtube_id"] for video in await idle_client.videos()] == [video_id]


async def test_what_stands_beside_a_video_in_its_line_is_accounted_for(
    idle_client: Client,
) -> None:
    (video_id,) = video_ids(1)
    answer = await idle_client.batch(
        {
            "text": f"Schau https://youtu.be/{video_id} und https://youtu.be/abcdefghijkl aus"
            " https://www.youtube.com/playlist?list=PLUl4u3cNGP61hsJNdULdudlRL493b-XZf"
            " bei https://example.org"
        }
    )

    counts = answer.json()["counts"]
    assert (counts["new"], counts["rejected"], counts["playlist"]) == (1, 1, 1)


async def test_a_drop_that_is_refused_for_one_reason_says_which(idle_client: Client) -> None:
    answer = await idle_client.batch({"text": "https://youtu.be/abcdefghijkl"})

    assert answer.json()["code"] == "no_links_found"
    assert answer.json()["reason_code"] == "bad_id"


@pytest.mark.parametrize("row_id", ["\ud800", "a\x00", "ä"])
async def test_a_cursor_of_what_is_no_id_is_a_malformed_request(
    idle_client: Client, row_id: str
) -> None:
    place = json.dumps(["2026-01-31T12:00:00+00:00", row_id])
    cursor = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
    for path in ("/imports", f"/lists/{idle_client.list_id}/videos"):
        answer = await idle_client.http.get(path, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), path


@pytest.mark.parametrize("list_id", ["\ud800", "a\x00"])
async def test_a_target_that_is_no_id_is_a_malformed_request(
    idle_client: Client, list_id: str
) -> None:
    answer = await idle_client.http.post(
        "/imports",
        content=json.dumps({"text": f"https://youtu.be/{video_ids(1)[0]}", "list_id": list_id}),
        headers={"Content-Type": "application/json"},
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/lists", b'{"name":' + b"[" * 100_000, "application/json"),
        ("/auth/token", b"--x\r\nnonsense", "multipart/form-data; boundary=y"),
        ("/auth/token", b"", "multipart/form-data"),
    ],
    ids=["nested too deep", "another boundary", "no boundary"],
)
async def test_a_body_that_cannot_be_taken_apart_is_a_malformed_request(
    idle_client: Client, path: str, body: bytes, kind: str
) -> None:
    answer = await idle_client.http.post(path, content=body, headers={"Content-Type": kind})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
