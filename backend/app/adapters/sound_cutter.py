"""Cuts sounds in a child process."""

from pathlib import Path

from app.services.transcription.ports import CutPart, CutPlan


class PyAvSoundCutter:
    """Implements ``SoundCutter``."""

    async def cut(self, sound: Path, directory: Path, plan: CutPlan) -> list[CutPart]:
        """See ``SoundCutter``."""
        raise NotImplementedError

    async def halve(self, sound: bytes, directory: Path) -> list[CutPart]:
        """See ``SoundCutter``."""
        raise NotImplementedError
