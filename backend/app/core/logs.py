"""Lines of the log: what they belong to, their two forms, and what must never stand in them."""

import functools
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from typing import Final, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

_CONTEXT: ContextVar[Mapping[str, str]] = ContextVar("log_context", default={})  # noqa: B039 - never changed

_HIDDEN: Final = "…"
# Shorter ones would be found in words that have nothing to do with them.
_LEAST_SECRET_LENGTH: Final = 6
# Words of others stand in the log: they must not move a terminal's cursor, nor begin a line.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_SECRETS: Final = (
    # Tokens for other tools, keys of transcribers, and sign-ins.
    re.compile(r"(?<![A-Za-z0-9])(vt_|gsk_|sk-)[A-Za-z0-9_-]{8,}"),
    re.compile(r"(eyJ)[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?"),
    re.compile(r"(?i)(\bbearer\s+)[^\s'\",]+"),
    re.compile(r"(?i)(\bcookie['\"]?\s*[:=]\s*)[^\r\n]+"),
    re.compile(
        r"(?i)([?&#\s'\"{](?:code|password|secret|token|access_token|refresh_token|api_?key|key|sig"
        r"|signature)['\"]?\s*[=:]\s*['\"]?)[^\s&'\",}]+"
    ),
    # The password in the address of a database or a proxy.
    re.compile(r"(://[^/\s:@]*:)[^/\s@]+(?=@)"),
)


@contextmanager
def log_context(**fields: str | None) -> Iterator[None]:
    """Say with every line in this block what it belongs to.

    Args:
        fields: Such as ``video_id``; what is None or empty is left out.
    """
    token = _CONTEXT.set(_with(fields))
    try:
        yield
    finally:
        _CONTEXT.reset(token)


def enter_log_context(**fields: str | None) -> None:
    """The same for the rest of the task."""
    _CONTEXT.set(_with(fields))


def request_id() -> str:
    """The name of the request that is being handled; empty outside of one."""
    return _CONTEXT.get().get("request_id", "")


def in_log_context(work: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Work for a thread of a pool, which says what it belongs to as its caller does."""
    return functools.partial(copy_context().run, work)


def _with(fields: Mapping[str, str | None]) -> Mapping[str, str]:
    return {**_CONTEXT.get(), **{name: value for name, value in fields.items() if value}}


class Redactor:
    """Takes secrets out of text.

    Args:
        known: Those of the settings; what only looks like one is taken out as well.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = [secret for secret in known if len(secret) >= _LEAST_SECRET_LENGTH]

    def __call__(self, text: str) -> str:
        """The text without them."""
        for secret in self._known:
            text = text.replace(secret, _HIDDEN)
        for pattern in _SECRETS:
            text = pattern.sub(rf"\1{_HIDDEN}", text)
        return text


class TextFormatter(logging.Formatter):
    """Lines for people.

    Args:
        redact: Takes secrets out.
    """

    def __init__(self, redact: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``; what follows a line break never looks like a line of its own."""
        text = self._redact(super().format(record))
        return _CONTROLS.sub(lambda found: repr(found[0])[1:-1], text).replace("\n", "\n    ")


class JsonFormatter(logging.Formatter):
    """One JSON object per line, for programs.

    Args:
        redact: Takes secrets out.
    """

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """See ``logging.Formatter``."""
        at = datetime.fromtimestamp(record.created, UTC)
        fields: dict[str, str | int | None] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redact(record.getMessage()),
            "process": record.process,
            **_CONTEXT.get(),
        }
        if record.exc_info and record.exc_info[0]:
            fields["exception"] = self._redact(self.formatException(record.exc_info))
        return json.dumps(fields, ensure_ascii=False)
