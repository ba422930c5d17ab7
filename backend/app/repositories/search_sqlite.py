"""Full-text search of SQLite: FTS5."""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    column,
    func,
    literal_column,
    select,
    table,
    values,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import PIECE_BITS, SearchDocument
from app.repositories.search_expressions import AllOf, Expression, Run, scattered

_WORDS_FTS = table("search_words_fts", column("rowid", Integer))
_PIECES_FTS = table("search_pieces_fts", column("rowid", Integer))


class SqliteSearch:
    """Two FTS5 tables: one only knows which tokens a document has, one also where they stand."""

    wants_pairs = False

    def documents(self, expression: Expression) -> ColumnElement[bool]:
        """That a row of `search_documents` has these tokens, wherever they stand."""
        return SearchDocument.number.in_(select(_WORDS_FTS.c.rowid).where(_words_match(expression)))

    def count(self, expression: Expression) -> Select[int]:
        """How many documents there are with these tokens."""
        return select(func.count()).select_from(_WORDS_FTS).where(_words_match(expression))

    def has_pieces(self, expression: Expression, at_most: int | None = None) -> ColumnElement[bool]:
        """That a row of `search_documents` has a piece with these runs of tokens."""
        number = _PIECES_FTS.c.rowid.op(">>")(literal_column(str(PIECE_BITS)))
        found = select(number).where(_pieces_match(expression))
        if at_most is not None:
            found = found.order_by(_PIECES_FTS.c.rowid.desc()).limit(at_most)
        return SearchDocument.number.in_(found)

    def may_have_pieces(self, expression: Expression) -> ColumnElement[bool]:
        """The same as `has_pieces`: the index knows where tokens stand."""
        return self.has_pieces(expression)

    def is_doubtful(self, expression: Expression) -> bool:  # noqa: ARG002 - none is
        """Whether `may_have_pieces` holds of rows that have no such piece."""
        return False

    async def with_pieces(
        self,
        session: AsyncSession,  # noqa: ARG002 - nothing is left to be asked
        expression: Expression,  # noqa: ARG002
        numbers: Sequence[int],
    ) -> set[int]:
        """All of them: see `may_have_pieces`."""
        return set(numbers)

    def piece_ids(self, expression: Expression, numbers: Sequence[int]) -> Select[int]:
        """The pieces of these documents that have these runs of tokens."""
        # Document by document: FTS5 seeks to the first piece of each.
        rows = values(column("number", Integer)).data([(number,) for number in numbers])
        documents = rows.cte("documents")
        first = documents.c.number.op("<<")(literal_column(str(PIECE_BITS)))
        last = first.op("|")(literal_column(str(2**PIECE_BITS - 1)))
        return (
            select(_PIECES_FTS.c.rowid)
            .select_from(documents.join(_PIECES_FTS, _PIECES_FTS.c.rowid.between(first, last)))
            .where(_pieces_match(expression))
        )


def _words_match(expression: Expression) -> ColumnElement[bool]:
    return literal_column("search_words_fts").op("MATCH")(_match(scattered(expression)))


def _pieces_match(expression: Expression) -> ColumnElement[bool]:
    return literal_column("search_pieces_fts").op("MATCH")(_match(expression))


def _match(expression: Expression) -> str:
    """In FTS5's query language; what stands in quotes is nothing but tokens."""
    if isinstance(expression, Run):
        return f'"{" ".join(expression.tokens)}"' + ("*" if expression.is_prefix else "")
    operator = " AND " if isinstance(expression, AllOf) else " OR "
    return f"({operator.join(_match(part) for part in expression.parts)})"
