"""Full-text search of PostgreSQL: GIN indexes over text search vectors.

The vectors hold no positions: with them, a phrase of frequent words would have to be looked for in
each of a hundred thousand rows. Pairs of neighbouring tokens narrow a phrase down within the index,
and the rows that are left are compared as text: 10 µs each, most of it to fetch the text.
"""

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    TableValuedColumn,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.models import PIECE_BITS, SearchDocument, SearchPiece
from app.repositories.search_expressions import AllOf, AnyOf, Expression, Run, all_of, scattered

PAIR_MAX_LENGTH = 5
"""Tokens up to this length, four letters and the language's, are joined with their neighbours as they
are: the frequent ones of any language are short, and there are few different ones."""

_PAIR_CLASSES = 2**18
"""The other pairs share so many numbers: the index stays small, and a piece of 350 pairs has a given
number by accident once in 750 times."""


def pairs_of(tokens: Sequence[str]) -> list[str]:
    """Neighbouring tokens as one: as they are where both are short, else as a number."""
    return [
        f"{first}_{second}"
        if len(first) <= PAIR_MAX_LENGTH and len(second) <= PAIR_MAX_LENGTH
        else f"~{crc32(f'{first} {second}'.encode()) % _PAIR_CLASSES:x}"
        for first, second in pairwise(tokens)
    ]


class PostgresqlSearch:
    """Two functions of the migration look into the indexes, and into nothing else."""

    wants_pairs = True

    def documents(self, expression: Expression) -> ColumnElement[bool]:
        """That a row of `search_documents` has these tokens, wherever they stand."""
        return SearchDocument.number.in_(select(_with_tokens(expression)))

    def count(self, expression: Expression) -> Select[int]:
        """How many documents there are with these tokens."""
        return select(func.count(_with_tokens(expression)))

    def has_pieces(self, expression: Expression, at_most: int | None = None) -> ColumnElement[bool]:
        """That a row of `search_documents` has a piece with these runs of tokens."""
        wanted = _vector_query(_with_pairs(expression))
        found = func.search_pieces_with(wanted, at_most).column_valued("found")
        if _is_known_by_index(expression):
            number = found.op(">>")(literal_column(str(PIECE_BITS)))
            return SearchDocument.number.in_(select(number))
        return SearchDocument.number.in_(_compared(SearchPiece.document, select(found), expression))

    def may_have_pieces(self, expression: Expression) -> ColumnElement[bool]:
        """What the index alone says of `has_pieces`."""
        found = func.search_pieces_with(_vector_query(_with_pairs(expression)), None)
        number = found.column_valued("found").op(">>")(literal_column(str(PIECE_BITS)))
        return SearchDocument.number.in_(select(number))

    def is_doubtful(self, expression: Expression) -> bool:
        """Whether `may_have_pieces` holds of rows that have no such piece."""
        return not _is_known_by_index(expression)

    async def with_pieces(
        self, session: AsyncSession, expression: Expression, numbers: Sequence[int]
    ) -> set[int]:
        """Those of some documents, which may have such a piece, that have one."""
        likely = list(await session.scalars(self._likely_piece_ids(expression, numbers)))
        # Mostly the first one already is as it should be, and one is enough.
        firsts = {id_ >> PIECE_BITS: id_ for id_ in reversed(likely)}
        found = await self._documents_of(session, expression, list(firsts.values()))
        others = [
            id_
            for id_ in likely
            if id_ >> PIECE_BITS not in found and id_ != firsts[id_ >> PIECE_BITS]
        ]
        return found | await self._documents_of(session, expression, others)

    async def _documents_of(
        self, session: AsyncSession, expression: Expression, ids: Sequence[int]
    ) -> set[int]:
        """The documents of those of some pieces that have these runs."""
        if not ids:
            return set()
        wanted = func.any(bindparam(None, ids, type_=ARRAY(BigInteger)))
        statement = select(SearchPiece.document).where(
            SearchPiece.id == wanted, _stands_in(expression)
        )
        return set(await session.scalars(statement))

    def piece_ids(self, expression: Expression, numbers: Sequence[int]) -> Select[int]:
        """The pieces of these documents that have these runs of tokens."""
        found = self._likely_piece_ids(expression, numbers)
        if _is_known_by_index(expression):
            return found
        return _compared(SearchPiece.id, found, expression)

    def _likely_piece_ids(self, expression: Expression, numbers: Sequence[int]) -> Select[int]:
        wanted = _vector_query(_with_pairs(expression))
        documents = bindparam(None, list(numbers), type_=ARRAY(BigInteger))
        return select(func.search_pieces_within(wanted, documents).column_valued("found"))


def _with_tokens(expression: Expression) -> TableValuedColumn[int]:
    found = func.search_words_with(_vector_query(scattered(expression)), None)
    return found.column_valued("found")


def _compared(
    column: InstrumentedAttribute[int], found: Select[int], expression: Expression
) -> Select[int]:
    """Of the pieces that were found those that have the runs, compared as text.

    As an array: joined, the planner would rather compare each piece there is.
    """
    ids = func.any(func.array(found.scalar_subquery()))
    return select(column).where(SearchPiece.id == ids, _stands_in(expression))


def _vector_query(expression: Expression) -> str:
    if isinstance(expression, Run):
        return f"'{expression.tokens[0]}'" + (":*" if expression.is_prefix else "")
    operator = " & " if isinstance(expression, AllOf) else " | "
    return f"({operator.join(_vector_query(part) for part in expression.parts)})"


def _with_pairs(expression: Expression) -> Expression:
    """What a row with these runs surely has: pairs, in any order; they say more than the tokens."""
    if isinstance(expression, Run):
        whole = expression.tokens[:-1] if expression.is_prefix else expression.tokens
        pairs = [Run((pair,)) for pair in dict.fromkeys(pairs_of(whole))]
        if not pairs:
            return scattered(expression)
        beginning = [Run(expression.tokens[-1:], is_prefix=True)] if expression.is_prefix else []
        return all_of([*pairs, *beginning])
    parts = tuple(_with_pairs(part) for part in expression.parts)
    return AnyOf(parts) if isinstance(expression, AnyOf) else AllOf(parts)


def _is_known_by_index(expression: Expression) -> bool:
    """Whether the index says it all: single tokens, and pairs of short ones."""
    if isinstance(expression, Run):
        *before_last, last = expression.tokens
        if not before_last:
            return True
        is_pair = len(before_last) == 1 and not expression.is_prefix
        return is_pair and len(before_last[0]) <= PAIR_MAX_LENGTH >= len(last)
    return all(_is_known_by_index(part) for part in expression.parts)


def _stands_in(expression: Expression) -> ColumnElement[bool]:
    """That a row's text has the runs; single tokens that must be there are known to be."""
    if isinstance(expression, Run):
        run = f" {' '.join(expression.tokens)}" + ("" if expression.is_prefix else " ")
        space: ColumnElement[str] = literal_column("' '")
        return func.strpos(space.concat(SearchPiece.tokens).concat(space), run) > 0
    if isinstance(expression, AnyOf):
        return or_(*(_stands_in(part) for part in expression.parts))
    parts = (part for part in expression.parts if not _is_known_by_index(part))
    return and_(*(_stands_in(part) for part in parts))
