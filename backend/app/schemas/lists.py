"""Lists."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.core.texts import visible_name
from app.models import Access
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
    """A list with the number of videos in it, what it follows, and what one may do with it."""

    id: str
    name: str
    video_count: int
    follow: FollowOut | None = None
    access: Access = Access.OWNER
    owner_name: str | None = Field(None, description="Of a list that somebody else shares.")
    share_count: int = Field(0, description="With how many people an own list is shared.")


class ShareIn(ApiModel):
    """What somebody may do with a list."""

    can_edit: bool


class ShareOut(ApiModel):
    """Somebody with whom a list is shared."""

    user_id: str
    username: str
    can_edit: bool


class ShareCandidateOut(ApiModel):
    """Somebody with whom a list could be shared."""

    user_id: str
    username: str


class SharesOut(ApiModel):
    """With whom a list is shared, and with whom it could be."""

    shares: list[ShareOut]
    others: list[ShareCandidateOut]


class MergeIn(ApiModel):
    """The list that gets all videos of another."""

    into_list_id: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
