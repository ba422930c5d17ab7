"""A person who uses the library over HTTP while it is being killed."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.crash.drops import Drop
from tests.support.server import NO_AUTHORITIES, PASSWORD

_PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.05
_PAGE_ROWS = 200


@dataclass(slots=True)
class Delivery:
    """What is known of a drop.

    Args:
        drop: What was sent.
        attempts: How often.
        accepted: The imports of those attempts that were answered with 201; a single video names it too.
        refused: How often the answer was that it is there already.
    """

    drop: Drop
    attempts: int = 0
    accepted: list[str] = field(default_factory=list)
    refused: int = 0

    @property
    def is_known(self) -> bool:
        """Whether somebody has said what became of it."""
        return bool(self.accepted or self.refused)


class Person:
    """A signed-in person who asks whichever app answers.

    Args:
        urls: Of the apps.
    """

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = list(urls)
        self.token = ""
        self.list_id = ""
        self._http = httpx.AsyncClient(timeout=20, trust_env=False, verify=NO_AUTHORITIES)

    async def sign_in(self) -> None:
        """Sign in; the token is good for the whole run, and for every app."""
        form = {"username": "owner", "password": PASSWORD}
        answer = await self._http.post(f"{self.urls[0]}/api/auth/token", data=form)
        self.token = answer.raise_for_status().json()["access_token"]
        self._http.headers["Authorization"] = f"Bearer {self.token}"
        self.list_id = (await self.get("/lists"))[0]["id"]

    async def is_ready(self, url: str) -> bool:
        """Whether an app says that it is."""
        return await self._ask(f"{url}/api/health") is not None

    async def is_served(self, url: str) -> bool:
        """Whether an app shows a page of the list."""
        path = f"/lists/{self.list_id}/videos?limit=1"
        return await self._ask(f"{url}/api{path}") is not None

    async def get(self, path: str, **params: Any) -> Any:
        """Ask until some app answers.

        Raises:
            TimeoutError: None does.
        """
        return (await self._get(path, params)).json()

    async def text(self, path: str) -> str:
        """Likewise, for what is no JSON; in English."""
        return (await self._get(path, {})).text

    async def pages(self, path: str) -> AsyncIterator[dict[str, Any]]:
        """Every page of something, one after the other."""
        cursor: dict[str, str] = {}
        while True:
            page = await self.get(path, limit=_PAGE_ROWS, **cursor)
            yield page
            if page["next_cursor"] is None:
                return
            cursor = {"cursor": page["next_cursor"]}

    async def attempt(self, delivery: Delivery, url: str) -> bool:
        """Send a drop once; returns whether an answer came that says what became of it."""
        delivery.attempts += 1
        drop = delivery.drop
        path = f"{url}/api/lists/{self.list_id}/videos"
        try:
            if drop.is_single:
                answer = await self._http.post(path, json={"url": drop.text})
            else:
                answer = await self._http.post(f"{path}/batch", json={"text": drop.text})
        except httpx.TransportError:
            return False
        if answer.status_code >= 500:
            return False
        if answer.status_code == 409:
            delivery.refused += 1
            return True
        assert answer.status_code == 201, answer.text
        delivery.accepted.append(answer.json()["import_id"])
        return True

    async def deliver(self, delivery: Delivery, url: str = "") -> None:
        """Send a drop until it is known what became of it.

        Args:
            delivery: Of the drop.
            url: The app that gets it first.

        Raises:
            TimeoutError: Nobody answers.
        """
        async with asyncio.timeout(_PATIENCE_SECONDS):
            turn = self.urls.index(url) if url else 0
            while not await self.attempt(delivery, self.urls[turn % len(self.urls)]):
                turn += 1
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _get(self, path: str, params: dict[str, Any]) -> httpx.Response:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for url in self.urls:
                answer = await self._ask(f"{url}/api{path}", params)
                if answer is not None:
                    return answer
            await asyncio.sleep(_PAUSE_SECONDS)
        raise TimeoutError(f"no app answers {path}")

    async def _ask(self, url: str, params: dict[str, Any] | None = None) -> httpx.Response | None:
        try:
            answer = await self._http.get(url, params=params, headers={"Accept-Language": "en"})
        except httpx.TransportError:
            return None
        if answer.status_code >= 500:
            return None
        return answer.raise_for_status()

    async def close(self) -> None:
        """Hang up."""
        await self._http.aclose()
