"""Playlists and channels: read once for an import, or followed by a list."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class ReadState(StrEnum):
    """How far the reading of a playlist is. A followed one is ``waiting`` for its next time."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Follow(Base):
    """A list follows a playlist or channel: what is new there is added by itself."""

    __tablename__ = "follows"

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    list_id: Mapped[str] = mapped_column(
        ForeignKey("lists.id", ondelete="CASCADE"), index=True, unique=True
    )
    # "playlist:<id>", "channel:<id>", or "page:<path>" of a channel whose id is not known yet.
    source: Mapped[str] = mapped_column(String(200))
    # As the person gave it: a page is replaced by its channel above once that is known.
    asked_source: Mapped[str] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(Text)
    interval_hours: Mapped[int] = mapped_column(Integer)
    # What was there at the beginning is noted (and added, if that was wanted): from here on, whatever
    # was not seen before is new.
    is_primed: Mapped[bool] = mapped_column(Boolean)
    include_existing: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason_code: Mapped[str | None] = mapped_column(String(40))


class FollowedVideo(Base):
    """A video that a follow has seen: one that a person removed does not come back."""

    __tablename__ = "followed_videos"

    follow_id: Mapped[str] = mapped_column(
        ForeignKey("follows.id", ondelete="CASCADE"), primary_key=True
    )
    youtube_id: Mapped[str] = mapped_column(String(11), primary_key=True)


class PlaylistRead(Base):
    """A playlist or channel to be read: for an item of an import, or again and again for a follow.

    Times are seconds since the epoch, compared with the lanes' clock.
    """

    __tablename__ = "playlist_reads"
    __table_args__ = (Index("ix_playlist_reads_state_run_at", "state", "run_at"),)

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    list_id: Mapped[str] = mapped_column(ForeignKey("lists.id", ondelete="CASCADE"), index=True)
    import_id: Mapped[str | None] = mapped_column(
        ForeignKey("imports.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[str | None] = mapped_column(
        ForeignKey("import_items.id", ondelete="CASCADE"), index=True, unique=True
    )
    follow_id: Mapped[str | None] = mapped_column(
        ForeignKey("follows.id", ondelete="CASCADE"), index=True, unique=True
    )
    source: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20))
    # 0 = a person waits for it, 1 = a follow looks by itself; see services.rate_limiter.Priority.
    priority: Mapped[int] = mapped_column(Integer, server_default="0")
    reason_code: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str | None] = mapped_column(Text)
    found_count: Mapped[int] = mapped_column(Integer, server_default="0")
    # What the playlist says of itself; it also counts what can't be seen.
    expected_count: Mapped[int | None] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    run_at: Mapped[float] = mapped_column(Float(53))
    locked_by: Mapped[str | None] = mapped_column(String(80))
    locked_until: Mapped[float | None] = mapped_column(Float(53))
