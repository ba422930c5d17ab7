"""What a person says of their videos: tags; and searches they keep."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class VideoTag(Base):
    """A tag of a video. Tags belong to whom the video belongs."""

    __tablename__ = "video_tags"

    video_id: Mapped[str] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True
    )
    # The name without regard to case: what makes two tags the same.
    key: Mapped[str] = mapped_column(String(200), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(60))


class SavedSearch(Base):
    """A search that a person keeps."""

    __tablename__ = "saved_searches"

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    # schemas.search.SavedSearchIn without its name, as plain data.
    search: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
