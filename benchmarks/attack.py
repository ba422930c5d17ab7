"""What a normal user notices of attacks, and what they cost in memory."""

import asyncio
import contextlib
import json
import random
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks import processes
from benchmarks.attackers import ATTACKS, PASSWORD
from benchmarks.installation import Installation, as_links, installation, new_ids, upstream
from benchmarks.table import aligned, milliseconds
from tests.support.server import sign_in

VIDEOS = 1000
GOAL_SECONDS = 1.0
GOAL_BYTES = 400_000_000
# What the user does, over and over; between two things they look at the page.
_PAUSE_SECONDS = 0.1
_LOOK_SECONDS = 0.05
_SETTLE_SECONDS = 5.0
# Other measurements ask more than one person may.
_AS_USUAL = {"VIDEOTHEK_REQUESTS_PER_MINUTE": "600"}
_NAMES = ("Guest", "Second guest")


@dataclass
class Felt:
    """What was noticed during one attack.

    Attributes:
        seconds: Of each answer that the user got.
        failures: What was no answer to what was asked.
        peak_bytes: Resident memory of the application, and what its child processes have beside it.
    """

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    peak_bytes: int = 0

    @property
    def is_good(self) -> bool:
        """Whether the goals were reached."""
        return (
            not self.failures and max(self.seconds) < GOAL_SECONDS and self.peak_bytes < GOAL_BYTES
        )


class User:
    """Somebody with a browser, who knows nothing of any attack.

    Args:
        running: Where.
    """

    def __init__(self, running: Installation) -> None:
        self._client = running.client
        self._chance = random.Random(11)

    async def live(self, felt: Felt) -> None:
        """Look at a page, search, add a video; again and again until cancelled."""
        while True:
            await self._ask(felt, "GET", f"/lists/{self._client.list_id}/videos?limit=200")
            await self._ask(felt, "GET", "/search?q=video")
            link = as_links(new_ids(1, self._chance))
            path = f"/lists/{self._client.list_id}/videos"
            await self._ask(felt, "POST", path, {"url": link})
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _ask(
        self, felt: Felt, method: str, path: str, body: dict[str, Any] | None = None
    ) -> None:
        began_at = time.perf_counter()
        try:
            answer = await self._client.http.request(method, path, json=body, timeout=30)
        except httpx.HTTPError as error:
            felt.failures.append(type(error).__name__)
        else:
            if answer.status_code not in (200, 201):
                felt.failures.append(str(answer.status_code))
        felt.seconds.append(time.perf_counter() - began_at)


async def _watch_memory(pid: int, felt: Felt) -> None:
    while True:
        felt.peak_bytes = max(felt.peak_bytes, _tree_bytes(pid))
        await asyncio.sleep(_LOOK_SECONDS)


def _tree_bytes(pid: int) -> int:
    found = processes.memory_bytes(pid)
    # A child may be gone before it is looked at.
    with contextlib.suppress(OSError):
        found += sum(map(processes.private_bytes, processes.children(pid)))
    return found


@asynccontextmanager
async def _noticing(running: Installation, user: User) -> AsyncIterator[Felt]:
    felt = Felt()
    tasks = [
        asyncio.create_task(user.live(felt)),
        asyncio.create_task(_watch_memory(running.app.pid, felt)),
    ]
    try:
        yield felt
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _guests(running: Installation) -> list[str]:
    """Tokens of members who abuse what they were given."""
    http = running.client.http
    tokens = []
    for name in _NAMES:
        invited = await http.post("/users/invitations", json={"note": name})
        code = invited.raise_for_status().json()["code"]
        body = {"code": code, "username": name, "password": PASSWORD}
        (await http.post("/auth/invite", json=body)).raise_for_status()
        guest = await sign_in(running.app.url, name, PASSWORD)
        answer = await guest.batch({"text": as_links(new_ids(VIDEOS, random.Random(name)))})
        answer.raise_for_status()
        tokens.append(guest.token)
        await guest.http.aclose()
    return tokens


async def _attack(name: str, running: Installation, tokens: list[str]) -> dict[str, int]:
    """What the attackers got. They have a process of their own, or the user would wait for them here."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.attackers",
        name,
        running.app.url,
        *tokens,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    got: dict[str, int] = json.loads(output)
    return got


async def run(only: str = "") -> bool:
    """Attack and print; whether all goals were reached.

    Args:
        only: Attacks whose names have this in them.
    """
    rows = [("attack", "worst", "p99", "asked", "memory", "reached", "what attackers got")]
    is_good = True
    with upstream() as gateway:
        async with installation(gateway, more=_AS_USUAL) as running:
            answer = await running.client.batch(
                {"text": as_links(new_ids(VIDEOS, random.Random(1)))}
            )
            answer.raise_for_status()
            tokens = await _guests(running)
            user = User(running)
            for name in ATTACKS:
                if only not in name:
                    continue
                await asyncio.sleep(_SETTLE_SECONDS)
                async with _noticing(running, user) as felt:
                    got = await _attack(name, running, tokens)
                rows.append(_row(name, felt, got))
                print(f"  {' | '.join(rows[-1])}", flush=True)
                is_good = is_good and felt.is_good
    print(
        f"\nattack: answers within {GOAL_SECONDS:.0f} s, memory under {GOAL_BYTES / 1e6:.0f} MB\n"
    )
    for line in aligned(rows):
        print(f"  {line}")
    print(flush=True)
    return is_good


def _row(name: str, felt: Felt, answers: dict[str, int]) -> tuple[str, ...]:
    ordered = sorted(felt.seconds)
    p99 = ordered[round(0.99 * (len(ordered) - 1))]
    most = sorted(answers.items(), key=lambda each: -each[1])
    got = ", ".join(f"{count} × {what}" for what, count in most)
    if felt.failures:
        got += f"; the user got {', '.join(sorted(set(felt.failures)))}"
    return (
        name,
        milliseconds(ordered[-1]),
        milliseconds(p99),
        str(len(ordered)),
        f"{felt.peak_bytes / 1e6:.0f} MB",
        "yes" if felt.is_good else "NO",
        got,
    )
