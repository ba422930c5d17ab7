"""Shapes shared by several parts of the API."""

from pydantic import BaseModel, ConfigDict, PrivateAttr

from app.core.errors import ErrorCode

MAX_PAGE_SIZE = 200


class ApiModel(BaseModel):
    """Base of everything that goes over the wire."""

    model_config = ConfigDict(from_attributes=True)


class ToldModel(ApiModel):
    """What is told to many clients, and becomes JSON once for all of them."""

    _encoded: str | None = PrivateAttr(None)

    def encoded(self) -> str:
        """As JSON. Whatever is changed after the first call is not told."""
        if self._encoded is None:
            self._encoded = self.model_dump_json()
        return self._encoded


class GroupCountOut(ApiModel):
    """A playlist, folder or file of an input, and how much stands in it."""

    name: str
    item_count: int
    video_count: int


class ErrorOut(ApiModel):
    """Every error answer: a stable code, and a plain sentence in the language of the request.

    ``limit`` comes with ``too_many_items`` and ``too_many_searches``, ``groups`` if fewer can be chosen.
    """

    code: ErrorCode
    message: str
    video_id: str | None = None
    reason_code: str | None = None
    limit: int | None = None
    groups: list[GroupCountOut] | None = None
