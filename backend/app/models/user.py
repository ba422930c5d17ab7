"""Users, how they are let in, their signed-in browsers; the installation's secrets."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ID_TYPE, Base, UtcDateTime


class Role(StrEnum):
    """What somebody is in this installation. There is one owner, who invites members."""

    OWNER = "owner"
    MEMBER = "member"


class Door(StrEnum):
    """Through which one a browser came in."""

    PASSWORD = "password"  # noqa: S105 - a door, no secret
    LINK = "link"
    INVITATION = "invitation"
    PROXY = "proxy"
    PROVIDER = "provider"


class User(Base):
    """Somebody with a library of their own. Whoever has no password comes in by a link, or otherwise."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    username: Mapped[str] = mapped_column(String(100), unique=True)
    password_hash: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(20), server_default=Role.MEMBER.value)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # A proxy named them as they showed who they are: from then on its word is enough.
    is_known_to_proxy: Mapped[bool] = mapped_column(server_default=false())


class SignInLink(Base):
    """A one-time link from the terminal; only the hash of its code is kept."""

    __tablename__ = "sign_in_links"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Otherwise it is only good on the machine that the server runs on.
    is_for_anywhere: Mapped[bool] = mapped_column(server_default=false())


class Invitation(Base):
    """A link with which somebody makes an account, once; only the hash of its code is kept."""

    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    # Who invites.
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), index=True, unique=True)
    # Whom it is for, in the owner's words.
    note: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignedInBrowser(Base):
    """A browser that stays signed in, until it is ended or was not seen for long."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(ID_TYPE, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    # What it calls itself.
    client: Mapped[str] = mapped_column(String(300))
    # Where it was last.
    address: Mapped[str] = mapped_column(String(64))
    # None if it came in before that was noted.
    door: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RefreshToken(Base):
    """What a signed-in browser renews its access with, each good for one use; only its hash is kept."""

    __tablename__ = "refresh_tokens"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    session_id: Mapped[str] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # One that comes again long after that was stolen, or its thief was quicker.
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class InstallationSecret(Base):
    """A key that this installation made for itself at its first start."""

    __tablename__ = "installation_secrets"

    name: Mapped[str] = mapped_column(String(50), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
