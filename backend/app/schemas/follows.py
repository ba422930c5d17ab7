"""Lists that follow a playlist or channel."""

from datetime import datetime

from pydantic import Field

from app.core.errors import ReasonCode
from app.schemas.common import ApiModel

MIN_INTERVAL_HOURS = 1
MAX_INTERVAL_HOURS = 24 * 30


class FollowIn(ApiModel):
    """What a list is to follow."""

    url: str = Field(max_length=2000)
    interval_hours: int = Field(default=6, ge=MIN_INTERVAL_HOURS, le=MAX_INTERVAL_HOURS)
    include_existing: bool = Field(
        default=True, description="Also add what is there already, not only what comes from now on."
    )


class FollowOut(ApiModel):
    """What a list follows. ``reason_code`` says why the last check failed, if it did."""

    list_id: str
    url: str
    title: str | None
    interval_hours: int
    checked_at: datetime | None
    next_check_at: datetime
    is_checking: bool
    reason_code: ReasonCode | None
