"""Transcribes at home, with faster-whisper in a child process."""

from app.services.transcription.ports import Heard, SoundPart


class LocalTranscriber:
    """Implements ``Transcriber``.

    Args:
        model: By name ("small") or path.
    """

    def __init__(self, model: str) -> None:
        self._model = model

    @property
    def concurrency(self) -> int:
        """See ``Transcriber``."""
        return 1

    async def transcribe(self, part: SoundPart) -> Heard:
        """See ``Transcriber``."""
        raise NotImplementedError

    async def close(self) -> None:
        """See ``Transcriber``."""
