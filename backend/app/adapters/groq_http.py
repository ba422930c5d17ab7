"""Requests to a server that transcribes, over httpx."""

import asyncio
from typing import Any, Final

import httpx

from app.adapters.authorities import authorities
from app.core.errors import UpstreamFailed
from app.core.settings import GROQ_BASE_URL
from app.services.enrichment.groq_transcriber import Answer, Form

# A whole call, however slowly its bytes come: sending a part, and waiting for its words. Groq hears an
# hour in twenty seconds, a small machine with a large model takes longer than the sound itself.
_CALL_SECONDS: Final = 60.0
_PATIENCE_AT_GROQ, _PATIENCE_ELSEWHERE = 0.25, 2.0
# Where tests and the demo run faster than real, hearing does not.
_LEAST_SECONDS, _LEAST_PATIENCE = 10.0, 0.25
_CONNECT_SECONDS = 10.0
# The words of ten minutes, with all of their times, are half a megabyte.
_MAX_BYTES = 20_000_000
# The type is judged by the name: without an ending that is known there it is refused.
_SOUND_NAME, _SOUND_TYPE = "audio.ogg", "audio/ogg"


class GroqHttp:
    """See ``TranscriptionHttp``.

    Args:
        base_url: What comes before ``/audio/transcriptions``.
        key: Sent along, where there is one.
        deadline_scale: Divides the deadline of a call (tests and the demo).
    """

    def __init__(self, base_url: str, key: str = "", *, deadline_scale: float = 1.0) -> None:
        self._base_url = base_url.rstrip("/")
        self._patience = (
            _PATIENCE_AT_GROQ if self._base_url == GROQ_BASE_URL else _PATIENCE_ELSEWHERE
        )
        self._scale = deadline_scale
        self._client = httpx.AsyncClient(
            verify=authorities(),
            # The key goes to the address in the settings and nowhere else.
            follow_redirects=False,
            trust_env=False,
            # As bytes: a key that was pasted wrongly is to be refused by the server, not here.
            headers={b"Authorization": f"Bearer {key.strip()}".encode()} if key.strip() else {},
            timeout=httpx.Timeout(None, connect=_CONNECT_SECONDS),
        )

    async def post(self, path: str, form: Form, *, audio_seconds: float) -> Answer:
        """See ``TranscriptionHttp``."""
        return await self._send(
            "POST",
            path,
            self._deadline_seconds(audio_seconds),
            files=_parts(form),
        )

    async def get(self, path: str) -> Answer:
        """See ``TranscriptionHttp``."""
        return await self._send("GET", path, self._deadline_seconds(0.0))

    async def close(self) -> None:
        """See ``TranscriptionHttp``."""
        await self._client.aclose()

    def _deadline_seconds(self, audio_seconds: float) -> float:
        real = _CALL_SECONDS + self._patience * audio_seconds
        return max(_LEAST_SECONDS + _LEAST_PATIENCE * audio_seconds, real / self._scale)

    async def _send(self, method: str, path: str, seconds: float, **content: Any) -> Answer:
        what = f"{method} {path}"
        try:
            async with asyncio.timeout(seconds):
                request = self._client.build_request(method, self._base_url + path, **content)
                return await self._read(request)
        except TimeoutError as error:
            raise UpstreamFailed(f"no whole answer in {seconds:.0f} s: {what}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UpstreamFailed(f"{type(error).__name__}: {what}") from error

    async def _read(self, request: httpx.Request) -> Answer:
        response = await self._client.send(request, stream=True)
        try:
            chunks: list[bytes] = []
            size = 0
            async for chunk in response.aiter_bytes():
                size += len(chunk)
                if size > _MAX_BYTES:
                    raise UpstreamFailed(f"more than {_MAX_BYTES} bytes")
                chunks.append(chunk)
        finally:
            await response.aclose()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, b"".join(chunks))


def _parts(form: Form) -> list[tuple[str, tuple[str | None, bytes, str | None]]]:
    """The parts of a multipart form; fields are parts without a file's name."""
    parts: list[tuple[str, tuple[str | None, bytes, str | None]]] = [
        (name, (None, each.encode(), None))
        for name, value in form.fields.items()
        for each in ((value,) if isinstance(value, str) else value)
    ]
    if form.sound is not None:
        parts.append(("file", (_SOUND_NAME, form.sound, _SOUND_TYPE)))
    return parts
