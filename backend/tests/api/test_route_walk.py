"""Every route and every message of the WebSocket, asked by everybody who could: who gets what.

A list of Anna's is shared with a reader and an editor. A stranger has no account, another member and the
owner of the installation have one and nothing to do with Anna's list. A route that is not in the table
fails the walk.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from app.core.identifiers import new_id
from app.core.settings import Settings
from app.main import create_app
from app.models import (
    CaptionsSource,
    ImportStage,
    ImportState,
    LinkedIdentity,
    ListShare,
    Video,
    VideoEnrichment,
    VideoImport,
    VideoList,
    VideoTag,
)
from app.repositories import imports
from app.schemas import progress as messages
from app.services.search.indexing import index_video
from tests.support.server import Client, RunningApp, progress_socket, running_app, until
from tests.support.walk import APART, INSIDE, ROLES, SECRET, WALK, Ask, Target


@dataclass(slots=True)
class Stage:
    """The application with everybody in it."""

    app: RunningApp
    people: dict[str, httpx.AsyncClient]
    clients: dict[str, Client]
    ids: dict[str, str]

    async def target(self) -> Target:
        """Something new of Anna's."""
        async with self.app.runtime.database.write() as unit:
            session, now = unit.session, datetime.now(UTC)
            lists = [
                VideoList(id=new_id(), user_id=self.ids["owner"], name=SECRET, created_at=now)
                for _ in range(2)
            ]
            session.add_all(lists)
            await session.flush()
            list_id = lists[0].id
            for shared in lists:
                for role in ("reader", "editor"):
                    share = {"user_id": self.ids[role], "can_edit": role == "editor"}
                    session.add(ListShare(list_id=shared.id, created_at=now, **share))
            counts = ("new", "duplicate", "repeated", "rejected", "playlist")
            import_id = new_id()
            await imports.add(
                session,
                {
                    "id": import_id,
                    "user_id": self.ids["owner"],
                    "list_id": list_id,
                    "state": ImportState.RUNNING,
                    "label": SECRET,
                    "created_at": now,
                    **{f"{name}_count": int(name == "new") for name in counts},
                },
            )
            found = [
                Video(
                    id=new_id(),
                    list_id=list_id,
                    import_id=import_id,
                    youtube_id=f"{place}" * 11,
                    title=SECRET,
                    channel=SECRET,
                    created_at=now,
                    import_stage=ImportStage.COMPLETE,
                    import_progress=100,
                )
                for place in range(2)
            ]
            session.add_all(found)
            await session.flush()
            for video, source in zip(
                found, (CaptionsSource.YOUTUBE_AUTO, CaptionsSource.NONE), strict=True
            ):
                session.add(
                    VideoEnrichment(
                        video_id=video.id,
                        stage=ImportStage.COMPLETE,
                        captions_source=source,
                        language="de",
                        extracted_at=now,
                        cues=[[0.0, 2.0, SECRET]] if source != CaptionsSource.NONE else None,
                    )
                )
                session.add(VideoTag(video_id=video.id, key=SECRET.lower(), name=SECRET))
            await session.flush()
            for video in found:
                await index_video(session, video.id)
        return Target(list_id, lists[1].id, found[0].id, found[1].id, import_id)

    async def with_things_of(self, target: Target, path: str) -> Target:
        """What else the address names: something of Anna's, or of nobody's in the play."""
        anna, host = self.clients["owner"].http, self.clients["host"].http
        more: dict[str, str] = {}
        if "{token_id}" in path:
            more["token_id"] = (await anna.post("/tokens", json={"name": "x"})).json()["id"]
        if "{search_id}" in path:
            body = {"name": new_id(), "query": "x"}
            more["search_id"] = (await anna.post("/saved-searches", json=body)).json()["id"]
        if "{session_id}" in path:
            await self.app.sign_in("owner-of-list")
            rows = (await anna.get("/auth/sessions")).json()
            more["session_id"] = next(row["id"] for row in rows if not row["is_current"])
        if "{invitation_id}" in path:
            made = await host.post("/users/invitations", json={"note": "x"})
            more["invitation_id"] = made.json()["id"]
        if "{user_id}" in path:
            somebody = await self.app.add_user(new_id()[:30])
            more["user_id"] = (await somebody.http.get("/auth/me")).json()["id"]
        if "identities" in path:
            more["identity_id"] = await self._identity()
        if "{with_user_id}" in path:
            more["with_user_id"] = self.ids["editor"]
        return Target(
            **{name: getattr(target, name) for name in Target.__slots__ if name not in more}, **more
        )

    async def _identity(self) -> str:
        """Anna's name at a provider."""
        identity = LinkedIdentity(
            id=new_id(),
            user_id=self.ids["owner"],
            issuer="https://id.example.org",
            subject=new_id(),
            shown_name=SECRET,
            created_at=datetime.now(UTC),
        )
        async with self.app.runtime.database.write() as unit:
            unit.session.add(identity)
        return identity.id

    async def fingerprint(self, target: Target) -> list[tuple[Any, ...]]:
        """All that somebody could change of Anna's list."""
        async with self.app.runtime.database.read() as session:
            questions = (
                select(VideoList.name).where(VideoList.id == target.list_id),
                select(Video.id, Video.list_id, Video.note, Video.import_stage, Video.import_id)
                .where(Video.list_id == target.list_id)
                .order_by(Video.id),
                select(VideoTag.video_id, VideoTag.name)
                .where(VideoTag.video_id == target.video_id)
                .order_by(VideoTag.key),
                select(Video.position_seconds).where(Video.id == target.video_id),
                select(ListShare.user_id, ListShare.can_edit)
                .where(ListShare.list_id == target.list_id)
                .order_by(ListShare.user_id),
                select(VideoImport.state).where(VideoImport.id == target.import_id),
            )
            return [tuple(row) for ask in questions for row in await session.execute(ask)]


@pytest.fixture
async def stage(settings: Settings) -> AsyncIterator[Stage]:
    with_sound = settings.model_copy(update={"groq_api_key": SecretStr("gsk_test")})
    async with running_app(with_sound, with_workers=False) as app:
        clients = {"host": await app.sign_in()}
        for role in ("other", "reader", "editor"):
            clients[role] = await app.add_user(role)
        clients["owner"] = await app.add_user("owner-of-list")
        ids = {
            role: (await client.http.get("/auth/me")).json()["id"]
            for role, client in clients.items()
        }
        people = {role: client.http for role, client in clients.items()}
        for http in people.values():
            http.cookies.clear()
        saved = {"name": SECRET, "query": SECRET}
        (await people["owner"].post("/saved-searches", json=saved)).raise_for_status()
        async with httpx.AsyncClient(base_url=f"{app.url}/api", trust_env=False) as stranger:
            yield Stage(app, {**people, "stranger": stranger}, clients, ids)


def routes() -> set[tuple[str, str]]:
    document = create_app(Settings(), with_workers=False).openapi()
    return {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }


def test_the_walk_goes_past_every_route() -> None:
    assert set(WALK) == routes()


async def faults_of(stage: Stage, role: str, method: str, path: str, ask: Ask) -> list[str]:
    """What is wrong with the answer to one of them."""
    target = await stage.with_things_of(await stage.target(), path)
    names = {name: getattr(target, name) for name in Target.__slots__}
    if ask.silent:
        names["video_id"] = target.silent_id
    address = stage.app.url + path.format(**names) + (f"?{ask.query}" if ask.query else "")
    before = await stage.fingerprint(target)
    body: dict[str, Any] = {}
    if ask.body:
        body = {"data" if ask.form else "json": ask.body(target)}
    answer = await stage.people[role].request(method, address, **body)

    expected = ask.codes[ROLES.index(role)]
    faults = []
    if answer.status_code != expected:
        faults.append(f"{answer.status_code} instead of {expected}: {answer.text[:200]}")
    if (role in APART or role == "reader") and await stage.fingerprint(target) != before:
        faults.append("changed something")
    if role in APART and SECRET.lower() in answer.text.lower():
        faults.append("was shown something")
    if method == "GET" and ask.shown_to:
        shown = SECRET in answer.text or target.silent_id in answer.text
        if shown != (role in ask.shown_to):
            faults.append("was shown it" if shown else "was not shown it")
    return [f"{role} {method} {path}: {fault}" for fault in faults]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("database_url", "role"),
    # The other database is asked with the same conditions: two roles are enough there.
    [*(("sqlite", role) for role in ROLES), ("postgresql", "other"), ("postgresql", "reader")],
    indirect=["database_url"],
)
async def test_everybody_is_answered_what_is_theirs(stage: Stage, role: str) -> None:
    faults: list[str] = []
    for (method, path), ask in WALK.items():
        faults += await faults_of(stage, role, method, path, ask)
    assert faults == []


# Who is told what by the WebSocket; `seq` and the like are of the connection alone.
TOLD: dict[str, dict[str, frozenset[str]]] = {
    "ReadyMessage": {"type": frozenset(), "epoch": frozenset(), "seq": frozenset()},
    "ProgressMessage": {
        "type": frozenset(),
        "seq": frozenset(),
        "snapshot": frozenset(),
        "videos": INSIDE,
        "imports": frozenset({"owner"}),
        "lanes": frozenset(ROLES) - {"stranger"},
        "lists": INSIDE,
    },
    # What a client says.
    "AuthMessage": {"type": frozenset(), "token": frozenset()},
}


def test_the_walk_goes_past_every_message() -> None:
    known = {
        name: set(part.model_fields)
        for name, part in vars(messages).items()
        if name.endswith("Message")
    }
    assert {name: set(fields) for name, fields in TOLD.items()} == known


async def test_everybody_is_told_what_is_theirs(stage: Stage) -> None:
    target = await stage.target()
    async with AsyncExitStack() as stack:
        sockets = {
            role: await stack.enter_async_context(progress_socket(stage.app.url, client.token))
            for role, client in stage.clients.items()
        }
        for socket in sockets.values():
            while not socket.messages or not socket.messages[-1].get("snapshot"):
                await socket.next()
            socket.messages.clear()
        renamed = await stage.people["owner"].patch(
            f"/lists/{target.list_id}", json={"name": "Anders"}
        )
        assert renamed.status_code == 200
        async with stage.app.runtime.database.write() as unit:
            unit.changes.videos.add(target.video_id)
            unit.changes.imports.add(target.import_id)
        for role, socket in sockets.items():
            # The last that each is told is of their own.
            own = (await stage.people[role].post("/lists", json={"name": "Ende"})).json()["id"]
            while not any(own in message["lists"] for message in socket.messages):
                await socket.next()
        await asyncio.sleep(1)
        for role, socket in sockets.items():
            await read_all(socket)
            told = TOLD["ProgressMessage"]
            everything = json.dumps(socket.messages)
            for name, id_ in {
                "videos": target.video_id,
                "imports": target.import_id,
                "lists": target.list_id,
            }.items():
                heard = any(id_ in json.dumps(message[name]) for message in socket.messages)
                assert heard == (role in told[name]), (role, name)
            if role in APART:
                assert SECRET not in everything, role


async def read_all(socket: Any) -> None:
    with pytest.raises(TimeoutError):
        while True:
            await socket.next(0.3)


async def test_a_stranger_is_told_nothing(stage: Stage) -> None:
    async with progress_socket(stage.app.url, "x") as socket:
        assert await socket.closing_code() == 4401
        assert socket.messages == []


async def test_who_lost_a_list_is_told_so_and_nothing_more(stage: Stage) -> None:
    target = await stage.target()
    async with progress_socket(stage.app.url, stage.clients["reader"].token) as socket:
        while not socket.messages or not socket.messages[-1].get("snapshot"):
            await socket.next()
        socket.messages.clear()
        address = f"/lists/{target.list_id}/shares/{stage.ids['reader']}"
        assert (await stage.people["owner"].delete(address)).status_code == 204
        while not any(target.list_id in message["lists"] for message in socket.messages):
            await socket.next()
        socket.messages.clear()
        async with stage.app.runtime.database.write() as unit:
            unit.changes.videos.add(target.video_id)
        await stage.people["owner"].patch(f"/lists/{target.list_id}", json={"name": "Anders"})
        await stage.people["reader"].post("/lists", json={"name": "Ende"})
        await asyncio.sleep(0.5)
        await read_all(socket)
        assert target.list_id not in json.dumps(socket.messages)
        assert target.video_id not in json.dumps(socket.messages)

    async def gone() -> bool | None:
        rows = (await stage.people["reader"].get("/lists")).json()
        return True if target.list_id not in str(rows) else None

    assert await until(gone)
