"""Which videos match, and in what order.

Up to `RANKED_MAX` matching videos are ranked. Of more than that, those are taken which promise most: the
query stands in them as it was typed, or in their title, or all of it close together.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, not_

from app.repositories.search_expressions import Expression, all_of, any_of, marked, scattered
from app.repositories.search_results import SearchQuestions
from app.repositories.search_scope import DocumentOrder
from app.services.search.indexing import ABOUT_MARK, OFTEN_MARK
from app.services.search.matching import Sought, TermFinder, windows
from app.services.search.query import Clause, Query
from app.services.search.terms import Term, term_of

RANKED_MAX: Final = 1000
"""Matching videos that are ranked; nobody reads on so far, and each costs time."""

_REFINED_MAX: Final = 150
"""Of these, so many are looked into for how close together the words stand."""
_REFINED_PIECES_MAX: Final = 300
_PHRASES_MAX: Final = 200
# Many videos that are narrowed down share few pieces.
_NEAR_PIECES_MAX: Final = 20 * RANKED_MAX
_NARROWER_MAX: Final = 5 * RANKED_MAX
_RELAXED_MAX: Final = 50

# How much more a word says where it is not just spoken once.
_IN_TITLE: Final = 2.0
_OFTEN: Final = 0.7
_AS_TYPED: Final = 1.5
_CLOSE: Final = 1.5
# Of a small word beside the others.
_SMALL: Final = 0.1
# Terms of which a document must have one if none has all.
_RELAXED_TERMS: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The documents of a search, in order.

    Args:
        numbers: At most `RANKED_MAX`.
        total: How many match; at least so many, where it is not exact.
        total_is_exact: Whether it is.
        is_relaxed: None has all of it.
        sought: What to look for in them; None if nothing was.
    """

    numbers: list[int]
    total: int
    total_is_exact: bool
    is_relaxed: bool
    sought: Sought | None


@dataclass(frozen=True, slots=True)
class _Terms:
    required: tuple[Term, ...]
    optional: tuple[Term, ...]
    as_typed: Term | None


@dataclass(frozen=True, slots=True)
class _Conditions:
    """What a document has to meet."""

    tokens: Sequence[ColumnElement[bool]]
    phrases: Sequence[ColumnElement[bool]]
    excluded: Sequence[ColumnElement[bool]]

    @property
    def all(self) -> list[ColumnElement[bool]]:
        return [*self.tokens, *self.phrases, *self.excluded]


async def find_documents(
    questions: SearchQuestions,
    query: Query,
    languages: Sequence[str],
    order: DocumentOrder | None,
) -> Found:
    """The documents that match a query.

    Args:
        questions: Asks the database.
        query: What is looked for.
        languages: Those in which anything is indexed.
        order: None for the best first.
    """
    return await _Search(questions, languages, order).run(query)


