"""What the steps of a transcript come to."""

from dataclasses import dataclass

from app.core.errors import ErrorCode, QuotaReached
from app.services.enrichment.ports import Unfinished
from app.services.transcription.merging import Merged
from app.services.transcription.ports import CutPart, Heard, QuotaLevel


@dataclass(frozen=True, slots=True)
class SoundReady:
    """All parts of the sound are stored."""


@dataclass(frozen=True, slots=True)
class NoAddress:
    """The address of the sound is missing, too old, or was refused.

    Args:
        was_refused: Although it was not too old.
    """

    was_refused: bool


@dataclass(frozen=True, slots=True)
class GivenUp:
    """There will be no transcript."""

    code: ErrorCode


@dataclass(frozen=True, slots=True)
class NoSoundYet:
    """There is nothing to send."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All parts have been heard."""

    merged: Merged


@dataclass(frozen=True, slots=True)
class HeardOne(Unfinished):
    """A part was heard.

    Args:
        heard: The words, and what the upstream said of its quotas.
    """

    heard: Heard


@dataclass(frozen=True, slots=True)
class Halved(Unfinished):
    """A part has to be sent in smaller ones.

    Args:
        parts: These, with their times within it, and their sounds.
        levels: What the upstream said of its quotas.
        was_billed: It was heard, but only partly.
    """

    parts: tuple[tuple[CutPart, bytes], ...]
    levels: tuple[QuotaLevel, ...] = ()
    was_billed: bool = False


@dataclass(frozen=True, slots=True)
class QuotaUsedUp(Unfinished):
    """The upstream allows no more for now."""

    reached: QuotaReached


@dataclass(frozen=True, slots=True)
class NotReady(Unfinished):
    """Somebody has to change the settings first."""

    code: ErrorCode


SoundResult = SoundReady | NoAddress | GivenUp
WordsResult = HeardOne | Halved | QuotaUsedUp | NotReady | Whole | NoSoundYet | GivenUp
