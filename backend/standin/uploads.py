"""The record of every sound sent to be transcribed, so that a test can prove what was paid for."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from standin.wire import Request

_OPUS_RATE = 48_000
_BYTES_PER_SECOND = 3_000
_TEXT_CHARACTERS = 120
_DISPOSITION = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Form:
    """A multipart form: its fields and its one file."""

    values: dict[str, list[str]]
    file_name: str
    data: bytes

    def value(self, name: str, default: str = "") -> str:
        """Return a field's first value."""
        return self.values.get(name, [default])[0]


def parse_form(request: Request) -> Form | None:
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
    return Form(values, file_name, data)


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


@dataclass(frozen=True, slots=True)
class Upload:
    """One sound that was sent.

    Attributes:
        n: Running number, from 1.
        at: Unix time of its arrival.
        sha256: Of the file: the same sound sent again has the same.
        size_bytes: Size of the file.
        duration_seconds: How long it sounds.
        billed_seconds: What it costs: at least 10 s; 0 where an error was answered.
        status: The HTTP status sent, None where none was ever sent.
        fault: The fault or limit that shaped the answer, None for a proper one.
        file_name: The name it was given.
        model: The model that was asked for.
        language: The language it was said to be in.
        prompt: The words that were to help.
        text_start: The first words of the answer.
    """

    n: int
    at: float
    sha256: str
    size_bytes: int
    duration_seconds: float
    billed_seconds: float
    status: int | None
    fault: str | None
    file_name: str
    model: str
    language: str
    prompt: str
    text_start: str


class Uploads:
    """All uploads since the last reset, in the order of their arrival."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._all: list[Upload] = []
        self._next = 1

    def arrived(self, form: Form | None) -> Upload:
        """Record a form the moment it has arrived, as yet without an answer or a price."""
        data = form.data if form else b""
        upload = Upload(
            n=self._next,
            at=self._clock(),
            sha256=hashlib.sha256(data).hexdigest(),
            size_bytes=len(data),
            duration_seconds=duration_of(data),
            billed_seconds=0.0,
            status=None,
            fault=None,
            file_name=form.file_name if form else "",
            model=form.value("model") if form else "",
            language=form.value("language") if form else "",
            prompt=form.value("prompt") if form else "",
            text_start="",
        )
        self._next += 1
        self._all.append(upload)
        return upload

    def answered(
        self,
        upload: Upload,
        *,
        status: int | None,
        fault: str | None,
        billed_seconds: float = 0.0,
        text: str = "",
    ) -> None:
        """Fill in how it went; nothing happens if it was forgotten meanwhile."""
        done = replace(
            upload,
            status=status,
            fault=fault,
            billed_seconds=billed_seconds,
            text_start=text[:_TEXT_CHARACTERS],
        )
        self._all = [done if each.n == upload.n else each for each in self._all]

    def all(self) -> list[Upload]:
        """Return every upload, oldest first."""
        return list(self._all)

    def billed_seconds(self) -> float:
        """Return what all of them cost together."""
        return sum(upload.billed_seconds for upload in self._all)

    def clear(self) -> None:
        """Forget every upload."""
        self._all = []
