"""A video in a list, and how far its import has come."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class ImportStage(StrEnum):
    """The stages of a video's import, in order; ``error`` is final and keeps the progress reached."""

    CREATED = "created"
    METADATA = "metadata"
    CAPTIONS = "captions"
    CHAPTERS = "chapters"
    COMPLETE = "complete"
    ERROR = "error"


STAGE_PROGRESS: dict[ImportStage, int] = {
    ImportStage.CREATED: 0,
    ImportStage.METADATA: 25,
    ImportStage.CAPTIONS: 60,
    ImportStage.CHAPTERS: 90,
    ImportStage.COMPLETE: 100,
}
"""``import_progress`` in percent when a stage is reached (DESIGN, the life of a video)."""

TERMINAL_STAGES = (ImportStage.COMPLETE, ImportStage.ERROR)
PENDING_STAGES = tuple(stage for stage in ImportStage if stage not in TERMINAL_STAGES)


class Video(Base):
    """One YouTube video in one list."""

    __tablename__ = "videos"
    __table_args__ = (
        UniqueConstraint("list_id", "youtube_id"),
        # What `search_documents` refers to.
        Index("uq_videos_id_list_id", "id", "list_id", unique=True),
        Index("ix_videos_list_id_created_at_id", "list_id", "created_at", "id"),
        # Of a list only what is in one stage: a page of it, and how many there are.
        Index(
            "ix_videos_list_id_import_stage_created_at_id",
            "list_id",
            "import_stage",
            "created_at",
            "id",
        ),
        Index("ix_videos_youtube_id", "youtube_id"),
        Index("idx_videos_import_stage", "import_stage"),
        # Is anything of this import still under way? Answered by four seeks, whatever its size.
        Index("ix_videos_import_id_import_stage", "import_id", "import_stage"),
    )

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    list_id: Mapped[str] = mapped_column(ForeignKey("lists.id", ondelete="CASCADE"))
    import_id: Mapped[str | None] = mapped_column(ForeignKey("imports.id", ondelete="SET NULL"))
    youtube_id: Mapped[str] = mapped_column(String(11))
    title: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text, deferred=True)
    duration_seconds: Mapped[int | None] = mapped_column(Integer)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    language: Mapped[str | None] = mapped_column(String(35))
    error_code: Mapped[str | None] = mapped_column(String(40))
    # Videos of one import are a microsecond apart, the first line being the newest, so that newest
    # first shows them in the order of the input.
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    import_progress: Mapped[int] = mapped_column(Integer, server_default="0")
    import_stage: Mapped[str] = mapped_column(String(20), server_default=ImportStage.CREATED.value)
    # A person's own words, and where they stopped watching.
    note: Mapped[str | None] = mapped_column(Text, deferred=True)
    position_seconds: Mapped[float | None] = mapped_column(Float(53))
