"""Lists."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.schemas.common import ApiModel
from app.schemas.follows import FollowOut


def _visible(value: str) -> str:
    name = " ".join(value.split())
    if not name or "\x00" in name:
        raise ValueError("a list needs a name")
    return name


ListName = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_visible)]


class ListIn(ApiModel):
    """A list's name."""

    name: ListName


class ListOut(ApiModel):
    """A list with the number of videos in it, and what it follows."""

    id: str
    name: str
    video_count: int
    follow: FollowOut | None = None
