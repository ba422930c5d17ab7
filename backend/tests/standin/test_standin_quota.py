"""Groq's limits as leaky buckets, on a clock the test holds in its hand, and on the wire."""

import re
from typing import Any

import httpx
import pytest

from standin.quota import Quota, QuotaError, QuotaSpec, spelled
from standin.server import StandIn
from standin.sound import loop_of
from tests.support.speech import ogg_of


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def quota(clock: Clock, **spec: Any) -> Quota:
    made = Quota(clock)
    made.set(QuotaSpec.of_json(spec))
    return made


@pytest.fixture(scope="module")
def sound() -> bytes:
    loop = loop_of("audio/webm")
    return ogg_of(loop.part(20, 0, loop.size(20)))


def send(stand_in: StandIn, sound: bytes, **changes: str) -> httpx.Response:
    return httpx.post(
        f"{stand_in.url}/openai/v1/audio/transcriptions",
        headers={"Authorization": f"Bearer {changes.pop('key', 'k')}"},
        files={"file": ("audio.ogg", sound, "audio/ogg")},
        data={"model": "whisper-large-v3-turbo", **changes},
        timeout=20,
    )


@pytest.mark.parametrize(
    ("given", "limit", "wait"),
    [
        ({"requests_per_minute": 3}, "RPM", 20),
        ({"requests_per_day": 3}, "RPD", 28_800),
        ({"seconds_per_hour": 1_800}, "ASPH", 1_200),
        ({"seconds_per_day": 1_800}, "ASPD", 28_800),
    ],
)
def test_what_does_not_fit_is_told_with_the_wait_until_it_fits(
    clock: Clock, given: dict[str, int], limit: str, wait: float
) -> None:
    bucket = quota(clock, **given)
    for _ in range(3):
        assert bucket.take(600) is None

    exceeded = bucket.take(600)

    assert exceeded is not None
    assert exceeded.limit == limit
    assert exceeded.wait_seconds == pytest.approx(wait)
    clock.now += wait - 1
    assert bucket.take(600) is not None
    clock.now += 1
    assert bucket.take(600) is None


def test_a_refused_request_uses_nothing(clock: Clock) -> None:
    bucket = quota(clock, seconds_per_hour=1_000)
    bucket.take(900)
    for _ in range(50):
        assert bucket.take(600) is not None

    assert bucket.as_json()["used"] == {"RPM": 1, "RPD": 1, "ASPH": 900, "ASPD": 900}


def test_a_request_larger_than_the_bucket_never_fits(clock: Clock) -> None:
    exceeded = quota(clock, seconds_per_hour=500).take(600)

    assert exceeded is not None
    assert exceeded.wait_seconds is None


def test_the_buckets_can_be_faster_than_real_life(clock: Clock) -> None:
    bucket = quota(clock, requests_per_minute=1, speed=10)
    bucket.take(10)

    exceeded = bucket.take(10)

    assert exceeded is not None
    assert exceeded.wait_seconds == pytest.approx(6)
    clock.now += 6
    assert bucket.take(10) is None


def test_limits_that_are_not_enforced_refuse_nothing(clock: Clock) -> None:
    bucket = Quota(clock)

    assert all(bucket.take(90_000) is None for _ in range(100))


def test_somebody_else_with_the_same_key_uses_it_up_too(clock: Clock) -> None:
    bucket = quota(clock)
    bucket.fill("ASPD", 28_500)

    exceeded = bucket.take(600)

    assert exceeded is not None
    assert (exceeded.limit, exceeded.used) == ("ASPD", 28_500)


def test_a_quota_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(QuotaError):
        QuotaSpec.of_json({"requests_per_week": 5})


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.57, "570ms"),
        (20, "20s"),
        (43.2, "43.2s"),
        (1188, "19m48s"),
        (7205.5, "2h0m5.5s"),
        (0, "0s"),
    ],
)
def test_waits_are_spelled_as_groq_does(seconds: float, words: str) -> None:
    assert spelled(seconds) == words


