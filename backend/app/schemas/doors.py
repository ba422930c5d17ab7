"""The other doors: a proxy, and a provider that people sign in at."""

from datetime import datetime

from pydantic import Field

from app.schemas.common import ApiModel


class WaysOut(ApiModel):
    """How one may come in here.

    ``link``: a one-time link from the terminal lets in as it is, for the page is open on the server's
    machine. ``provider``: what the provider is called. ``proxy``: whom a proxy has let in already.
    """

    password: bool
    link: bool
    provider: str | None
    proxy: str | None


class BegunOut(ApiModel):
    """Where the browser has to go to sign in."""

    address: str


class ReturnedIn(ApiModel):
    """What the provider sent somebody back with."""

    code: str = Field(min_length=1, max_length=4000)
    state: str = Field(min_length=1, max_length=200, pattern=r"^[!-~]+$")


class LinkedOut(ApiModel):
    """Who somebody is at a provider."""

    id: str
    issuer: str
    shown_name: str
    created_at: datetime
    is_offered: bool = Field(description="Whether it is the provider that people sign in at here.")
