"""Captions made from the sound: how it is set up, what it may cost, and how far one video is."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from app.core.errors import ErrorCode
from app.schemas.common import ApiModel


class TranscriptState(StrEnum):
    """How far the transcript of a video is."""

    WAITING = "waiting"
    SOUND = "sound"
    WORDS = "words"


class EstimateOut(ApiModel):
    """About how much sound there is to transcribe, and what that costs.

    ``is_rough`` says that lengths or captions of some videos are not known yet, so that they were
    reckoned like the others of this library.
    """

    videos: int = 0
    minutes: float = 0.0
    cost: float = 0.0
    currency: str = "USD"
    is_rough: bool = False


class VideoTranscriptOut(ApiModel):
    """A transcript that is being made, or waits for it."""

    state: TranscriptState
    parts_done: int
    part_count: int = Field(description="0 while the sound is still being fetched.")
    by_hand: bool
    reason_code: ErrorCode | None = Field(description="What it waits for.")
    resumes_at: datetime | None


class CapOut(ApiModel):
    """A cap, in minutes of sound; ``cap_minutes`` is null where there is none."""

    cap_minutes: float | None
    used_minutes: float
    resets_at: datetime


class TranscriptionStatusOut(ApiModel):
    """How captions are made from the sound here, and what was spent."""

    provider: Literal["groq", "local", "off"]
    model: str | None
    problem_code: ErrorCode | None = Field(
        description="What has to be put right in the settings before it works."
    )
    price_per_hour: float
    currency: str
    max_minutes: int | None
    day: CapOut
    month: CapOut
    cost_this_month: float
    waiting: EstimateOut = Field(description="Transcripts that are being made or wait for it.")


class ImportTranscriptionOut(ApiModel):
    """Captions made from the sound for an import: those there are, those to come, those that wait."""

    made: EstimateOut
    pending: EstimateOut
    over_budget: int = Field(description="How many of these wait for the budget.")
    resumes_at: datetime | None = Field(description="When the budget allows the next ones.")


class TranscribedOut(ApiModel):
    """How many videos get captions made now."""

    started: int
