"""Every route and every message of the WebSocket, asked by everybody who could: who gets what.

A list of Anna's is shared with a reader and an editor. A stranger has no account, another member and the
owner of the installation have one and nothing to do with Anna's list. A route that is not in the table
fails the walk.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
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

ROLES = ("stranger", "other", "reader", "editor", "owner", "host")
APART = ("stranger", "other", "host")
SECRET = "Nachtfalter"


@dataclass(frozen=True, slots=True)
class Target:
    """What of Anna's is asked for."""

    list_id: str
    other_list_id: str
    video_id: str
    silent_id: str
    import_id: str
    with_user_id: str = ""
    token_id: str = ""
    session_id: str = ""
    search_id: str = ""
    invitation_id: str = ""
    user_id: str = ""
    youtube_id: str = "dQw4w9WgXcQ"


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, and what each of the roles is answered.

    Args:
        codes: The status for each of the roles, in their order.
        body: Of the request.
        query: Of its address.
        shown_to: Who finds something of Anna's list in the answer.
        silent: It is about the video without captions.
        form: The body is a form.
    """

    codes: tuple[int, ...]
    body: Callable[[Target], Any] | None = None
    query: str = ""
    shown_to: frozenset[str] = frozenset()
    silent: bool = False
    form: bool = False


INSIDE = frozenset({"reader", "editor", "owner"})


def everybody(code: int) -> tuple[int, ...]:
    """Whoever has an account."""
    return (401, *(code,) * 5)


def anybody(code: int) -> tuple[int, ...]:
    """Also who has none."""
    return (code,) * 6


def who_may_see(code: int = 200) -> tuple[int, ...]:
    return (401, 404, code, code, code, 404)


def who_may_edit(code: int) -> tuple[int, ...]:
    return (401, 404, 403, code, code, 404)


def whose_list_it_is(code: int) -> tuple[int, ...]:
    return (401, 404, 403, 403, code, 404)


def whose_it_is(code: int) -> tuple[int, ...]:
    """What is not of the list: nobody else may know of it."""
    return (401, 404, 404, 404, code, 404)


def the_host(code: int) -> tuple[int, ...]:
    return (401, 403, 403, 403, 403, code)


def of_many(code: int) -> tuple[int, ...]:
    """Videos of others are passed over, as if they were not there."""
    return (401, code, 403, code, code, code)


def videos(target: Target) -> dict[str, Any]:
    return {"video_ids": [target.video_id]}


def link(_target: Target) -> dict[str, Any]:
    return {"url": "https://youtu.be/aaaaaaaaaaa"}


WALK: dict[tuple[str, str], Ask] = {
    # The door.
    ("POST", "/api/auth/token"): Ask(
        anybody(401), lambda _: {"username": "x", "password": "x"}, form=True
    ),
    ("POST", "/api/auth/link"): Ask(anybody(401), lambda _: {"code": "x"}),
    ("POST", "/api/auth/invite"): Ask(
        anybody(401), lambda _: {"code": "x", "username": "x", "password": "x" * 12}
    ),
    ("POST", "/api/auth/invite/look"): Ask(anybody(401), lambda _: {"code": "x"}),
    # By the cookie, which nobody here has.
    ("POST", "/api/auth/refresh"): Ask(anybody(401)),
    ("POST", "/api/auth/logout"): Ask(anybody(204)),
    ("GET", "/api/health"): Ask(anybody(200)),
    # By the signature in its address, which this one lacks.
    ("GET", "/api/thumbnails/{youtube_id}.jpg"): Ask(anybody(404), query="sig=x"),
    # What is everybody's own.
    ("GET", "/api/auth/me"): Ask(everybody(200)),
    ("POST", "/api/auth/password"): Ask(
        everybody(422), lambda _: {"current_password": "x", "new_password": ""}
    ),
    ("GET", "/api/auth/sessions"): Ask(everybody(200)),
    ("DELETE", "/api/auth/sessions"): Ask(everybody(204)),
    ("DELETE", "/api/auth/sessions/{session_id}"): Ask(whose_it_is(204)),
    ("GET", "/api/tokens"): Ask(everybody(200)),
    ("POST", "/api/tokens"): Ask(everybody(201), lambda _: {"name": "x"}),
    ("DELETE", "/api/tokens/{token_id}"): Ask(whose_it_is(204)),
    ("GET", "/api/saved-searches"): Ask(everybody(200), shown_to=frozenset({"owner"})),
    ("POST", "/api/saved-searches"): Ask(
        everybody(201), lambda _: {"name": new_id(), "query": "x"}
    ),
    ("PATCH", "/api/saved-searches/{search_id}"): Ask(
        whose_it_is(200), lambda _: {"name": new_id()}
    ),
    ("DELETE", "/api/saved-searches/{search_id}"): Ask(whose_it_is(204)),
    # The installation's.
    ("GET", "/api/lanes"): Ask(everybody(200)),
    ("GET", "/api/lanes/history"): Ask(everybody(200)),
    ("GET", "/api/transcription"): Ask(everybody(200)),
    ("GET", "/api/users"): Ask(the_host(200)),
    ("DELETE", "/api/users/{user_id}"): Ask(the_host(204)),
    ("POST", "/api/users/{user_id}/link"): Ask(the_host(201)),
    ("GET", "/api/users/invitations"): Ask(the_host(200)),
    ("POST", "/api/users/invitations"): Ask(the_host(201), lambda _: {"note": "x"}),
    ("DELETE", "/api/users/invitations/{invitation_id}"): Ask(the_host(204)),
    # Lists.
    ("GET", "/api/lists"): Ask(everybody(200), shown_to=INSIDE),
    ("POST", "/api/lists"): Ask(everybody(201), lambda _: {"name": "x"}),
    ("PATCH", "/api/lists/{list_id}"): Ask(whose_list_it_is(200), lambda _: {"name": "x"}),
    ("DELETE", "/api/lists/{list_id}"): Ask(whose_list_it_is(204)),
    ("POST", "/api/lists/{list_id}/merge"): Ask(
        whose_list_it_is(200), lambda target: {"into_list_id": target.other_list_id}
    ),
    ("GET", "/api/lists/{list_id}/shares"): Ask(whose_list_it_is(200)),
    ("PUT", "/api/lists/{list_id}/shares/{with_user_id}"): Ask(
        whose_list_it_is(204), lambda _: {"can_edit": True}
    ),
    # It is the editor's: whoever a list is shared with may leave it.
    ("DELETE", "/api/lists/{list_id}/shares/{with_user_id}"): Ask((401, 404, 403, 204, 204, 404)),
    ("PUT", "/api/lists/{list_id}/follow"): Ask(
        who_may_edit(200), lambda _: {"url": "https://www.youtube.com/playlist?list=PL0123456789"}
    ),
    ("POST", "/api/lists/{list_id}/follow/check"): Ask((401, 404, 403, 404, 404, 404)),
    ("DELETE", "/api/lists/{list_id}/follow"): Ask((401, 404, 403, 404, 404, 404)),
    ("GET", "/api/lists/{list_id}/videos"): Ask(who_may_see(), shown_to=INSIDE),
    ("POST", "/api/lists/{list_id}/videos"): Ask(who_may_edit(201), link),
    ("POST", "/api/lists/{list_id}/videos/batch"): Ask(
        who_may_edit(201), lambda _: {"text": "https://youtu.be/aaaaaaaaaaa"}
    ),
    # Videos.
    ("GET", "/api/videos/{video_id}"): Ask(who_may_see(), shown_to=INSIDE),
    ("PATCH", "/api/videos/{video_id}"): Ask(who_may_edit(200), lambda _: {"note": "x"}),
    ("PUT", "/api/videos/{video_id}/position"): Ask(
        who_may_see(204), lambda _: {"position_seconds": 30}
    ),
    ("DELETE", "/api/videos/{video_id}"): Ask(who_may_edit(204)),
    ("GET", "/api/videos/{video_id}/enrichment"): Ask(who_may_see(), shown_to=INSIDE),
    ("GET", "/api/videos/{video_id}/captions.vtt"): Ask(who_may_see(), shown_to=INSIDE),
    ("GET", "/api/videos/{video_id}/captions.srt"): Ask(who_may_see(), shown_to=INSIDE),
    ("GET", "/api/videos/{video_id}/transcript.txt"): Ask(who_may_see(), shown_to=INSIDE),
    ("GET", "/api/videos/{video_id}/transcript.md"): Ask(who_may_see(), shown_to=INSIDE),
    ("GET", "/api/videos/{video_id}/transcript.json"): Ask(who_may_see(), shown_to=INSIDE),
    ("GET", "/api/videos/{video_id}/neighbours"): Ask(who_may_see(), shown_to=INSIDE),
    ("POST", "/api/videos/{video_id}/enrichment/retry"): Ask(who_may_edit(202)),
    ("POST", "/api/videos/{video_id}/transcription"): Ask(who_may_edit(202), silent=True),
    ("DELETE", "/api/videos/{video_id}/transcription"): Ask(who_may_edit(204), silent=True),
    ("POST", "/api/videos/transcripts"): Ask(
        (401, 404, 200, 200, 200, 404), lambda target: {**videos(target), "format": "txt"}
    ),
    ("POST", "/api/videos/tag"): Ask(of_many(200), lambda t: {**videos(t), "add": ["neu"]}),
    ("POST", "/api/videos/remove"): Ask(of_many(200), videos),
    ("POST", "/api/videos/retry"): Ask(of_many(202), videos),
    ("POST", "/api/videos/transcribe"): Ask(of_many(202), videos),
    # Into a list of Anna's of which the others know nothing; of it alone their own lists know.
    ("POST", "/api/videos/copy"): Ask(
        (401, 404, 403, 200, 200, 404), lambda t: {**videos(t), "list_id": t.list_id}
    ),
    ("POST", "/api/videos/move"): Ask(
        (401, 404, 403, 200, 200, 404), lambda t: {**videos(t), "list_id": t.list_id}
    ),
    # What is found in all lists together.
    ("GET", "/api/search"): Ask(everybody(200), query=f"q={SECRET}", shown_to=INSIDE),
    ("GET", "/api/search/choices"): Ask(everybody(200), shown_to=INSIDE),
    ("GET", "/api/tags"): Ask(everybody(200), shown_to=INSIDE),
    # Whoever takes a library along takes their own.
    ("GET", "/api/export"): Ask(everybody(200), query="format=json", shown_to=frozenset({"owner"})),
    # Imports are whose they are, wherever their videos went.
    ("GET", "/api/imports"): Ask(everybody(200), shown_to=frozenset({"owner"})),
    ("POST", "/api/imports"): Ask(
        who_may_edit(201),
        lambda t: {"text": "https://youtu.be/aaaaaaaaaaa", "list_id": t.list_id},
    ),
    ("POST", "/api/imports/preview"): Ask(
        who_may_edit(200),
        lambda t: {"text": "https://youtu.be/aaaaaaaaaaa", "list_id": t.list_id},
    ),
    ("GET", "/api/imports/{import_id}"): Ask(whose_it_is(200)),
    ("GET", "/api/imports/{import_id}/items"): Ask(whose_it_is(200)),
    ("GET", "/api/imports/{import_id}/report.csv"): Ask(whose_it_is(200)),
    ("POST", "/api/imports/{import_id}/pause"): Ask(whose_it_is(200)),
    ("POST", "/api/imports/{import_id}/resume"): Ask(whose_it_is(200)),
    ("POST", "/api/imports/{import_id}/cancel"): Ask(whose_it_is(200)),
    ("POST", "/api/imports/{import_id}/retry-failed"): Ask(whose_it_is(202)),
    ("POST", "/api/imports/{import_id}/undo"): Ask(whose_it_is(200)),
    ("POST", "/api/imports/{import_id}/transcribe"): Ask(whose_it_is(202)),
}


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
        if "{with_user_id}" in path:
            more["with_user_id"] = self.ids["editor"]
        return Target(
            **{name: getattr(target, name) for name in Target.__slots__ if name not in more}, **more
        )

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
@pytest.mark.parametrize("role", ROLES)
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
