"""What an HTTP answer of YouTube's says by itself, before anybody looks at its content."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from math import isfinite
from urllib.parse import urlsplit

from app.core.errors import ErrorCode, UpstreamError, UpstreamFailed, UpstreamThrottled

# Of a page; the words that tell a wall from a video are near its beginning or it is a short one.
_LOOKED_AT_BYTES = 200_000
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", re.IGNORECASE)
# Google's page for addresses it takes for robots, and the one that asks Europeans for consent.
_WALL = re.compile(
    rb"captcha-form|g-recaptcha|/sorry/index|unusual traffic from your computer"
    rb"|action=[\"']https://consent\.(?:youtube|google)\.",
    re.IGNORECASE,
)
# Ordinary watch pages may name all of these somewhere in their configuration.
_VIDEO_PAGE = re.compile(rb"ytInitialPlayerResponse|ytInitialData")


def refusal_of(
    status: int, headers: Mapping[str, str], body: bytes, url: str
) -> UpstreamError | None:
    """The error that an answer stands for whatever was asked for.

    A redirect is never followed: YouTube redirects none of our requests but to a wall, and with a
    gateway nothing else may be connected to.

    Args:
        status: The HTTP status.
        headers: The answer's, by any spelling of their names.
        body: The answer's, or its beginning.
        url: What was asked for, for the log.

    Returns:
        ``UpstreamThrottled`` for 429 and for walls, ``UpstreamFailed`` for 5xx and other redirects,
        None for what only the caller can judge.
    """
    detail = f"{status}: {url.partition('?')[0]}"
    by_name = {name.lower(): value for name, value in headers.items()}
    retry_after = retry_after_seconds(by_name.get("retry-after", ""), by_name.get("date", ""))
    location = by_name.get("location", "")
    is_redirect = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    if is_wall(body) or (is_redirect and _leads_to_wall(location)):
        return UpstreamThrottled(
            f"a wall, {detail} {location}".strip(),
            retry_after_seconds=retry_after,
            code=ErrorCode.UPSTREAM_BLOCKED,
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return UpstreamThrottled(detail, retry_after_seconds=retry_after)
    if is_redirect or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return UpstreamFailed(f"{detail} {location}".strip())
    return None


def is_html(body: bytes) -> bool:
    """Whether a body is a page."""
    return _HTML.match(body[:1_000]) is not None


def is_wall(body: bytes) -> bool:
    """Whether a body is a page that stands in the way of all videos: a captcha or the consent form."""
    looked_at = body[:_LOOKED_AT_BYTES]
    return is_html(body) and bool(_WALL.search(looked_at)) and not _VIDEO_PAGE.search(looked_at)


def retry_after_seconds(value: str, date: str = "") -> float | None:
    """What a ``Retry-After`` header asks for, as seconds or as a date (RFC 9110, 10.2.3).

    Args:
        value: The header.
        date: The answer's ``Date``, by which a date is counted; without one it is our own clock.
    """
    value = value.strip()
    if re.fullmatch("[0-9]+", value):
        seconds = float(value)
        return seconds if isfinite(seconds) else None
    at = _moment(value)
    if at is None:
        return None
    return max(0.0, (at - (_moment(date) or datetime.now(UTC))).total_seconds())


def _moment(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    # A zone of "-0000" is read as none at all.
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _leads_to_wall(location: str) -> bool:
    try:
        parts = urlsplit(location)
        host = parts.hostname or ""
    except ValueError:
        return False
    return host.startswith(("consent.", "sorry.")) or parts.path.startswith("/sorry")
