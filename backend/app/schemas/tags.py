"""Tags: a person's own words for videos."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.core.texts import printable, visible_name
from app.schemas.common import ApiModel

MAX_TAGS_OF_A_VIDEO = 50


def _visible(value: str) -> str:
    if "\x00" in value:
        raise ValueError("a tag holds no NUL")
    name = visible_name(printable(value).removeprefix("#"))
    if not name:
        raise ValueError("a tag is a word")
    return name


TagName = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_visible)]
"""One line; a leading # is not part of it. Tags that differ only in case are the same tag."""

TagNames = Annotated[list[TagName], Field(max_length=MAX_TAGS_OF_A_VIDEO)]


class TagOut(ApiModel):
    """A tag, and how many videos have it."""

    name: str
    video_count: int
