"""Where the words of a query stand in a run of tokens, and which places are the best."""

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, NamedTuple

from app.services.search.terms import Term

SPAN_TOKENS: Final = 30
"""Words further apart than this, some ten seconds of speech, do not belong to one moment."""

# "How to get to the moon": so far before the first word that counts.
_LEAD_TOKENS: Final = 4


class Occurrence(NamedTuple):
    """A term at a place.

    Args:
        start: The number of its first token.
        end: One after its last.
        term: Which of the terms.
    """

    start: int
    end: int
    term: int


class Window(NamedTuple):
    """Terms that stand close together.

    Args:
        start: The number of the first token.
        end: One after the last.
        weight: Of the required terms in it, together.
        score: How good a place it is: the weights, less the further apart they are.
    """

    start: int
    end: int
    weight: float
    score: float


class TermFinder:
    """Finds terms in tokens.

    Args:
        required: What is looked for.
        optional: Small words, of one token, which only matter near something that is required.
    """

    def __init__(self, required: Sequence[Term], optional: Sequence[Term] = ()) -> None:
        self._terms = (required, optional)
        self._required = _Needles(required, 0)
        self._optional = {
            run.tokens[0]: term
            for term, each in enumerate(optional, len(required))
            for run in each.runs
        }

    @property
    def needs_words(self) -> bool:
        """Whether a document's words are to be asked where a term stands in it."""
        return any(term.forms for term in self._terms[0])

    def within(self, document_words: str, language: str) -> "TermFinder":
        """The same for one document: see `Term.within`."""
        required, optional = self._terms
        return TermFinder([term.within(document_words, language) for term in required], optional)

    def occurrences(self, tokens: str, first: int = 0) -> list[Occurrence]:
        """All places of all terms, in order.

        Args:
            tokens: With spaces between them.
            first: The number of the first one.
        """
        found = self._required.found_in(f" {tokens} ", first)
        if self._optional and found:
            found += self._optional_near(found, tokens.split(" "), first)
            found.sort(key=_by_place)
        return found

    def _optional_near(
        self, found: Sequence[Occurrence], words: Sequence[str], first: int
    ) -> list[Occurrence]:
        """The small words that are close enough to something to be in one window with it."""
        places: set[int] = set()
        for each in found:
            begin = each.start - first
            places.update(range(max(0, begin - _LEAD_TOKENS), begin + SPAN_TOKENS))
        terms = self._optional
        return [
            Occurrence(first + place, first + place + 1, terms[words[place]])
            for place in places
            if place < len(words) and words[place] in terms
        ]


class _Needles:
    """The runs of some terms, as texts to be found between spaces.

    A page of results looks at some 100,000 tokens: to search them as text takes a third of the time.

    Args:
        terms: The terms.
        number: Of the first one.
    """

    def __init__(self, terms: Sequence[Term], number: int) -> None:
        # By the letter of the language: those of all others are ruled out at once.
        self._needles: dict[str, list[tuple[str, int, int]]] = {}
        for term, each in enumerate(terms, number):
            for run in each.runs:
                needle = f" {' '.join(run.tokens)}" + ("" if run.is_prefix else " ")
                self._needles.setdefault(needle[:2], []).append((needle, term, len(run.tokens)))

    def found_in(self, padded: str, first: int) -> list[Occurrence]:
        """The occurrences, by their places, then by their terms.

        Args:
            padded: Tokens, each between two spaces.
            first: The number of the first token.
        """
        hits: list[tuple[int, int, int]] = []
        possible = [some for begin, some in self._needles.items() if begin in padded]
        for needle, term, length in chain.from_iterable(possible):
            at = padded.find(needle)
            while at >= 0:
                # The longest first: of several that stand at one place it is the one to be marked.
                hits.append((at, term, -length))
                at = padded.find(needle, at + 1)
        hits.sort()
        found: list[Occurrence] = []
        last_at, last_term, place = 0, -1, first
        for at, term, negative_length in hits:
            if at == last_at and term == last_term:
                continue
            place += padded.count(" ", last_at, at)
            last_at, last_term = at, term
            found.append(Occurrence(place, place - negative_length, term))
        return found


def _by_place(occurrence: Occurrence) -> tuple[int, int]:
    return occurrence.start, -occurrence.end


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for, and how much each part of it says.

    Args:
        finder: Finds the terms.
        weights: Of the terms.
        required_count: So many of the terms, the first ones, are required.
    """

    finder: TermFinder
    weights: tuple[float, ...]
    required_count: int

    def in_document(self, document_words: str, language: str) -> "Sought":
        """The same for one document: see `Term.within`."""
        return replace(self, finder=self.finder.within(document_words, language))

    def within(self, counts: Mapping[int, int]) -> "Sought":
        """The same, for telling apart the places of one video: what is said all the time says little.

        Args:
            counts: How often each term occurs in it.
        """
        weights = (
            weight / (1 + math.log(max(1, counts.get(term, 1))))
            for term, weight in enumerate(self.weights)
        )
        return replace(self, weights=tuple(weights))


_NOWHERE: Final = Occurrence(sys.maxsize, sys.maxsize, 0)


def windows(occurrences: Sequence[Occurrence], sought: Sought) -> list[Window]:
    """The window that begins at each required term, and at a small word shortly before one.

    Args:
        occurrences: In order.
        sought: What is looked for.
    """
    weights, required_count = sought.weights, sought.required_count
    if len(weights) == 1:
        return [Window(each.start, each.end, weights[0], weights[0]) for each in occurrences]
    required_weights = [*weights[:required_count], *[0.0] * (len(weights) - required_count)]
    following = [_NOWHERE] * len(weights)
    required_at = math.inf
    found = []
    # Frequent words stand in a page of results five thousand times.
    for first in reversed(occurrences):
        start, end, term = first
        following[term] = first
        if term < required_count:
            required_at = start
        elif required_at - start > _LEAD_TOKENS:
            continue
        too_far = start + SPAN_TOKENS
        matched, weight, worth = 0, 0.0, 0.0
        for each, gain, required_gain in zip(following, weights, required_weights, strict=True):
            each_start, each_end, _term = each
            if each_start < too_far:
                matched += each_end - each_start
                end = max(end, each_end)
                worth += gain
                weight += required_gain
        tightness = min(1.0, matched / (end - start))
        found.append(Window(start, end, weight, worth * (1 + tightness) / 2))
    found.reverse()
    return found


def apart(found: Iterable[Window]) -> list[Window]:
    """Windows that do not overlap, the best of those that do, in order.

    Args:
        found: In order.
    """
    kept: list[Window] = []
    for window in found:
        if not kept or window.start >= kept[-1].end:
            kept.append(window)
        elif window.score > kept[-1].score:
            kept[-1] = window
    return kept
