"""Who is answered what, for every route: the table of the walk (`tests.api.test_route_walk`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.identifiers import new_id

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
    identity_id: str = ""
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
    # Neither a proxy nor a provider is named here: there are no such doors.
    ("GET", "/api/auth/ways"): Ask(anybody(200)),
    ("POST", "/api/auth/proxy"): Ask(anybody(403)),
    ("POST", "/api/auth/oidc/begin"): Ask(anybody(403)),
    ("POST", "/api/auth/oidc/finish"): Ask(anybody(403), lambda _: {"code": "x", "state": "x"}),
    ("POST", "/api/auth/identities/begin"): Ask(everybody(403)),
    ("POST", "/api/auth/identities"): Ask(everybody(403), lambda _: {"code": "x", "state": "x"}),
    ("GET", "/api/auth/identities"): Ask(everybody(200), shown_to=frozenset({"owner"})),
    ("DELETE", "/api/auth/identities/{identity_id}"): Ask(whose_it_is(204)),
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
