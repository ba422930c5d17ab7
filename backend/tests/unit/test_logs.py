"""Lines of the log: one JSON object each, with what they belong to and without secrets."""

import asyncio
import contextlib
import json
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.core.logs import (
    JsonFormatter,
    Redactor,
    TextFormatter,
    enter_log_context,
    in_log_context,
    log_context,
)


def line(message: str, *arguments: object, error: bool = False, known: str = "") -> dict[str, Any]:
    record = logging.LogRecord(
        "app.x", logging.WARNING, "x.py", 1, message, arguments, sys.exc_info() if error else None
    )
    text = JsonFormatter(Redactor([known])).format(record)
    assert "\n" not in text
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def failure(error: Exception) -> dict[str, Any]:
    with contextlib.suppress(ValueError):
        try:
            raise error
        finally:
            written = line("failed", error=True)
    return written


def test_a_line_says_when_where_how_bad_and_by_which_process() -> None:
    written = line("lane %s: %s", "player", "zwei\nZeilen „ü“")
    assert written["message"] == "lane player: zwei\nZeilen „ü“"
    assert (written["level"], written["logger"]) == ("WARNING", "app.x")
    assert written["time"].endswith("Z")
    assert isinstance(written["process"], int)
    assert "exception" not in written


def test_an_exception_is_one_field() -> None:
    written = failure(ValueError("kaputt"))
    assert written["exception"].startswith("Traceback")
    assert written["exception"].endswith("ValueError: kaputt")


def test_lines_say_what_they_belong_to_and_no_longer_than_that() -> None:
    with log_context(video_id="v1", lane="player", import_id=""):
        with log_context(job_kind="title", lane="oembed"):
            assert line("x").items() >= {
                "video_id": "v1", "lane": "oembed", "job_kind": "title"
            }.items()  # fmt: skip
        written = line("x")
        assert (written["lane"], "import_id" in written, "job_kind" in written) == (
            "player", False, False
        )  # fmt: skip
    assert "video_id" not in line("x")


async def test_what_one_task_enters_is_unknown_to_the_others() -> None:
    async def handle(name: str) -> str:
        enter_log_context(request_id=name)
        await asyncio.sleep(0)
        return str(line("x")["request_id"])

    names = await asyncio.gather(handle("a"), handle("b"))
    assert names == ["a", "b"]
    assert "request_id" not in line("x")


async def test_a_thread_of_a_pool_says_what_its_caller_says() -> None:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as pool:
        with log_context(youtube_id="abc"):
            written = await loop.run_in_executor(pool, in_log_context(line), "x")
        assert written["youtube_id"] == "abc"
        assert "youtube_id" not in await loop.run_in_executor(pool, line, "x")


SECRETS = [
    ("token vt_Abcdefgh12345678 refused", "Abcdefgh12345678"),
    ("Authorization: Bearer abc.def-ghi", "abc.def-ghi"),
    ("{'authorization': 'bearer abcdef'}", "abcdef"),
    ("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.SflKxwRJ", "SflKxwRJ"),
    ("key gsk_1234567890abcdef of Groq", "1234567890abcdef"),
    ("http://127.0.0.1:8000/#code=Zx81Zx81", "Zx81Zx81"),
    ("POST /x?access_token=q1w2e3&list=L", "q1w2e3"),
    ("Cookie: videothek_refresh=r3fr3sh; other=1", "r3fr3sh"),
    ("postgresql://videothek:pa55wort@db/videothek", "pa55wort"),
    ('{"password": "geheim99"}', "geheim99"),
    ("ein gutes passwort wurde abgelehnt", "ein gutes passwort"),
]


@pytest.mark.parametrize(("message", "secret"), SECRETS)
def test_no_secret_stands_in_a_line_of_either_form(message: str, secret: str) -> None:
    assert secret in message
    redact = Redactor(["ein gutes passwort"])
    record = logging.LogRecord("app", logging.INFO, "x.py", 1, "%s", (message,), None)
    for formatter in (JsonFormatter(redact), TextFormatter(redact)):
        assert secret not in formatter.format(record)


def test_no_secret_stands_in_a_traceback() -> None:
    written = failure(ValueError("Authorization: Bearer abcdefgh"))
    assert "abcdefgh" not in written["exception"]


@pytest.mark.parametrize(
    "message",
    [
        "video dQw4w9WgXcQ: video_private (Private video)",
        "lane player: upstream_throttled (429: https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
        "reading playlist:PLUl4u3cNGP61hsJNdULdudlRL493b-XZf failed: HTTP 500",
        "task-1234567890 at http://127.0.0.1:8000/api",
    ],
)
def test_what_is_no_secret_stays(message: str) -> None:
    assert Redactor()(message) == message


def test_words_of_others_never_look_like_a_line_of_the_log_nor_move_the_cursor() -> None:
    record = logging.LogRecord(
        "app",
        logging.INFO,
        "x.py",
        1,
        "video %s: %s",
        ("x", "a\n2026-01-01 ERROR b\r\x1b[2Jc\u202e"),
        None,
    )

    line = TextFormatter(Redactor()).format(record)

    assert line.endswith("video x: a\n    2026-01-01 ERROR b\\r\\x1b[2Jc\\u202e")
