"""Groq's `audio/transcriptions`: words for sound it has never heard."""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

from standin.catalog import Video, video_of
from standin.refusals import refusal
from standin.scenarios import Scenario
from standin.speech import Spoken, speech_of
from standin.timedtext import render
from standin.vocabulary import LANGUAGE_NAMES, languages
from standin.wire import Reply, Request

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
_SUFFIXES = ("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "opus", "wav", "webm")
_BYTES_PER_SECOND = 3_000
_OPUS_RATE = 48_000
_DISPOSITION = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Upload:
    """A multipart form: its fields and its one file."""

    values: dict[str, list[str]]
    file_name: str
    data: bytes

    def value(self, name: str, default: str = "") -> str:
        """Return a field's first value."""
        return self.values.get(name, [default])[0]


def parse_upload(request: Request) -> Upload | None:
    """Read a multipart form, None if it is none."""
    match = re.search(r'boundary="?([^";]+)', request.headers.get("content-type", ""))
    if not match:
        return None
    values: dict[str, list[str]] = {}
    file_name, data = "", b""
    for part in request.body.split(b"--" + match[1].encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        named = dict(_DISPOSITION.findall(head.decode("utf-8", "replace")))
        content = content.removesuffix(b"\r\n")
        if "filename" in named:
            file_name, data = named["filename"], content
        elif "name" in named:
            values.setdefault(named["name"], []).append(content.decode("utf-8", "replace"))
    return Upload(values, file_name, data)


def transcribe(request: Request, about: Video | None) -> Reply:
    """Answer a transcription request: the words follow from the hash of the sound.

    Args:
        request: The upload.
        about: The video whose sound was fetched last. All videos sound the same here, so this is
            how a transcript comes to be in the language, and on the topic, of its video.
    """
    key = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if not key or key == "invalid":
        return refusal("groq", 401)
    upload = parse_upload(request)
    problem = _problem(upload)
    if upload is None or problem:
        error = {"message": problem, "type": "invalid_request_error"}
        return Reply.of_json({"error": error}, 400)
    if len(upload.data) > MAX_UPLOAD_BYTES:
        return refusal("groq", 413)
    duration = duration_of(upload.data)
    video = _heard(upload, duration, about)
    return _answer(upload, video, duration)


def _problem(upload: Upload | None) -> str:
    if upload is None or not upload.data:
        return "`file` or `url` must be provided"
    if upload.file_name.rsplit(".", 1)[-1] not in _SUFFIXES:
        return f"file must be one of the following types: {list(_SUFFIXES)}"
    return "" if upload.value("model") else "`model` is required"


def duration_of(data: bytes) -> float:
    """Return the length of a sound: exact for Ogg and WAV, guessed from the size otherwise."""
    last_page = data.rfind(b"OggS")
    if data.startswith(b"OggS") and len(data) >= last_page + 14:
        granule = int.from_bytes(data[last_page + 6 : last_page + 14], "little", signed=True)
        return max(0.0, granule / _OPUS_RATE)
    if data.startswith(b"RIFF"):
        per_second = int.from_bytes(data[28:32], "little")
        return (len(data) - 44) / max(1, per_second)
    return len(data) / _BYTES_PER_SECOND


def _heard(upload: Upload, duration: float, about: Video | None) -> Video:
    name = f"{about.video_id if about else ''}/{upload.value('prompt')}".encode()
    digest = hashlib.sha256(upload.data + name).hexdigest()[:11]
    seconds = max(1, int(duration))
    language = upload.value("language")
    if about and language in ("", about.language):
        return replace(about, video_id=digest, duration_seconds=seconds)
    known = language if language in languages() else None
    return video_of(digest, Scenario(duration_seconds=seconds, language=known))


def _answer(upload: Upload, video: Video, duration: float) -> Reply:
    spoken = [each for each in speech_of(video, video.language) if each.start_ms < duration * 1000]
    text = " ".join(each.sentence.text for each in spoken)
    form = upload.value("response_format", "json")
    if form in ("text", "vtt", "srt"):
        body = text.encode() if form == "text" else render(video, video.language, "", form)
        return Reply(200, body, "text/plain; charset=utf-8", _limit_headers(duration))
    answer: dict[str, Any] = {"text": text, "x_groq": {"id": f"req_{video.video_id}"}}
    if form == "verbose_json":
        wanted = upload.values.get("timestamp_granularities[]", ["segment"])
        answer = {
            "task": "transcribe",
            "language": LANGUAGE_NAMES.get(video.language, video.language),
            "duration": round(duration, 2),
            **answer,
        }
        if "segment" in wanted:
            answer["segments"] = [_segment(i, each, duration) for i, each in enumerate(spoken)]
        if "word" in wanted:
            answer["words"] = _words(spoken, duration)
    reply = Reply.of_json(answer)
    reply.headers |= _limit_headers(duration)
    return reply


def _segment(index: int, spoken: Spoken, duration: float) -> dict[str, Any]:
    start = spoken.start_ms / 1000
    return {
        "id": index,
        "seek": int(start // 30) * 3000,
        "start": start,
        "end": min(duration, start + spoken.sentence.duration_ms / 1000),
        "text": f" {spoken.sentence.text}",
        "tokens": [50_364, 50_464],
        "temperature": 0.0,
        "avg_logprob": -0.22,
        "compression_ratio": 1.6,
        "no_speech_prob": 0.02,
    }


def _words(spoken: list[Spoken], duration: float) -> list[dict[str, Any]]:
    words = []
    for each in spoken:
        at = each.start_ms
        for line in each.sentence.lines:
            ends = (*line.offsets_ms[1:], line.duration_ms)
            for word, begin, end in zip(line.words, line.offsets_ms, ends, strict=True):
                start = min(duration, (at + begin) / 1000)
                stop = min(duration, (at + end) / 1000)
                words.append({"word": word, "start": start, "end": stop})
            at += line.duration_ms
    return words


def _limit_headers(duration: float) -> dict[str, str]:
    billed = max(10.0, duration)
    return {
        "x-ratelimit-limit-requests": "2000",
        "x-ratelimit-remaining-requests": "1999",
        "x-ratelimit-reset-requests": "43.2s",
        "x-ratelimit-limit-audio-seconds": "7200",
        "x-ratelimit-remaining-audio-seconds": f"{max(0.0, 7200 - billed):.0f}",
        "x-ratelimit-reset-audio-seconds": f"{billed / 2:.2f}s",
    }
