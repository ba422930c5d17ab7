"""From an answer to words with punctuation and times.

Answers hold the text in segments, with punctuation, and the words once more, with exact times but
mostly without punctuation. Both say the same, nearly: they are laid side by side.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from app.services.transcription.invented import is_invented
from app.services.transcription.pieces import Piece, clean, is_ideographic, pieces_of
from app.services.transcription.ports import Segment, Transcript, Word

# Times of words this far outside of their segment are wrong, and the segment's are better.
_MAX_STRAY_SECONDS: Final = 2.0
# Nobody speaks faster: five times as fast as a quick speaker.
_MAX_LETTERS_PER_SECOND: Final = 100.0
# Servers round their times.
_TIME_STEP_SECONDS: Final = 0.1
# A word that seems to last longer stands before or after a pause.
_LONGEST_WORD_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class _Heard:
    """A word as it was heard, or a sign of one."""

    key: str
    start_seconds: float
    end_seconds: float
    begins_word: bool


_Time = tuple[float, float]


def hear(transcript: Transcript, start_seconds: float, end_seconds: float) -> list[Piece]:
    """What was said in a part, in order.

    Args:
        transcript: The answer, in seconds of the part.
        start_seconds: Where the part begins in the whole sound.
        end_seconds: Where it ends.

    Returns:
        Pieces in seconds of the whole sound, none outside of the part, times never going back.
    """
    duration = end_seconds - start_seconds
    segments = [each for each in transcript.segments if math.isfinite(each.start_seconds)]
    words = list(_heard(transcript.words))
    if not segments:
        segments = _one_segment(transcript.words)
    pieces = [pieces_of(each.text) for each in segments]
    timed = _aligned([piece for some in pieces for piece in some], words)
    said: list[Piece] = []
    place = 0
    for segment, some in zip(segments, pieces, strict=True):
        times = timed[place : place + len(some)]
        place += len(some)
        if some and not is_invented(segment, duration):
            said += _placed(segment, some, times, said)
    return _inside(said, start_seconds, end_seconds)


def _heard(words: Sequence[Word]) -> Iterator[_Heard]:
    for word in words:
        if not (math.isfinite(word.start_seconds) and math.isfinite(word.end_seconds)):
            continue
        pieces = pieces_of(word.text)
        spread = _spread(pieces, word.start_seconds, max(word.start_seconds, word.end_seconds))
        for place, (piece, (start, end)) in enumerate(zip(pieces, spread, strict=True)):
            yield _Heard(piece.key, start, end, place == 0)


def _one_segment(words: Sequence[Word]) -> list[Segment]:
    """Some servers answer with words alone."""
    finite = [each for each in words if math.isfinite(each.start_seconds) and clean(each.text)]
    if not finite:
        return []
    text = ""
    for word in finite:
        cleaned = clean(word.text)
        is_tight = text and is_ideographic(text[-1]) and is_ideographic(cleaned[0])
        text += cleaned if is_tight or not text else f" {cleaned}"
    return [Segment(finite[0].start_seconds, finite[-1].end_seconds, text)]


def _aligned(pieces: Sequence[Piece], words: Sequence[_Heard]) -> list[tuple[_Time, bool] | None]:
    """The time of each piece, and whether a word begins there; None where no word was heard."""
    times: list[tuple[_Time, bool] | None] = [None] * len(pieces)
    for kind, first, last, first_word, last_word in _comparison(pieces, words):
        some = words[first_word:last_word]
        if kind == "equal":
            for place, word in enumerate(some, first):
                times[place] = ((word.start_seconds, word.end_seconds), word.begins_word)
        elif kind == "replace":
            # Written otherwise: "20" and "twenty", "well-known" and two words.
            spread = _spread(pieces[first:last], some[0].start_seconds, some[-1].end_seconds)
            for place, time in enumerate(spread, first):
                times[place] = (time, False)
    return times


def _comparison(
    pieces: Sequence[Piece], words: Sequence[_Heard]
) -> Iterator[tuple[str, int, int, int, int]]:
    """What is equal and what differs. Mostly all is equal, and difflib is slow to see that."""
    said, heard = [each.key for each in pieces], [each.key for each in words]
    pairs = enumerate(zip(said, heard, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), min(len(said), len(heard)))
    yield "equal", 0, same, 0, same
    matcher = SequenceMatcher(None, said[same:], heard[same:], autojunk=False)
    for kind, first, last, first_word, last_word in matcher.get_opcodes():
        yield kind, same + first, same + last, same + first_word, same + last_word


def _spread(pieces: Sequence[Piece], start: float, end: float) -> list[_Time]:
    """Divide a time by the lengths of the pieces."""
    whole = sum(len(each.key) for each in pieces)
    times, done = [], 0
    for piece in pieces:
        begin = start + (end - start) * done / whole
        done += len(piece.key)
        times.append((begin, start + (end - start) * done / whole))
    return times


def _placed(
    segment: Segment,
    pieces: Sequence[Piece],
    times: Sequence[tuple[_Time, bool] | None],
    before: Sequence[Piece],
) -> list[Piece]:
    """Give the pieces of a segment their times: those of the words, if they can be believed."""
    begins = [time is not None and time[1] for time in times]
    known = _without_gaps(segment, pieces, [time[0] if time else None for time in times])
    if not _is_plausible(segment, pieces, known):
        known = _spread(pieces, segment.start_seconds, _end_of(segment))
    placed = [
        replace(piece.at(*time), may_begin_line=piece.may_begin_line or begins_word)
        for piece, time, begins_word in zip(pieces, known, begins, strict=True)
    ]
    if before and is_ideographic(before[-1].text[-1]) and is_ideographic(placed[0].text[0]):
        placed[0] = replace(placed[0], is_spaced=False)
    return placed


def _without_gaps(
    segment: Segment, pieces: Sequence[Piece], times: Sequence[_Time | None]
) -> list[_Time]:
    """Pieces without a time get the time between their neighbours."""
    filled: list[_Time] = []
    place = 0
    while place < len(pieces):
        time = times[place]
        if time is not None:
            filled.append(time)
            place += 1
            continue
        after = next((n for n in range(place, len(pieces)) if times[n] is not None), len(pieces))
        start = filled[-1][1] if filled else segment.start_seconds
        known = times[after] if after < len(pieces) else None
        end = known[0] if known else _end_of(segment)
        filled += _spread(pieces[place:after], min(start, end), end)
        place = after
    return filled


def _end_of(segment: Segment) -> float:
    end = segment.end_seconds
    return max(segment.start_seconds, end) if math.isfinite(end) else segment.start_seconds


def _is_plausible(segment: Segment, pieces: Sequence[Piece], times: Sequence[_Time]) -> bool:
    start, end = times[0][0], times[-1][1]
    if start < segment.start_seconds - _MAX_STRAY_SECONDS:
        return False
    if end > _end_of(segment) + _MAX_STRAY_SECONDS:
        return False
    letters = sum(len(each.key) for each in pieces)
    return (end - start + _TIME_STEP_SECONDS) * _MAX_LETTERS_PER_SECOND >= letters


def _inside(pieces: Sequence[Piece], start_seconds: float, end_seconds: float) -> list[Piece]:
    """Move the times to where the part is, and see that they never go back."""
    placed: list[Piece] = []
    earliest = start_seconds
    for piece in pieces:
        start = min(max(start_seconds + piece.start_seconds, earliest), end_seconds)
        end = min(max(start_seconds + piece.end_seconds, start), end_seconds)
        if end - start > _LONGEST_WORD_SECONDS:
            end = start + _LONGEST_WORD_SECONDS
        placed.append(piece.at(start, end))
        earliest = start
    return placed
