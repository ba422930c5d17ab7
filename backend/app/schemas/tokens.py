"""Tokens for other tools."""

from datetime import datetime

from pydantic import Field

from app.models import TokenScope
from app.schemas.common import ApiModel


class TokenIn(ApiModel):
    """A new token."""

    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\x00]*$")
    scope: TokenScope = TokenScope.ADD


class ApiTokenOut(ApiModel):
    """A token, without its secret."""

    id: str
    name: str
    scope: TokenScope
    created_at: datetime
    last_used_at: datetime | None


class NewTokenOut(ApiTokenOut):
    """A new token with its secret, which is shown this once."""

    token: str
