"""Transcripts under way: their sound in parts, the words of each part, and what they cost."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class TranscriptionState(StrEnum):
    """What is missing: the sound of the video, or the words of its parts."""

    SOUND = "sound"
    WORDS = "words"


class Transcription(Base):
    """A transcript that is being made or waits for it; the row goes when it is there, or given up."""

    __tablename__ = "transcriptions"

    video_id: Mapped[str] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # A person asked for this one: no cap and no maximum length holds it back.
    by_hand: Mapped[bool] = mapped_column(Boolean, server_default=false())
    # Why YouTube's own captions can't be had, to be said again if this comes to nothing.
    captions_code: Mapped[str] = mapped_column(String(40))
    # What it waits for, if it does, and until when.
    reason_code: Mapped[str | None] = mapped_column(String(40))
    resumes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    part_count: Mapped[int] = mapped_column(Integer, server_default="0")
    parts_done: Mapped[int] = mapped_column(Integer, server_default="0")
    # How often the video was extracted anew because the address of its sound did not work.
    fresh_addresses: Mapped[int] = mapped_column(Integer, server_default="0")


class TranscriptionPart(Base):
    """A part of the sound, cut at pauses where there were any; otherwise it overlaps the next one.

    Times are milliseconds of the whole sound. The bytes are gone as soon as the answer is there.
    """

    __tablename__ = "transcription_parts"
    __table_args__ = (UniqueConstraint("video_id", "start_ms"),)

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    video_id: Mapped[str] = mapped_column(
        ForeignKey("transcriptions.video_id", ondelete="CASCADE"), index=True
    )
    start_ms: Mapped[int] = mapped_column(Integer)
    end_ms: Mapped[int] = mapped_column(Integer)
    # How much of it is louder than the background: words are expected there.
    voiced_ms: Mapped[int] = mapped_column(Integer)
    # Asked for again in halves: their answers count as they come.
    is_half: Mapped[bool] = mapped_column(Boolean, server_default=false())
    # What it costs is written down, so it is not to be counted as still to be spent.
    is_sent: Mapped[bool] = mapped_column(Boolean, server_default=false())
    sound: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    # services.transcription.ports.Transcript as plain data.
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)


class TranscriptionUsage(Base):
    """What was sent to be transcribed, for the caps and the bill; kept when the video is removed."""

    __tablename__ = "transcription_usage"

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    video_id: Mapped[str] = mapped_column(ID_TYPE, index=True)
    import_id: Mapped[str | None] = mapped_column(ID_TYPE, index=True)
    # As it is billed: a short part counts as ten seconds.
    billed_ms: Mapped[int] = mapped_column(BigInteger)
    # Millionths of the currency's unit, at the price of that time.
    cost_micros: Mapped[int] = mapped_column(BigInteger)
