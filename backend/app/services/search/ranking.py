"""Which videos match, and in what order.

Up to `RANKED_MAX` matching videos are ranked. Of more than that, those are taken which promise most: the
query stands in them as it was typed, or in their title, or all of it close together.
"""

import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import ColumnElement, not_

from app.repositories.search_expressions import Expression, all_of, any_of, marked, scattered
from app.repositories.search_results import SearchQuestions, Signal
from app.repositories.search_scope import DocumentOrder
from app.services.search.indexing import ABOUT_MARK, OFTEN_MARK
from app.services.search.matching import Sought, TermFinder, windows
from app.services.search.query import Clause, Query
from app.services.search.terms import Term, term_of

RANKED_MAX: Final = 1000
"""Matching videos that are ranked; nobody reads on so far, and each costs time."""

_REFINED_MAX: Final = 40
"""Of these, so many are looked into for how close together the words stand."""
_REFINED_PIECES_MAX: Final = 120
# Of several words each piece that has one of them is looked at: more videos are not reached.
_REFINED_RELAXED_MAX: Final = 12
# Of frequent words, so many pieces are looked at for whether they stand together there, and so many
# for whether they stand just as typed.
_NEAR_PIECES_MAX: Final = 5_000
_TYPED_PIECES_MAX: Final = 500
# Where the rarest of the words is in more documents than this, many have them together in some piece;
# and where in more than this, nearly all of them have: to look for that costs most there and says least.
_NEAR_DOCUMENTS_MAX: Final = 2_000
_REFINED_DOCUMENTS_MAX: Final = 3_000
_RELAXED_MAX: Final = 200
# A last word that so few videos have is perhaps still typed, if so many times more have what begins so.
_FEW: Final = 10
_COMPLETIONS_TIMES: Final = 10
# Of so many documents that may have a phrase, each is looked into (12 µs). Of more than that, as many
# as it takes to find what is asked for, and to say "more than fifty".
_LIKELY_MAX: Final = RANKED_MAX + 200
_CERTAIN: Final = 50
# So many are looked into first, for mostly it stands there; then twice as many, and so on.
_CONFIRMED_FIRST: Final = 100

