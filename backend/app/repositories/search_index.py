"""The search index: one port, and behind it the full-text search of the database in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    column,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    table,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import PIECE_BITS, SearchDocument, SearchPiece, SearchWords, Video
from app.repositories.dialects import chunks, dialect_of, insert_for, insert_rows, table_of
from app.repositories.search_expressions import Expression
from app.repositories.search_postgresql import PostgresqlSearch, pairs_of
from app.repositories.search_sqlite import SqliteSearch
from app.repositories.search_texts import is_searched

_DOCUMENTS = table_of(SearchDocument)
_WORDS = table_of(SearchWords)
_PIECES = table_of(SearchPiece)
_ADD_DOCUMENT = insert(_DOCUMENTS).returning(_DOCUMENTS.c.number)
_ADD_WORDS = insert(_WORDS)
_REMOVE_OF = delete(_DOCUMENTS).where(_DOCUMENTS.c.video_id == bindparam("this_video"))
_SET_STALE_OF = (
    update(_DOCUMENTS)
    .where(_DOCUMENTS.c.video_id == bindparam("this_video"))
    .values(version=bindparam("new_version"))
)

# Any number, but no other's (migrations.runner has one, too).
_CATCH_UP_LOCK = 8673686980

PIECES_MAX = 2**PIECE_BITS
"""Of one video: 1.3 million words, five days of speech without a pause."""


class FullTextSearch(Protocol):
    """What both databases can do, each in its own words."""

    @property
    def wants_pairs(self) -> bool:
        """Whether pieces are stored with their pairs."""

    def documents(self, expression: Expression) -> ColumnElement[bool]:
        """That a row of `search_documents` has these tokens, wherever they stand."""

    def count(self, expression: Expression) -> Select[int]:
        """How many documents there are for which `documents` holds."""

    def has_pieces(self, expression: Expression, at_most: int | None = None) -> ColumnElement[bool]:
        """That a row of `search_documents` has a piece with these runs of tokens.

        Args:
            expression: What it has.
            at_most: Not more pieces than this are looked at.
        """

    def may_have_pieces(self, expression: Expression) -> ColumnElement[bool]:
        """What can be said quickly of `has_pieces`: no row that has one is missed."""

    def is_doubtful(self, expression: Expression) -> bool:
        """Whether `may_have_pieces` also holds of rows that have none."""

    async def with_pieces(
        self, session: AsyncSession, expression: Expression, numbers: Sequence[int]
    ) -> set[int]:
        """Those of some documents, of which `may_have_pieces` holds, that have such a piece."""

    def piece_ids(self, expression: Expression, numbers: Sequence[int]) -> Select[int]:
        """The pieces of these documents that have these runs of tokens."""


_KINDS: Mapping[str, FullTextSearch] = {
    "sqlite": SqliteSearch(),
    "postgresql": PostgresqlSearch(),
}


def full_text(session: AsyncSession) -> FullTextSearch:
    """The full-text search of this session's database."""
    return _KINDS[dialect_of(session)]


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A video's words to be stored.

    Args:
        video_id: The video.
        list_id: Its list.
        language: How they were analysed.
        version: Of the analyser.
        words: Every token once, and the marked ones.
        cue_starts: The number of the first token of every cue.
        pieces: Tokens in order; the first piece is about the video, the others are what is said in it.
    """

    video_id: str
    list_id: str
    language: str
    version: int
    words: Sequence[str]
    cue_starts: Sequence[int]
    pieces: Sequence[Sequence[str]]


async def store(session: AsyncSession, document: NewDocument) -> None:
    """Store a video's words, in place of those it had."""
    await remove(session, document.video_id)
    number = await session.scalar(
        _ADD_DOCUMENT,
        {
            "video_id": document.video_id,
            "list_id": document.list_id,
            "language": document.language,
            "version": document.version,
        },
    )
    words = {
        "document": number,
        "words": " ".join(document.words),
        "cue_starts": list(document.cue_starts),
    }
    await session.execute(_ADD_WORDS, words)
    with_pairs = full_text(session).wants_pairs
    rows: list[Mapping[str, Any]] = [
        {
            "id": (number << PIECE_BITS) + place,
            "document": number,
            "tokens": " ".join(piece),
            "pairs": " ".join(pairs_of(piece)) if with_pairs else "",
        }
        for place, piece in enumerate(document.pieces[:PIECES_MAX])
    ]
    await insert_rows(session, _PIECES, rows)


