"""Makes one set of captions of the words of a sound's parts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.enrichment.captions import Cue
from app.services.transcription.ports import Transcript


@dataclass(frozen=True, slots=True)
class HeardPart:
    """What was heard in a part, at its place in the sound.

    Args:
        start_seconds: Where it begins.
        end_seconds: Where it ends; after the beginning of the next one if there was no pause to cut in.
        transcript: What was heard, in seconds of the part.
    """

    start_seconds: float
    end_seconds: float
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class Merged:
    """The captions of a whole sound; without cues nobody speaks in it."""

    cues: list[Cue]
    language: str | None


def merge(parts: Sequence[HeardPart]) -> Merged:
    """Put the parts together."""
    raise NotImplementedError


def is_partial(transcript: Transcript, *, duration_seconds: float, voiced_seconds: float) -> bool:
    """Whether far less was heard than is spoken, so that the part is worth asking for in halves."""
    raise NotImplementedError
