"""Signing in."""

from pydantic import Field

from app.schemas.common import ApiModel


class TokenOut(ApiModel):
    """A short-lived access token; the page keeps it in memory only."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the OAuth 2 token type, not a secret
    expires_in: int


class LinkIn(ApiModel):
    """The code of a one-time sign-in link."""

    code: str = Field(min_length=1, max_length=200)


class UserOut(ApiModel):
    """The person who is signed in."""

    id: str
    username: str
    has_password: bool