async def remove(session: AsyncSession, video_id: str) -> None:
    """Forget a video's words."""
    await session.execute(_REMOVE_OF, {"this_video": video_id})


_LANGUAGES = text(
    """
    WITH RECURSIVE found(language) AS (
        SELECT min(language) FROM search_documents
        UNION ALL
        SELECT (SELECT min(d.language) FROM search_documents d WHERE d.language > found.language)
        FROM found WHERE found.language IS NOT NULL
    )
    SELECT language FROM found WHERE language IS NOT NULL
    """
)


async def languages(session: AsyncSession) -> list[str]:
    """The languages in which anything is indexed: one seek for each, however many videos there are."""
    return list(await session.scalars(_LANGUAGES))


_STALE = 0
# Of what is not analysed yet.
_NO_LANGUAGE = ""
# FTS5 takes its commands in a column of the table's own name.
_WORDS_FTS = table("search_words_fts", column("search_words_fts"))
_PIECES_FTS = table("search_pieces_fts", column("search_pieces_fts"))


async def set_stale(session: AsyncSession, video_ids: Sequence[str]) -> None:
    """Say of videos that their words have changed, or that they have some and are not indexed yet."""
    statement = insert_for(session, _DOCUMENTS)
    for chunk in chunks(video_ids):
        no_language = literal(_NO_LANGUAGE, _DOCUMENTS.c.language.type)
        changed = (
            select(Video.id, Video.list_id, no_language, literal(_STALE))
            .where(
                Video.id.in_(chunk),
                # One that has lost its only words is to be found by them no more.
                or_(is_searched(), exists().where(SearchDocument.video_id == Video.id)),
            )
            .order_by(Video.id)
            # It stays in its list meanwhile.
            .with_for_update(of=Video, read=True, key_share=True)
        )
        await session.execute(
            statement.from_select(
                ["video_id", "list_id", "language", "version"], changed
            ).on_conflict_do_update(index_elements=["video_id"], set_={"version": _STALE})
        )


async def set_stale_if_there(session: AsyncSession, video_id: str) -> None:
    """Say of a video that its words have changed, if it is indexed already."""
    await session.execute(_SET_STALE_OF, {"this_video": video_id, "new_version": _STALE})


def _is_stale(version: int) -> ColumnElement[bool]:
    # Two seeks in the index, where "unequal" would be a look at every row.
    other = or_(SearchDocument.version < version, SearchDocument.version > version)
    return and_(other, SearchDocument.video_id.is_not(None))


async def is_behind(session: AsyncSession, version: int) -> bool:
    """Whether anything is still to be indexed."""
    return await session.scalar(select(exists().where(_is_stale(version)))) or False


async def stale(
    session: AsyncSession, version: int, among: Sequence[str] | None = None
) -> list[str]:
    """Videos whose words have changed, or were analysed by another version.

    Args:
        session: A session.
        version: The analyser's.
        among: Only of these.
    """
    found = select(SearchDocument.video_id).where(_is_stale(version))
    if among is not None:
        found = found.where(SearchDocument.video_id.in_(among))
    # Sorted here: SQLite would look at every row to find them in this order.
    return sorted(video_id for video_id in await session.scalars(found) if video_id)


async def orphans(session: AsyncSession, limit: int) -> list[int]:
    """Documents of videos that were removed."""
    found = select(SearchDocument.number).where(SearchDocument.video_id.is_(None)).limit(limit)
    return list(await session.scalars(found))


async def remove_documents(session: AsyncSession, numbers: Sequence[int]) -> None:
    """Forget documents with all their words."""
    await session.execute(delete(_DOCUMENTS).where(_DOCUMENTS.c.number.in_(numbers)))


async def is_alone(session: AsyncSession) -> bool:
    """Whether nobody else indexes in the background until this transaction ends.

    Who has several workers would have the same videos indexed by all of them. Transactions of SQLite
    are alone anyway.
    """
    if dialect_of(session) != "postgresql":
        return True
    return bool(await session.scalar(select(func.pg_try_advisory_xact_lock(_CATCH_UP_LOCK))))


async def repair(session: AsyncSession) -> None:
    """Make the database's own indexes anew from the tables they belong to."""
    if dialect_of(session) == "postgresql":
        for index in ("ix_search_words_tokens", "ix_search_pieces_tokens"):
            await session.execute(text(f"REINDEX INDEX {index}"))
        return
    for fts in (_WORDS_FTS, _PIECES_FTS):
        await session.execute(insert(fts).values({fts.name: "rebuild"}))
