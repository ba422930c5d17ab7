"""Groq's `audio/transcriptions` and `models`."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import replace

from standin.catalog import Video, video_of
from standin.hearing import NotASound, listen
from standin.quota import MIN_BILLED_SECONDS, NOT_ENFORCED, Quota
from standin.refusals import exceeded_quota, refusal
from standin.scenarios import Scenario
from standin.speech import speech_of
from standin.transcript import Transcript, invented
from standin.uploads import Form, Upload, Uploads, duration_of, parse_form
from standin.vocabulary import languages
from standin.wire import Reply, Request

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
# Groq's, and the small one that really listens here.
MODELS = ("whisper-large-v3", "whisper-large-v3-turbo", "distil-whisper-large-v3-en", "tiny.en")
_SUFFIXES = ("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "opus", "wav", "webm")
# These break an answer that was made, and is paid for.
_AFTER_THE_WORK = frozenset({"hang", "reset", "drip", "truncated", "empty", "garbage"})
_UNSEEN = frozenset({"hang", "reset"})


class Groq:
    """The transcriber with its limits and its record of what it was sent.

    Args:
        clock: Time source of the limits and the record.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.quota = Quota(clock)
        self.uploads = Uploads(clock)

    async def reply(self, request: Request, about: Video | None, fault: str | None = None) -> Reply:
        """Answer a transcription request.

        Args:
            request: The upload.
            about: The video whose sound was fetched last. The tune of all videos is the same, so
                this is how invented words come to be in the language, and on the topic, of a video.
            fault: A fault that will break the answer on its way, or is about what was heard.
        """
        form = parse_form(request)
        upload = self.uploads.arrived(form)
        refused = self._refused(request, form)
        if refused or form is None:
            reply = refused or refusal("groq", 400)
            named = "limit" if reply.status in (413, 429) else None
            self.uploads.answered(upload, status=reply.status, fault=named)
            return reply
        return await self._transcribed(form, upload, about, fault)

    def refuse(self, request: Request, status: int, fault: str) -> None:
        """Record an upload that a fault refuses."""
        upload = self.uploads.arrived(parse_form(request))
        self.uploads.answered(upload, status=status, fault=fault)

    def models(self, request: Request) -> Reply:
        """Return the list of models, or the one whose name ends the path."""
        if not _key_of(request):
            return refusal("groq", 401)
        listed = [{"id": name, "object": "model", "owned_by": "OpenAI"} for name in MODELS]
        wanted = request.path.partition("/models")[2].strip("/")
        if not wanted:
            return Reply.of_json({"object": "list", "data": listed})
        found = [each for each in listed if each["id"] == wanted]
        return Reply.of_json(found[0]) if found else _no_model(wanted)

    def reset(self) -> None:
        """Return to the state after start."""
        self.quota.set(NOT_ENFORCED)
        self.uploads.clear()

    def _refused(self, request: Request, form: Form | None) -> Reply | None:
        if not _key_of(request):
            return refusal("groq", 401)
        if problem := _problem(form):
            return _bad_request(problem)
        assert form is not None  # noqa: S101 - a form without a problem is there
        if form.value("model") not in MODELS:
            return _no_model(form.value("model"))
        if len(form.data) > MAX_UPLOAD_BYTES:
            return refusal("groq", 413)
        exceeded = self.quota.take(_billed(form))
        if exceeded:
            reply = exceeded_quota(exceeded, retry_after=self.quota.spec.retry_after)
            reply.headers |= self.quota.headers()
            return reply
        return None

    async def _transcribed(
        self, form: Form, upload: Upload, about: Video | None, fault: str | None
    ) -> Reply:
        try:
            heard = await _heard(form, about)
        except NotASound:
            self.uploads.answered(upload, status=400, fault=fault)
            return _bad_request("could not process file - is it a valid media file?")
        if fault == "partial":
            heard = heard.partial()
        if fault == "hallucination":
            heard = heard.hallucinated()
        wanted = form.values.get("timestamp_granularities[]", ["segment"])
        reply = heard.reply(form.value("response_format", "json"), wanted)
        reply.headers |= self.quota.headers()
        self.uploads.answered(
            upload,
            status=None if fault in _UNSEEN else reply.status,
            fault=fault,
            billed_seconds=_billed(form),
            text="" if fault in _AFTER_THE_WORK else heard.text,
        )
        return reply


async def _heard(form: Form, about: Video | None) -> Transcript:
    # In a thread: the server goes on answering, and several uploads wait for each other.
    segments = await asyncio.to_thread(listen, form.data)
    if segments is None:
        return _without_listening(form, about)
    return Transcript(form.value("language") or "en", duration_of(form.data), segments)


def _key_of(request: Request) -> str:
    key = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    return "" if key == "invalid" else key


def _billed(form: Form) -> float:
    return max(MIN_BILLED_SECONDS, duration_of(form.data))


def _problem(form: Form | None) -> str:
    if form is None or not form.data:
        return "`file` or `url` must be provided"
    if form.file_name.rsplit(".", 1)[-1] not in _SUFFIXES:
        return f"file must be one of the following types: {list(_SUFFIXES)}"
    return "" if form.value("model") else "`model` is required"


def _bad_request(message: str) -> Reply:
    error = {"message": message, "type": "invalid_request_error"}
    return Reply.of_json({"error": error}, 400)


def _no_model(name: str) -> Reply:
    error = {
        "message": f"The model `{name}` does not exist or you do not have access to it.",
        "type": "invalid_request_error",
        "code": "model_not_found",
    }
    return Reply.of_json({"error": error}, 404)


def _without_listening(form: Form, about: Video | None) -> Transcript:
    """Return sentences that follow from the hash of the sound."""
    duration = duration_of(form.data)
    name = f"{about.video_id if about else ''}/{form.value('prompt')}".encode()
    digest = hashlib.sha256(form.data + name).hexdigest()[:11]
    seconds = max(1, int(duration))
    language = form.value("language")
    if about and language in ("", about.language):
        video = replace(about, video_id=digest, duration_seconds=seconds)
    else:
        known = language if language in languages() else None
        video = video_of(digest, Scenario(duration_seconds=seconds, language=known))
    return invented(speech_of(video, video.language), video.language, duration)
