"""What an HTTP answer says before its content is looked at."""

import pytest

from app.adapters.http_answers import is_wall, refusal_of, retry_after_seconds
from app.core.errors import ErrorCode, UpstreamError, UpstreamFailed, UpstreamThrottled

URL = "https://www.youtube.com/x"
SORRY = (
    b"<html><head><title>Sorry...</title></head><body>Our systems have detected unusual traffic from"
    b" your computer network.<form id='captcha-form'></form></body></html>"
)
CONSENT = b'<!DOCTYPE html><form action="https://consent.youtube.com/save" method="POST"></form>'


def judge(status: int, body: bytes = b"", **headers: str) -> UpstreamError | None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return refusal_of(status, named, body, URL)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 418])
def test_what_depends_on_the_question_is_left_to_the_caller(status: int) -> None:
    assert judge(status, b"{}") is None


@pytest.mark.parametrize("status", [500, 502, 503, 301, 302, 304])
def test_errors_of_the_server_and_strange_redirects_are_tried_again(status: int) -> None:
    assert type(judge(status)) is UpstreamFailed


@pytest.mark.parametrize("status", [200, 403, 429, 503])
@pytest.mark.parametrize("body", [SORRY, CONSENT, b"\xef\xbb\xbf\n" + SORRY])
def test_a_wall_is_a_block_whatever_its_status(status: int, body: bytes) -> None:
    error = judge(status, body)

    assert isinstance(error, UpstreamThrottled)
    assert error.code is ErrorCode.UPSTREAM_BLOCKED


def test_a_watch_page_that_names_walls_somewhere_is_none() -> None:
    page = b'<!DOCTYPE html><script>var ytInitialData = {"u": "/sorry/index g-recaptcha"}</script>'

    assert not is_wall(page)
    assert not is_wall(b'{"title": "captcha-form"}')


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "30"}, 30),
        ({"retry_after": " 120 "}, 120),
        ({"Retry_After": "0"}, 0),
        ({}, None),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "-5"}, None),
        ({"Retry_After": "9" * 400}, None),
        (
            {
                "Retry_After": "Wed, 21 Oct 2026 07:29:00 GMT",
                "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            60,
        ),
        (
            {
                "Retry_After": "Wed, 21 Oct 2026 07:29:00 -0000",
                "Date": "Wed, 21 Oct 2026 07:28:30 GMT",
            },
            30,
        ),
        ({"Retry_After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
    ],
)
def test_a_429_brings_what_it_asked_for(headers: dict[str, str], seconds: float | None) -> None:
    error = judge(429, **headers)

    assert isinstance(error, UpstreamThrottled)
    assert error.code is ErrorCode.UPSTREAM_THROTTLED
    assert error.retry_after_seconds == seconds


def test_a_date_without_date_is_counted_by_our_own_clock() -> None:
    seconds = retry_after_seconds("Fri, 31 Dec 2100 23:59:59 GMT")

    assert seconds is not None
    assert seconds > 0
