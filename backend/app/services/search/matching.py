"""Where the words of a query stand in a run of tokens, and which places are the best."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.repositories.search_expressions import Run
from app.services.search.terms import Term

SPAN_TOKENS: Final = 30
"""Words further apart than this, some ten seconds of speech, do not belong to one moment."""

# "How to get to the moon": so far before the first word that counts.
_LEAD_TOKENS: Final = 4


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term at a place.

    Args:
        start: The number of its first token.
        end: One after its last.
        term: Which of the terms.
    """

    start: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class Window:
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
        terms: What is looked for.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self._runs: dict[str, list[tuple[int, Run]]] = {}
        self._prefixes: list[tuple[int, Run]] = []
        for term, each in enumerate(terms):
            # The longest first: of several that stand at one place it is the one to be marked.
            for run in sorted(each.runs, key=lambda run: -len(run.tokens)):
                if run.is_prefix and len(run.tokens) == 1:
                    self._prefixes.append((term, run))
                else:
                    self._runs.setdefault(run.tokens[0], []).append((term, run))
        self._beginnings = tuple(run.tokens[0] for _term, run in self._prefixes)

    def occurrences(self, tokens: str, first: int = 0) -> list[Occurrence]:
        """All places of all terms, in order.

        Args:
            tokens: With spaces between them.
            first: The number of the first one.
        """
        if not any(text in tokens for text in (*self._runs, *self._beginnings)):
            return []
        words = tokens.split(" ")
        found = []
        for place in self._places(words):
            seen = set()
            for term, run in self._at(words[place]):
                if term not in seen and _stands_at(run, words, place):
                    seen.add(term)
                    start = first + place
                    found.append(Occurrence(start, start + len(run.tokens), term))
        return found

    def _places(self, words: Sequence[str]) -> list[int]:
        """Where a run may begin. A page of results looks at some 100,000 tokens: here the time goes."""
        runs, beginnings = self._runs, self._beginnings
        if not beginnings:
            return [place for place, word in enumerate(words) if word in runs]
        return [
            place for place, word in enumerate(words) if word in runs or word.startswith(beginnings)
        ]

    def _at(self, word: str) -> list[tuple[int, Run]]:
        prefixes = [each for each in self._prefixes if word.startswith(each[1].tokens[0])]
        return [*self._runs.get(word, ()), *prefixes]


def _stands_at(run: Run, words: Sequence[str], place: int) -> bool:
    *others, last = run.tokens
    end = place + len(others)
    if end >= len(words) or tuple(words[place:end]) != tuple(others):
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
    """The window that begins at each occurrence.

    Args:
        occurrences: In order.
        sought: What is looked for.
    """
    weights = sought.weights
    found = []
    for place, first in _beginnings(occurrences, sought.required_count):
        seen = {first.term}
        end, matched = first.end, first.end - first.start
        for later in _within(occurrences, place + 1, first.start + SPAN_TOKENS):
            if later.term in seen:
                continue
            seen.add(later.term)
            matched += later.end - later.start
            end = max(end, later.end)
            if len(seen) == len(weights):
                break
        weight = sum(weights[term] for term in seen if term < sought.required_count)
        tightness = min(1.0, matched / (end - first.start))
        score = sum(weights[term] for term in seen) * (1 + tightness) / 2
        found.append(Window(first.start, end, weight, score))
    return found


def _beginnings(
    occurrences: Sequence[Occurrence], required_count: int
) -> list[tuple[int, Occurrence]]:
    """Where a window may begin: at a required term, or at a small word shortly before one."""
    found = []
    required_at = math.inf
    for place in range(len(occurrences) - 1, -1, -1):
        occurrence = occurrences[place]
        if occurrence.term < required_count:
            required_at = occurrence.start
        if required_at - occurrence.start <= _LEAD_TOKENS:
            found.append((place, occurrence))
    found.reverse()
    return found


def _within(occurrences: Sequence[Occurrence], place: int, end: int) -> Iterable[Occurrence]:
    while place < len(occurrences) and occurrences[place].start < end:
        yield occurrences[place]
        place += 1


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
