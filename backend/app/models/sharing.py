"""Lists that others may see, and where these stopped watching."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Float, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class Access(StrEnum):
    """What somebody may do with a list: see what is in it, edit that, or everything."""

    READ = "read"
    EDIT = "edit"
    OWNER = "owner"


class ListShare(Base):
    """Somebody besides its owner who may read a list, or edit what is in it."""

    __tablename__ = "list_shares"

    list_id: Mapped[str] = mapped_column(
        ForeignKey("lists.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    can_edit: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WatchPosition(Base):
    """Where somebody stopped watching a video of a list that is not theirs."""

    __tablename__ = "watch_positions"

    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    video_id: Mapped[str] = mapped_column(
        ID_TYPE, ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position_seconds: Mapped[float] = mapped_column(Float(53))
