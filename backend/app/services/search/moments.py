"""The moments of a video that was found: where the match begins, and what is said there."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
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
    start_seconds: float
    kind: HitKind
    weight: float
    score: float
    show: Callable[[], list[TextPart]]


def moments_of(texts: FoundTexts, pieces: Sequence[Piece], sought: Sought) -> Moments:
    """The moments of one video: where as much as possible of what is sought stands close together.

    Args:
        texts: What is shown of it.
        pieces: What is said in it, in order.
        sought: What is looked for.
    """
    marker = Marker(sought, texts.language)
    found = [*_spoken(texts, pieces, sought, marker), *_chapters(texts, marker)]
    most = max((moment.score for moment in found if moment.weight > 0), default=0.0)
    best = [moment for moment in found if moment.weight > 0 and moment.score >= _GOOD * most]
    best.sort(key=lambda moment: (-moment.score, moment.start_seconds))
    hits = [
        HitOut(start_seconds=moment.start_seconds, kind=moment.kind, parts=moment.show())
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
    here = sought.within(Counter(each.term for each in occurrences))
    by_cue: dict[int, Window] = {}
    for window in apart(windows(occurrences, here)):
        cue = bisect_right(texts.cue_starts, window.start) - 1
        known = by_cue.get(cue)
        if 0 <= cue < len(texts.cues) and (known is None or window.score > known.score):
            by_cue[cue] = window
    return [_line(texts, cue, window, marker) for cue, window in by_cue.items()]


def _line(texts: FoundTexts, cue: int, window: Window, marker: Marker) -> _Moment:
    start, _end, _text = texts.cues[cue]

    def show() -> list[TextPart]:
        last = bisect_right(texts.cue_starts, window.end - 1) - 1
        lines = _lines(texts, cue, last)
        return marker.first_lines(" ".join(lines), window.start - texts.cue_starts[cue])

    return _Moment(start, HitKind.CAPTIONS, window.weight, window.score, show)


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


def _chapters(texts: FoundTexts, marker: Marker) -> list[_Moment]:
    found = []
    for start, _end, title in texts.chapters:
        window = marker.best_window(title)
        if window is not None and window.weight > 0:
            score = window.score * _CHAPTER_FACTOR

            def show(title: str = title) -> list[TextPart]:
                return marker.first_lines(title, 0)

            found.append(_Moment(start, HitKind.CHAPTER, window.weight, score, show))
    return found
