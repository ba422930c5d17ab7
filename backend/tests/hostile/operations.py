"""Asks one operation many times, and remembers what no answer may be."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.hostile.library import Library

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# After these something of the library is gone, and what follows would end at 404.
_TAKES_AWAY = ("remove", "merge", "undo", "cancel", "move")
_LINKS = ("url", "urls", "text")
_RENEWED_AFTER = 3
_UNAUTHENTICATED = 401
_MALFORMED = 422
_TOO_LARGE = 413


@dataclass
class Tally:
    """What became of an operation's cases.

    Args:
        name: Method and path.
        needs_token: Whether nobody may ask without one.
        statuses: How often each status was answered.
        findings: What is wrong, each once, with a case that shows it.
        taken_away: How often something of the library went with a case.
    """

    name: str
    needs_token: bool
    statuses: Counter[int] = field(default_factory=Counter)
    findings: dict[str, str] = field(default_factory=dict)
    taken_away: int = 0

    @property
    def cases(self) -> int:
        return self.statuses.total()

    def check_door(self, *, with_token: bool) -> None:
        """A run that was signed out by itself proves nothing, nor does an open door."""
        if not self.needs_token:
            return
        refused = self.statuses[_UNAUTHENTICATED]
        if with_token and refused:
            self.findings["signed out"] = f"{refused} of {self.cases} cases were not signed in"
        # A body that is no JSON, or too much of it, is refused before anybody looks who sends it.
        unread = self.statuses[_MALFORMED] + self.statuses[_TOO_LARGE]
        if not with_token and refused + unread != self.cases:
            self.findings["open"] = f"answers {dict(self.statuses)} without a token"


def operations_of(url: str) -> list[Any]:
    """All that the application says it can be asked, in the order of its document."""
    document = requests.get(f"{url}/api/openapi.json", timeout=30).json()
    schema = schemathesis.openapi.from_dict(document)
    return [result.ok() for result in schema.get_all_operations()]


def exercise(operation: Any, library: Library, *, cases: int, seed: int, with_token: bool) -> Tally:
    """Ask one operation, with what its schema allows and with what it does not.

    Args:
        operation: One of ``operations_of``.
        library: What there is to name.
        cases: How often; fewer where there are not so many ways to ask.
        seed: Chooses the cases.
        with_token: Whether the owner asks, or nobody.
    """
    tally = Tally(
        f"{operation.method.upper()} {operation.path}",
        bool(operation.definition.raw.get("security")),
    )
    library.renew()
    headers = dict(library.session.headers) if with_token else {}
    allowed = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    refused = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @hypothesis.seed(seed)
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(allowed, refused), choice=st.integers(0, 5999))
    def ask(case: Any, choice: int) -> None:
        if choice % 3:
            _name_what_is_there(case, library, choice)
        _judge(case, library, headers, tally)

    ask()
    tally.check_door(with_token=with_token)
    return tally


def _name_what_is_there(case: Any, library: Library, choice: int) -> None:
    parts = (case.path_parameters, case.query, case.body)
    for part in (part for part in parts if isinstance(part, dict)):
        for name in part:
            if known := library.ids.get(name):
                part[name] = known[choice % len(known)]
            elif name == "video_ids":
                part[name] = library.ids["video_id"][: choice % 5]
            elif name in _LINKS and choice % 2:
                link = f"https://youtu.be/hostile_{choice % 1000:03}"
                part[name] = [link] if name == "urls" else link


def _judge(case: Any, library: Library, headers: dict[str, str], tally: Tally) -> None:
    try:
        answer = case.call(
            base_url=library.url, session=_without_cookies(library), headers=headers, timeout=60
        )
    except (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL, UnicodeError):
        return  # What no client can send.
    except requests.exceptions.RequestException as error:
        tally.findings.setdefault(f"no answer: {type(error).__name__}", repr(error)[:500])
        return
    tally.statuses[answer.status_code] += 1
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as failures:
        for failure in failures.exceptions:
            title = f"{answer.status_code}: {getattr(failure, 'title', type(failure).__name__)}"
            tally.findings.setdefault(title, _shown(case, failure))
    if answer.status_code < 300 and (case.method == "DELETE" or case.path.endswith(_TAKES_AWAY)):
        tally.taken_away += 1
        if tally.taken_away % _RENEWED_AFTER == 0:
            library.renew()


def _without_cookies(library: Library) -> requests.Session:
    """A connection that is kept, and forgets who signed in on it."""
    library.asking.cookies.clear()
    return library.asking


def _shown(case: Any, failure: Exception) -> str:
    return f"{failure}\n{case.as_curl_command()}"[:2000]
