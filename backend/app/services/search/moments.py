"""The moments of a video that was found: where the match begins, and what is said there."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.repositories.search_results import FoundTexts, Piece
from app.schemas.search import HitKind, HitOut, TextPart
from app.services.search.excerpts import EXCERPT_LENGTH, Marker
from app.services.search.indexing import PIECE_TOKENS
from app.services.search.matching import Occurrence, Sought, Window, apart, windows

HITS_MAX: Final = 5
"""Moments shown of one video; the others are found on its page."""

# A moment that is much worse than the best one is none.
_GOOD: Final = 0.5
# As if a word of the title were said so often more.
_TITLE_COUNTS: Final = 4
# A line that is cut off in the middle of a thought is followed by the next one.
_LINES_MAX: Final = 4
# A line and a half: whoever has read so much can do without the line with the next moment.
_LENGTH_BEFORE_NEXT: Final = EXCERPT_LENGTH // 3


@dataclass(frozen=True, slots=True)
class Moments:
    """What was found in a video.

    Args:
        hits: The best moments, the best first.
        count: Of all moments.
    """

    hits: list[HitOut]
    count: int


class _Moment(NamedTuple):
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
    occurrences = _occurrences(pieces, sought)
    counts = Counter(each.term for each in occurrences)
    # What stands in the title is what all of it is about.
    counts.update(dict.fromkeys(marker.terms_in(texts.video.title or ""), _TITLE_COUNTS))
    here = sought.within(counts)
    # Of equals, a chapter first: what it is about is said in all of it. Then the earlier one.
    found = [*_chapters(texts, Marker(here, texts.language)), *_spoken(texts, occurrences, here)]
    enough = _GOOD * max((moment.score for moment in found), default=0.0)
    best = [moment for moment in found if moment.score >= enough]
    best.sort(key=lambda moment: -round(moment.score, 9))
    hits = [
        HitOut(
            start_seconds=moment.start_seconds,
            kind=moment.kind,
            parts=_parts(texts, moment, cues, marker),
        )
        for moment, cues in _at_different_places(texts, best)
    ]
    return Moments(hits, len(best))


def _occurrences(pieces: Sequence[Piece], sought: Sought) -> list[Occurrence]:
    occurrences: list[Occurrence] = []
    for piece in pieces:
        first = (piece.place - 1) * PIECE_TOKENS
        occurrences += [
            each
            for each in sought.finder.occurrences(piece.tokens, first)
            # What follows is the beginning of the next piece.
            if each.start < first + PIECE_TOKENS
        ]
    return occurrences


def _spoken(texts: FoundTexts, occurrences: Sequence[Occurrence], sought: Sought) -> list[_Moment]:
    by_cue: dict[int, Window] = {}
    for window in apart(windows(occurrences, sought)):
        if window.weight > 0:
            cue = bisect_right(texts.cue_starts, window.start) - 1
            known = by_cue.get(cue)
            if known is None or window.score > known.score:
                by_cue[cue] = window
    return [
        _Moment(texts.cues[cue][0], HitKind.CAPTIONS, window.score, cue, window)
        for cue, window in by_cue.items()
        if 0 <= cue < len(texts.cues)
    ]


def _chapters(texts: FoundTexts, marker: Marker) -> list[_Moment]:
    found = []
    for number, (start, _end, title) in enumerate(texts.chapters):
        window = marker.best_window(title)
        if window is not None:
            found.append(_Moment(start, HitKind.CHAPTER, window.score, number, window))
    return found


def _at_different_places(
    texts: FoundTexts, moments: Sequence[_Moment]
) -> list[tuple[_Moment, range]]:
    """The first moments with their lines, without those that share a line with one before them."""
    begins = {moment.number for moment in moments if moment.kind is HitKind.CAPTIONS}
    chosen: list[tuple[_Moment, range]] = []
    shown: set[int] = set()
    for moment in moments:
        if len(chosen) == HITS_MAX:
            break
        is_chapter = moment.kind is HitKind.CHAPTER
        cues = range(0) if is_chapter else _cues_shown(texts, moment, begins)
        if shown.isdisjoint(cues):
            shown.update(cues)
            chosen.append((moment, cues))
    return chosen


def _parts(texts: FoundTexts, moment: _Moment, cues: range, marker: Marker) -> list[TextPart]:
    if moment.kind is HitKind.CHAPTER:
        return marker.from_token(texts.chapters[moment.number][2], moment.window.start)
    text = " ".join(_line(texts, cue) for cue in cues)
    return marker.from_token(text, moment.window.start - texts.cue_starts[moment.number])


def _cues_shown(texts: FoundTexts, moment: _Moment, begins: set[int]) -> range:
    """The lines of a match, and as many after them as can be read at a glance.

    Args:
        texts: All lines.
        moment: The match.
        begins: Lines in which a moment begins: the next place, unless too little is shown without it.
    """
    first = moment.number
    last = bisect_right(texts.cue_starts, moment.window.end - 1) - 1
    length = 0
    for cue in range(first, len(texts.cues)):
        enough = _LENGTH_BEFORE_NEXT if cue in begins else EXCERPT_LENGTH // 2
        if cue > max(first, last) and (length >= enough or cue - first >= _LINES_MAX):
            return range(first, cue)
        length += len(_line(texts, cue))
        if length > EXCERPT_LENGTH:
            return range(first, cue + 1)
    return range(first, len(texts.cues))


def _line(texts: FoundTexts, cue: int) -> str:
    return " ".join(texts.cues[cue][2].split())
