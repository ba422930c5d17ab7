"""Lists."""

from pydantic import Field, field_validator

from app.schemas.common import ApiModel


class ListIn(ApiModel):
    """A list's name."""

    name: str = Field(min_length=1, max_length=200)

    @field_validator("name")
    @classmethod
    def _visible(cls, value: str) -> str:
        name = " ".join(value.split())
        if not name or "\x00" in name:
            raise ValueError("a list needs a name")
        return name


class ListOut(ApiModel):
    """A list with the number of videos in it."""

    id: str
    name: str
    video_count: int
