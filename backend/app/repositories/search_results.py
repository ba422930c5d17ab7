"""Questions of a search: which documents, and what stands in them."""

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Float, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import (
    PIECE_BITS,
    SearchDocument,
    SearchPiece,
    SearchWords,
    Video,
    VideoEnrichment,
)
from app.repositories.search_expressions import Expression
from app.repositories.search_index import full_text
from app.repositories.search_scope import DocumentOrder, SearchScope, documents_in, ordered
from app.repositories.videos import VideoRow, by_ids


class Piece(NamedTuple):
    """A part of what is said in a video.

    Args:
        document: Of which one.
        place: Its number within it, from 1.
        tokens: With spaces between them.
    """

    document: int
    place: int
    tokens: str


@dataclass(frozen=True, slots=True)
class FoundTexts:
    """The texts of a document that was found.

    Args:
        number: The document's.
        language: How it was analysed.
        video: The video.
        description: The channel's words.
        note: The person's words.
        cues: `[start_seconds, end_seconds, text]` each.
        chapters: Likewise.
        cue_starts: The number of the first token of every cue.
    """

    number: int
    language: str
    video: VideoRow
    description: str | None
    note: str | None
    cues: Sequence[Sequence[Any]]
    chapters: Sequence[Sequence[Any]]
    cue_starts: Sequence[int]


Signal = tuple[ColumnElement[bool], float]
"""Something that speaks for a document, and how much."""