class _Search:
    """One search.

    Args:
        questions: Asks the database.
        languages: Those in which anything is indexed.
        order: None for the best first.
    """

    def __init__(
        self, questions: SearchQuestions, languages: Sequence[str], order: DocumentOrder | None
    ) -> None:
        self._questions = questions
        self._languages = languages
        self._order = order

    async def run(self, query: Query) -> Found:
        excluded = [not_(self._condition(self._term(clause))) for clause in query.excluded]
        if not query.required:
            # Nothing says which is best.
            self._order = self._order or DocumentOrder.NEWEST
            return _found(await self._numbers(_Conditions([], [], excluded)), None)
        attempts = [query]
        if as_prefix := query.with_last_as_prefix():
            attempts.append(as_prefix)
        for attempt in attempts:
            terms = self._terms(attempt)
            conditions = self._conditions(terms.required, excluded)
            if numbers := await self._numbers(conditions):
                weights = await self._weights(terms)
                sought = _sought(terms, weights)
                if self._order is not None:
                    return _found(numbers, sought)
                return _found(
                    numbers, sought, await self._ranked(terms, conditions, numbers, sought)
                )
        return await self._relaxed(self._terms(attempts[-1]), excluded)

    def _term(self, clause: Clause) -> Term:
        return term_of(clause, self._languages)

    def _terms(self, query: Query) -> _Terms:
        typed = Clause(" ".join(query.words), is_phrase=True) if query.words else None
        return _Terms(
            tuple(self._term(clause) for clause in query.required),
            tuple(self._term(clause) for clause in query.optional),
            self._term(typed) if typed else None,
        )

    def _condition(self, term: Term) -> ColumnElement[bool]:
        if term.is_single:
            return self._questions.with_tokens(term.expression)
        return self._questions.with_runs(term.expression)

    def _conditions(
        self, terms: Sequence[Term], excluded: Sequence[ColumnElement[bool]]
    ) -> _Conditions:
        """Single tokens are asked for all at once, the quickest way to find few; then phrases."""
        expressions = [term.expression for term in terms]
        phrases = [self._condition(term) for term in terms if not term.is_single]
        return _Conditions([self._questions.with_tokens(all_of(expressions))], phrases, excluded)

    async def _numbers(self, conditions: _Conditions) -> list[int]:
        # To look for a phrase again would take as long as to read on.
        limit = None if conditions.phrases and self._order is None else RANKED_MAX + 1
        return await self._questions.numbers(
            conditions.all, limit=limit, order=self._order or DocumentOrder.INDEXED
        )

    async def _weights(self, terms: _Terms) -> tuple[float, ...]:
        """A word says the more the fewer videos have it (inverse document frequency)."""
        every = [*terms.required, *terms.optional]
        if len(every) == 1:
            return (1.0,)
        conditions = [self._questions.with_tokens(term.expression) for term in every]
        total, counts = await self._questions.counts(conditions)
        weights = [math.log(1 + (total + 1) / (count + 0.5)) for count in counts]
        small = [weight * _SMALL for weight in weights[len(terms.required) :]]
        return (*weights[: len(terms.required)], *small)

    async def _ranked(
        self, terms: _Terms, conditions: _Conditions, numbers: Sequence[int], sought: Sought
    ) -> list[int]:
        typed = await self._as_typed(terms, conditions)
        if len(numbers) > RANKED_MAX:
            numbers = await self._most_promising(terms, conditions, numbers, typed)
        scores = await self._scores(terms, numbers, sought)
        for number in typed & scores.keys():
            scores[number] += _AS_TYPED * sum(sought.weights)
        together = _whole_words(terms.required)
        if sought.required_count > 1 and together:
            await self._refine(scores, all_of(together), sought)
        return _by_score(scores)

    async def _as_typed(self, terms: _Terms, conditions: _Conditions) -> set[int]:
        """Documents in which the words stand just so."""
        if terms.as_typed is None:
            return set()
        just_so = self._questions.with_runs(terms.as_typed.expression, at_most=_NEAR_PIECES_MAX)
        return set(await self._questions.numbers([*conditions.all, just_so], limit=_PHRASES_MAX))

    async def _most_promising(
        self, terms: _Terms, conditions: _Conditions, found: Sequence[int], typed: set[int]
    ) -> list[int]:
        """As many as are ranked: those with the words in the title, often, or close together first."""
        tokens = scattered(all_of([term.expression for term in terms.required]))
        # What is marked is there without its mark too, and phrases were looked for already.
        narrower = [
            [self._questions.with_tokens(marked(tokens, mark)), *conditions.excluded]
            for mark in (ABOUT_MARK, OFTEN_MARK)
        ]
        together = _whole_words(terms.required)
        if len(together) > 1:
            near = self._questions.with_runs(all_of(together), at_most=_NEAR_PIECES_MAX)
            narrower.append([*conditions.all, near])
        matching = set(found) if conditions.phrases else None
        chosen = dict.fromkeys(sorted(typed, reverse=True))
        for each in narrower:
            if len(chosen) >= RANKED_MAX:
                break
            numbers = await self._questions.numbers(each, limit=_NARROWER_MAX)
            chosen |= dict.fromkeys(
                number for number in numbers if matching is None or number in matching
            )
        chosen |= dict.fromkeys(found)
        return list(chosen)[:RANKED_MAX]

    async def _scores(
        self, terms: _Terms, numbers: Sequence[int], sought: Sought, *, all_present: bool = True
    ) -> dict[int, float]:
        """How much of a document is about the terms: they stand in its title, or often."""
        marks = (ABOUT_MARK, OFTEN_MARK) if all_present else ("", ABOUT_MARK, OFTEN_MARK)
        gains = (_IN_TITLE, _OFTEN) if all_present else (1.0, _IN_TITLE, _OFTEN)
        conditions = [
            self._questions.with_tokens(marked(scattered(term.expression), mark))
            for term in terms.required
            for mark in marks
        ]
        worth = [
            weight * gain for weight in sought.weights[: len(terms.required)] for gain in gains
        ]
        met = await self._questions.which(numbers, conditions)
        return {
            number: sum(gain for gain, is_met in zip(worth, met[number], strict=True) if is_met)
            for number in numbers
            if number in met
        }

    async def _refine(
        self, scores: dict[int, float], expression: Expression, sought: Sought
    ) -> None:
        """Look into the best ones for how close together the terms stand."""
        best = _by_score(scores)[:_REFINED_MAX]
        pieces = await self._questions.matching_pieces(best, expression, _REFINED_PIECES_MAX)
        closest: dict[int, float] = {}
        for piece in pieces:
            found = windows(sought.finder.occurrences(piece.tokens), sought)
            score = max((window.score for window in found), default=0.0)
            closest[piece.document] = max(score, closest.get(piece.document, 0.0))
        for number, score in closest.items():
            scores[number] += _CLOSE * score

    async def _relaxed(self, terms: _Terms, excluded: Sequence[ColumnElement[bool]]) -> Found:
        """None has all of it: those that have the most, if there are several terms."""
        weights = await self._weights(terms)
        if len(terms.required) == 1:
            return _found([], _sought(terms, weights))
        sought = _sought(terms, weights)
        rarest = sorted(range(len(terms.required)), key=lambda term: -weights[term])[
            :_RELAXED_TERMS
        ]
        wanted = any_of([terms.required[term].expression for term in rarest])
        conditions = [self._questions.with_tokens(wanted), *excluded]
        numbers = await self._questions.numbers(conditions, limit=RANKED_MAX)
        scores = await self._scores(terms, numbers, sought, all_present=False)
        whole = _whole_words([terms.required[term] for term in rarest])
        if whole:
            await self._refine(scores, any_of(whole), sought)
        best = _by_score(scores)
        enough = scores[best[0]] / 2 if best else 0.0
        kept = [number for number in best[:_RELAXED_MAX] if scores[number] >= enough]
        return Found(kept, len(kept), total_is_exact=True, is_relaxed=bool(kept), sought=sought)


def _whole_words(terms: Sequence[Term]) -> list[Expression]:
    """What to look for in pieces: beginnings of words are in too many of them to be of use."""
    return [term.expression for term in terms if not any(run.is_prefix for run in term.runs)]


def _sought(terms: _Terms, weights: tuple[float, ...]) -> Sought:
    finder = TermFinder(terms.required, terms.optional)
    return Sought(finder, weights, len(terms.required))


def _found(
    numbers: Sequence[int], sought: Sought | None, ranked: Sequence[int] | None = None
) -> Found:
    shown = list(numbers if ranked is None else ranked)[:RANKED_MAX]
    return Found(
        shown,
        total=min(len(numbers), RANKED_MAX),
        total_is_exact=len(numbers) <= RANKED_MAX,
        is_relaxed=False,
        sought=sought,
    )


def _by_score(scores: dict[int, float]) -> list[int]:
    """The best first; of equals, what was indexed last. Rounded, for sums differ in their last digit."""
    return sorted(scores, key=lambda number: (-round(scores[number], 9), -number))
