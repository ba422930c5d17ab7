"""Lists: what a library is divided into."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class VideoList(Base):
    """A named list of videos that belongs to one user."""

    __tablename__ = "lists"

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    # The import that made it, if one did. No reference: imports refer to lists already.
    made_by_import_id: Mapped[str | None] = mapped_column(ID_TYPE)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
