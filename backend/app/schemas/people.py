"""The people of an installation."""

from datetime import datetime

from pydantic import Field

from app.models import Role
from app.schemas.common import ApiModel


class PersonOut(ApiModel):
    """Somebody with an account."""

    id: str
    username: str
    role: Role
    created_at: datetime


class InvitationIn(ApiModel):
    """An invitation; the note is for whoever invites."""

    note: str = Field(default="", max_length=100)


class InvitationOut(ApiModel):
    """An open invitation."""

    id: str
    note: str
    created_at: datetime
    expires_at: datetime


class NewInvitationOut(InvitationOut):
    """A new invitation with its code, which is shown only here. The page makes a link of it."""

    code: str


class NewLinkOut(ApiModel):
    """A one-time sign-in link for somebody who has forgotten their password; shown only here."""

    code: str
    expires_at: datetime