class SearchQuestions:
    """Asks one database about one scope.

    Args:
        session: For reading.
        scope: Whose videos, and which of them.
    """

    def __init__(self, session: AsyncSession, scope: SearchScope) -> None:
        self._session = session
        self._scope = scope
        self._full_text = full_text(session)

    def with_tokens(self, expression: Expression) -> ColumnElement[bool]:
        """That a document has tokens, wherever they stand."""
        return self._full_text.documents(expression)

    def with_runs(self, expression: Expression, at_most: int | None = None) -> ColumnElement[bool]:
        """That a document has runs of tokens within one piece; see `FullTextSearch.has_pieces`."""
        return self._full_text.has_pieces(expression, at_most)

    def may_have_runs(self, expression: Expression) -> ColumnElement[bool]:
        """See `FullTextSearch.may_have_pieces`."""
        return self._full_text.may_have_pieces(expression)

    def is_doubtful(self, expression: Expression) -> bool:
        """Whether documents that `may_have_runs` finds have to be asked `with_all_runs`."""
        return self._full_text.is_doubtful(expression)

    async def with_all_runs(
        self, numbers: Sequence[int], expressions: Sequence[Expression]
    ) -> list[int]:
        """Those of some documents that have each of these runs, in their order.

        Args:
            numbers: Of which `may_have_runs` holds for each expression.
            expressions: The runs.
        """
        left = list(numbers)
        for expression in expressions:
            having = await self._full_text.with_pieces(self._session, expression, left)
            left = [number for number in left if number in having]
        return left

    async def numbers(
        self,
        conditions: Sequence[ColumnElement[bool]],
        *,
        limit: int | None,
        order: DocumentOrder,
    ) -> list[int]:
        """The documents of the scope that meet conditions."""
        statement = (
            documents_in(self._scope, SearchDocument.number, with_videos=True)
            .where(*conditions)
            .order_by(*ordered(order))
            .limit(limit)
        )
        return list(await self._session.scalars(statement))

    async def with_youtube_id(self, youtube_id: str, order: DocumentOrder) -> list[int]:
        """The documents of the scope that are this video: one for each list it is in."""
        return await self.numbers([Video.youtube_id == youtube_id], limit=None, order=order)

    async def scored(
        self,
        conditions: Sequence[ColumnElement[bool]],
        signals: Sequence[Signal],
        *,
        limit: int | None,
    ) -> dict[int, float]:
        """The documents of the scope that meet conditions, by what speaks for them.

        Args:
            conditions: All of them are met.
            signals: What adds to a document's score, and how much.
            limit: At most so many, the best ones; of equals those that were indexed last. None for all.
        """
        rows = await self._best(conditions, [signals], limit)
        return {row[0]: row[1] for row in rows}

    async def weighed(
        self,
        conditions: Sequence[ColumnElement[bool]],
        first: Sequence[Signal],
        second: Sequence[Signal],
        *,
        limit: int,
    ) -> dict[int, tuple[float, float]]:
        """Like `scored`, by two sums of signals: by the second one where the first ones are equal."""
        rows = await self._best(conditions, [first, second], limit)
        return {number: (one, other) for number, one, other in rows}

    async def _best(
        self,
        conditions: Sequence[ColumnElement[bool]],
        groups: Sequence[Sequence[Signal]],
        limit: int | None,
    ) -> Sequence[Any]:
        """Numbers with the sum of each group of signals, ordered by the sums."""
        sums = [_sum(signals).label(f"sum_{place}") for place, signals in enumerate(groups)]
        rows = await self._session.execute(
            documents_in(self._scope, SearchDocument.number, *sums)
            .where(*conditions)
            .order_by(*(each.desc() for each in sums), SearchDocument.number.desc())
            .limit(limit)
        )
        return rows.all()

    async def counts(self, expressions: Sequence[Expression]) -> tuple[int, list[int]]:
        """How many documents there are in this installation, and how many have the tokens of each."""
        every = select(func.count()).select_from(SearchDocument)
        counted = [every, *(self._full_text.count(each) for each in expressions)]
        row = (
            await self._session.execute(select(*(each.scalar_subquery() for each in counted)))
        ).one()
        return row[0], list(row[1:])

    async def matching_pieces(
        self, numbers: Sequence[int], expression: Expression, limit: int
    ) -> list[Piece]:
        """Pieces of these documents that have runs of tokens; the first documents are preferred."""
        if not numbers:
            return []
        ranks = {number: rank for rank, number in enumerate(numbers)}
        ids = await self._session.scalars(self._full_text.piece_ids(expression, numbers))
        wanted = sorted(ids, key=lambda id_: (ranks[id_ >> PIECE_BITS], id_))[:limit]
        return await self._pieces(SearchPiece.id.in_(wanted))

    async def all_pieces(self, numbers: Sequence[int]) -> list[Piece]:
        """Everything that is said in these documents, in order."""
        return await self._pieces(SearchPiece.document.in_(numbers))

    async def _pieces(self, condition: ColumnElement[bool]) -> list[Piece]:
        statement = select(SearchPiece.document, SearchPiece.id, SearchPiece.tokens)
        rows = await self._session.execute(statement.where(condition).order_by(SearchPiece.id))
        pieces = (Piece(document, id_ % 2**PIECE_BITS, tokens) for document, id_, tokens in rows)
        return [piece for piece in pieces if piece.place > 0]

    async def words(self, numbers: Sequence[int]) -> dict[int, str]:
        """All words of these documents, marked ones too, with spaces between them."""
        statement = select(SearchWords.document, SearchWords.words)
        rows = await self._session.execute(statement.where(SearchWords.document.in_(numbers)))
        return {row[0]: row[1] for row in rows}

    async def texts(self, numbers: Sequence[int]) -> dict[int, FoundTexts]:
        """What is shown of these documents."""
        rows = await self._session.execute(
            select(
                SearchDocument.number,
                SearchDocument.language,
                SearchDocument.video_id,
                Video.description,
                Video.note,
                VideoEnrichment.cues,
                VideoEnrichment.chapters,
                SearchWords.cue_starts,
            )
            .join(Video, Video.id == SearchDocument.video_id)
            # Not there yet where it is still to be indexed.
            .outerjoin(SearchWords, SearchWords.document == SearchDocument.number)
            .outerjoin(VideoEnrichment, VideoEnrichment.video_id == Video.id)
            .where(SearchDocument.number.in_(numbers))
        )
        found = rows.all()
        videos = {row.id: row for row in await by_ids(self._session, [row[2] for row in found])}
        return {
            number: FoundTexts(
                number,
                language,
                videos[video_id],
                description,
                note,
                cues or [],
                chapters or [],
                starts or [],
            )
            for number, language, video_id, description, note, cues, chapters, starts in found
            if video_id in videos
        }


def _sum(signals: Sequence[Signal]) -> ColumnElement[float]:
    gains = [case((condition, gain), else_=0.0) for condition, gain in signals]
    return functools.reduce(operator.add, gains, literal(0.0, Float))
