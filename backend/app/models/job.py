"""Work to be done: one row per job, gone when it is done."""

from enum import StrEnum

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class JobKind(StrEnum):
    """The steps of enrichment, each for one lane."""

    TITLE = "title"
    EXTRACT = "extract"
    CAPTIONS = "captions"
    # Fetch the sound and cut it; send its next part to be transcribed; go on without waiting for it.
    SOUND = "sound"
    TRANSCRIBE = "transcribe"
    GO_ON = "go_on"
    REUSE = "reuse"
    FINISH = "finish"


class Job(Base):
    """A job of one lane. Times are seconds since the epoch, compared with the lane's clock."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("video_id", "kind"),
        # A lane asks: the oldest of this priority of the batch whose turn it is.
        Index("ix_jobs_lane_priority_batch_id", "lane", "priority", "batch", "id"),
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    lane: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    video_id: Mapped[str] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    # 0 = a person waits for it, 1 = batch; see services.rate_limiter.Priority.
    priority: Mapped[int] = mapped_column(Integer)
    run_at: Mapped[float] = mapped_column(Float(53))
    # Whose turn it is: the import that brought the video. Batches of a lane take turns.
    batch: Mapped[str] = mapped_column(String(36), server_default="")
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    # When the lane was last blamed for this job, and how often it worked for others in between: what
    # alone is refused again and again is to blame itself.
    handed_back_at: Mapped[float | None] = mapped_column(Float(53))
    suspicion: Mapped[int] = mapped_column(Integer, server_default="0")
    locked_by: Mapped[str | None] = mapped_column(String(80), index=True)
    locked_until: Mapped[float | None] = mapped_column(Float(53))
