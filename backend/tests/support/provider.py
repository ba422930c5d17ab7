"""Somebody goes to the stand-in provider to sign in, and comes back."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from pydantic import SecretStr

from app.core.settings import Settings
from standin.provider import CLIENT_ID, CLIENT_SECRET, StandInProvider
from tests.support.server import Client, RunningApp

FLOW_COOKIE = "videothek_flow"
RETURN_ADDRESS = "http://127.0.0.1:8000/signed-in"


def with_provider(settings: Settings, provider: StandInProvider) -> Settings:
    """The settings of an installation where people sign in there."""
    return settings.model_copy(
        update={
            "public_url": "http://127.0.0.1:8000",
            "oidc_issuer": provider.url,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": SecretStr(CLIENT_SECRET),
            "oidc_name": "Vereinskonto",
        }
    )


def a_browser(app: RunningApp) -> httpx.AsyncClient:
    client = httpx.AsyncClient(base_url=f"{app.url}/api", trust_env=False)
    app.clients.append(client)
    return client


@dataclass
class Returned:
    """What somebody came back from the provider with."""

    code: str
    state: str

    @property
    def body(self) -> dict[str, str]:
        return {"code": self.code, "state": self.state}


async def leave(http: httpx.AsyncClient, path: str = "/auth/oidc/begin", **more: Any) -> Returned:
    """Go to the provider and come back, in one browser."""
    begun = (await http.post(path, **more)).raise_for_status().json()
    async with httpx.AsyncClient(trust_env=False) as elsewhere:
        answer = await elsewhere.get(begun["address"])
    back = urlsplit(answer.headers["location"])
    assert back._replace(query="").geturl() == RETURN_ADDRESS
    found = parse_qs(back.query)
    return Returned(found["code"][0], found["state"][0])


async def finish(http: httpx.AsyncClient, returned: Returned) -> httpx.Response:
    return await http.post("/auth/oidc/finish", json=returned.body)


async def come_in(app: RunningApp) -> httpx.Response:
    http = a_browser(app)
    return await finish(http, await leave(http))


async def link(client: Client) -> httpx.Response:
    returned = await leave(client.http, "/auth/identities/begin")
    return await client.http.post("/auth/identities", json=returned.body)


async def name_of(app: RunningApp, answer: httpx.Response) -> str:
    access = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    me = await a_browser(app).get("/auth/me", headers=access)
    return str(me.json()["username"])
