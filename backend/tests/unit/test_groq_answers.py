"""What is asked of a server that transcribes, and what its answers mean."""

import contextlib
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import (
    ErrorCode,
    QuotaReached,
    SoundTooLarge,
    TranscriberNotReady,
    UpstreamError,
    UpstreamFailed,
    UpstreamThrottled,
)
from app.services.enrichment.groq_transcriber import (
    Answer,
    Form,
    GroqTranscriber,
    error_of,
    form_of,
    quota_levels,
    read_answer,
)
from app.services.enrichment.transcript_answers import language_code
from app.services.transcription.ports import QuotaLevel, SoundPart

WHERE = "for model `whisper-large-v3-turbo` in organization `org_x` service tier `on_demand`"


def answer(status: int, body: Any = "", headers: Mapping[str, str] | None = None) -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, headers or {}, data)


def refused(message: str, status: int = 429, code: str = "", **headers: str) -> UpstreamError:
    error = {"message": message, "type": "seconds", "code": code or "rate_limit_exceeded"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return error_of(answer(status, {"error": error}, named))


@pytest.mark.parametrize(
    ("kind", "limit", "used", "again", "name", "seconds"),
    [
        ("requests per minute (RPM)", "20", "20", "3s", "requests_per_minute", 3.0),
        ("requests per day (RPD)", "2000", "2000", "43.2s", "requests_per_day", 43.2),
        (
            "seconds of audio per hour (ASPH)",
            "7200",
            "6990",
            "3m15s",
            "audio_seconds_per_hour",
            195.0,
        ),
        (
            "seconds of audio per day (ASPD)",
            "28800",
            "28700",
            "1h2m3.5s",
            "audio_seconds_per_day",
            3723.5,
        ),
    ],
)
def test_a_refusal_says_which_quota_is_used_up_and_for_how_long(
    kind: str, limit: str, used: str, again: str, name: str, seconds: float
) -> None:
    error = refused(
        f"Rate limit reached {WHERE} on {kind}: Limit {limit}, Used {used}, Requested 600. "
        f"Please try again in {again}. Need more? Upgrade."
    )
    assert isinstance(error, QuotaReached)
    assert (error.limit, error.allowed, error.used) == (name, float(limit), float(used))
    assert error.retry_after_seconds == pytest.approx(seconds)


def test_the_longer_of_header_and_words_is_waited_for() -> None:
    message = (
        f"Rate limit reached {WHERE} on requests per minute (RPM): Limit 20. Try again in 750ms."
    )
    error = refused(message, retry_after="9")
    assert isinstance(error, QuotaReached)
    assert error.retry_after_seconds == 9


def test_a_refusal_that_says_nothing_is_the_lane_s_to_judge() -> None:
    for body in (b"", b"<html>", b"[]", b'{"error": 7}'):
        error = error_of(answer(429, body))
        assert isinstance(error, UpstreamThrottled)
        assert not isinstance(error, QuotaReached)


def test_a_part_that_is_larger_than_the_whole_quota_is_told_from_a_file_that_is_too_large() -> None:
    quota = refused(
        f"Request too large {WHERE} on seconds of audio per hour (ASPH): Limit 7200, Requested 10200.",
        413,
    )
    assert isinstance(quota, SoundTooLarge)
    assert quota.max_seconds == 7_200
    file = refused("Request Entity Too Large", 413, "request_too_large")
    assert isinstance(file, SoundTooLarge)
    assert file.max_seconds is None


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (401, "invalid_api_key", ErrorCode.TRANSCRIPTION_KEY_INVALID),
        (403, "", ErrorCode.TRANSCRIPTION_KEY_INVALID),
        (402, "", ErrorCode.TRANSCRIPTION_KEY_INVALID),
        (429, "insufficient_quota", ErrorCode.TRANSCRIPTION_KEY_INVALID),
        (400, "organization_restricted", ErrorCode.TRANSCRIPTION_KEY_INVALID),
        (404, "model_not_found", ErrorCode.TRANSCRIPTION_MODEL_MISSING),
        (400, "model_decommissioned", ErrorCode.TRANSCRIPTION_MODEL_MISSING),
        (404, "unknown_url", ErrorCode.TRANSCRIPTION_MODEL_MISSING),
    ],
)
def test_what_only_the_settings_can_put_right_stops_everything(
    status: int, code: str, expected: ErrorCode
) -> None:
    error = refused("Nothing goes.", status, code)
    assert isinstance(error, TranscriberNotReady)
    assert error.code is expected


@pytest.mark.parametrize(
    ("status", "is_down"),
    [(400, False), (422, False), (498, True), (500, True), (503, True), (302, True)],
)
def test_other_answers_were_not_billed_and_say_whether_the_upstream_is_in_trouble(
    status: int, *, is_down: bool
) -> None:
    error = error_of(answer(status, b"<html>no</html>"))
    assert isinstance(error, UpstreamFailed)
    assert (error.is_answer, error.is_down) == (True, is_down)


def spoken(**members: Any) -> dict[str, Any]:
    segment = {"id": 0, "start": 0.5, "end": 2.25, "text": " Good morning.", "tokens": [1]}
    sure = {"avg_logprob": -0.2, "no_speech_prob": 0.01, "compression_ratio": 1.1}
    words = [{"word": "Good", "start": 0.5, "end": 0.9}, {"word": "morning", "start": 1, "end": 2}]
    return {"language": "English", "segments": [segment | sure], "words": words} | members