# How much more a word says where it stands in the title, or is often said.
_MARKS: Final = ((ABOUT_MARK, 2.0), (OFTEN_MARK, 0.7))
# Of a whole line only the rarest words are looked for in titles.
_MARKED_TERMS: Final = 4
_AS_TYPED: Final = 1.5
_NEAR: Final = 0.3
_CLOSE: Final = 1.5
# A small word, which nearly every video has, is worth a tenth of what any other would be worth there.
_SMALL: Final = 0.1 * math.log(2)
# Terms of which a document must have one if none has all.
_RELAXED_TERMS: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The documents of a search, in order.

    Args:
        numbers: At most `RANKED_MAX`, and not many more than were wanted.
        total: How many match; more than so many, where it is not exact.
        total_is_exact: Whether it is.
        is_relaxed: None has all of it.
        sought: What to look for in them; None if nothing was.
        goes_on: Whether more of them would be found if more were wanted.
    """

    numbers: list[int]
    total: int
    total_is_exact: bool
    is_relaxed: bool
    sought: Sought | None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Terms:
    required: tuple[Term, ...]
    optional: tuple[Term, ...]
    as_typed: Term | None


_Conditions = Sequence[ColumnElement[bool]]
Scores = dict[int, float]
"""Of documents by their numbers, in order."""


async def find_documents(
    questions: SearchQuestions,
    query: Query,
    languages: Sequence[str],
    order: DocumentOrder | None,
    wanted: int,
) -> Found:
    """The documents that match a query.

    Args:
        questions: Asks the database.
        query: What is looked for.
        languages: Those in which anything is indexed.
        order: None for the best first.
        wanted: How many are to be known for certain, if there are so many.
    """
    return await _Search(questions, languages, order, wanted).run(query)


class _Search:
    """One search.

    Args:
        questions: Asks the database.
        languages: Those in which anything is indexed.
        order: None for the best first.
        wanted: How many are to be known for certain.
    """

    def __init__(
        self,
        questions: SearchQuestions,
        languages: Sequence[str],
        order: DocumentOrder | None,
        wanted: int,
    ) -> None:
        self._questions = questions
        self._languages = languages
        self._order = order
        self._certain = min(max(wanted, _CERTAIN), RANKED_MAX)
        self._total = 0
        self._counts: dict[Expression, int] = {}

    async def run(self, query: Query) -> Found:
        excluded = [not_(self._condition(self._term(clause))) for clause in query.excluded]
        if not query.required:
            # Nothing says which is best.
            order = self._order or DocumentOrder.NEWEST
            numbers = await self._questions.numbers(excluded, limit=RANKED_MAX + 1, order=order)
            return _found(numbers, None)
        terms = self._terms(query)
        exact = await self._all_of(terms, excluded)
        typed = query.still_typed()
        if typed is None or (exact and exact.total > _FEW):
            return exact or await self._most_of(terms, excluded)
        typed_terms = self._terms(typed)
        begun = await self._all_of(typed_terms, excluded)
        if exact and begun:
            return _with_completions(exact, begun, is_sorted=self._order is not None)
        if found := exact or begun:
            return found
        is_word = self._counts.get(terms.required[-1].expression, 0) > 0
        return await self._most_of(terms if is_word else typed_terms, excluded)

    async def _all_of(self, terms: _Terms, excluded: _Conditions) -> Found | None:
        """The videos that have all of it; None if there are none."""
        conditions = [*self._conditions(terms.required), *excluded]
        weights = await self._weights(terms)
        signals = self._signals(terms, weights)

        async def ask(limit: int | None) -> Scores:
            if self._order is None:
                return await self._questions.scored(conditions, signals, limit=limit)
            numbers = await self._questions.numbers(conditions, limit=limit, order=self._order)
            return dict.fromkeys(numbers, 0.0)

        scores, enough = await self._confirmed(ask, terms)
        if not scores:
            return None
        sought = _sought(terms, weights)
        found = _found(list(scores), sought, enough)
        if self._order is not None:
            return found
        best = {number: scores[number] for number in found.numbers}
        together = _whole_words(terms.required)
        is_one = sought.required_count == 1
        if together and not is_one and self._rarest(together) <= _REFINED_DOCUMENTS_MAX:
            first = _by_score(best)[:_REFINED_MAX]
            await self._refine(best, first, all_of(together), sought)
        return replace(found, numbers=_by_score(best))

    async def _confirmed(
        self, ask: Callable[[int | None], Awaitable[Scores]], terms: _Terms
    ) -> tuple[Scores, int]:
        """Those that really have the phrases, and how many are enough: of more there may be others."""
        doubtful = [each for each in _phrases(terms.required) if self._questions.is_doubtful(each)]
        if not doubtful:
            return await ask(RANKED_MAX + 1), RANKED_MAX
        scores = await ask(_LIKELY_MAX + 1)
        if len(scores) <= _LIKELY_MAX:
            found = await self._with_phrases(list(scores), doubtful, RANKED_MAX)
            return {number: scores[number] for number in found}, RANKED_MAX
        enough = self._certain
        found = await self._with_phrases(list(scores), doubtful, enough)
        if len(found) <= enough:
            # All of them are asked for only where that is of use: ten thousand rows take 10 ms.
            others = {n: score for n, score in (await ask(None)).items() if n not in scores}
            scores |= others
            found += await self._with_phrases(list(others), doubtful, enough - len(found))
        return {number: scores[number] for number in found}, enough

    async def _with_phrases(
        self, numbers: list[int], phrases: Sequence[Expression], enough: int
    ) -> list[int]:
        """The first ones of some documents that have the phrases: more than enough, or all there are."""
        found: list[int] = []
        start, size = 0, _CONFIRMED_FIRST
        while start < len(numbers) and len(found) <= enough:
            found += await self._questions.with_all_runs(numbers[start : start + size], phrases)
            start, size = start + size, 2 * size
        return found

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

    def _conditions(self, terms: Sequence[Term]) -> list[ColumnElement[bool]]:
        """Single tokens are asked for all at once, the quickest way to find few; then phrases."""
        single = [term.expression for term in terms if term.is_single]
        conditions = [self._questions.with_tokens(all_of(single))] if single else []
        return [*conditions, *(self._questions.may_have_runs(each) for each in _phrases(terms))]

    async def _weights(self, terms: _Terms) -> tuple[float, ...]:
        """A word says the more the fewer videos have it (inverse document frequency)."""
        if len(terms.required) + len(terms.optional) == 1:
            return (1.0,)
        await self._count([term.expression for term in terms.required])
        counts = [self._counts[term.expression] for term in terms.required]
        weights = [math.log(1 + (self._total + 1) / (count + 0.5)) for count in counts]
        return (*weights, *[_SMALL] * len(terms.optional))

    async def _count(self, expressions: Sequence[Expression]) -> None:
        """One attempt after the other asks for mostly the same."""
        unknown = [each for each in dict.fromkeys(expressions) if each not in self._counts]
        if unknown:
            self._total, counts = await self._questions.counts(unknown)
            self._counts |= zip(unknown, counts, strict=True)

    def _signals(self, terms: _Terms, weights: Sequence[float]) -> list[Signal]:
        """What speaks for a document: words in its title or often said, close together, as typed."""
        signals = self._marked(terms.required, weights)
        every = sum(weights)
        together = _whole_words(terms.required)
        if len(together) > 1 and self._rarest(together) <= _NEAR_DOCUMENTS_MAX:
            near = self._questions.with_runs(all_of(together), at_most=_NEAR_PIECES_MAX)
            signals.append((near, _NEAR * every))
        if terms.as_typed is not None:
            typed = terms.as_typed.expression
            just_so = self._questions.with_runs(typed, at_most=_TYPED_PIECES_MAX)
            signals.append((just_so, _AS_TYPED * every))
        return signals

    def _rarest(self, expressions: Sequence[Expression]) -> int:
        """How many documents have the rarest of these."""
        return min(self._counts[each] for each in expressions)

    def _marked(self, terms: Sequence[Term], weights: Sequence[float]) -> list[Signal]:
        # Of several words it matters more whether they stand together than how often each of them does.
        gains = _MARKS if len(terms) == 1 else _MARKS[:1]
        return [
            (
                self._questions.with_tokens(marked(scattered(term.expression), mark)),
                weight * gain,
            )
            for weight, term in _by_weight(weights, terms)[:_MARKED_TERMS]
            for mark, gain in gains
        ]

    async def _refine(
        self, scores: Scores, best: Sequence[int], expression: Expression, sought: Sought
    ) -> None:
        """Look into the best ones for how close together the terms stand."""
        pieces = await self._questions.matching_pieces(best, expression, _REFINED_PIECES_MAX)
        closest: dict[int, float] = {}
        for piece in pieces:
            found = windows(sought.finder.occurrences(piece.tokens), sought)
            score = max((window.score for window in found), default=0.0)
            closest[piece.document] = max(score, closest.get(piece.document, 0.0))
        for number, score in closest.items():
            scores[number] += _CLOSE * score

    async def _most_of(self, terms: _Terms, excluded: _Conditions) -> Found:
        """None has all of it: the videos that have the most, if there are several terms."""
        weights = await self._weights(terms)
        sought = _sought(terms, weights)
        if len(terms.required) == 1:
            return _found([], sought)
        by_weight = _by_weight(weights, terms.required)
        rarest = [term for _weight, term in by_weight[:_RELAXED_TERMS]]
        wanted = any_of([term.expression for term in rarest])
        has_one = [self._questions.with_tokens(wanted), *excluded]
        present = [
            (self._questions.with_tokens(term.expression), weight)
            for term, weight in zip(terms.required, weights, strict=False)
        ]
        marks = self._marked(terms.required, weights)
        weighed = await self._questions.weighed(has_one, present, marks, limit=_RELAXED_MAX + 1)
        # Half of what the best one has; how it stands there decides the order alone.
        enough = max((has for has, _ in weighed.values()), default=0.0) / 2
        scores = {number: has + mark for number, (has, mark) in weighed.items() if has >= enough}
        if self._order is not None:
            every = await self._questions.numbers(has_one, limit=None, order=self._order)
            numbers = [number for number in every if number in scores]
        else:
            if whole := _whole_words(rarest):
                best = _by_score(scores)[:_REFINED_RELAXED_MAX]
                await self._refine(scores, best, any_of(whole), sought)
            numbers = _by_score(scores)
        found = _found(numbers, sought, _RELAXED_MAX)
        return replace(
            found, numbers=numbers[:_RELAXED_MAX], is_relaxed=bool(numbers), goes_on=False
        )


def _with_completions(exact: Found, begun: Found, *, is_sorted: bool) -> Found:
    """What has a word that is perhaps still typed, then, if it is much more, what begins so.

    "pat" stands in three videos, as a word of another language, and begins words of sixty others.
    """
    if begun.total < _COMPLETIONS_TIMES * exact.total:
        return exact
    if is_sorted:
        return begun
    known = set(exact.numbers)
    others = [number for number in begun.numbers if number not in known]
    return replace(begun, numbers=[*exact.numbers, *others][:RANKED_MAX])


def _by_weight(weights: Sequence[float], terms: Sequence[Term]) -> list[tuple[float, Term]]:
    """Required terms with their weights, the first ones of `weights`; the rarest first."""
    return sorted(zip(weights, terms, strict=False), key=lambda each: -each[0])


def _phrases(terms: Sequence[Term]) -> list[Expression]:
    return [term.expression for term in terms if not term.is_single]


def _whole_words(terms: Sequence[Term]) -> list[Expression]:
    """What to look for in pieces: beginnings of words are in too many of them to be of use."""
    return [term.expression for term in terms if not any(run.is_prefix for run in term.runs)]


def _sought(terms: _Terms, weights: tuple[float, ...]) -> Sought:
    finder = TermFinder(terms.required, terms.optional)
    return Sought(finder, weights, len(terms.required))


def _found(numbers: Sequence[int], sought: Sought | None, enough: int = RANKED_MAX) -> Found:
    return Found(
        list(numbers[:RANKED_MAX]),
        total=min(len(numbers), enough),
        total_is_exact=len(numbers) <= enough,
        is_relaxed=False,
        sought=sought,
        goes_on=enough < len(numbers) < RANKED_MAX,
    )


def _by_score(scores: dict[int, float]) -> list[int]:
    """The best first; of equals, what was indexed last. Rounded, for sums differ in their last digit."""
    return sorted(scores, key=lambda number: (-round(scores[number], 9), -number))
