"""Lists."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.core.texts import visible_name
from app.schemas.common import ApiModel
from app.schemas.follows import FollowOut


def _visible(value: str) -> str:
    if "\x00" in value:
        raise ValueError("a name holds no NUL")
    name = visible_name(value)
    if not name:
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


class MergeIn(ApiModel):
    """The list that gets all videos of another."""

    into_list_id: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
