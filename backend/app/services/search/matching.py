"""Where the words of a query stand in a run of tokens, and which places are the best."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from app.repositories.search_expressions import Run
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
        optional: Small words, which only matter near something that is required.
    """

    def __init__(self, required: Sequence[Term], optional: Sequence[Term] = ()) -> None:
        self._terms = (required, optional)
        self._required = _Beginnings(required, 0)
        self._optional = _Beginnings(optional, len(required))

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
        # A page of results looks at some 100,000 tokens: most pieces end here.
        if not self._required.may_be_in(tokens):
            return []
        words = tokens.split(" ")
        found = self._required.found_in(words, enumerate(words), first)
        if self._optional and found:
            near = ((place, words[place]) for place in _near(found, first, len(words)))
            found += self._optional.found_in(words, near, first)
            found.sort(key=_by_place)
        return found


class _Beginnings:
    """The runs of some terms by the token they begin with.

    Args:
        terms: The terms.
        number: Of the first one.
    """

    def __init__(self, terms: Sequence[Term], number: int) -> None:
        self._runs: dict[str, list[tuple[int, Run]]] = {}
        self._prefixed: list[tuple[int, Run]] = []
        for term, each in enumerate(terms, number):
            # The longest first: of several that stand at one place it is the one to be marked.
            for run in sorted(each.runs, key=lambda run: -len(run.tokens)):
                if run.is_prefix and len(run.tokens) == 1:
                    self._prefixed.append((term, run))
                else:
                    self._runs.setdefault(run.tokens[0], []).append((term, run))
        self._prefixes = tuple(run.tokens[0] for _term, run in self._prefixed)
        self._texts = (*self._runs, *self._prefixes)

    def __bool__(self) -> bool:
        return bool(self._texts)

    def may_be_in(self, tokens: str) -> bool:
        """A quick look."""
        return any(text in tokens for text in self._texts)

    def found_in(
        self, words: Sequence[str], places: Iterable[tuple[int, str]], first: int
    ) -> list[Occurrence]:
        """The occurrences that begin at some places, in order.

        Args:
            words: The tokens.
            places: Numbers of tokens, with the tokens.
            first: The number of the first token.
        """
        runs, prefixes = self._runs, self._prefixes
        if prefixes:
            likely = [each for each in places if each[1] in runs or each[1].startswith(prefixes)]
        else:
            likely = [each for each in places if each[1] in runs]
        found = []
        for place, word in likely:
            last_term = -1
            for term, run in self._at(word):
                if term != last_term and _stands_at(run, words, place):
                    last_term = term
                    start = first + place
                    found.append(Occurrence(start, start + len(run.tokens), term))
        return found

    def _at(self, word: str) -> Sequence[tuple[int, Run]]:
        """By their terms, of each the longest first."""
        runs = self._runs.get(word, ())
        if not self._prefixes:
            return runs
        prefixed = (each for each in self._prefixed if word.startswith(each[1].tokens[0]))
        return sorted([*runs, *prefixed], key=lambda each: each[0])


def _by_place(occurrence: Occurrence) -> tuple[int, int]:
    return occurrence.start, -occurrence.end


def _near(found: Sequence[Occurrence], first: int, count: int) -> list[int]:
    """The places of a piece that are close enough to something to be one window with it."""
    places: list[int] = []
    reached = 0
    for occurrence in found:
        begin = max(reached, occurrence.start - first - _LEAD_TOKENS)
        reached = max(reached, min(count, occurrence.start - first + SPAN_TOKENS))
        places += range(begin, reached)
    return places


def _stands_at(run: Run, words: Sequence[str], place: int) -> bool:
    if len(run.tokens) == 1:
        return True
    *others, last = run.tokens
    end = place + len(others)
    if end >= len(words) or list(words[place:end]) != others:
        return False
    return words[end].startswith(last) if run.is_prefix else words[end] == last


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


def windows(occurrences: Sequence[Occurrence], sought: Sought) -> list[Window]:
    """The window that begins at each required term, and at a small word shortly before one.

    Args:
        occurrences: In order.
        sought: What is looked for.
    """
    weights, required_count = sought.weights, sought.required_count
    if len(weights) == 1:
        return [Window(each.start, each.end, weights[0], weights[0]) for each in occurrences]
    following: list[Occurrence | None] = [None] * len(weights)
    required_at = math.inf
    found = []
    for first in reversed(occurrences):
        following[first.term] = first
        if first.term < required_count:
            required_at = first.start
        if required_at - first.start > _LEAD_TOKENS:
            continue
        end, matched, weight, worth = first.end, 0, 0.0, 0.0
        for term, each in enumerate(following):
            if each is None or each.start >= first.start + SPAN_TOKENS:
                continue
            matched += each.end - each.start
            end = max(end, each.end)
            worth += weights[term]
            if term < required_count:
                weight += weights[term]
        tightness = min(1.0, matched / (end - first.start))
        found.append(Window(first.start, end, weight, worth * (1 + tightness) / 2))
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
