"""The log of a real process: JSON in every line, with ids, and never a secret."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from standin.server import StandIn
from tests.api.test_batch_import import links, video_ids
from tests.support.server import PASSWORD, AppProcess, progress_socket, sign_in

pytestmark = pytest.mark.timeout(120)
GUEST_PASSWORD = "S3cretS3cretS3cret of a guest"
GROQ_KEY = "gsk_S3cretS3cretS3cret"


def lines_of(directory: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (directory / "app.log").read_text().splitlines()]


async def test_every_line_is_json_and_none_holds_a_secret(
    database_url: str, standin: StandIn, tmp_path: Path
) -> None:
    ids = video_ids(3)
    for video_id in ids:
        standin.set_scenario(video_id, availability="private")
    environment = {
        "VIDEOTHEK_DATABASE_URL": database_url,
        "VIDEOTHEK_YOUTUBE_GATEWAY": standin.url,
        "VIDEOTHEK_PACING_SCALE": "500",
        "VIDEOTHEK_LOG_FORMAT": "json",
        "VIDEOTHEK_LOG_LEVEL": "DEBUG",
        "VIDEOTHEK_GROQ_API_KEY": GROQ_KEY,
        "VIDEOTHEK_GROQ_BASE_URL": f"{standin.url}/openai/v1",
    }
    secrets = [PASSWORD, GROQ_KEY]
    with AppProcess(tmp_path, **environment) as process:
        await process.start()
        client = await sign_in(process.url)
        secrets.append(client.token)
        made = await client.http.post("/tokens", json={"name": "script", "scope": "read"})
        secrets.append(made.json()["token"])
        invited = (await client.http.post("/users/invitations", json={"note": ""})).json()["code"]
        async with httpx.AsyncClient(base_url=f"{process.url}/api") as http:
            guest = {"code": invited, "username": "anna", "password": GUEST_PASSWORD}
            accepted = await http.post("/auth/invite", json=guest)
            secrets += [invited, GUEST_PASSWORD, accepted.json()["access_token"]]
            (anna,) = [p for p in (await client.http.get("/users")).json() if p["role"] == "member"]
            code = (await client.http.post(f"/users/{anna['id']}/link")).json()["code"]
            secrets.append(code)
            signed_in = await http.post("/auth/link", json={"code": code})
            secrets += [signed_in.json()["access_token"], *signed_in.cookies.values()]
            await http.post("/auth/link", json={"code": code})
            await http.post("/auth/token", data={"username": "owner", "password": PASSWORD + "!"})
            bad = {"Authorization": f"Bearer {client.token}x", "X-Request-ID": "proxy-17"}
            refused = await http.get(f"/lists?token={client.token}", headers=bad)
            assert refused.headers["X-Request-ID"] == "proxy-17"
            malformed = await http.post("/auth/link", content=b"{", headers=bad)
            assert malformed.status_code == 422
        async with progress_socket(process.url, client.token) as socket:
            await socket.next()
        accepted = (await client.batch({"text": links(ids)})).json()
        await client.until_settled()
        await client.http.aclose()
        await asyncio.to_thread(process.stop)

    lines = lines_of(tmp_path)
    text = (tmp_path / "app.log").read_text()
    assert [secret for secret in secrets if secret in text] == []
    unavailable = [line for line in lines if "video_private" in line["message"]]
    assert {line["youtube_id"] for line in unavailable} == set(ids)
    for line in unavailable:
        assert line["import_id"] == accepted["import_id"]
        assert (line["lane"], line["job_kind"]) == ("player", "extract")
        assert line["level"] == "INFO"
    (request,) = [line for line in lines if "malformed request" in line["message"]]
    assert request["request_id"] == "proxy-17"
