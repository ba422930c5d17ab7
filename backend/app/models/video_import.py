"""Accepted drops, and what became of each of their lines."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class ImportState(StrEnum):
    """The life of an import."""

    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"
    UNDONE = "undone"


class Verdict(StrEnum):
    """What an input line turned out to be."""

    NEW = "new"
    DUPLICATE = "duplicate"
    REPEATED = "repeated"
    REJECTED = "rejected"
    PLAYLIST = "playlist"


class ItemOutcome(StrEnum):
    """What became of an input line; every line has exactly one.

    ``waiting`` ones are under way or come later. The video of a ``removed`` one was new and is not
    there any more.
    """

    IMPORTED = "imported"
    WITHOUT_CAPTIONS = "without_captions"
    UNAVAILABLE = "unavailable"
    WAITING = "waiting"
    STOPPED = "stopped"
    REMOVED = "removed"
    DUPLICATE = "duplicate"
    REPEATED = "repeated"
    REJECTED = "rejected"
    PLAYLIST = "playlist"


_IS_PAUSED = text(f"state = '{ImportState.PAUSED.value}'")
_IS_UNDER_WAY = text(f"state IN ('{ImportState.RUNNING.value}', '{ImportState.PAUSED.value}')")


class VideoImport(Base):
    """One accepted drop."""

    __tablename__ = "imports"
    __table_args__ = (
        Index("ix_imports_user_id_created_at", "user_id", "created_at"),
        # The few that are paused are asked for whenever a lane looks for work.
        Index("ix_imports_paused", "id", sqlite_where=_IS_PAUSED, postgresql_where=_IS_PAUSED),
        # Whoever adds videos one by one has ten thousand of them, of which a few are not over.
        Index(
            "ix_imports_under_way",
            "user_id",
            "created_at",
            sqlite_where=_IS_UNDER_WAY,
            postgresql_where=_IS_UNDER_WAY,
        ),
    )

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    list_id: Mapped[str | None] = mapped_column(ForeignKey("lists.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    new_count: Mapped[int] = mapped_column(Integer)
    duplicate_count: Mapped[int] = mapped_column(Integer)
    repeated_count: Mapped[int] = mapped_column(Integer)
    rejected_count: Mapped[int] = mapped_column(Integer)
    playlist_count: Mapped[int] = mapped_column(Integer)
    # The file it was read from, or the playlist that brought it.
    label: Mapped[str | None] = mapped_column(Text)
    # An import may fill several lists; `list_id` is the first of them.
    list_count: Mapped[int] = mapped_column(Integer, server_default="1")


class ImportItem(Base):
    """One line or record of an import's input."""

    __tablename__ = "import_items"
    __table_args__ = (Index("ix_import_items_import_id_position", "import_id", "position"),)

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    import_id: Mapped[str] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    parent_item_id: Mapped[str | None] = mapped_column(
        ForeignKey("import_items.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(Integer)
    line: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    youtube_id: Mapped[str | None] = mapped_column(String(11))
    verdict: Mapped[str] = mapped_column(String(20))
    reason_code: Mapped[str | None] = mapped_column(String(40))
    video_id: Mapped[str | None] = mapped_column(
        ForeignKey("videos.id", ondelete="SET NULL"), index=True
    )
