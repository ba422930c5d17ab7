"""A library whose things the cases name, so that not all of them end at 404."""

import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import requests

from tests.support.server import PASSWORD

MEMBER = "mitglied"
_PATIENCE_SECONDS = 40
_LINKS = [f"https://youtu.be/hostile_{number:03}" for number in range(6)]


@dataclass
class Library:
    """The owner's things, over HTTP.

    Args:
        url: Where the application listens.
    """

    url: str
    session: requests.Session = field(default_factory=requests.Session)
    asking: requests.Session = field(default_factory=requests.Session)
    door: requests.Session = field(default_factory=requests.Session)
    ids: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # What a proxy of the machine would do with it is not what is tested.
        for session in (self.session, self.asking, self.door):
            session.trust_env = False

    def close(self) -> None:
        """Close what is open."""
        for session in (self.session, self.asking, self.door):
            session.close()

    def sign_in(self) -> None:
        """Sign in, and wait until there are captions to ask for."""
        self.session.headers["Authorization"] = f"Bearer {self._take_token()}"
        self.renew()
        until = time.monotonic() + _PATIENCE_SECONDS
        while not any(self._has_captions(video_id) for video_id in self.ids["video_id"]):
            if time.monotonic() > until:
                raise TimeoutError("no video has captions")
            time.sleep(0.2)

    def _has_captions(self, video_id: str) -> bool:
        return bool(self._get(f"/videos/{video_id}/enrichment")["captions"]["cues"])

    def renew(self) -> None:
        """See to it that there is one of everything, and learn its ids."""
        lists = self._get("/lists")
        wanted = [f"Liste {number}" for number in range(3 - len(lists))]
        lists += [self._post("/lists", {"name": name}) for name in wanted]
        for one in lists[:2]:
            self._post(f"/lists/{one['id']}/videos/batch", {"urls": _LINKS})
        videos = self._get(f"/lists/{lists[0]['id']}/videos")["items"]
        tokens = self._get("/tokens") or [self._post("/tokens", {"name": "t", "scope": "read"})]
        invitations = self._get("/users/invitations")
        invitations = invitations or [self._post("/users/invitations", {"note": "n"})]
        searches = self._get("/saved-searches")
        if not searches:
            searches = [self._post("/saved-searches", {"name": "s", "query": "a"})]
        self.ids = {
            "list_id": _ids(lists),
            "into_list_id": _ids(lists),
            "video_id": _ids(videos),
            "import_id": _ids(self._get("/imports")["items"]),
            "token_id": _ids(tokens),
            "search_id": _ids(searches),
            "session_id": self._other_sessions() or self._sign_in_elsewhere(),
            "user_id": self._members(),
            "invitation_id": _ids(invitations),
            "youtube_id": [video["youtube_id"] for video in videos],
        }

    def _members(self) -> list[str]:
        people = self._get("/users")
        if all(person["username"] != MEMBER for person in people):
            code = self._post("/users/invitations", {"note": "n"})["code"]
            account = {"code": code, "username": MEMBER, "password": PASSWORD}
            with requests.Session() as visitor:
                visitor.trust_env = False
                visitor.post(f"{self.url}/api/auth/invite", json=account, timeout=30)
            people = self._get("/users")
        return _ids([person for person in people if person["username"] == MEMBER])

    def _other_sessions(self) -> list[str]:
        return [one["id"] for one in self._get("/auth/sessions") if not one["is_current"]]

    def _sign_in_elsewhere(self) -> list[str]:
        self._take_token()
        return self._other_sessions()

    def _take_token(self) -> str:
        # Its cookies say that somebody signed in here before, so no guesses of the cases keep it out.
        form = {"username": "owner", "password": PASSWORD}
        answer = self.door.post(f"{self.url}/api/auth/token", data=form, timeout=30)
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def _get(self, path: str) -> Any:
        return self._ask("GET", path, None)

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        url = f"{self.url}/api{path}"
        answer = self.session.request(method, url, json=body, timeout=30)
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            # The cases have used up what the owner may ask for in a minute.
            time.sleep(float(answer.headers["Retry-After"]))
            answer = self.session.request(method, url, json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()


def _ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]
