"""Lanes: how fast each upstream lets us go."""

from datetime import datetime
from enum import StrEnum

from app.core.errors import ErrorCode
from app.schemas.common import ApiModel


class LaneState(StrEnum):
    """A lane's state in words that people can read."""

    OPEN = "open"
    SLOW = "slow"
    PAUSED = "paused"
    PROBING = "probing"


class LaneOut(ApiModel):
    """One upstream."""

    name: str
    state: LaneState
    reason_code: ErrorCode | None
    rate_per_minute: float
    waiting: int
    resumes_at: datetime | None
