"""Who people are at a provider that they sign in at."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class LinkedIdentity(Base):
    """Somebody's name at a provider, which lets them in here.

    The provider and what it never gives to anybody else: names and addresses change hands there.
    """

    __tablename__ = "linked_identities"
    __table_args__ = (
        UniqueConstraint("issuer", "subject", name="uq_linked_identities_issuer_subject"),
    )

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    # What the provider called them, so that they know which of theirs it is. It opens nothing.
    shown_name: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SpentFlow(Base):
    """A sign-in at a provider that has come to its end here, and is good for no other one."""

    __tablename__ = "spent_flows"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
