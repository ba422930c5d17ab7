"""Whisper at Groq, or at any server that speaks like OpenAI's: what is asked, what answers mean.

Judging an answer is pure; sending the question is a port. A plain form is sent instead of using the
vendor's client: that sends a part three more times within seconds when it is asked to wait for minutes,
and reaches no other server than its own.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from math import isfinite
from typing import Any, Protocol

from app.core.errors import (
    ErrorCode,
    QuotaReached,
    SoundTooLarge,
    TranscriberNotReady,
    UpstreamError,
    UpstreamFailed,
    UpstreamThrottled,
)
from app.services.enrichment.transcript_answers import read_transcript
from app.services.pacing.quota import QuotaName, QuotaUnit
from app.services.transcription.ports import Heard, QuotaLevel, SoundPart

_PATH = "/audio/transcriptions"
_MODELS_PATH = "/models"
# Both are needed: segments tell how sure the model is, words where exactly each is spoken.
_GRANULARITIES = ("segment", "word")
# Longer ones are refused.
_PROMPT_CHARACTERS = 896
_DETAIL_CHARACTERS = 300
# A refusal says: "... on seconds of audio per hour (ASPH): Limit 7200, Used 7100, Requested 600. Please
# try again in 4m10s."
_LIMIT = re.compile(r"\bLimit\s+([\d.]+)")
_USED = re.compile(r"\bUsed\s+~?([\d.]+)")
_REQUESTED = re.compile(r"\bRequested\s+~?([\d.]+)")
_AGAIN_IN = re.compile(r"try again in\s+((?:[\d.]+\s*(?:ms|[dhms])\s*)+)", re.IGNORECASE)
_TIME = re.compile(r"([\d.]+)\s*(ms|[dhms])", re.IGNORECASE)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_NAMES = (
    (re.compile(r"\bASPH\b|audio per hour", re.IGNORECASE), QuotaName.AUDIO_SECONDS_PER_HOUR),
    (re.compile(r"\bASPD\b|audio per day", re.IGNORECASE), QuotaName.AUDIO_SECONDS_PER_DAY),
    (re.compile(r"\bRPM\b|requests per min", re.IGNORECASE), QuotaName.REQUESTS_PER_MINUTE),
    (re.compile(r"\bRPD\b|requests per day", re.IGNORECASE), QuotaName.REQUESTS_PER_DAY),
)
# An account that is out of money or was closed, whatever the status says.
_NO_ACCOUNT = ("insufficient_quota", "organization_restricted", "blocked_api_access")
_KEY_STATUSES = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.PAYMENT_REQUIRED,
    HTTPStatus.FORBIDDEN,
)
# Groq's own status for "too many people want this right now".
_OVER_CAPACITY = 498
_NO_MODEL = ("model_not_found", "model_decommissioned", "model_terms_required")


@dataclass(frozen=True, slots=True)
class Form:
    """What is sent: fields, some of them several times, and a sound."""

    fields: Mapping[str, str | tuple[str, ...]]
    sound: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read to its end; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class TranscriptionHttp(Protocol):
    """Sends single requests to a server that transcribes."""

    async def post(self, path: str, form: Form, *, audio_seconds: float) -> Answer:
        """Send a form.

        Args:
            path: Behind the base address.
            form: What is sent; a sound is Ogg/Opus.
            audio_seconds: How long the sound in it is: hearing that takes its time.

        Raises:
            UpstreamFailed: No whole answer came.
        """

    async def get(self, path: str) -> Answer:
        """Ask for something small.

        Raises:
            UpstreamFailed: No whole answer came.
        """

    async def close(self) -> None:
        """Close the connections."""


class GroqTranscriber:
    """Transcribes with Groq or a server that speaks like it; see ``Transcriber``.

    Args:
        http: Sends the requests, with the key.
        model: As it is called there.
        concurrency: How many parts at once.
    """

    def __init__(self, http: TranscriptionHttp, model: str, concurrency: int = 2) -> None:
        self._http = http
        self._model = model
        self._concurrency = concurrency

    @property
    def concurrency(self) -> int:
        """See ``Transcriber``."""
        return self._concurrency

    async def transcribe(self, part: SoundPart) -> Heard:
        """See ``Transcriber``."""
        form = form_of(part, self._model)
        answer = await self._http.post(_PATH, form, audio_seconds=part.duration_seconds)
        return read_answer(answer)

    async def check(self) -> None:
        """Ask, without sending any sound, whether the address, the key and the model are right.

        Raises:
            TranscriberNotReady: One of them is not.
            UpstreamFailed: Nobody knows: the server does not answer as it should.
        """
        # A form without a sound is refused for free, but a wrong key or address is found before that.
        asked = await self._http.post(_PATH, Form({"model": self._model}), audio_seconds=0.0)
        error = None if asked.status == HTTPStatus.OK else error_of(asked)
        is_down = isinstance(error, UpstreamFailed) and error.is_down
        if error is not None and (is_down or isinstance(error, TranscriberNotReady)):
            raise error
        # Small servers have no such list; then there is nothing more to know.
        answer = await self._http.get(_MODELS_PATH)
        if answer.status == HTTPStatus.OK:
            _require_model(answer, self._model)

    async def close(self) -> None:
        """See ``Transcriber``."""
        await self._http.close()


def form_of(part: SoundPart, model: str) -> Form:
    """What is asked for a part.

    Args:
        part: The part.
        model: As it is called there.
    """
    fields: dict[str, str | tuple[str, ...]] = {
        "model": model,
        "response_format": "verbose_json",
        "temperature": "0",
        "timestamp_granularities[]": _GRANULARITIES,
    }
    if part.language:
        # It knows languages, no regions of them.
        fields["language"] = re.split("[-_]", part.language)[0].lower()
    if part.prompt.strip():
        fields["prompt"] = part.prompt.strip()[-_PROMPT_CHARACTERS:]
    return Form(fields, part.sound)


def read_answer(answer: Answer) -> Heard:
    """The words of an answer, and what it says of quotas.

    Raises:
        UpstreamError: As ``Transcriber.transcribe`` says.
    """
    if answer.status != HTTPStatus.OK:
        raise error_of(answer)
    try:
        transcript = read_transcript(json.loads(answer.body))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        # It said that all went well, so it is billed, whatever it is.
        raise UpstreamFailed(f"no transcript: {_shown(answer.body)}") from error
    return Heard(transcript, quota_levels(answer.headers))


def error_of(answer: Answer) -> UpstreamError:
    """What an answer means that brings no words.

    Args:
        answer: With another status than 200.
    """
    status, headers = answer.status, answer.headers
    message, code = _error(answer.body)
    detail = f"{status} {code} {message or _shown(answer.body)}".strip()[:_DETAIL_CHARACTERS]
    words = f"{code} {message}".lower()
    if status in _KEY_STATUSES or any(known in words for known in _NO_ACCOUNT):
        return TranscriberNotReady(ErrorCode.TRANSCRIPTION_KEY_INVALID, detail)
    if any(known in words for known in _NO_MODEL):
        return TranscriberNotReady(ErrorCode.TRANSCRIPTION_MODEL_MISSING, detail)
    if status == HTTPStatus.NOT_FOUND:
        # Nobody transcribes at this address, or not with this model.
        return TranscriberNotReady(ErrorCode.TRANSCRIPTION_MODEL_MISSING, detail)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _refusal(headers, message, detail)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return SoundTooLarge(detail, max_seconds=_most_seconds(message))
    is_ours = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    is_down = not is_ours or status == _OVER_CAPACITY
    return UpstreamFailed(detail, is_answer=True, is_down=is_down)


def quota_levels(headers: Mapping[str, str]) -> tuple[QuotaLevel, ...]:
    """What the headers of an answer say of quotas.

    Args:
        headers: By names in small letters.
    """
    levels = []
    for unit, name in (
        (QuotaUnit.REQUESTS, "requests"),
        (QuotaUnit.AUDIO_SECONDS, "audio-seconds"),
    ):
        allowed = _number(headers.get(f"x-ratelimit-limit-{name}"))
        remaining = _number(headers.get(f"x-ratelimit-remaining-{name}"))
        reset = _span(headers.get(f"x-ratelimit-reset-{name}", ""))
        if allowed:
            levels.append(QuotaLevel(unit, allowed, remaining, reset))
    return tuple(levels)


def _refusal(headers: Mapping[str, str], message: str, detail: str) -> UpstreamThrottled:
    name = next((name for words, name in _NAMES if words.search(message)), None)
    allowed, used = _found(_LIMIT, message), _found(_USED, message)
    again = _AGAIN_IN.search(message)
    in_words = _span(again[1]) if again else None
    in_header = _span(headers.get("retry-after", ""))
    waits = [each for each in (in_words, in_header) if each is not None]
    if not waits and name is None:
        return UpstreamThrottled(detail)
    return QuotaReached(
        detail,
        # Where they differ the header is the rounded one, or the one that a proxy in between made.
        retry_after_seconds=max(waits) if waits else None,
        limit=name,
        allowed=allowed,
        used=used,
    )


def _most_seconds(message: str) -> float | None:
    """The whole of a quota of seconds, if a part is larger than that; None if its file is too large."""
    is_quota = any(words.search(message) for words, name in _NAMES if "audio" in name)
    return _found(_LIMIT, message) if is_quota and _REQUESTED.search(message) else None


def _require_model(answer: Answer, model: str) -> None:
    try:
        names = {each["id"] for each in json.loads(answer.body)["data"]}
    except (ValueError, TypeError, KeyError, RecursionError):
        # No list of models; so nothing is known of them.
        return
    if names and model not in names:
        raise TranscriberNotReady(
            ErrorCode.TRANSCRIPTION_MODEL_MISSING, f"there is no model {model!r}"
        )


def _error(body: bytes) -> tuple[str, str]:
    try:
        error: Any = json.loads(body)["error"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return "", ""
    if isinstance(error, str):
        return error, ""
    if not isinstance(error, dict):
        return "", ""
    return str(error.get("message") or ""), str(error.get("code") or error.get("type") or "")


def _span(text: str) -> float | None:
    """A length of time: "7.66s", "2m59.56s", "120ms", "1h2m", or plain seconds."""
    text = text.strip()
    if (plain := _number(text)) is not None:
        return plain
    found = _TIME.findall(text)
    numbers = [(_number(number), unit.lower()) for number, unit in found]
    known = [number * _SECONDS[unit] for number, unit in numbers if number is not None]
    return sum(known) if known else None


def _found(pattern: re.Pattern[str], text: str) -> float | None:
    match = pattern.search(text)
    return _number(match[1].rstrip(".")) if match else None


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is not None and isfinite(number) and number >= 0.0 else None


def _shown(body: bytes) -> str:
    return body[:_DETAIL_CHARACTERS].decode("utf-8", "replace")
