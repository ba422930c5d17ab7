"""From words to captions that can be read: two lines, a few seconds, whole sentences if possible.

Where to break is chosen for all cues of a stretch of speech at once: each way to break costs
something, and the cheapest one is found by going through the words once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.services.enrichment.captions import Cue
from app.services.transcription.pieces import Piece, text_of, width_of

_LINE_WIDTH: Final = 42
_MAX_CUE_SECONDS: Final = 7.0
# Shorter ones flash by; they stay longer if nothing follows.
_MIN_CUE_SECONDS: Final = 1.0
_READING_WIDTH_PER_SECOND: Final = 20.0
# Whoever is silent this long has ended, whatever the punctuation says.
_PAUSE_SECONDS: Final = 2.0

_SENTENCE_ENDS: Final = tuple(".!?…。！？؟।॥")
_CLAUSE_ENDS: Final = tuple(",;:、，；：،؛")
_AFTER_AN_END: Final = "\"'”’»)]」』"

# What breaking costs: a cue at all, within a sentence, within a clause; a pause makes up for it.
_CUE_COST: Final = 2.0
_CLAUSE_COST: Final = 4.0
_WORD_COST: Final = 7.0
_PAUSE_BONUS_PER_SECOND: Final = 6.0
# A cue that flashes by, and one that holds an end and a beginning.
_FLASH_COST: Final = 2.0
_INNER_END_COST: Final = 0.5
# How much longer one line may be than the other to break at a better place.
_LINE_COST_FACTOR: Final = 2.0


@dataclass(frozen=True, slots=True)
class _Atom:
    """What stays on one line."""

    text: str
    width: int
    is_spaced: bool
    start_seconds: float
    end_seconds: float
    end_cost: float

    @property
    def ends_sentence(self) -> bool:
        return self.end_cost == 0.0


def lay_out(pieces: Sequence[Piece], end_seconds: float) -> list[Cue]:
    """Make captions of what was said.

    Args:
        pieces: In order, their starts never going back.
        end_seconds: How long the sound is.

    Returns:
        Cues in order that do not overlap, each of at most two lines and seven seconds.
    """
    atoms = list(_atoms(pieces))
    spans = [span for stretch in _stretches(atoms) for span in _spans(stretch)]
    starts = [round(span[0].start_seconds, 3) for span in spans]
    cues = []
    for place, span in enumerate(spans):
        following = starts[place + 1] if place + 1 < len(spans) else max(end_seconds, starts[place])
        end = _shown_until(span, starts[place], following)
        cues.append(Cue(starts[place], round(end, 3), _in_lines(span)))
    return cues


def _shown_until(span: Sequence[_Atom], start: float, following: float) -> float:
    readable = max(_MIN_CUE_SECONDS, _width(span) / _READING_WIDTH_PER_SECOND)
    end = max(span[-1].end_seconds, start + readable)
    return max(start, min(end, following, start + _MAX_CUE_SECONDS))


def _atoms(pieces: Sequence[Piece]) -> Iterator[_Atom]:
    group: list[Piece] = []
    for piece in pieces:
        grown = width_of(text_of(group)) + width_of(piece.text) if group else 0
        if group and (piece.may_begin_line or piece.is_spaced or grown > _LINE_WIDTH):
            yield _atom(group)
            group = []
        group.append(piece)
    if group:
        yield _atom(group)


def _atom(group: Sequence[Piece]) -> _Atom:
    text = text_of(group)
    bare = text.rstrip(_AFTER_AN_END)
    cost = _WORD_COST
    if bare.endswith(_SENTENCE_ENDS):
        cost = 0.0
    elif bare.endswith(_CLAUSE_ENDS):
        cost = _CLAUSE_COST
    end = max(piece.end_seconds for piece in group)
    return _Atom(text, width_of(text), group[0].is_spaced, group[0].start_seconds, end, cost)


def _stretches(atoms: Sequence[_Atom]) -> Iterator[Sequence[_Atom]]:
    """Speech between long pauses."""
    first = 0
    for place in range(1, len(atoms)):
        if atoms[place].start_seconds - atoms[place - 1].end_seconds >= _PAUSE_SECONDS:
            yield atoms[first:place]
            first = place
    if atoms:
        yield atoms[first:]


def _spans(atoms: Sequence[_Atom]) -> list[Sequence[_Atom]]:
    """The cheapest way to divide a stretch of speech into cues."""
    last_in_cue = _last_in_cue(atoms)
    break_costs = _break_costs(atoms)
    cheapest = [0.0] + [float("inf")] * len(atoms)
    begins = [0] * (len(atoms) + 1)
    for first, atom in enumerate(atoms):
        cost = cheapest[first] + _CUE_COST
        flashes_until = atom.start_seconds + _MIN_CUE_SECONDS
        for last in range(first, last_in_cue[first] + 1):
            whole = cost + break_costs[last]
            if atoms[last].end_seconds < flashes_until:
                whole += _FLASH_COST
            if whole < cheapest[last + 1]:
                cheapest[last + 1], begins[last + 1] = whole, first
            if atoms[last].ends_sentence:
                cost += _INNER_END_COST
    spans = []
    end = len(atoms)
    while end:
        spans.append(atoms[begins[end] : end])
        end = begins[end]
    return spans[::-1]


def _break_costs(atoms: Sequence[_Atom]) -> list[float]:
    """What it costs to break after each atom."""
    costs = [0.0] * len(atoms)
    for place, (atom, following) in enumerate(pairwise(atoms)):
        pause = max(0.0, following.start_seconds - atom.end_seconds)
        costs[place] = max(0.0, atom.end_cost - pause * _PAUSE_BONUS_PER_SECOND)
    return costs


def _last_in_cue(atoms: Sequence[_Atom]) -> list[int]:
    """For each atom, the last one that fits into a cue that begins with it."""
    line_ends = _last_in_line(atoms)
    ends = []
    for first, line_end in enumerate(line_ends):
        last = line_ends[line_end + 1] if line_end + 1 < len(atoms) else line_end
        latest = atoms[first].start_seconds + _MAX_CUE_SECONDS
        while last > first and atoms[last].end_seconds > latest:
            last -= 1
        ends.append(last)
    return ends


def _last_in_line(atoms: Sequence[_Atom]) -> list[int]:
    ends = []
    last, width = -1, 0
    for first, atom in enumerate(atoms):
        if last < first:
            last, width = first, atom.width
        while last + 1 < len(atoms):
            more = atoms[last + 1].width + atoms[last + 1].is_spaced
            if width + more > _LINE_WIDTH:
                break
            last, width = last + 1, width + more
        ends.append(last)
        if first + 1 < len(atoms):
            width -= atom.width + atoms[first + 1].is_spaced
    return ends


def _width(atoms: Sequence[_Atom]) -> int:
    return sum(atom.width + atom.is_spaced for atom in atoms) - atoms[0].is_spaced


def _in_lines(atoms: Sequence[_Atom]) -> str:
    if _width(atoms) <= _LINE_WIDTH or len(atoms) == 1:
        return _line(atoms)
    place = min(range(1, len(atoms)), key=lambda place: _line_cost(atoms, place))
    return f"{_line(atoms[:place])}\n{_line(atoms[place:])}"


def _line_cost(atoms: Sequence[_Atom], place: int) -> float:
    upper, lower = _width(atoms[:place]), _width(atoms[place:])
    overflow = max(0, upper - _LINE_WIDTH, lower - _LINE_WIDTH)
    cost = atoms[place - 1].end_cost * _LINE_COST_FACTOR
    return overflow * _LINE_WIDTH * 10 + abs(upper - lower) + cost


def _line(atoms: Sequence[_Atom]) -> str:
    spaced = (f" {atom.text}" if atom.is_spaced else atom.text for atom in atoms)
    return "".join(spaced).strip(" ")