@pytest.mark.parametrize("retry_after", [True, False])
def test_a_refusal_on_the_wire_names_its_limit(
    stand_in: StandIn, sound: bytes, retry_after: bool
) -> None:
    stand_in.set_groq_limits(requests_per_minute=1, retry_after=retry_after)
    first, second = send(stand_in, sound), send(stand_in, sound)

    assert first.headers["x-ratelimit-limit-requests"] == "2000"
    assert first.headers["x-ratelimit-remaining-requests"] == "1999"
    assert first.headers["x-ratelimit-remaining-audio-seconds"] == "7180"
    assert second.status_code == 429
    assert second.headers["x-ratelimit-remaining-requests"] == "1999"
    error = second.json()["error"]
    assert error["code"] == "rate_limit_exceeded"
    assert "requests per minute (RPM): Limit 1, Used 1, Requested 1." in error["message"]
    assert re.search(r"Please try again in (1m0s|5\d\.\d+s)\.", error["message"])
    assert ("retry-after" in second.headers) is retry_after
    assert [(each.status, each.fault) for each in stand_in.uploads] == [(200, None), (429, "limit")]
    assert [each.billed_seconds > 0 for each in stand_in.uploads] == [True, False]


def test_a_sound_longer_than_the_quota_is_too_large_for_ever(
    stand_in: StandIn, sound: bytes
) -> None:
    stand_in.set_groq_limits(seconds_per_hour=15)

    answer = send(stand_in, sound)

    assert answer.status_code == 413
    assert "Request too large for model" in answer.json()["error"]["message"]
    assert "retry-after" not in answer.headers


def test_a_short_sound_costs_ten_seconds(stand_in: StandIn) -> None:
    loop = loop_of("audio/webm")
    send(stand_in, ogg_of(loop.part(5, 0, loop.size(5)), 0, 2))

    (upload,) = stand_in.uploads
    assert upload.duration_seconds == pytest.approx(2, abs=0.1)
    assert upload.billed_seconds == stand_in.groq.uploads.billed_seconds() == 10


@pytest.mark.parametrize("limit", ["RPM", "RPD", "ASPH", "ASPD"])
def test_a_refusal_on_demand_speaks_of_the_limit_it_was_told(
    stand_in: StandIn, sound: bytes, limit: str
) -> None:
    stand_in.add_fault(kind="groq", fault="status_429_retry_after", limit=limit, count=1)

    answer = send(stand_in, sound)

    assert f"({limit})" in answer.json()["error"]["message"]
    assert answer.headers["retry-after"] == "30"
    assert stand_in.uploads[0].billed_seconds == 0


@pytest.mark.parametrize(("fault", "billed"), [("garbage", 20), ("status_503", 0), ("reset", 20)])
def test_broken_answers_are_paid_for_and_errors_are_not(
    stand_in: StandIn, sound: bytes, fault: str, billed: float
) -> None:
    stand_in.add_fault(kind="groq", fault=fault)
    try:
        send(stand_in, sound)
    except httpx.HTTPError:
        assert fault == "reset"

    (upload,) = stand_in.uploads
    assert upload.billed_seconds == pytest.approx(billed, abs=0.1)
    assert upload.fault == fault
    assert upload.status == {"garbage": 200, "status_503": 503, "reset": None}[fault]


def test_uploads_and_limits_can_be_had_over_http(stand_in: StandIn, sound: bytes) -> None:
    control = f"{stand_in.url}/_standin"
    assert httpx.put(f"{control}/groq", json={"seconds_per_hour": 100}).json()["used"]["ASPH"] == 0
    httpx.post(f"{control}/groq/use", json={"limit": "ASPH", "amount": 90})
    assert send(stand_in, sound, prompt="before", language="de").status_code == 429

    (upload,) = httpx.get(f"{control}/uploads").json()
    assert (upload["prompt"], upload["language"], upload["file_name"]) == (
        "before",
        "de",
        "audio.ogg",
    )
    assert httpx.delete(f"{control}/groq").json()["enforced"] is False
    assert send(stand_in, sound).status_code == 200
    said = httpx.get(f"{control}/spoken/TALK_abcdef").json()
    assert set(said[0]) == {"start_seconds", "end_seconds", "text"}
    assert httpx.delete(f"{control}/uploads").json() == []
    assert httpx.put(f"{control}/groq", json={"x": 1}).status_code == 422


def test_models_are_listed_for_who_has_a_key(stand_in: StandIn, sound: bytes) -> None:
    models = f"{stand_in.url}/openai/v1/models"
    signed = {"Authorization": "Bearer k"}

    assert httpx.get(models).status_code == 401
    listed = httpx.get(models, headers=signed).json()["data"]
    assert "whisper-large-v3-turbo" in [each["id"] for each in listed]
    assert httpx.get(f"{models}/whisper-large-v3", headers=signed).status_code == 200
    assert httpx.get(f"{models}/whisper-9", headers=signed).status_code == 404
    refused = send(stand_in, sound, model="whisper-9")
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "model_not_found")
    assert stand_in.counts()["total"] == {"groq_models": 4, "groq": 1}