def test_an_answer_brings_words_their_times_and_how_sure_the_model_is() -> None:
    heard = read_answer(
        answer(
            200,
            spoken(),
            {
                "x-ratelimit-limit-requests": "2000",
                "x-ratelimit-remaining-requests": "1998",
                "x-ratelimit-reset-requests": "1m26.4s",
                "x-ratelimit-limit-audio-seconds": "7200",
                "x-ratelimit-remaining-audio-seconds": "7199",
                "x-ratelimit-reset-audio-seconds": "500ms",
            },
        )
    )
    (segment,) = heard.transcript.segments
    assert heard.transcript.language == "en"
    assert (segment.start_seconds, segment.end_seconds) == (0.5, 2.25)
    assert (segment.avg_logprob, segment.no_speech_prob, segment.compression_ratio) == (
        -0.2,
        0.01,
        1.1,
    )
    assert [word.text for word in heard.transcript.words] == ["Good", "morning"]
    assert heard.levels == (
        QuotaLevel("requests", 2_000, 1_998, pytest.approx(86.4)),
        QuotaLevel("audio_seconds", 7_200, 7_199, pytest.approx(0.5)),
    )


def test_silence_is_an_answer() -> None:
    for body in ({"segments": [], "text": ""}, {"text": ""}, spoken(segments=[], words=[])):
        assert not read_answer(answer(200, body)).transcript.segments


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"<html>",
        b'{"text": "words without times"}',
        b'{"segments": 7}',
        b'{"segments": [{"start": "0", "end": 1, "text": "a"}]}',
        b'{"segments": [{"start": 0, "end": 1}]}',
        b'{"words": ["a"], "segments": []}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_transcript_is_a_failure_that_may_have_been_billed(body: bytes) -> None:
    with pytest.raises(UpstreamFailed) as caught:
        read_answer(answer(200, body))
    assert not caught.value.is_answer


@given(st.integers(100, 599), st.binary(max_size=200), st.dictionaries(st.text(), st.text()))
def test_whatever_comes_is_a_transcript_or_an_error_of_ours(
    status: int, body: bytes, headers: dict[str, str]
) -> None:
    with contextlib.suppress(UpstreamError):
        read_answer(Answer(status, headers, body))


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_whatever_headers_say_is_a_number_or_nothing(
    limit: str, remaining: str, reset: str
) -> None:
    levels = quota_levels(
        {
            "x-ratelimit-limit-requests": limit,
            "x-ratelimit-remaining-requests": remaining,
            "x-ratelimit-reset-requests": reset,
        }
    )
    assert all(level.allowed and level.allowed > 0 for level in levels)


def test_a_part_is_asked_for_with_the_times_of_its_words() -> None:
    part = SoundPart(b"OggS", 600.0, 500.0, language="pt-BR", prompt="x" * 1_000)
    form = form_of(part, "whisper-large-v3")
    assert form.fields["response_format"] == "verbose_json"
    assert form.fields["timestamp_granularities[]"] == ("segment", "word")
    assert form.fields["language"] == "pt"
    assert len(form.fields["prompt"]) == 896
    plain = form_of(SoundPart(b"OggS", 600.0, 500.0), "m").fields
    assert not {"language", "prompt"} & set(plain)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("English", "en"),
        ("de", "de"),
        ("Cantonese", "yue"),
        ("klingon", None),
        ("", None),
        (7, None),
    ],
)
def test_a_language_is_a_code_whichever_way_it_is_named(name: object, code: str | None) -> None:
    assert language_code(name) == code


class Server:
    """Answers a form with one thing, and the question for its models with another."""

    def __init__(self, to_form: Answer, models: Answer | None = None) -> None:
        self._to_form = to_form
        self._models = models or answer(404)
        self.forms: list[Form] = []

    async def post(self, path: str, form: Form, *, audio_seconds: float) -> Answer:
        assert path == "/audio/transcriptions"
        assert (form.sound is None) == (audio_seconds == 0)
        self.forms.append(form)
        return self._to_form

    async def get(self, path: str) -> Answer:
        assert path == "/models"
        return self._models

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_transcriber_sends_a_part_and_hands_over_what_came() -> None:
    server = Server(answer(200, spoken()))
    transcriber = GroqTranscriber(server, "m")
    heard = await transcriber.transcribe(SoundPart(b"OggS", 12.0, 10.0))
    assert heard.transcript.words
    assert [form.sound for form in server.forms] == [b"OggS"]
    await transcriber.close()


NO_SOUND = answer(400, {"error": {"message": "`file` or `url` must be provided"}})


@pytest.mark.parametrize(
    ("server", "code"),
    [
        (Server(NO_SOUND, answer(200, {"data": [{"id": "m"}]})), None),
        (Server(NO_SOUND, answer(200, b"hello")), None),
        (Server(NO_SOUND), None),
        (Server(answer(429)), None),
        (
            Server(NO_SOUND, answer(200, {"data": [{"id": "other"}]})),
            ErrorCode.TRANSCRIPTION_MODEL_MISSING,
        ),
        (Server(answer(401)), ErrorCode.TRANSCRIPTION_KEY_INVALID),
        (Server(answer(404)), ErrorCode.TRANSCRIPTION_MODEL_MISSING),
    ],
)
async def test_a_check_sends_no_sound_and_says_whether_key_and_model_are_right(
    server: Server, code: ErrorCode | None
) -> None:
    transcriber = GroqTranscriber(server, "m")
    if code is None:
        await transcriber.check()
    else:
        with pytest.raises(TranscriberNotReady) as caught:
            await transcriber.check()
        assert caught.value.code is code
    assert all(form.sound is None for form in server.forms)
