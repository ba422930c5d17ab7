"""Makes one set of captions of the words of a sound's parts. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.services.enrichment.captions import Cue
from app.services.transcription.cue_layout import lay_out
from app.services.transcription.hearing import hear
from app.services.transcription.languages import language_code
from app.services.transcription.pieces import Piece
from app.services.transcription.ports import Transcript
from app.services.transcription.seams import join

# Less is not worth what asking again costs.
_MISSING_AT_LEAST_SECONDS: Final = 10.0
# Segments follow each other closely: they cover pauses too, and so more than what is voiced.
_COVERED_SHARE: Final = 0.6
# So much in one piece is missed even where the rest is long. Music is shorter, mostly.
_MISSING_FOR_SURE_SECONDS: Final = 120.0


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
    """Put the parts together.

    Args:
        parts: In any order; instead of a part there may be its halves.

    Returns:
        Cues in order that do not overlap, and the language in which most was said.
    """
    said: list[Piece] = []
    letters: Counter[str] = Counter()
    heard_until = 0.0
    for part in sorted(parts, key=lambda each: (each.start_seconds, each.end_seconds)):
        if part.end_seconds <= heard_until:
            continue
        pieces = hear(part.transcript, part.start_seconds, part.end_seconds)
        code = language_code(part.transcript.language)
        if code:
            letters[code] += sum(len(each.key) for each in pieces)
        said = join(said, pieces, part.start_seconds, heard_until)
        heard_until = part.end_seconds
    language = max(letters, key=lambda code: letters[code], default=None) if said else None
    return Merged(lay_out(said, heard_until), language)


def is_partial(transcript: Transcript, *, duration_seconds: float, voiced_seconds: float) -> bool:
    """Whether far less was heard than is spoken, so that the part is worth asking for in halves.

    Args:
        transcript: What was heard.
        duration_seconds: How long the part is.
        voiced_seconds: How much of it is louder than the background.
    """
    covered = _covered_seconds(transcript, duration_seconds)
    missing = min(voiced_seconds, duration_seconds) - covered
    if missing < _MISSING_AT_LEAST_SECONDS:
        return False
    return covered < _COVERED_SHARE * voiced_seconds or missing >= _MISSING_FOR_SURE_SECONDS


def _covered_seconds(transcript: Transcript, duration_seconds: float) -> float:
    covered, until = 0.0, 0.0
    for segment in sorted(transcript.segments, key=lambda each: each.start_seconds):
        start = max(until, segment.start_seconds)
        end = min(duration_seconds, segment.end_seconds)
        if end > start:
            covered += end - start
            until = end
    return covered
