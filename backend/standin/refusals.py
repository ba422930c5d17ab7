"""Error answers, each in the form its upstream uses."""

import math
from typing import Any

from standin.quota import SCOPES, Exceeded, spelled
from standin.seeds import token_of
from standin.wire import Reply

_WORDS = {
    400: ("INVALID_ARGUMENT", "Request contains an invalid argument."),
    401: ("UNAUTHENTICATED", "Request had invalid authentication credentials."),
    403: ("PERMISSION_DENIED", "The caller does not have permission"),
    404: ("NOT_FOUND", "Requested entity was not found."),
    429: ("RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
    500: ("INTERNAL", "Internal error encountered."),
    503: ("UNAVAILABLE", "The service is currently unavailable."),
}
_PLAIN = {401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests"}
_GROQ_CODES = {401: "invalid_api_key", 413: "request_too_large", 429: "rate_limit_exceeded"}
_GROQ_WAIT_SECONDS = 20.0
# What a refusal on demand speaks of: ceiling, used, requested.
_GROQ_NUMBERS = {
    "RPM": (20, 20, 1),
    "RPD": (2_000, 2_000, 1),
    "ASPH": (7_200, 6_990, 600),
    "ASPD": (28_800, 28_590, 600),
}


def refusal(
    kind: str,
    status: int,
    *,
    retry_after: float | None = None,
    quota: bool = False,
    limit: str = "ASPH",
) -> Reply:
    """Return an error answer.

    Args:
        kind: The upstream.
        status: The HTTP status.
        retry_after: Seconds for the `Retry-After` header, None for no header.
        quota: For Groq's 413: the request is larger than the quota, not than the upload limit.
        limit: For Groq's 429 and 413: which of its limits it speaks of.
    """
    if kind == "groq":
        wait = retry_after if retry_after is not None else _GROQ_WAIT_SECONDS
        error = _groq_error(status, wait, quota=quota, limit=limit)
        reply = Reply.of_json({"error": error}, status)
    elif kind in ("player", "next", "browse", "data_api"):
        reply = Reply.of_json({"error": _google_error(kind, status)}, status)
    elif kind == "oembed":
        reply = Reply(status, _PLAIN.get(status, "Error").encode())
    elif kind in ("media", "thumbnail"):
        reply = Reply(status, b"", "text/plain")
    else:
        reply = Reply(status, _html_error(status).encode())
    if retry_after is not None:
        reply.headers["Retry-After"] = f"{retry_after:g}"
    return reply


def _google_error(kind: str, status: int) -> dict[str, Any]:
    name, message = _WORDS.get(status, ("UNKNOWN", "Unknown error."))
    reason = "badRequest" if status < 500 else "backendError"  # noqa: PLR2004 - HTTP's classes
    if kind == "data_api" and status in (403, 429):
        message = "The request cannot be completed because you have exceeded your quota."
        reason = "quotaExceeded" if status == 403 else "rateLimitExceeded"  # noqa: PLR2004
    errors = [{"message": message, "domain": "global", "reason": reason}]
    return {"code": status, "message": message, "errors": errors, "status": name}


def _groq_error(status: int, wait: float, *, quota: bool, limit: str) -> dict[str, Any]:
    if status == 429 or quota:  # noqa: PLR2004 - HTTP's number
        ceiling, used, requested = _GROQ_NUMBERS[limit]
        if quota:
            used, requested = 0, 2 * ceiling
        return _exceeded(Exceeded(limit, ceiling, used, requested, None if quota else wait))
    messages = {401: "Invalid API Key", 413: "Request Entity Too Large"}
    message = messages.get(status, "Internal Server Error")
    code = _GROQ_CODES.get(status, "internal_server_error")
    return {"message": message, "type": "invalid_request_error", "code": code}


def exceeded_quota(exceeded: Exceeded, *, retry_after: bool) -> Reply:
    """Return Groq's answer to a request over one of its limits.

    Args:
        exceeded: The limit.
        retry_after: Whether the header is there beside the words.
    """
    status = 413 if exceeded.wait_seconds is None else 429
    reply = Reply.of_json({"error": _exceeded(exceeded)}, status)
    if retry_after and exceeded.wait_seconds is not None:
        reply.headers["Retry-After"] = f"{max(1, math.ceil(exceeded.wait_seconds))}"
    return reply


def _exceeded(exceeded: Exceeded) -> dict[str, Any]:
    model = "`whisper-large-v3-turbo` in organization `org_standin` service tier `on_demand`"
    scope = f"model {model} on {SCOPES[exceeded.limit]}: Limit {exceeded.ceiling:.0f}"
    requested = f"Requested {exceeded.requested:.0f}"
    if exceeded.wait_seconds is None:
        message = f"Request too large for {scope}, {requested}."
    else:
        message = f"Rate limit reached for {scope}, Used {exceeded.used:.0f}, {requested}. "
        message += f"Please try again in {spelled(exceeded.wait_seconds)}. Need more tokens? "
        message += "Upgrade to Dev Tier today at https://console.groq.com/settings/billing"
    unit = "seconds" if exceeded.limit.startswith("AS") else "requests"
    return {"message": message, "type": unit, "code": "rate_limit_exceeded"}


def _html_error(status: int) -> str:
    return (
        f"<html><head><title>Error {status}</title></head><body><b>{status}.</b> "
        f"<ins>That’s an error.</ins><p>{_PLAIN.get(status, 'Please try again later.')}</p>"
        "</body></html>"
    )


def sorry_page() -> Reply:
    """Return the page Google shows to addresses it takes for robots."""
    text = (
        "<html><head><title>Sorry...</title></head><body><h1>We're sorry...</h1><p>... but your "
        "computer or network may be sending automated queries. To protect our users, we can't "
        "process your request right now.</p><p>Our systems have detected unusual traffic from "
        "your computer network.</p><form id='captcha-form'></form></body></html>"
    )
    return Reply(429, text.encode())


def sorry_redirect(url: str) -> Reply:
    """Return the redirect that leads to the sorry page."""
    where = f"https://www.google.com/sorry/index?continue={url}&q={token_of('q', 'sorry', 40)}"
    return Reply(302, b"<html>302 Moved</html>", headers={"Location": where})


def consent_page() -> Reply:
    """Return the page that asks visitors from the EU for consent, in place of a video."""
    text = (
        '<!DOCTYPE html><html lang="de" dir="ltr"><head><title>Bevor Sie zu YouTube weitergehen'
        '</title></head><body><form action="https://consent.youtube.com/save" method="POST">'
        '<input type="hidden" name="gl" value="DE"><button>Alle ablehnen</button></form>'
        "</body></html>"
    )
    return Reply(200, text.encode())
