"""Lanes: how fast each upstream lets us go."""

from datetime import datetime
from enum import StrEnum

from app.core.errors import ErrorCode
from app.schemas.common import ApiModel, ToldModel


class LaneState(StrEnum):
    """A lane's state in words that people can read."""

    OPEN = "open"
    SLOW = "slow"
    PAUSED = "paused"
    PROBING = "probing"


class LaneOut(ToldModel):
    """One upstream."""

    name: str
    state: LaneState
    reason_code: ErrorCode | None
    rate_per_minute: float
    waiting: int
    resumes_at: datetime | None


class LaneMinuteOut(ApiModel):
    """What a lane did in one minute; ``rate_per_minute`` is what it allowed itself at its end."""

    at: datetime
    requests: int
    throttled: int
    failed: int
    rate_per_minute: float


class LanePauseOut(ApiModel):
    """A pause that a lane took; its end may lie ahead."""

    from_at: datetime
    until_at: datetime
    reason_code: ErrorCode | None


class LaneHistoryOut(ApiModel):
    """The last hour of one upstream; minutes in which nothing was sent are left out."""

    name: str
    from_at: datetime
    to_at: datetime
    minutes: list[LaneMinuteOut]
    pauses: list[LanePauseOut]
