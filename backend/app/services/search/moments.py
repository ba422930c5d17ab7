"""The moments of a video that was found: where the match begins, and what is said there."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.repositories.search_results import FoundTexts, Piece
from app.schemas.search import HitKind, HitOut, TextPart
from app.services.search.excerpts import EXCERPT_LENGTH, Marker
from app.services.search.indexing import PIECE_TOKENS
from app.services.search.matching import Occurrence, Sought, Window, apart, windows

HITS_MAX: Final = 5
"""Moments shown of one video; the others are found on its page."""

# What a chapter is about is said in all of it.
_CHAPTER_FACTOR: Final = 1.2
# A moment that is much worse than the best one is none.
_GOOD: Final = 0.5
# As if a word of the title were said so often more.
_TITLE_COUNTS: Final = 4
# A line that is cut off in the middle of a thought is followed by the next one.
_LINES_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class Moments:
    """What was found in a video.

    Args:
        hits: The best moments, the best first.
        count: Of all moments.
    """

    hits: list[HitOut]
    count: int


@dataclass(frozen=True, slots=True)
class _Moment:
    """A place: the number of its cue, or of its chapter."""

    start_seconds: float
    kind: HitKind
    score: float
    number: int
    window: Window


def moments_of(texts: FoundTexts, pieces: Sequence[Piece], sought: Sought) -> Moments:
    """The moments of one video: where as much as possible of what is sought stands close together.

    Args:
        texts: What is shown of it.
        pieces: What is said in it, in order.
        sought: What is looked for.
    """
    marker = Marker(sought, texts.language)
    found = [*_spoken(texts, pieces, sought, marker), *_chapters(texts, marker)]
    most = max((moment.score for moment in found), default=0.0)
    best = [moment for moment in found if moment.score >= _GOOD * most]
    best.sort(key=lambda moment: (-round(moment.score, 9), moment.start_seconds))
    hits = [
        HitOut(
            start_seconds=moment.start_seconds,
            kind=moment.kind,
            parts=_parts(texts, moment, marker),
        )
        for moment in best[:HITS_MAX]
    ]
    return Moments(hits, len(best))


def _spoken(
    texts: FoundTexts, pieces: Sequence[Piece], sought: Sought, marker: Marker
) -> list[_Moment]:
    occurrences: list[Occurrence] = []
    for piece in pieces:
        first = (piece.place - 1) * PIECE_TOKENS
        occurrences += [
            each
            for each in sought.finder.occurrences(piece.tokens, first)
            # What follows is the beginning of the next piece.
            if each.start < first + PIECE_TOKENS
        ]
    counts = Counter(each.term for each in occurrences)
    # What stands in the title is what all of it is about.
    counts.update(dict.fromkeys(marker.terms_in(texts.video.title or ""), _TITLE_COUNTS))
    here = sought.within(counts)
    by_cue: dict[int, Window] = {}
    for window in apart(windows(occurrences, here)):
        cue = bisect_right(texts.cue_starts, window.start) - 1
        known = by_cue.get(cue)
        is_better = known is None or window.score > known.score
        if 0 <= cue < len(texts.cues) and window.weight > 0 and is_better:
            by_cue[cue] = window
    return [
        _Moment(texts.cues[cue][0], HitKind.CAPTIONS, window.score, cue, window)
        for cue, window in by_cue.items()
    ]


def _chapters(texts: FoundTexts, marker: Marker) -> list[_Moment]:
    found = []
    for number, (start, _end, title) in enumerate(texts.chapters):
        window = marker.best_window(title)
        if window is not None:
            score = window.score * _CHAPTER_FACTOR
            found.append(_Moment(start, HitKind.CHAPTER, score, number, window))
    return found


def _parts(texts: FoundTexts, moment: _Moment, marker: Marker) -> list[TextPart]:
    if moment.kind is HitKind.CHAPTER:
        return marker.from_token(texts.chapters[moment.number][2], moment.window.start)
    last = bisect_right(texts.cue_starts, moment.window.end - 1) - 1
    lines = _lines(texts, moment.number, last)
    return marker.from_token(" ".join(lines), moment.window.start - texts.cue_starts[moment.number])


def _lines(texts: FoundTexts, first: int, last: int) -> list[str]:
    """The lines of a match, and as many after them as can be read at a glance."""
    lines: list[str] = []
    length = 0
    for place, (_start, _end, text) in enumerate(texts.cues[first:], first):
        enough = length >= EXCERPT_LENGTH // 2 or place - first >= _LINES_MAX
        if lines and place > last and enough:
            break
        lines.append(" ".join(text.split()))
        length += len(lines[-1])
        if length > EXCERPT_LENGTH:
            break
    return lines
