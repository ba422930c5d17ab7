"""What is searched: the analysed words of every video (docs/decisions/0015).

The indexes over these tables differ between the databases (migration 0007): on SQLite two FTS5 tables
that triggers keep in step, on PostgreSQL GIN indexes over expressions.
"""

from sqlalchemy import JSON, BigInteger, ForeignKey, ForeignKeyConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

PIECE_BITS = 12
"""A piece's id is its document's number, shifted by so many bits, and its place in the document."""


class SearchDocument(Base):
    """A video as the search knows it. Small rows: they are looked through by the thousand."""

    __tablename__ = "search_documents"
    __table_args__ = (
        # The database itself takes a video's list along: whose videos they are is asked of each of
        # thousands, and to look that up among the videos took half of the time.
        ForeignKeyConstraint(
            ["video_id", "list_id"],
            ["videos.id", "videos.list_id"],
            ondelete="SET NULL",
            onupdate="CASCADE",
        ),
        # A number of a removed video never comes back: nothing old is taken for something new.
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=True)
    # None once the video was removed: nothing finds it any more, and its words go a moment later. To
    # remove them at once would take SQLite 7 ms for each video, a minute for a list of 10,000.
    video_id: Mapped[str | None] = mapped_column(ID_TYPE, unique=True)
    list_id: Mapped[str | None] = mapped_column(ID_TYPE)
    # How its words were analysed, and by which version of the analyser.
    language: Mapped[str] = mapped_column(String(10), index=True)
    version: Mapped[int] = mapped_column(Integer, index=True)


class SearchWords(Base):
    """Which tokens a video has."""

    __tablename__ = "search_words"

    document: Mapped[int] = mapped_column(
        _NUMBER,
        ForeignKey("search_documents.number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    # Every token once, and marked tokens of what it is about; with spaces between them.
    words: Mapped[str] = mapped_column(Text)
    # The number of the first token of every cue.
    cue_starts: Mapped[list[int]] = mapped_column(JSON)


class SearchPiece(Base):
    """Some consecutive tokens of a video; pieces overlap, so that no phrase is cut apart."""

    __tablename__ = "search_pieces"

    id: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=False)
    document: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("search_documents.number", ondelete="CASCADE"), index=True
    )
    tokens: Mapped[str] = mapped_column(Text)
    # Neighbouring short tokens, joined: what makes phrases of frequent words quick to find.
    pairs: Mapped[str] = mapped_column(Text)
