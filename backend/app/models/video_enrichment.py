"""What was found for a video, and by whom."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime
from app.models.video import ImportStage


class CaptionsSource(StrEnum):
    """Where the captions came from."""

    YOUTUBE_MANUAL = "youtube_manual"
    YOUTUBE_AUTO = "youtube_auto"
    WHISPER = "whisper"
    NONE = "none"


class ChaptersSource(StrEnum):
    """Where the chapters came from."""

    YOUTUBE = "youtube"
    DESCRIPTION = "description"
    NONE = "none"


class VideoEnrichment(Base):
    """One row per video."""

    __tablename__ = "video_enrichments"
    __table_args__ = (
        # The few whose captions are being made.
        Index(
            "ix_video_enrichments_captions_pending",
            "video_id",
            sqlite_where=text("captions_pending = 1"),
            postgresql_where=text("captions_pending"),
        ),
    )

    video_id: Mapped[str] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True
    )
    stage: Mapped[str] = mapped_column(String(20), server_default=ImportStage.CREATED.value)
    captions_source: Mapped[str | None] = mapped_column(String(20))
    captions_pending: Mapped[bool] = mapped_column(Boolean, server_default=false())
    language: Mapped[str | None] = mapped_column(String(35))
    # [[start_seconds, end_seconds, text], ...]: without keys an hour of speech is a third smaller.
    cues: Mapped[list[list[Any]] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    # Like the cues; only a last chapter may have no end.
    chapters: Mapped[list[list[Any]] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    chapters_source: Mapped[str | None] = mapped_column(String(20))
    # The tracks the extraction chose, in the order in which they are tried, until that is settled.
    # Rows of the first versions hold one track instead of a list.
    caption_track: Mapped[list[dict[str, Any]] | dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), deferred=True
    )
    # Where the smallest sound is, for a while.
    sound_track: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), deferred=True
    )
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    next_attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error_code: Mapped[str | None] = mapped_column(String(40))
    log_detail: Mapped[str | None] = mapped_column(Text)
    # When the player last answered for this video; what is older than 30 days is not reused.
    extracted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
