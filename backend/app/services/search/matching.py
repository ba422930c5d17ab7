"""Where the words of a query stand in a run of tokens, and which places are the best."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.repositories.search_expressions import Run
from app.services.search.terms import Term

SPAN_TOKENS: Final = 30
"""Words further apart than this, some ten seconds of speech, do not belong to one moment."""


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
        self._patterns = [re.compile(_pattern(term)) for term in terms]

    def occurrences(self, tokens: str, first: int = 0) -> list[Occurrence]:
        """All places of all terms, in order.

        Args:
            tokens: With spaces between them.
            first: The number of the first one.
        """
        found = []
        for term, pattern in enumerate(self._patterns):
            place, counted = first, 0
            for match in pattern.finditer(tokens):
                place += tokens.count(" ", counted, match.start())
                counted = match.start()
                length = match.group().count(" ") + 1
                found.append(Occurrence(place, place + length, term))
        found.sort(key=lambda occurrence: (occurrence.start, -occurrence.end))
        return found


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


def _pattern(term: Term) -> str:
    longest_first = sorted(term.runs, key=lambda run: -len(run.tokens))
    return f"(?<!\\S)(?:{'|'.join(_run_pattern(run) for run in longest_first)})(?!\\S)"


def _run_pattern(run: Run) -> str:
    words = " ".join(re.escape(token) for token in run.tokens)
    return words + (r"\S*" if run.is_prefix else "")


def windows(occurrences: Sequence[Occurrence], sought: Sought) -> list[Window]:
    """The window that begins at each occurrence.

    Args:
        occurrences: In order.
        sought: What is looked for.
    """
    weights = sought.weights
    found = []
    for place, first in enumerate(occurrences):
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
