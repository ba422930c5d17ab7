"""Transcribes at home, with faster-whisper in a child process."""

import asyncio
import os
from typing import Any

from app.adapters.child_process import ChildProcess
from app.core.errors import ErrorCode, TranscriberNotReady, UpstreamFailed
from app.services.transcription.ports import Heard, Segment, SoundPart, Transcript, Word

_CHILD = "app.adapters.local_whisper_child"
# Loading may mean to fetch a gigabyte first.
_LOADING_SECONDS = 3600.0
# A large model on a small processor takes several times as long as the sound.
_SECONDS_PER_SOUND_SECOND = 20.0
_LEAST_SECONDS = 120.0
# A model holds up to some gigabytes; loading it again takes seconds.
_IDLE_SECONDS = 300.0


class LocalTranscriber:
    """Implements ``Transcriber``, on the processor: one part at a time, with the lowest priority.

    The model is loaded with the first part and kept while there is work.

    Args:
        model: A name that faster-whisper knows ("small", or a repository of the model hub's), fetched
            when it is needed first, or the path of a folder.
        idle_seconds: After so long without work the memory is given back.
    """

    def __init__(self, model: str, *, idle_seconds: float = _IDLE_SECONDS) -> None:
        self._model = model
        self._idle_seconds = idle_seconds
        self._child: ChildProcess | None = None
        self._turn = asyncio.Lock()
        self._going: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    @property
    def concurrency(self) -> int:
        """See ``Transcriber``."""
        return 1

    @property
    def child_pid(self) -> int | None:
        """Of the process that has the model, if there is one."""
        return self._child.pid if self._child and self._child.is_alive else None

    async def check(self) -> None:
        """Load the model, fetching it if need be.

        Raises:
            TranscriberNotReady: It is missing and can't be fetched, or faster-whisper is not installed.
            UpstreamFailed: The process died.
        """
        async with self._turn:
            await self._loaded()
            self._rest()

    async def transcribe(self, part: SoundPart) -> Heard:
        """See ``Transcriber``."""
        async with self._turn:
            child = await self._loaded()
            request = {"language": part.language, "prompt": part.prompt}
            seconds = _LEAST_SECONDS + part.duration_seconds * _SECONDS_PER_SOUND_SECOND
            answer = await child.ask(request, part.sound, deadline_seconds=seconds)
            self._rest()
        if "failed" in answer:
            raise UpstreamFailed(answer["failed"], is_answer=True)
        return Heard(_transcript(answer))

    async def close(self) -> None:
        """See ``Transcriber``."""
        self._wake()
        if self._ending is not None:
            await self._ending
        if self._child is not None:
            await self._child.kill()
            self._child = None

    async def _loaded(self) -> ChildProcess:
        self._wake()
        if self._ending is not None:
            await self._ending
        if self._child is not None and self._child.is_alive:
            return self._child
        self._child = await ChildProcess.start(_CHILD)
        request = {"model": self._model, "threads": _threads()}
        answer = await self._child.ask(request, deadline_seconds=_LOADING_SECONDS)
        if "missing" in answer:
            await self._child.kill()
            raise TranscriberNotReady(ErrorCode.TRANSCRIPTION_MODEL_MISSING, answer["missing"])
        return self._child

    def _rest(self) -> None:
        self._going = asyncio.get_running_loop().call_later(self._idle_seconds, self._go)

    def _wake(self) -> None:
        if self._going is not None:
            self._going.cancel()
            self._going = None

    def _go(self) -> None:
        self._going = None
        if self._child is not None and not self._turn.locked():
            self._ending = asyncio.create_task(self._child.kill())


def _threads() -> int:
    """All processors but one, which answers the page."""
    return max(1, (os.cpu_count() or 2) - 1)


def _transcript(answer: dict[str, Any]) -> Transcript:
    return Transcript(
        language=answer["language"],
        segments=tuple(Segment(*each) for each in answer["segments"]),
        words=tuple(Word(*each) for each in answer["words"]),
    )
