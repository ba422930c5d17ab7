"""Where one part ends and the next begins: no word twice, none lost.

Where there was no pause to cut in, parts overlap by some seconds that both have heard. What a model
hears at the very edges is the least certain, so the words that both agree on are found, and the
seam is put between them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.services.transcription.pieces import Piece, is_ideographic, width_of

# The same word, heard twice, is not this far apart.
_MAX_DRIFT_SECONDS: Final = 2.0
_USUAL_DRIFT_SECONDS: Final = 0.5
# A single short word ("the") agrees by accident; a sign of Chinese says as much as two letters.
_SHORTEST_AGREEMENT: Final = 4


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in a row that both have heard."""

    before_end: int
    after_end: int
    length: int
    width: int
    drift_seconds: float

    @property
    def rank(self) -> float:
        """The longest is the surest; but whoever says "no, no, no" agrees at any distance."""
        return self.width / (1.0 + self.drift_seconds / self.length / _USUAL_DRIFT_SECONDS)


def join(
    before: Sequence[Piece], after: Sequence[Piece], overlap_start: float, overlap_end: float
) -> list[Piece]:
    """Put what was heard in two parts together.

    Args:
        before: Of the parts so far.
        after: Of the next part.
        overlap_start: Where the next part begins.
        overlap_end: Where the parts so far end; not after the start if nothing was heard twice.

    Returns:
        All pieces, each once, as far as both agree.
    """
    if overlap_start >= overlap_end:
        return _in_order(before, after)
    first = bisect_left(before, overlap_start - _MAX_DRIFT_SECONDS, key=_start)
    last = bisect_right(after, overlap_end + _MAX_DRIFT_SECONDS, key=_start)
    run = _best_run(before[first:], after[:last])
    if run is None:
        return _cut_blindly(before, after, overlap_start, overlap_end)
    kept = _kept_of_run(run, is_at_end=first + run.before_end == len(before))
    end = first + run.before_end - run.length + kept
    begin = run.after_end - run.length + kept
    return _in_order(before[:end], after[begin:])


def _in_order(before: Sequence[Piece], after: Sequence[Piece]) -> list[Piece]:
    """Two clocks differ a little: what comes after does not begin before what comes before it."""
    if not before or not after:
        return [*before, *after]
    earliest = before[-1].start_seconds
    late = bisect_left(after, earliest, key=_start)
    moved = [each.at(earliest, max(earliest, each.end_seconds)) for each in after[:late]]
    rest = [*moved, *after[late:]]
    if is_ideographic(before[-1].text[-1]) and is_ideographic(rest[0].text[0]):
        rest[0] = replace(rest[0], is_spaced=False)
    return [*before, *rest]


def _start(piece: Piece) -> float:
    return piece.start_seconds


def _kept_of_run(run: _Run, *, is_at_end: bool) -> int:
    """How many of the words both agree on are taken from the part before.

    The last word of a part gets a full stop, and the first one a capital letter, that nobody meant.
    """
    if run.length > 1:
        return run.length // 2
    return 0 if is_at_end else 1


def _best_run(before: Sequence[Piece], after: Sequence[Piece]) -> _Run | None:
    best: _Run | None = None
    runs: dict[int, _Run] = {}
    starts = [each.start_seconds for each in after]
    for place, piece in enumerate(before, 1):
        low = bisect_left(starts, piece.start_seconds - _MAX_DRIFT_SECONDS)
        high = bisect_right(starts, piece.start_seconds + _MAX_DRIFT_SECONDS)
        following: dict[int, _Run] = {}
        for other in range(low, high):
            if after[other].key != piece.key:
                continue
            run = _longer(runs.get(other), place, other + 1, piece, after[other])
            following[other + 1] = run
            if run.width >= _SHORTEST_AGREEMENT and (best is None or run.rank > best.rank):
                best = run
        runs = following
    return best


def _longer(run: _Run | None, place: int, other: int, piece: Piece, twin: Piece) -> _Run:
    drift = abs(piece.start_seconds - twin.start_seconds)
    if run is None:
        return _Run(place, other, 1, width_of(piece.key), drift)
    width = run.width + width_of(piece.key)
    return _Run(place, other, run.length + 1, width, run.drift_seconds + drift)


def _cut_blindly(
    before: Sequence[Piece], after: Sequence[Piece], overlap_start: float, overlap_end: float
) -> list[Piece]:
    """Cut where the fewest words are lost; of such places, at the one nearest to the middle."""
    first = bisect_left(before, overlap_start, key=_start)
    last = bisect_right(after, overlap_end, key=_start)
    middle = (overlap_start + overlap_end) / 2
    times = [middle]
    times += [each.end_seconds for each in before[first:]]
    times += [each.start_seconds for each in after[:last]]
    inside = [each for each in times if overlap_start <= each <= overlap_end]
    cut = min(inside, key=lambda at: (-_kept(before[first:], after[:last], at), abs(at - middle)))
    kept = [each for each in before[first:] if each.end_seconds <= cut]
    added = [each for each in after[:last] if each.start_seconds >= cut]
    return _in_order([*before[:first], *kept], [*added, *after[last:]])


def _kept(before: Sequence[Piece], after: Sequence[Piece], cut: float) -> int:
    return sum(each.end_seconds <= cut for each in before) + sum(
        each.start_seconds >= cut for each in after
    )
