"""Tokens that other tools use instead of a person's sign-in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class TokenScope(StrEnum):
    """What a token may do; none may make tokens or touch the account.

    ``add`` sees lists, previews, adds videos and watches its imports; ``read`` sees everything and
    changes nothing; ``full`` does whatever a person can do with videos, lists and imports.
    """

    ADD = "add"
    READ = "read"
    FULL = "full"


class ApiToken(Base):
    """A token; only its hash is kept."""

    __tablename__ = "api_tokens"

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    token_hash: Mapped[str] = mapped_column(String(64), index=True, unique=True)
    scope: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
