"""A request that fails is found in the log by the name in its answer."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.core.logs import JsonFormatter, Redactor
from tests.support.server import RunningApp

ERRORS = [RuntimeError("unexpected"), NotADirectoryError("thumbnails")]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonFormatter(Redactor()))
    logging.getLogger("app").addHandler(handler)
    yield text
    logging.getLogger("app").removeHandler(handler)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
async def test_an_error_that_nobody_expected_has_the_same_name_in_answer_and_log(
    idle_app: RunningApp, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, error: Exception
) -> None:
    async def get(*_arguments: Any) -> None:
        raise error

    monkeypatch.setattr(type(idle_app.runtime.thumbnails), "get", get)
    async with httpx.AsyncClient(base_url=idle_app.url) as http:
        answer = await http.get("/api/thumbnails/aaaaaaaaaaa.jpg?sig=x")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    (line,) = [json.loads(each) for each in log.getvalue().splitlines()]
    assert line["request_id"] == answer.headers["X-Request-ID"] != ""
    assert line["exception"].startswith("Traceback")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("given", "is_taken"), [("proxy-17.a_b", True), ("a b", False), ("x" * 65, False), ("", False)]
)
async def test_a_name_of_a_proxy_is_taken_if_it_is_one(
    idle_app: RunningApp, given: str, is_taken: bool
) -> None:
    async with httpx.AsyncClient(base_url=idle_app.url) as http:
        names = [
            (await http.get("/api/health", headers={"X-Request-ID": given})).headers["X-Request-ID"]
            for _ in range(2)
        ]
    assert (names[0] == given) == is_taken
    assert (names[0] == names[1]) == is_taken
    assert names[0]
