"""Signing in."""

from datetime import datetime

from pydantic import Field

from app.models import Role
from app.schemas.common import ApiModel


class TokenOut(ApiModel):
    """A short-lived access token; the page keeps it in memory only."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the OAuth 2 token type, not a secret
    expires_in: int


class LinkIn(ApiModel):
    """The code of a one-time sign-in link."""

    code: str = Field(min_length=1, max_length=200)


class InvitedIn(ApiModel):
    """The code of an invitation, and the account that is made with it."""

    code: str = Field(min_length=1, max_length=200)
    username: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=1000)


class InvitedOut(ApiModel):
    """An invitation as its guest sees it."""

    invited_by: str


class PasswordIn(ApiModel):
    """A new password; the one before has to be known, if there is one."""

    current_password: str | None = Field(default=None, max_length=1000)
    new_password: str = Field(min_length=1, max_length=1000)


class UserOut(ApiModel):
    """The person who is signed in."""

    id: str
    username: str
    role: Role
    has_password: bool


class BrowserOut(ApiModel):
    """A browser that is signed in: what it calls itself, and from where it was seen last."""

    id: str
    client: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool
